"""What a document says of itself and does not keep: formatting it declares, lists that count backwards."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from scanfix.model.transcript import ElementName
from scanfix.truth.lint.findings import Rule
from scanfix.truth.lint.manuscript import Manuscript, Passage, Spot, elements
from scanfix.truth.lint.prose import is_heading, label, unmarked

_STYLES: Mapping[str, tuple[str, frozenset[ElementName]]] = {
    # Words that the page shows in italic may be transcribed as what italic means there: a hand's insertion.
    "italic": (r"italici[sz]ed|in italics?(?: type)?|italics added", frozenset({"italic", "inserted"})),
    "underlined": (r"underlined|underscored|underlining added", frozenset({"underline"})),
    "bold": (r"in bold(?: type|face)?|bold-?faced", frozenset({"bold"})),
}
_PARTS = r"(?:passages?|sections?|words?|phrases?|parts?|portions?|text|additions?|changes?|insertions?)"
_DECLARED = {
    style: re.compile(
        rf"\([^()]*\b(?:{words})\b[^()]*\)|\b{_PARTS}\s(?:[\w'’-]+\s){{0,4}}(?:{words})\b|\b(?!in\s)(?:{words})\s{_PARTS}\b",
        re.IGNORECASE,
    )
    for style, (words, _) in _STYLES.items()
}
_NUMBER = re.compile(r"[(]?(\d{1,3})[.)]\s")


def _find_formatting(manuscript: Manuscript) -> Iterator[Spot]:
    """Find declarations that nothing bears out before the next declaration or the end."""
    passages = manuscript.passages
    for style, pattern in _DECLARED.items():
        declaring = {at: match for at, passage in enumerate(passages) if (match := pattern.search(passage.text))}
        for at, end in pairwise((*declaring, len(passages))):
            match = declaring[at]
            is_open = unmarked(passages[at].text, match.end())
            if is_open and not _shows(passages[at:end], _STYLES[style][1]):
                yield passages[at].at(
                    match.start(),
                    match.end(),
                    message=f"the text says that something is {style}, and nothing is, up to "
                    f"line {passages[end - 1].placed.last_line}",
                    suggestion="look at the image: mark what is, or say in a note that the source has lost it",
                )


def _shows(passages: Sequence[Passage], names: frozenset[ElementName]) -> bool:
    """Whether one of the elements stands in the passages."""
    return any(element.name in names for passage in passages for element in elements(passage.block.children))


def _find_numbers(manuscript: Manuscript) -> Iterator[Spot]:
    """Find numbers of a list that do not grow; a heading, or the number 1, begins a new list."""
    last: tuple[int, Passage] | None = None
    for passage in manuscript.running:
        number = _NUMBER.match(passage.text)
        if is_heading(passage):
            last = None
        if number is None:
            continue
        value = int(number[1])
        if last and 1 < value <= last[0]:
            yield passage.at(
                *number.span(1),
                message=f"number {value} after number {last[0]} ({last[1].seen_from(passage)})",
                suggestion='look at the image: mend it, or write "{>>sic<<}" after the number if the page has it so',
            )
        last = _last_of(passage, value), passage


def _last_of(passage: Passage, value: int) -> int:
    """Return the last number of a passage whose lines go on counting."""
    for line in passage.text.split("\n")[1:]:
        if label(line) == str(value + 1):
            value += 1
    return value


RULES = (
    Rule(
        name="declared-formatting-absent",
        severity="warning",
        about="transcriber",
        summary="The text says that something is italic, underlined or bold, and nothing is.",
        caught="The second letter (new passages italicised)\n\nThe ferry is closed.",
        left_alone="The second letter (new passages italicised)\n\nThe ferry is *now* closed.",
        find=_find_formatting,
    ),
    Rule(
        name="list-numbers",
        severity="warning",
        about="unknown",
        summary="The numbers of a list do not grow.",
        caught="1. Timber is dear.\n\n2. Coal is dearer.\n\n2. Salt is cheap.",
        left_alone="1. Timber is dear.\n\n[…]\n\n4. Coal is dearer.\n\nTRADE WITH HALM\n\n1. Salt is cheap.",
        find=_find_numbers,
    ),
)
