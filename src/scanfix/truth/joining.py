"""Whether the last paragraph of a page runs on over the page.

Decided from the words at its end and at the next page's start, and from where their lines stand. Nothing is learnt
from many pages: each clue has a weight in the logarithm of odds, set by hand, and stands in the result. A typist fills
the last line of a page like any other, so that a paragraph that runs on fills it, lacks its stop, and goes on without
an indent; a catchword says only which page follows, and is no part of the text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import exp

from scanfix.model.mark import Evidence
from scanfix.model.page import PageId
from scanfix.model.text import BODY_KINDS, Line, PageText
from scanfix.model.transcript import MASK, Block, BlockKind, Transcript
from scanfix.truth import views
from scanfix.truth.lint import prose
from scanfix.truth.lint.words import vocabulary
from scanfix.truth.margins import Margins

# Weights: the logarithm of how much likelier a clue is where a paragraph runs on than where it does not.
_WEIGHTS: Mapping[str, float] = {
    # Of two pages of prose, about one boundary in two falls inside a paragraph.
    "start": 0.0,
    "ends-with-hyphen": 3.0,
    "ends-open": 1.5,
    # Engines take a full stop for a comma, seldom the other way round.
    "ends-with-comma": 1.0,
    "ends-with-stop": -2.0,
    "starts-lower": 2.5,
    "starts-sentence": -2.0,
    "starts-with-capital": -0.5,
    "starts-item": -3.0,
    "starts-with-title": -2.0,
    "is-title": -2.5,
    "is-fragment": -1.5,
    "last-line-full": 0.7,
    "last-line-short": -2.5,
    "first-line-indented": -2.5,
    "first-line-flush": 2.5,
}
# In characters: a line with less room was full when the next word was a long one; one with more was ended on purpose.
_FULL, _SHORT = 9, 16
# A catchword is the next page's first word, seldom two or three.
_CATCHWORDS = 3
# Two readings of one word by the same engine: one letter in four may be misread.
_ALIKE = 0.74
# Where a page's catchword may have been put by the layout.
_CATCH_KINDS: frozenset[BlockKind] = frozenset({"paragraph", "catchword", "foot", "margin"})
# Small words have a capital only at the start of a sentence; other words may be names, and German nouns always have it.
_OPENERS = vocabulary(
    "the a an this these that those it he she they we i in on at as if when while after before since for with by there "
    "both some all no but and according although however "
    "le la les l un une ce cette ces il elle ils elles on nous je en dans a au aux pour par si quand mais et "
    "der die das ein eine es er sie wir ich man im in an am auf bei nach vor mit als wenn und aber doch zur zum"
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# Fewer words without a stop may be a date, a name or a legend that needs none.
_SENTENCE = 8
# Fewer words are a number or a speck that was taken for a paragraph.
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page as it was written down, and where its lines stand; without the latter only its words are asked."""

    transcript: Transcript
    text: PageText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """What was decided at the boundary of two pages.

    ``before`` and ``after`` are indices of the two pages' blocks, ``None`` where a page has no running text;
    ``catchword`` is the index of the first page's block that holds nothing but the next page's first words.
    ``confidence``, 0.5 to 1, is of the decision, not of the join; ``evidence`` has the weight of every clue.
    """

    page_id: PageId
    before: int | None
    after: int | None
    is_joined: bool
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    catchword: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Boundary:
    """The last passage of a page and the first of the next, lines of the page a line."""

    last: str
    first: str
    before: Leaf
    after: Leaf


def decide(leaves: Sequence[Leaf]) -> tuple[Join, ...]:
    """Decide for every page that another follows, whether its last paragraph runs on.

    Parameters
    ----------
    leaves
        Pages of one scan, in order. Pages with one missing between them are no boundary.
    """
    return tuple(
        _decide(before, after)
        for before, after in pairwise(leaves)
        if before.transcript.page_id.number + 1 == after.transcript.page_id.number
    )


def _decide(before: Leaf, after: Leaf) -> Join:
    """Decide for one boundary."""
    starts = list(_passages(after.transcript))
    page_id = before.transcript.page_id
    first = starts[0] if starts else None
    catchword = _catchword(before.transcript, first[1]) if first else None
    ends = [passage for passage in _passages(before.transcript) if passage[0] != catchword]
    if not first or not ends:
        return Join(page_id=page_id, before=None, after=None, is_joined=False, confidence=1.0, catchword=catchword)
    boundary = _Boundary(last=ends[-1][1], first=first[1], before=before, after=after)
    names = ("start", *_clues_of_words(boundary), *_clues_of_lines(boundary))
    evidence = tuple(Evidence(name=name, value=_WEIGHTS[name]) for name in names)
    odds = exp(sum(clue.value for clue in evidence))
    return Join(
        page_id=page_id,
        before=ends[-1][0],
        after=first[0],
        is_joined=odds > 1,
        confidence=max(odds, 1) / (1 + odds),
        evidence=evidence,
        catchword=catchword,
    )


# Passages


def _passages(transcript: Transcript) -> Iterator[tuple[int, str]]:
    """Give the paragraphs of a page that hold words, with their indices."""
    for index, block in enumerate(transcript.blocks):
        text = _text(block) if block.kind == "paragraph" else ""
        if MASK in text or _is_passage(text):
            yield index, text


def _is_passage(text: str) -> bool:
    """Whether a paragraph is more than a number or a speck; one word is where a sentence ends with it."""
    words = [word for word in text.split() if sum(map(str.isalpha, word)) > 1]
    return len(words) >= _FEWEST_WORDS or (len(words) == 1 and prose.is_stopped(text))


def _text(block: Block) -> str:
    """Return what stands in a block, lines tidied."""
    return "\n".join(" ".join(line.split()) for line in views.shown(block.children).split("\n"))


def _catchword(transcript: Transcript, first: str) -> int | None:
    """Return the index of the block that says the next page's first words and nothing else."""
    ahead = first.split()
    for index in range(len(transcript.blocks) - 1, -1, -1):
        words = _text(transcript.blocks[index]).split()
        is_short = 0 < len(words) <= _CATCHWORDS and transcript.blocks[index].kind in _CATCH_KINDS
        if is_short and _is_alike(" ".join(words), " ".join(ahead[: len(words)])):
            return index
    return None


def _is_alike(one: str, other: str) -> bool:
    """Whether two readings are of the same words."""
    bare, of_other = (
        "".join(filter(str.isalnum, text.casefold())) for text in (one.replace(MASK, ""), other.replace(MASK, ""))
    )
    return bool(bare and of_other) and SequenceMatcher(None, bare, of_other).ratio() >= _ALIKE


# Clues


def _clues_of_words(boundary: _Boundary) -> Iterator[str]:
    """Name what the words at a boundary say."""
    last = boundary.last.rsplit("\n", 1)[-1]
    if last[-1:] in "-\u00ad\u00ac" and last[-2:-1].isalpha():
        yield "ends-with-hyphen"
    elif prose.is_stopped(last):
        yield "ends-with-stop"
    elif not prose.ends(last):
        yield "ends-with-comma" if last.endswith(",") else "ends-open"
    if prose.is_title(boundary.last) and not prose.ends(boundary.last) and "\n" not in boundary.last:
        yield "is-title"
    if len(boundary.last.split()) < _SENTENCE and not prose.is_stopped(last):
        yield "is-fragment"
    yield from _clues_of_start(boundary.first, is_stopped=prose.is_stopped(last))


def _clues_of_start(first: str, *, is_stopped: bool) -> Iterator[str]:
    """Name what the first words of a page say; after a stop, a capital goes without saying."""
    line = first.split("\n", 1)[0]
    if prose.label(line) or prose.is_dashed(line):
        yield "starts-item"
    elif prose.starts_lower(line):
        yield "starts-lower"
    elif line[:1].isupper() and not is_stopped:
        word = _FIRST_WORD.match(line)
        yield "starts-sentence" if word and word[0].lower() in _OPENERS else "starts-with-capital"
    if line.isupper() or ("\n" not in first and prose.is_title(first)):
        yield "starts-with-title"


def _clues_of_lines(boundary: _Boundary) -> Iterator[str]:
    """Name what the places of the lines at a boundary say."""
    last = _find(boundary.before.text, boundary.last.rsplit("\n", 1)[-1])
    first = _find(boundary.after.text, boundary.first.split("\n", 1)[0])
    if last:
        room = last[1].room_after(last[0])
        yield from ("last-line-full",) if room < _FULL else ("last-line-short",) if room > _SHORT else ()
    if first:
        # A page of few paragraphs does as its neighbour does.
        indents = first[1].indents if first[1].indents is not None or last is None else last[1].indents
        is_indented = first[1].is_indented(first[0])
        if indents or is_indented:
            yield "first-line-indented" if is_indented else "first-line-flush"


def _find(text: PageText | None, words: str) -> tuple[Line, Margins] | None:
    """Return the running line of those words, and its page's margins; ``None`` where either is not to be had."""
    margins = Margins.of(text) if text else None
    if text is None or margins is None:
        return None
    bare = words.replace(MASK, "").split()
    found = (line for region in text.regions if region.kind in BODY_KINDS for line in region.lines)
    return next(((line, margins) for line in found if line.text.split() == bare), None)
