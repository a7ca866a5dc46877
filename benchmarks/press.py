"""``make bench-press``: whether pressed pages predict real ones.

For four settings (photocopied despatches, speckled letters and copies, carbons, printed bulletins) bare Tesseract reads
the real development pages and as many pressed ones, each under five cleaning recipes. Printed are the error rates, the
ratio of the rates of the unprocessed pages (target: within a factor of 1.5), and Kendall's tau between the orders of
the recipes (target: at least 0.6).
"""

import argparse
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean
from time import process_time

import cv2
from rich.console import Console
from rich.table import Table

from benchmarks import corpus
from benchmarks.recipes import RECIPES
from scanfix import images
from scanfix.facsimile import kinds
from scanfix.facsimile.press import Facsimile, press
from scanfix.images import GrayImage
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts
from scanfix.scoring.page import score_page
from scanfix.scoring.policy import POLICIES
from scanfix.truth import views

_SEED = 1956
# A despatch's sheet count differs from document to document: this many documents of a kind give pages enough.
_MOST_DOCUMENTS = 40
_FACTOR, _TAU = 1.5, 0.6
_AS_SCANNED = next(iter(RECIPES))
# Pages of ehri-en with more specks than this a megapixel (their letters apart) count as speckled.
_SPECKLED = 150.0
_SPECK_PX = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page to be read: where its pixels are, and its body."""

    name: str
    image: Path
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Counts of one recipe over the pages of a setting."""

    words: EditCounts
    characters: EditCounts


Outcome = Mapping[str, Rates]


def main() -> None:
    """Read both sides and print how well the one predicts the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--pages", type=int, default=12, help="pressed pages of each setting")
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--only", choices=tuple(kinds.SETTINGS), help="one setting")
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    console = Console(width=150)
    with tempfile.TemporaryDirectory(prefix="scanfix-press-") as folder:
        work = Path(folder)
        real = _real(arguments.corpus, work)
        wanted = [arguments.only] if arguments.only else list(kinds.SETTINGS)
        rows: dict[str, tuple[Outcome, Outcome]] = {}
        for name in wanted:
            pressed = _pressed(name, arguments.pages, arguments.seed, work, console)
            rows[name] = (_outcome(real[name]), _outcome(pressed))
            console.print(_by_recipe(name, *rows[name], len(real[name]), len(pressed)))
        console.print(_summary(rows))


def _real(where: Path, work: Path) -> dict[str, list[Sample]]:
    """Sort the development pages that are transcribed in full into the settings."""
    found: dict[str, list[Sample]] = {name: [] for name in kinds.SETTINGS}
    for page in corpus.text_pages(where, _fresh(work, "real")):
        if not page.is_partial:
            sample = Sample(name=page.name, image=page.image, reference=page.reference)
            found[_setting(page.group, _pixels(page.image, page.name))].append(sample)
    return found


def _setting(group: str, pixels: GrayImage) -> str:
    """Say which setting a real page belongs to, by measure: print, dark paper, specks, or none of these."""
    if group == "cib":
        return "bulletin"
    otsu, ink = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if pixels[pixels > otsu].mean() < 200:
        return "carbon"
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    specks = int((stats[1:, cv2.CC_STAT_AREA] <= _SPECK_PX).sum())
    return "speckled" if specks / pixels.size * 1e6 > _SPECKLED else "photocopy"


def _pressed(name: str, count: int, seed: int, work: Path, console: Console) -> list[Sample]:
    """Press pages of a setting, and say what one cost."""
    folder = _fresh(work, name)
    pages: list[Facsimile] = []
    all_pages = 0
    start = process_time()
    for index in range(_MOST_DOCUMENTS):
        document = press(kinds.draw(name, seed=seed, index=index), seed=seed)
        all_pages += len(document)
        # First pages are left out on the real side too: stamps and letterheads that no reference has. Two of the
        # others: the machines and scanners of a setting differ more than the pages of a document.
        pages += document[1:3]
        if len(pages) >= count:
            break
    cost_s = (process_time() - start) / all_pages
    megapixels = sum(page.pixels.shape[0] * page.pixels.shape[1] for page in pages) / len(pages) / 1e6
    console.print(f"{name}: {all_pages} pages pressed, {cost_s:.2f} s of one core each, {megapixels:.1f} megapixels")
    return [_kept(page, folder) for page in pages[:count]]


def _kept(page: Facsimile, folder: Path) -> Sample:
    """Write a pressed page where it can be read."""
    name = f"{page.page_id.scan_id}-{page.page_id.stem}"
    image = images.write_png(folder / f"{name}.png", page.grey, dpi=page.dpi)
    return Sample(name=name, image=Path(image.path), reference=views.for_scoring(page.transcript, "body"))


def _outcome(samples: Sequence[Sample]) -> Outcome:
    """Read the pages under each recipe and sum up."""
    tasks = [(sample, recipe) for sample in samples for recipe in RECIPES]
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        counts = list(pool.map(_read, tasks))
    by_recipe: dict[str, list[Rates]] = {recipe: [] for recipe in RECIPES}
    for (_, recipe), rates in zip(tasks, counts, strict=True):
        by_recipe[recipe].append(rates)
    return {recipe: _sum(rates) for recipe, rates in by_recipe.items()}


def _read(task: tuple[Sample, str]) -> Rates:
    """Clean a page by a recipe, read it with bare Tesseract and score it."""
    sample, recipe = task
    cv2.setNumThreads(1)
    cleaned = RECIPES[recipe](_pixels(sample.image, sample.name))
    # Without a resolution in the file: Tesseract estimates it alike on both sides.
    _, encoded = cv2.imencode(".png", cleaned)
    command = ["tesseract", "stdin", "stdout", "--psm", "3"]
    text = subprocess.run(command, input=encoded.tobytes(), capture_output=True, check=True).stdout.decode()
    score = score_page(
        PageId(scan_id=sample.name, number=1),
        reference=sample.reference,
        hypothesis=text,
        policy=POLICIES["archival"],
    )
    return Rates(words=score.words, characters=score.characters)


def _sum(rates: Sequence[Rates]) -> Rates:
    """Add the counts of pages."""
    words, characters = rates[0].words, rates[0].characters
    for one in rates[1:]:
        words, characters = words + one.words, characters + one.characters
    return Rates(words=words, characters=characters)


def _by_recipe(name: str, real: Outcome, pressed: Outcome, real_pages: int, pressed_pages: int) -> Table:
    """Show the error rates of each recipe on both sides."""
    table = Table(title=f"{name}: {real_pages} real pages, {pressed_pages} pressed", show_edge=False)
    table.add_column("recipe")
    for heading in ("real WER %", "S", "D", "I", "CER %", "pressed WER %", "S", "D", "I", "CER %"):
        table.add_column(heading, justify="right")
    for recipe in RECIPES:
        table.add_row(recipe, *_cells(real[recipe]), *_cells(pressed[recipe]))
    return table


def _cells(rates: Rates) -> tuple[str, ...]:
    """Show rates in per cent; S, D and I per reference word."""
    words = rates.words
    parts = (words.errors, words.substitutions, words.deletions, words.insertions)
    return (*(f"{100 * part / words.reference:.2f}" for part in parts), f"{100 * (rates.characters.rate or 0):.2f}")


def _summary(rows: Mapping[str, tuple[Outcome, Outcome]]) -> Table:
    """Show the two measures and whether they reach their targets."""
    table = Table(
        title=f"Does the press predict? CER within a factor of {_FACTOR}, tau at least {_TAU}", show_edge=False
    )
    table.add_column("setting")
    for heading in ("real CER %", "pressed CER %", "ratio", "", "tau", ""):
        table.add_column(heading, justify="right")
    for name, (real, pressed) in rows.items():
        rates = [100 * (side[_AS_SCANNED].characters.rate or 0) for side in (real, pressed)]
        ratio = rates[1] / rates[0]
        tau = _tau(_errors(real), _errors(pressed))
        table.add_row(
            name,
            *(f"{rate:.2f}" for rate in rates),
            f"{ratio:.2f}",
            _verdict(is_reached=1 / _FACTOR <= ratio <= _FACTOR),
            f"{tau:.2f}",
            _verdict(is_reached=tau >= _TAU),
        )
    sides = [[row[side] for row in rows.values()] for side in (0, 1)]
    tau = _tau(_mean(sides[0]), _mean(sides[1]))
    table.add_row("mean of the settings", "", "", "", "", f"{tau:.2f}", _verdict(is_reached=tau >= _TAU))
    return table


def _verdict(*, is_reached: bool) -> str:
    """Say whether a target is reached."""
    return "reached" if is_reached else "MISSED"


def _errors(outcome: Outcome) -> Mapping[str, float]:
    """Return the word error rate of each recipe."""
    return {recipe: outcome[recipe].words.rate or 0.0 for recipe in RECIPES}


def _mean(outcomes: Sequence[Outcome]) -> Mapping[str, float]:
    """Return the mean word error rate of each recipe: every setting weighs the same."""
    return {recipe: fmean(_errors(outcome)[recipe] for outcome in outcomes) for recipe in RECIPES}


def _tau(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Return Kendall's (1938) tau between two orders of the recipes; a tie on either side counts as neither."""
    agreement = 0
    pairs = list(combinations(RECIPES, 2))
    for one, other in pairs:
        product = (first[one] - first[other]) * (second[one] - second[other])
        agreement += (product > 0) - (product < 0)
    return agreement / len(pairs)


def _pixels(image: Path, name: str) -> GrayImage:
    """Decode an image file."""
    return images.decode_gray(image.read_bytes(), name=name)


def _fresh(work: Path, name: str) -> Path:
    """Make an empty folder."""
    folder = work / name
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
