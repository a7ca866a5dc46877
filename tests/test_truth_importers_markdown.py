"""What the signs inside a paragraph of Markdown become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imported import NASTY, attempt, blocks, imported, inline, keeps_the_laws, outcomes, plain, said

from scanfix.errors import GroundTruthError
from scanfix.truth.importers.report import unaccounted

SIGNS = {
    "the ~~first~~ treaty": "the ~~first~~ treaty",
    "the *first* treaty": "the *first* treaty",
    "the _first_ treaty": "the *first* treaty",
    "the **first** treaty": "the **first** treaty",
    "the __first__ treaty": "the **first** treaty",
    "the ***first*** treaty": "the **{}*first*{}** treaty",
    "the ~~*first* and **second**~~ treaty": "the ~~*first* and **second**~~ treaty",
    "the *first **and** second* treaty": "the *first **and** second* treaty",
    "the ~~ first ~~ treaty": "the ~~ first ~~ treaty",
    "the <u>first</u> <i>treaty</i> <b>of</b> <em>Tessin</em>": "the <u>first</u> *treaty* **of** *Tessin*",
    "the <s>first</s> <del>treaty</del>": "the ~~first~~ ~~treaty~~",
    "H<sub>2</sub>O and the 38<sup>th</sup>": "H2O and the 38th",
    "5 * 3 = 15": r"5 \* 3 = 15",
    "* * * *": r"\* \* \* \*",
    "a file_name_here and ____": "a file_name_here and ____",
    r"Asia.\* is \~ \[sic\] \q": r"Asia.\* is \~ \[sic\] \\q",
    "see <https://example.org/karsovia>": "see https://example.org/karsovia",
    "see [the file](https://example.org/k)": "see the file{>>ed: https://example.org/k<<}",
    "Taylor &amp; Sons &eacute;&#233; &unknown; &#9; AT&T": "Taylor & Sons éé &unknown; &#9; AT&T",
    "one<br>two": "one\ntwo",
    "one\\\ntwo": "one\ntwo",
    "one  \ntwo": "one\ntwo",
    "a <!-- of the archive --> b": "a {>>ed: of the archive<<} b",
    "left out […] and [...] and [. . .]": "left out […] and […] and […]",
    "a [word?] or [?] or [3w?]": "a [word?] or [?] or [3w?]",
    "by [REDACTED (b)(3)] and [REDACTED] and [lost: ~1 line]": (
        "by [REDACTED (b)(3)] and [REDACTED] and [lost: ~1 line]"
    ),
    "it [illegible] recieved [sic] it": "it [?] recieved {>>sic<<} it",
    "the drill ground [place d'armes-trans.] of": "the drill ground {>>tr: place d'armes-trans.<<} of",
    "the note [a second sheet - ed.] of": "the note {>>ed: a second sheet - ed.<<} of",
    "J. Varga [signed]": "J. Varga {>>ed: signed<<}",
    "“curly” and ☐ NO ☒ YES": "“curly” and ☐ NO ☒ YES",
    "a < b and c > d": r"a \< b and c > d",
    "*one *two* three*": "*one two three*",
}


@pytest.mark.parametrize("source", SIGNS)
def test_every_sign_becomes_what_the_notation_has_for_it(source: str) -> None:
    assert inline(source) == SIGNS[source]


@pytest.mark.parametrize("source", SIGNS)
def test_no_word_beside_a_sign_is_lost(source: str) -> None:
    assert unaccounted(source, imported(source)) == ()


LEFT = {
    "the *first treaty": r"the \*{>>ed: check: unbalanced italics *<<}first treaty",
    "the first* treaty": r"the first\*{>>ed: check: unbalanced italics *<<} treaty",
    "the ~~first treaty": "the {>>ed: check: unbalanced strike-through ~~<<}first treaty",
    "the <i>first treaty": r"the {>>ed: check: unbalanced italics \<i><<}first treaty",
    "the first</u> treaty": r"the first{>>ed: check: unbalanced underline \</u><<} treaty",
    "the first] treaty": r"the first\]{>>ed: check: unbalanced brackets \]<<} treaty",
    "to [first] treaty": 'to first{>>ed: check: "first" stands in brackets: doubtful, supplied, or printed?<<} treaty',
    "the [] treaty": r"the \[\]{>>ed: check: empty brackets<<} treaty",
    "the <font> treaty": r"the \<font>{>>ed: check: unknown tag font<<} treaty",
    "the treaty.<sup>7</sup>": "the treaty.7{>>ed: check: raised 7, but no note begins with it<<}",
}


@pytest.mark.parametrize("source", LEFT)
def test_what_cannot_be_told_is_kept_and_left_for_a_person(source: str) -> None:
    assert inline(source) == LEFT[source]
    assert "left" in [one.outcome for one in imported(source).decisions]


def test_signs_that_overlap_are_split_and_left_to_check() -> None:
    text = "*the first [of the* two] treaties"
    assert inline(text) == (
        "*the first of the*{>>ed: check: brackets \\[ of line 1 overlap with other signs<<} two"
        '{>>ed: check: "of the\\* two" stands in brackets: doubtful, supplied, or printed?<<} treaties'
    ).replace("\\*", "*")
    assert outcomes(text, "overlap") == ["left"]


def test_an_overlap_without_text_after_it_is_no_overlap() -> None:
    assert inline("*it **both***") == "*it **both**{}*"


def test_a_note_in_brackets_may_hold_the_end_of_italics() -> None:
    assert inline("*one [two* three - ed.] four") == "*one {>>ed: two* three - ed.<<}* four"


def test_what_is_bracketed_at_length_is_quoted_in_short() -> None:
    note = inline(f"the [{'first and last ' * 20}end] treaty")
    assert '{>>ed: check: "first and last first and last … st and last first and last end" stands in' in note


def test_more_signs_than_any_hand_nests_are_refused_with_their_place() -> None:
    with pytest.raises(GroundTruthError, match=r"memo\.md: line 3, column 31: more than 30 signs inside one another"):
        imported("one\n\n" + "[" * 40 + "x" + "]" * 40)


def test_thousands_of_open_signs_are_no_nesting() -> None:
    assert len(said("[" * 3000, "unbalanced")) == 3000


# Notes


def test_a_raised_figure_is_a_reference_where_a_note_begins_with_it() -> None:
    first, note = blocks("the treaty.<sup>1</sup>\n\n<sup>1</sup>Signed at Tessin.")
    assert first.children[0] == "the treaty."
    assert inline("the treaty.<sup>1</sup>\n\n<sup>1</sup>Signed at Tessin.") == "the treaty.[^1]"
    assert (note.kind, note.attribute("label"), note.children) == ("footnote", "1", ("Signed at Tessin.",))


def test_escaped_stars_are_references_where_a_note_begins_with_them() -> None:
    text = "the treaty\\* and the pact,\\*\\* with a \\* between\n\n\\* Signed.\n\n\\*\\* Lost."
    assert inline(text) == r"the treaty[^*] and the pact,[^**] with a \* between"
    assert [block.attribute("label") for block in blocks(text)] == [None, "*", "**"]


def test_notes_of_pandoc_and_figures_in_brackets_are_notes_too() -> None:
    assert inline("one[^a] two[2]\n\n[^a]: first\n[2] second") == "one[^a] two[^2]"
    assert [block.kind for block in blocks("one[^a] two[2]\n\n[^a]: first\n[2] second")] == [
        "paragraph", "footnote", "footnote",
    ]  # fmt: skip


def test_a_word_processors_note_leaves_the_line_and_stands_after_it() -> None:
    first, note = blocks("Minute by J. Varga[footnoteRef:2] [2:  Answers a *telegram* of [May]. ]\n\n28 May")[:2]
    assert inline("Minute by J. Varga[footnoteRef:2] [2:  Answers. ]") == "Minute by J. Varga[^2]"
    assert first.children[0] == "Minute by J. Varga"
    assert (note.kind, note.attribute("label")) == ("footnote", "2")
    assert note.children[0] == "Answers a "


def test_a_word_processors_note_may_stand_in_a_note() -> None:
    found = blocks("one\\*\n\n\\* two[footnoteRef:1] [1: three]")
    assert [(block.attribute("label"), plain(block.children)) for block in found] == [
        (None, "one[^*]"), ("*", "two[^1]"), ("1", "three"),
    ]  # fmt: skip


def test_a_word_processors_note_with_an_address_keeps_it() -> None:
    text = "by Varga[footnoteRef:1] [1: see](http://example.org/v) there"
    assert unaccounted(text, imported(text)) == ()
    assert inline(text) == "by Varga[^1] there"


# Laws


@given(st.lists(NASTY, max_size=30).map("".join), st.sampled_from([None, "general", "draft-layers"]))
def test_any_text_is_imported_without_loss_or_refused(text: str, profile: str | None) -> None:
    assert keeps_the_laws(attempt(text, profile=profile), text)


@given(st.text(max_size=60))
def test_any_characters_are_imported_without_loss_or_refused(text: str) -> None:
    assert keeps_the_laws(attempt(text), text)


@given(st.lists(NASTY, max_size=30).map("".join))
def test_every_decision_and_block_points_into_the_source(text: str) -> None:
    result = attempt(text)
    if isinstance(result, str):
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in result.decisions:
        assert 1 <= one.line <= len(lines)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1
    for block in result.placed.blocks:
        assert 1 <= block.first_line <= block.last_line <= len(lines) == len(result.placed.lines)
