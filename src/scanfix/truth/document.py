"""A whole document: its pages in one file of the notation, joined by arrows, and its reading view for people.

The reading view has the running text and the footnotes, struck words out. A paragraph that runs over a page, or that a
stamp or footnote parts, is whole; so are words broken at line ends. A line end that came of the paper's width is a
space; one before which the next word would have had ample room was meant, as in addresses, and stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import quantiles

from scanfix.model.page import PageId
from scanfix.model.transcript import Attributes, Block, BlockKind, Element, Transcript
from scanfix.truth import hyphens, views
from scanfix.truth.joining import Join

# Typists stop before a long word, and quotations are set in; a line of less than six tenths was ended on purpose.
_AMPLE = 0.6
# In characters, as in ``margins``.
_DEEPEST_INDENT = 16
# One long line, such as a heading across the page, shall not set the measure.
_MEASURE_DECILE = 8
_FEWEST_LINES = 4
# Lines of these are rows; their ends mean something.
_ROWS: frozenset[BlockKind] = frozenset({"table"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """A block of the reading view, or the parts of one that runs on; ``is_open`` says that more is to come."""

    kind: BlockKind
    lines: tuple[str, ...]
    is_open: bool


def joined(pages: Sequence[Transcript], joins: Sequence[Join]) -> tuple[Transcript, ...]:
    """Put arrows where paragraphs run over a page, and catchwords into fences of their own.

    Parameters
    ----------
    pages
        Pages of one scan, in order.
    joins
        What ``joining.decide`` said of the same pages.
    """
    by_page = {join.page_id.number: join for join in joins}
    return tuple(_marked(page, by_page) for page in pages)


def lost(page_id: PageId, *, meta: Attributes = ()) -> Transcript:
    """Return what stands for a page that could not be read; ``meta`` is the front matter of the others."""
    gap = Element(name="lost", attributes=(("extent", f"page {page_id.number}"),))
    return Transcript(page_id=page_id, meta=meta, blocks=(Block(kind="paragraph", children=(gap,)),))


def reading(pages: Sequence[Transcript]) -> str:
    """Return the text of a document for people: one line a paragraph, an empty line between paragraphs."""
    blocks = tuple(_blocks(pages))
    own = hyphens.own_words(text for _, text in blocks)
    passages = _passages(blocks, own)
    measure = _measure([line for passage in passages for line in passage.lines])
    return "\n\n".join(_flowing(passage, own, measure) for passage in passages)


# Joining


def _marked(page: Transcript, joins: Mapping[int, Join]) -> Transcript:
    """Put a page's arrows in."""
    blocks = list(page.blocks)
    from_previous, to_next = joins.get(page.page_id.number - 1), joins.get(page.page_id.number)
    if from_previous and from_previous.is_joined and from_previous.after is not None:
        blocks[from_previous.after] = replace(blocks[from_previous.after], joins_previous=True)
    if to_next and to_next.is_joined and to_next.before is not None:
        blocks[to_next.before] = replace(blocks[to_next.before], joins_next=True)
    if to_next and to_next.catchword is not None:
        blocks[to_next.catchword] = replace(blocks[to_next.catchword], kind="catchword", attributes=())
    return replace(page, blocks=tuple(blocks))


# Reading


def _passages(blocks: Sequence[tuple[Block, str]], own: Mapping[str, int]) -> tuple[_Passage, ...]:
    """Gather the passages of a document; a rest goes to the passage that waits for it, past any footnote between."""
    passages: list[_Passage] = []
    for block, text in blocks:
        waiting = [index for index, passage in enumerate(passages) if passage.is_open and passage.kind == block.kind]
        lines = tuple(line for line in text.split("\n") if line)
        if block.joins_previous and waiting:
            start = passages[waiting[-1]]
            whole = (*start.lines, *lines) if block.kind in _ROWS else _run_on(start.lines, lines, own)
            passages[waiting[-1]] = replace(start, lines=whole, is_open=block.joins_next)
        else:
            passages.append(_Passage(kind=block.kind, lines=lines, is_open=block.joins_next))
    return tuple(passages)


def _run_on(start: Sequence[str], rest: Sequence[str], own: Mapping[str, int]) -> tuple[str, ...]:
    """Put the halves of a paragraph together; the line end between them is the page's and was not meant."""
    return (*start[:-1], " ".join(hyphens.resolved((start[-1], rest[0]), own)), *rest[1:])


def _blocks(pages: Sequence[Transcript]) -> Iterator[tuple[Block, str]]:
    """Give the blocks of the reading view with their text, gaps left empty."""
    for page in pages:
        for block, masked in views.by_block(page, "reading"):
            text = views.plain(masked)
            if text:
                yield block, text


def _flowing(passage: _Passage, own: Mapping[str, int], measure: float) -> str:
    """Return a passage with its words whole and the line ends that were meant."""
    if passage.kind in _ROWS:
        return "\n".join(passage.lines)
    lines = hyphens.resolved(passage.lines, own)
    width = _width(lines, measure)
    text = lines[0]
    for index, (before, line) in enumerate(pairwise(lines)):
        # A first line may be set in; one before another short one is the first of an address.
        indent = _DEEPEST_INDENT if index == 0 and len(line) >= _AMPLE * width else 0
        needed = indent + len(before) + 1 + len(line.split(" ", 1)[0])
        text += ("\n" if needed < _AMPLE * width else " ") + line
    return text


def _width(lines: Sequence[str], measure: float) -> float:
    """Return the width that a passage was typed in, in characters: its own where its lines are nearly even."""
    full = sorted(map(len, lines[:-1]))
    is_even = len(full) >= _FEWEST_LINES and full[len(full) // _FEWEST_LINES] >= (1 + _AMPLE) / 2 * full[-1]
    return full[-1] if is_even else measure


def _measure(lines: Sequence[str]) -> float:
    """Return the width of most lines of a document, in characters."""
    lengths = [len(line) for line in lines]
    return quantiles(lengths, n=10)[_MEASURE_DECILE] if len(lengths) > 1 else 0.0
