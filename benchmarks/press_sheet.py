"""Twelve pressed pages beside twelve real ones, and crops of both at reading size: judge the press by eye.

Writes ``sheet.jpg`` (whole pages) and ``crops.jpg`` (a stretch of text each, half size of the scan) to ``--out``.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from rich.console import Console

from benchmarks import corpus
from scanfix.facsimile import kinds
from scanfix.facsimile.press import Facsimile, press

_SEED = 1956
_CELL_PX = (620, 800)
_CROP_PX = (1240, 420)
_GREY = 128
# A stretch of text that is running text on nearly every page: from the left margin, below the middle.
_CROP_AT = (0.2, 0.45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A real page (its folder, file and page from 1 in a PDF) and the kind and page that the press sets beside it."""

    folder: str
    file: str
    number: int = 1
    kind: str
    page: int


_STRUCK_FR = "europeana-random-selec__9200519-ark-12148-btv1b"
PAIRS = (
    Pair(folder="ehri-en", file="EHRI-DR-19390519-US_01.jpg", kind="photocopy", page=1),
    Pair(folder="ehri-en", file="EHRI-DR-19390125-US_04.jpg", kind="photocopy", page=2),
    Pair(folder="ehri-en", file="EHRI-DR-19390125-US_08.jpg", kind="photocopy", page=3),
    Pair(folder="ehri-en", file="EHRI-BF-19380509b_EN_02.jpg", kind="letter", page=2),
    Pair(folder="ehri-en", file="EHRI-DR-19400712-US_02.jpg", kind="speckled", page=2),
    Pair(folder="ehri-en", file="EHRI-BF-19380718_EN_01.jpg", kind="photostat", page=1),
    Pair(folder="ehri-en", file="EHRI-ET-YV3549264_02.jpg", kind="carbon", page=2),
    Pair(folder="ehri-en", file="EHRI-ET-YV3549264_06.jpg", kind="carbon", page=3),
    Pair(folder="cib", file="cib_03000840.pdf", number=1, kind="bulletin", page=1),
    Pair(folder="cib", file="cib_02733136.pdf", number=5, kind="bulletin", page=2),
    Pair(folder="cib", file="cib_03000840.pdf", number=4, kind="bulletin", page=3),
    Pair(
        folder="struck-fr",
        file="europeana-random-selec__9200519-ark-12148-btv1b52505126z.jpg",
        kind="manuscript",
        page=1,
    ),
)

# In the order of the pairs, each once.
_KINDS = tuple(dict.fromkeys(pair.kind for pair in PAIRS))


def main() -> None:
    """Draw both sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=Path("out/press"))
    parser.add_argument("--seed", type=int, default=_SEED)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="scanfix-sheet-") as work:
        real = [_real(arguments.corpus, pair, Path(work)) for pair in PAIRS]
    documents = {kind: press(kinds.draw(kind, seed=arguments.seed, index=0), seed=arguments.seed) for kind in _KINDS}
    pressed = [_picture(documents[pair.kind], pair.page) for pair in PAIRS]
    console = Console()
    for name, cells in (
        ("sheet", _whole(real, pressed)),
        ("crops", _crops(real, pressed)),
    ):
        target = arguments.out / f"{name}.jpg"
        cells.save(target, quality=85)
        console.print(f"{target}: real pages left, pressed ones right of each", markup=False)


def _real(where: Path, pair: Pair, work: Path) -> Image.Image:
    """Open a real page."""
    file = where / pair.folder / pair.file
    if file.suffix == ".pdf":
        file = corpus.page_of_pdf(file, pair.number, work / f"{file.stem}-{pair.number}.png")
    return Image.open(file).convert("RGB")


def _picture(pages: Sequence[Facsimile], number: int) -> Image.Image:
    """Show a pressed page, the last where there are not so many."""
    return Image.fromarray(pages[min(number, len(pages)) - 1].pixels).convert("RGB")


def _whole(real: Sequence[Image.Image], pressed: Sequence[Image.Image]) -> Image.Image:
    """Set whole pages side by side, three pairs a row."""
    return _grid([_fitted(page, _CELL_PX) for pair in zip(real, pressed, strict=True) for page in pair], columns=6)


def _crops(real: Sequence[Image.Image], pressed: Sequence[Image.Image]) -> Image.Image:
    """Set stretches of text side by side, a pair a row."""
    return _grid([_crop(page) for pair in zip(real, pressed, strict=True) for page in pair], columns=2)


def _crop(page: Image.Image) -> Image.Image:
    """Cut four inches of text out of a page of eight and a half and bring them to one scale."""
    left, top = _CROP_AT[0] * page.width, _CROP_AT[1] * page.height
    wide = page.width / 2
    high = wide * _CROP_PX[1] / _CROP_PX[0]
    return page.crop((round(left), round(top), round(left + wide), round(top + high))).resize(_CROP_PX)


def _fitted(page: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Shrink a page into a cell."""
    small = page.copy()
    small.thumbnail(size)
    return small


def _grid(cells: Sequence[Image.Image], *, columns: int) -> Image.Image:
    """Lay pictures in rows, numbered in pairs."""
    wide, high = max(cell.width for cell in cells), max(cell.height for cell in cells)
    rows = -(-len(cells) // columns)
    sheet = Image.new("RGB", (columns * wide, rows * high), (_GREY, _GREY, _GREY))
    draw = ImageDraw.Draw(sheet)
    for index, cell in enumerate(cells):
        at = (index % columns * wide, index // columns * high)
        sheet.paste(cell, at)
        draw.text((at[0] + 4, at[1] + 4), f"{index // 2 + 1}{'rp'[index % 2]}", fill=(200, 0, 0))
    return sheet


if __name__ == "__main__":
    main()
