"""Reference and output side by side, line by line under the pictures of the lines, in one file that needs no other."""

import base64
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from jinja2 import Environment

from scanfix.model.comparison import AlignedLine, AlignedWords, DifferenceKind
from scanfix.model.geometry import Box
from scanfix.model.score import Op, PageScore, ScoreTotals
from scanfix.model.transcript import MASK
from scanfix.report.dress import dress, environment

# What a masked place shows: a hatching, as editors print what cannot be read.
_HATCHING = "▒"
# Of a line's height, around it: ascenders, a line that is not quite level, and a little of the neighbours.
_MARGIN = 0.3
# Around a word, in pixels of the upright page (about 300 dpi): engines' boxes touch the letters.
_SPOT_MARGIN_PX = 4
_DONE: Mapping[Op, str] = {
    "equal": "right",
    "substitute": "substituted",
    "delete": "missing",
    "insert": "invented",
    "masked": "not counted",
}


class Spot(NamedTuple):
    """The place of a difference: of a word that was read, or (without width) where one was missed.

    ``number`` is that of the words in their line, from 0.
    """

    number: int
    op: Op
    box: Box


class Strip(NamedTuple):
    """The part of the page that shows a line, as a share of the widest line, and the differences on it."""

    box: Box
    share: float
    spots: tuple[Spot, ...]


# In the order of the model, which is the order of the keys 1 to 9 and 0.
_LABELS: Mapping[DifferenceKind, str] = {
    "substitution": "other letters",
    "deletion": "missing words",
    "insertion": "invented words",
    "number": "numbers",
    "case": "case only",
    "punctuation": "punctuation only",
    "hyphen": "hyphens",
    "spacing": "split or joined",
    "marking": "markings",
    "order": "other place",
}
# What they are is said by what was done.
_PLAIN: frozenset[DifferenceKind] = frozenset({"substitution", "deletion", "insertion"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The picture of an upright page, a JPEG of any scale, and the size of the frame in which boxes are given."""

    content: bytes
    width_px: int
    height_px: int

    @property
    def uri(self) -> str:
        """The picture as a data URI."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPage:
    """One page: its score, its lines, and its picture where the report has room for it.

    ``problem`` says why there is no output; ``report_path`` leads to the page in its document's report.
    """

    score: PageScore
    lines: tuple[AlignedLine, ...]
    scan: Scan | None = None
    problem: str = ""
    report_path: str | None = None

    @property
    def kinds(self) -> Counter[DifferenceKind]:
        """The errors of each kind; they add up to the errors of the page."""
        return _count(self.lines)

    @property
    def is_right(self) -> bool:
        """Whether nothing differs."""
        return not self.score.words.errors


def worst_first(scores: Iterable[PageScore]) -> tuple[PageScore, ...]:
    """Sort pages by their word error rate, the highest first, then by their errors."""
    return tuple(sorted(scores, key=lambda score: (-(score.words.rate or 0.0), -score.words.errors)))


def comparison_page(
    title: str,
    pages: Sequence[ComparedPage],
    *,
    totals: ScoreTotals,
    view: str,
    made_by: Mapping[str, Sequence[str]],
    index_path: str,
) -> str:
    """Write the comparison of a batch with its ground truth.

    Parameters
    ----------
    title
        What the batch is called.
    pages
        The pages that have ground truth, in the order in which they are shown.
    totals
        Their sums.
    view
        The view of the ground truth that was the reference.
    made_by
        The tools and versions of every verb.
    index_path
        The batch's report, relative to this file.
    """
    return (
        _environment()
        .get_template("comparison.html")
        .render(
            title=title,
            pages=pages,
            totals=totals,
            view=view,
            made_by=made_by,
            index_path=index_path,
            kinds=_LABELS,
            count_of=_count(line for page in pages for line in page.lines),
            unpictured=sum(page.scan is None and not page.problem for page in pages),
            **dress("comparison.js", "style.css", "comparison.css", images="data:"),
        )
    )


@cache
def _environment() -> Environment:
    """Build the environment of this page."""
    built = environment()
    built.filters.update(shown=_shown)
    built.globals.update(describe=_describe, strips_of=_strips)
    return built


def _count(lines: Iterable[AlignedLine]) -> Counter[DifferenceKind]:
    """Count the errors of each kind."""
    counts: Counter[DifferenceKind] = Counter()
    for line in lines:
        for words in line.words:
            if words.kind:
                counts[words.kind] += words.counts.errors
    return counts


def _shown(text: str) -> str:
    """Make masks visible."""
    return text.replace(MASK, _HATCHING)


def _describe(words: AlignedWords) -> str:
    """Say in words what a difference is, for those who do not see it and for the pointer."""
    sides = {"reference": words.reference_text, "output": words.hypothesis_text}
    said = ", ".join(f"{side} “{_shown(text)}”" for side, text in sides.items() if text)
    kind = f" ({_LABELS[words.kind]})" if words.kind and words.kind not in _PLAIN else ""
    return f"{_DONE[words.op]}{kind}: {said}"


def _strips(page: ComparedPage) -> tuple[Strip | None, ...]:
    """Cut the page for each of its lines, all at one scale."""
    widest = max((line.box.width for line in page.lines if line.box), default=0)
    return tuple(_strip(line, line.box, page.scan, widest) if line.box and page.scan else None for line in page.lines)


def _strip(line: AlignedLine, place: Box, scan: Scan, widest: int) -> Strip:
    """Cut the page for a line, with a margin."""
    box = place.grow(round(_MARGIN * place.height)).clip(width=scan.width_px, height=scan.height_px)
    return Strip(box=box, share=min(1.0, box.width / widest), spots=tuple(_spots(line, place)))


def _spots(line: AlignedLine, place: Box) -> Iterator[Spot]:
    """Give the places of the differences on the picture of a line."""
    for number, words in enumerate(line.words):
        box = words.box.grow(_SPOT_MARGIN_PX) if words.box else _gap(line.words, number, place)
        if words.kind and box:
            yield Spot(number, words.op, box)


def _gap(words: Sequence[AlignedWords], number: int, place: Box) -> Box | None:
    """Return the place, without width, where a word was missed: after the word before it, else before the next."""
    edges = (
        *(before.box.right for before in reversed(words[:number]) if before.box),
        *(after.box.left for after in words[number:] if after.box),
    )
    return replace(place, left=edges[0], right=edges[0]) if edges else None
