"""``python -m benchmarks.ablation``: what each step of cleaning is worth, on the development pages.

A row a step switched off or on, against cleaning as it is: the error rate of the running text by set as Tesseract alone
reads it, as the second voice alone reads the same lines, and the seconds that cleaning took. A page that a step leaves
as it was is read once: readings are kept by the digest of the clean image.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rich.console import Console
from rich.table import Table

from benchmarks import corpus
from benchmarks.corpus import TextPage
from scanfix import batch, layout
from scanfix.model.page import CleanPage, PageId, PageSource
from scanfix.model.score import PageScore
from scanfix.model.text import Line
from scanfix.pipeline import Bench
from scanfix.scoring.page import score_page, total
from scanfix.scoring.policy import POLICIES
from scanfix.settings import OcrSettings, Settings

ROWS: Mapping[str, Mapping[str, object]] = {
    "as it is": {},
    "upright only": {"is_on": False},
    "not flattened": {"flatten": False},
    "borders left": {"cut_borders": False},
    "rules left": {"remove_rules": False},
    "specks left": {"remove_specks": False},
    **{f"binarised: {name}": {"binarisation": name} for name in ("otsu", "sauvola", "wolf", "nick", "isauvola")},
    "x-height 30": {"x_height_px": 30.0},
}
_BODY = ("paragraph", "heading", "footnote")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """A page under one row: both voices' scores, and the seconds of CPU that cleaning took."""

    first: PageScore
    second: PageScore
    clean_s: float


def main() -> None:
    """Read the pages under every row and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--sets", default=",".join(corpus.SETS), help="comma-separated")
    parser.add_argument("--rows", default=",".join(ROWS), help="comma-separated")
    parser.add_argument("--every", type=int, default=1, help="every how manieth page is read")
    arguments = parser.parse_args()
    console = Console(width=150)
    rows = arguments.rows.split(",")
    outcomes: dict[tuple[str, str], list[_Outcome]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="scanfix-ablation-") as name:
        pages = corpus.text_pages(arguments.corpus, Path(name), arguments.sets.split(","))[:: arguments.every]
        for number, page in enumerate(pages):
            for row, outcome in _page(page, rows, Path(name) / "store").items():
                outcomes[row, page.group].append(outcome)
            console.print(f"{number + 1} of {len(pages)}: {page.name}", highlight=False)
    console.print(_table(rows, arguments.sets.split(","), outcomes))


def _page(page: TextPage, rows: Sequence[str], work: Path) -> Mapping[str, _Outcome]:
    """Clean and read a page under every row."""
    read: dict[str, tuple[str, str]] = {}
    outcomes = {}
    for row in rows:
        settings = Settings.model_validate({"clean": ROWS[row], "ocr": OcrSettings(languages=(page.languages,))})
        bench = Bench(work / row.replace(" ", "-"), settings)
        source = batch.plan([page.image], settings).sources[0]
        bench.ingest(source)
        start = time.process_time()
        cleaned = bench.clean(source)
        clean_s = time.process_time() - start
        if cleaned.clean.sha256 not in read:
            read[cleaned.clean.sha256] = _read(bench, source, cleaned)
        first, second = (_score(page, text) for text in read[cleaned.clean.sha256])
        outcomes[row] = _Outcome(first=first, second=second, clean_s=clean_s)
    return outcomes


def _read(bench: Bench, source: PageSource, cleaned: CleanPage) -> tuple[str, str]:
    """Read the running text with each voice alone."""
    found = bench.mark(source)
    regions, _ = layout.arrange(
        bench.engine.read(cleaned.clean),
        found.marks,
        height_px=cleaned.upright.height_px,
        settings=bench.settings.layout,
    )
    lines: list[Line] = [line for region in regions if region.kind in _BODY for line in region.lines]
    heard = bench.voices.hear(lines, cleaned)
    second = ["".join(sign.text for sign in heard[line.line_id].second) for line in lines if line.line_id in heard]
    return "\n".join(line.text for line in lines), "\n".join(second)


def _score(page: TextPage, text: str) -> PageScore:
    """Score a reading against the reference."""
    page_id = PageId(scan_id=page.name, number=1)
    return score_page(page_id, reference=page.reference, hypothesis=text, policy=POLICIES["archival"])


def _table(rows: Sequence[str], sets: Sequence[str], outcomes: Mapping[tuple[str, str], Sequence[_Outcome]]) -> Table:
    """Lay the figures out."""
    table = Table("row", *(f"{name} T" for name in sets), *(f"{name} 2nd" for name in sets), "s a page", title="WER, %")
    for row in rows:
        here = [outcomes.get((row, name), ()) for name in sets]
        rates = [
            *(_rate([outcome.first for outcome in some]) for some in here),
            *(_rate([outcome.second for outcome in some]) for some in here),
        ]
        seconds = mean(outcome.clean_s for some in here for outcome in some)
        table.add_row(row, *rates, f"{seconds:.2f}")
    return table


def _rate(scores: Sequence[PageScore]) -> str:
    """Write a set's error rate."""
    rate = total(scores).words.rate if scores else None
    return "–" if rate is None else f"{100 * rate:.2f}"


if __name__ == "__main__":
    main()
