"""Why words are wrong: every error of a page under one cause, from the alignment, the page's regions and a witness.

The witness is bare Tesseract. Where it reads the same as scanfix, and scanfix is sure, the reference itself is
doubtful: a suspicion only, for two readers can share a mistake.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal, get_args

from rich.table import Table

from benchmarks.corpus import TextPage
from benchmarks.rates import POLICY, percent
from scanfix.errors import StoreError
from scanfix.model.comparison import AlignedLine, AlignedWords
from scanfix.model.page import PageId
from scanfix.model.text import BODY_KINDS, PageText, Region, RegionKind
from scanfix.pipeline import STORE_FOLDER, TEXT
from scanfix.scoring.aligned import align_lines
from scanfix.scoring.policy import POLICIES
from scanfix.store import Store

Cause = Literal[
    "letters",
    "digits",
    "signs and case",
    "lost word space",
    "order",
    "kept apart by layout",
    "lost line",
    "lost word",
    "furniture let in",
    "invented word",
    "truth doubtful",
]
CAUSES: tuple[Cause, ...] = get_args(Cause)
# Looked at on ehri-en: above it most such words are slips of the reference, below it mistakes that engines share.
_SURE = 0.95
# As much of a line's letters as two readings of it share at least.
_ALIKE = 0.6
_SIGNS = frozenset({"punctuation", "case", "hyphen"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A page that scanfix read, aligned line by line, and the cause of each word of each line (``None`` if right).

    ``homes`` say of each missing word in which kind of region it stands that is not running text; ``None`` where it was
    not read at all.
    """

    page: TextPage
    run: Path
    text: PageText | None
    lines: tuple[AlignedLine, ...]
    causes: tuple[tuple[Cause | None, ...], ...]
    homes: Counter[RegionKind | None]

    @property
    def tally(self) -> Counter[Cause]:
        """The errors of each cause; they add up to the errors of the page."""
        counts: Counter[Cause] = Counter()
        for line, causes in zip(self.lines, self.causes, strict=True):
            counts.update(tally(line, causes))
        return counts


def examine(page: TextPage, hypothesis: str, *, run: Path, witness: str) -> Examined:
    """Find the cause of every error of a page.

    Parameters
    ----------
    page
        The page.
    hypothesis
        The running text that scanfix published.
    run
        The output folder of the run, with its store.
    witness
        What bare Tesseract read; may be empty.
    """
    policy = POLICIES[POLICY]
    text = kept(run, page)
    lines = align_lines(page.reference, hypothesis, policy=policy, text=text)
    apart = _Apart(text)
    seconds = _substitutions(align_lines(page.reference, witness, policy=policy))
    found = [[_cause(words, line, apart, seconds) for words in line.words] for line in lines]
    return Examined(
        page=page, run=run, text=text, lines=lines, causes=tuple(map(tuple, found)), homes=Counter(apart.found)
    )


def kept(run: Path, page: TextPage) -> PageText | None:
    """Return the words of a page with their confidences; ``None`` for a page that the run lost."""
    try:
        return Store(run / STORE_FOLDER).read(PageId(scan_id=page.name, number=1).place, TEXT)
    except StoreError:
        return None


def tally(line: AlignedLine, causes: Sequence[Cause | None]) -> Counter[Cause]:
    """Count the errors of a line by their causes."""
    counts: Counter[Cause] = Counter()
    for words, cause in zip(line.words, causes, strict=True):
        if cause:
            counts[cause] += words.counts.errors
    return counts


def table(title: str, examined: Sequence[Examined]) -> Table:
    """Show the errors of each set by cause: how many, and per 100 words of the reference."""
    names = list(dict.fromkeys(one.page.group for one in examined))
    shown = Table(title=f"{title}: errors by cause, and per 100 words of the reference", show_edge=False)
    shown.add_column("cause")
    for name in names:
        shown.add_column(name, justify="right")
        shown.add_column("%", justify="right")
    for cause in (*CAUSES, None):
        shown.add_row(cause or "all", *_row(cause, names, examined))
    return shown


def _row(cause: Cause | None, names: Sequence[str], examined: Sequence[Examined]) -> Iterator[str]:
    """Write the errors of a cause (or of all) in every set."""
    for name in names:
        of_set = [one for one in examined if one.page.group == name]
        words = sum(line.counts.reference for one in of_set for line in one.lines)
        errors = sum(one.tally[cause] if cause else one.tally.total() for one in of_set)
        yield str(errors)
        yield percent(errors / words if words else None)


def _substitutions(lines: Sequence[AlignedLine]) -> frozenset[tuple[str, str]]:
    """Collect what a witness read for what."""
    words = (words for line in lines for words in line.words if words.op == "substitute")
    return frozenset((one.reference_text, one.hypothesis_text) for one in words)


class _Apart:
    """What stands in regions that are not running text; words are used up as they are found there."""

    def __init__(self, text: PageText | None) -> None:
        policy = POLICIES[POLICY]
        regions = [region for region in (text.regions if text else ()) if region.kind not in BODY_KINDS]
        self._lines = [(region.kind, line.text) for region in regions for line in region.lines]
        self._words = Counter((region.kind, word) for region in regions for word in policy.words(_text(region)))
        self.found: list[RegionKind | None] = []

    def seek(self, words: AlignedWords, line: AlignedLine) -> RegionKind | None:
        """Return the kind of region in which a missing word stands, alone or with its whole line."""
        kind = self._line(line) if line.index is None else None
        word = words.reference_text
        kind = kind or next((of for of, read in self._words if read == word and self._words[of, read]), None)
        if kind and self._words[kind, word]:
            self._words[kind, word] -= 1
        self.found.append(kind)
        return kind

    def _line(self, line: AlignedLine) -> RegionKind | None:
        """Return the kind of region in which a line stands, misread as it may be."""
        wanted = " ".join(words.reference_text for words in line.words)
        likeness, kind = max(
            ((SequenceMatcher(None, wanted, read, autojunk=False).ratio(), of) for of, read in self._lines),
            key=lambda entry: entry[0],
            default=(0.0, None),
        )
        return kind if likeness >= _ALIKE else None


def _text(region: Region) -> str:
    """Return the text of a region."""
    return "\n".join(line.text for line in region.lines)


def _cause(words: AlignedWords, line: AlignedLine, apart: _Apart, witness: frozenset[tuple[str, str]]) -> Cause | None:
    """Name the cause of an error."""
    if words.kind is None:
        return None
    if words.kind == "order":
        return "order"
    if words.op == "delete":
        return "kept apart by layout" if apart.seek(words, line) else "lost line" if line.index is None else "lost word"
    if words.op == "insert":
        return "invented word" if any(one.counts.reference for one in line.words) else "furniture let in"
    if (words.reference_text, words.hypothesis_text) in witness and min(words.confidences, default=0.0) >= _SURE:
        return "truth doubtful"
    return _misread(words)


def _misread(words: AlignedWords) -> Cause:
    """Name what was mistaken in a word."""
    if words.kind == "spacing":
        return "lost word space"
    if words.kind == "number":
        return "digits"
    return "signs and case" if words.kind in _SIGNS else "letters"
