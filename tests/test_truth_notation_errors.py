"""Malformed notation is refused with line, column and remedy."""

import re

import pytest
from transcripts_drawn import read

from scanfix.errors import GroundTruthError
from scanfix.truth import notation


def complaint(text: str) -> str:
    with pytest.raises(GroundTruthError) as caught:
        read(text)
    return str(caught.value)


FAULTS = {
    "a\nb ~~c": ('line 2, column 3: "~~" is not closed', 'Write "~~" where it ends'),
    "~~a\n\nb~~": ('line 1, column 1: "~~" is not closed before the end of its paragraph',),
    "::: stamp\n{hw:a\n\nb}\n:::": ('line 2, column 1: "{hw:" is not closed',),
    "~~a *b~~ c*": ('column 7: "*" of line 1, column 5 must be closed before "~~"',),
    "*a **b* c**": ('column 7: "**" of line 1, column 4 must be closed before "*"',),
    "a] b": ('column 2: "]" closes nothing here. Mend the sign, or write "\\]"',),
    "<u>a} b</u>": ('column 5: "}" closes nothing here (open is "<u>" of line 1, column 1)',),
    "[Stalin]": ("column 1: expected a bracket that says what it means",),
    "[Stalin": ('column 1: "[" is not closed',),
    "[?": ('column 1: "[" is not closed',),
    "[^] a": ("column 1: expected a footnote sign",),
    "[^a": ("column 1: expected a footnote sign",),
    "[lost: ] a": ("column 1: expected how much is lost",),
    "[lost: a": ('column 1: "[" is not closed',),
    "a\n{}": ('line 2, column 1: "{}" parts a star or a bracket',),
    "a {} b": ('column 3: "{}" parts a star or a bracket',),
    "{x}": ('column 1: expected "{++"',),
    "{>>who: a<<}": ('column 1: expected "{>>tr: …<<}"',),
    "{>>ed a": ('column 1: "{>>" is not closed',),
    "~~a~~{by=pen}": ("column 6: expected by=type, shape= one of horizontal",),
    "~~a~~{id=K}": ("column 6: expected by=type", "found id=K"),
    "~~a~~{by=type by=type}": ("column 6: an attribute is given twice",),
    "~~a~~{by=type": ('column 6: "{" is not closed',),
    "a<sup>1</sup>": ('column 2: the only tag is "<u>…</u>"',),
    "****a****": ('column 1: expected "*", "**" or "***"',),
    r"C:\new": ('column 3: expected a sign after "\\"',),
    "a ⟶ b": ('column 3: expected "⟶" only at the very end',),
    "a ⟵ b": ('column 3: expected "⟵" only at the very start',),
    "{++" * 41: ("column 121: more than 40 signs inside one another",),
    "a\n---": ('line 2, column 1: "---" is only for front matter',),
    "---\nscan: memo": ("line 1, column 1: the front matter has no end",),
    "---\nscan memo\n---": ('line 2, column 1: expected "name: value"',),
    "---\nlanguages: a\nlanguages: b\n---": ('line 3, column 1: "languages" is given twice',),
    "---\nlanguages: a\npage: 3\n---": ('line 3, column 1: expected "page: 2", found "3"',),
    "---\nscan: other\n---": ('line 2, column 1: expected "scan: memo", found "other"',),
    "::: seal\na\n:::": ('column 1: expected ":::" and one of paragraph, head,', 'found "seal"'),
    ":::": ('found ""',),
    "::: head\na": ('line 1, column 1: the fence "head" has no end',),
    "::: head\n::: foot\n:::": ('line 2, column 1: expected ":::" to end the fence of line 1',),
    "::: head\n[^1]: a\n:::": ("line 2, column 1: a footnote",),
    "::: head a\n:::": ("column 10: expected name=value",),
    "::: head id=a id=b\n:::": ("column 15: expected name=value",),
    "::: head id=\n:::": ('column 13: expected a value after "="',),
    '::: head id="a\n:::': ("column 13: expected a closing quote",),
    "::: paragraph\na\n:::": ("running text needs a fence only for attributes",),
    "::: paragraph id=b\na\n\nb\n:::": ("line 3, column 1: a paragraph ends at an empty line",),
    "a\nb \ue000": ("line 2, column 3: the private-use character U+E000",),
    "e" + "\u0301" * 31: ("line 1, column 2: more than 30 marks stand on one letter",),
    f"<!-- page {'9' * 5000} -->": ("line 1, column 1: the only comment is",),
    "<!-- page 0 -->": ("the only comment is",),
    "<!-- hello -->": ("the only comment is",),
    "<!-- page 3 -->\na": ("line 1, column 1: expected page 2, found page 3",),
    "a\n<!-- page 3 -->\nb": ("line 2, column 1: expected one page",),
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_refused_with_its_place_and_its_remedy(text: str) -> None:
    message = complaint(text)
    assert message.startswith("p0002.md: line ")
    for part in FAULTS[text]:
        assert part in message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\npage: one\n---\na", 'found "page: one"'),
        ("---\npage: 0\n---\na", 'found "page: 0"'),
        ("a\n<!-- page 1 -->\nb", "memo.md: line 2, column 1: page 1 comes after page 1"),
        ("---\nscan: x\n---\na", 'expected "scan: memo"'),
    ],
)
def test_a_document_with_impossible_pages_is_refused(text: str, message: str) -> None:
    with pytest.raises(GroundTruthError, match=re.escape(message)):
        notation.parse_document(text, file="memo.md", scan_id="memo")
