"""Reading order apart from recognition: on pressed treaties and footnote pages, and on real pages.

Of each kind of page are printed Kendall's tau over blocks and over lines (a line stands where the middle one of the
words that were read in its place stands in the body), the word error rate and the part of it that is a matter of order.
Scans and results are kept under ``--out``: a second run reads nothing again but what has changed.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks import measure, order_pages
from scanfix import images
from scanfix.facsimile.press import press
from scanfix.model.geometry import Affine, Box
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts, OrderCounts
from scanfix.model.text import PageText
from scanfix.pipeline import CLEAN, STORE_FOLDER, TEXT
from scanfix.scoring.detail import score_in_detail
from scanfix.scoring.parts import ComparedView, Part
from scanfix.scoring.policy import POLICIES
from scanfix.store import Store
from scanfix.truth import views

_SEED = 7
_TAU, _POINTS = 0.98, 1.0
# Sets of real pages with boxes of lines, and Tesseract's language for each.
_SETS = {"ehri-en": "eng", "ehri-de": "deu", "tapus-fr": "fra"}
# A word belongs to the true line whose box holds its middle, give or take so many pixels at the sides.
_SIDE_PX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to be read and its truth: blocks of text in order, and the boxes of their lines in the scan's pixels."""

    name: str
    kind: str
    image: Path
    blocks: tuple[Part, ...]
    lines: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was counted of pages: ``pairs`` of lines that were found, and those of them that stand the other way."""

    pages: int = 0
    pairs: int = 0
    reversed: int = 0
    words: EditCounts = field(default_factory=EditCounts)
    order: OrderCounts = field(default_factory=OrderCounts)

    def __add__(self, other: "Counts") -> "Counts":
        """Sum the counts of pages."""
        return Counts(
            pages=self.pages + other.pages,
            pairs=self.pairs + other.pairs,
            reversed=self.reversed + other.reversed,
            words=self.words + other.words,
            order=self.order + other.order,
        )


def main() -> None:
    """Press, read and score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=Path("out/order"))
    parser.add_argument("--seeds", type=int, default=2, help="pressed pages of each kind")
    parser.add_argument("--only", choices=("pressed", *_SETS), help="one set")
    arguments = parser.parse_args()
    console = Console(width=150)
    if arguments.only in (None, "pressed"):
        pages = list(_pressed(arguments.out / "scans", arguments.seeds))
        console.print(_table("Pressed pages", _scored(pages, arguments.out / "pressed", "eng")))
    for name, language in _SETS.items():
        if arguments.only in (None, name) and (arguments.corpus / name).is_dir():
            pages = list(_real(arguments.corpus / name))
            console.print(_table(f"Real pages: {name}", _scored(pages, arguments.out / name, language)))


def _pressed(folder: Path, seeds: int) -> Iterator[Page]:
    """Press the pages of the benchmark."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in order_pages.pages(seeds=seeds):
        (page,) = press(one.document, seed=_SEED)
        transcript = page.transcript
        texts = (
            (block.kind, views.for_scoring(replace(transcript, blocks=(block,)), "body")) for block in transcript.blocks
        )
        yield Page(
            name=one.document.scan_id,
            kind=f"{one.kind}, {', '.join(one.factors)}",
            image=Path(images.write_png(folder / f"{one.document.scan_id}.png", page.grey, dpi=page.dpi).path),
            blocks=tuple(Part(kind=kind, text=text) for kind, text in texts if text),
            lines=tuple(line.box for line in page.text.body_lines),
        )


def _real(folder: Path) -> Iterator[Page]:
    """List the real pages of a set: each line is a block of its own, for the truth has no others."""
    for image in sorted(folder.glob("*.jpg")):
        table = image.with_suffix(".lines.tsv")
        rows = [row.split("\t") for row in table.read_text(encoding="utf-8").splitlines()]
        rows = [row for row in rows if row[0].isdigit()]
        yield Page(
            name=image.stem,
            kind=folder.name,
            image=image,
            blocks=tuple(Part(kind="paragraph", text=row[-1]) for row in rows),
            lines=tuple(Box.of([float(edge) for edge in row[:4]]) for row in rows),
        )


def _scored(pages: Sequence[Page], out: Path, language: str) -> dict[str, Counts]:
    """Read pages with scanfix and count, by kind and in all."""
    command = [sys.executable, "-m", "scanfix", "run", *(str(page.image) for page in pages)]
    out.mkdir(parents=True, exist_ok=True)
    measure.run([*command, "--out", str(out), "--languages", language], log=out / "log")
    store = Store(out / STORE_FOLDER)
    found: dict[str, Counts] = {}
    for page in pages:
        # The scan's own name, as intake makes it safe.
        (place,) = {path.parent.name for path in (out / STORE_FOLDER).glob("*/p0001") if _is_of(path, page)}
        counts = _count(page, PageId(scan_id=place, number=1), store, out)
        for kind in (page.kind, "all"):
            found[kind] = found.get(kind, Counts()) + counts
    return found


def _is_of(place: Path, page: Page) -> bool:
    """Tell whether a place of the store is a page's."""
    return place.parent.name.lower() == page.name.lower()


def _count(page: Page, page_id: PageId, store: Store, out: Path) -> Counts:
    """Count what is right of a page."""
    text = store.read(page_id.place, TEXT)
    places = [place for place in _places(page, text, store.read(page_id.place, CLEAN).source_to_upright) if place]
    pairs = list(combinations(places, 2))
    body = (out / f"{page_id.place}.txt").read_text(encoding="utf-8")
    view = ComparedView(name="body", reference=page.blocks, hypothesis=body)
    score = score_in_detail(page_id, view, policy=POLICIES["archival"]).score
    return Counts(
        pages=1,
        pairs=len(pairs),
        reversed=sum(one > other for one, other in pairs),
        words=score.words,
        order=score.order,
    )


def _places(page: Page, text: PageText, to_upright: Affine) -> Iterator[float | None]:
    """Say where in the body each true line stands, counted from 1; ``None`` where nothing of it is there."""
    middles = [word.box.centre for line in text.body_lines for word in line.words]
    for box in page.lines:
        place = to_upright.box(box)
        inside = [
            number
            for number, (x, y) in enumerate(middles, start=1)
            if place.left - _SIDE_PX <= x <= place.right + _SIDE_PX and place.top <= y <= place.bottom
        ]
        yield median(inside) if inside else None


def _table(title: str, found: dict[str, Counts]) -> Table:
    """Show the counts, and whether the targets are reached."""
    table = Table(title=f"{title} (tau ≥ {_TAU}, order ≤ {_POINTS:g} point)", show_edge=False)
    table.add_column("kind")
    for heading in ("pages", "tau of blocks", "tau of lines", "WER %", "of it order", ""):
        table.add_column(heading, justify="right")
    for kind, counts in found.items():
        lines = 1 - 2 * counts.reversed / counts.pairs if counts.pairs else 1.0
        blocks = 1.0 if counts.order.tau is None else counts.order.tau
        order = 100 * counts.order.layout_errors / max(1, counts.words.reference)
        is_reached = min(lines, blocks) >= _TAU and order <= _POINTS
        table.add_row(
            kind,
            str(counts.pages),
            f"{blocks:.3f}",
            f"{lines:.4f}",
            f"{100 * (counts.words.rate or 0):.2f}",
            f"{order:.2f}",
            "reached" if is_reached else "MISSED",
        )
    return table


if __name__ == "__main__":
    main()
