"""Tesseract through pytesseract: one TSV call a page, from a file, because re-encoding costs as much as reading."""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pytesseract

from scanfix import files
from scanfix.errors import SettingsError, ToolFailedError, ToolMissingError
from scanfix.images import GrayImage, write_png
from scanfix.model.geometry import Box
from scanfix.model.page import ImageFile
from scanfix.model.text import Line, Region, Word
from scanfix.settings import OcrSettings, canonical

_INSTALL = "sudo apt-get install tesseract-ocr"
# Crops carry no resolution of their own; Tesseract asks for one and 300 is that of most pages.
_CROP_DPI = 300
_SINGLE_LINE = 7
_OSD_CHARACTERS = 30

# Tesseract's own threads slow each other down where pages run side by side (0.6 of the speed at two pages).
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


class Tesseract:
    """The Tesseract engine.

    Raises
    ------
    ToolMissingError
        Tesseract or one of the languages is not installed.
    """

    def __init__(self, settings: OcrSettings) -> None:
        check_languages(settings.languages)
        self._settings = settings
        self._language = "+".join(settings.languages)

    @property
    def made_by(self) -> str:
        """Tesseract's version and a digest of each language's data."""
        data = " ".join(f"{language}:{language_digest(language)[:8]}" for language in self._settings.languages)
        return f"tesseract {version()} {data}"

    @property
    def recipe(self) -> str:
        """The languages and the segmentation mode; the time limit changes no result."""
        return canonical(self._settings.model_dump(mode="json", include={"languages", "page_segmentation"}))

    def read(self, image: ImageFile) -> tuple[Region, ...]:
        """Read a page.

        Raises
        ------
        ToolFailedError
            Tesseract crashed or ran out of time.
        """
        config = f"--psm {self._settings.page_segmentation} --dpi {round(image.dpi)}"
        table = self._call(image.path, config)
        return _regions(_rows(table))

    def read_crops(self, crops: Sequence[GrayImage]) -> tuple[str, ...]:
        """Read single lines, one text a crop, in one process; a crop that cannot be read gives ``""``.

        Raises
        ------
        ToolFailedError
            Tesseract crashed or ran out of time.
        """
        if not crops:
            return ()
        with TemporaryDirectory(prefix="scanfix-") as folder:
            paths = [Path(folder) / f"{index:03d}.png" for index in range(len(crops))]
            for path, crop in zip(paths, crops, strict=True):
                write_png(path, crop, dpi=_CROP_DPI)
            listing = Path(folder) / "crops.txt"
            listing.write_text("\n".join(str(path) for path in paths), encoding="utf-8")
            rows = _rows(self._call(str(listing), f"--psm {_SINGLE_LINE} --dpi {_CROP_DPI}"))
        texts = {number: " ".join(row.text for row in page) for number, page in groupby(rows, key=lambda row: row.page)}
        return tuple(texts.get(number, "") for number in range(1, len(crops) + 1))

    def turn_deg(self, image: ImageFile) -> tuple[int, float]:
        """Find out how far a page must be turned clockwise to stand upright (0, 90, 180, 270), and how sure that is.

        The second value is Tesseract's orientation confidence, 0 (nothing found) upwards; above 2 it is rarely wrong.

        Raises
        ------
        ToolFailedError
            Tesseract ran out of time.
        """
        config = f"--psm 0 --dpi {round(image.dpi)} -c min_characters_to_try={_OSD_CHARACTERS}"
        try:
            found = pytesseract.image_to_osd(
                image.path,
                config=config,
                output_type=pytesseract.Output.DICT,
                timeout=self._settings.timeout_s,
            )
        except pytesseract.TesseractError:
            # "Too few characters": a blank page or a picture has no way up.
            return 0, 0.0
        except RuntimeError as error:
            raise _timed_out(image.path, self._settings) from error
        return int(found["rotate"]), float(found["orientation_conf"])

    def _call(self, path: str, config: str) -> str:
        """Run Tesseract on a file and return its TSV."""
        try:
            table: str = pytesseract.image_to_data(
                path, lang=self._language, config=config, timeout=self._settings.timeout_s
            )
        except pytesseract.TesseractError as error:
            raise ToolFailedError(
                f"{path}: Tesseract failed ({error.message}). The page will be tried again."
            ) from error
        except RuntimeError as error:
            raise _timed_out(path, self._settings) from error
        return table


def version() -> str:
    """Return the version of the installed Tesseract.

    Raises
    ------
    ToolMissingError
        Tesseract is not installed.
    """
    try:
        return str(pytesseract.get_tesseract_version()).split()[0]
    except pytesseract.TesseractNotFoundError as error:
        raise ToolMissingError(f"Tesseract is not installed. Install it: {_INSTALL}") from error


def installed_languages() -> tuple[str, ...]:
    """Return the codes of the installed languages.

    Raises
    ------
    ToolMissingError
        Tesseract is not installed.
    """
    try:
        return tuple(sorted(pytesseract.get_languages()))
    except pytesseract.TesseractNotFoundError as error:
        raise ToolMissingError(f"Tesseract is not installed. Install it: {_INSTALL}") from error


def check_languages(languages: Sequence[str]) -> None:
    """Make sure that every language is installed, before a batch starts.

    Raises
    ------
    ToolMissingError
        One is missing; the message has the install command.
    SettingsError
        A code is no code.
    """
    bad = [language for language in languages if not language.replace("_", "").isalnum()]
    if bad:
        raise SettingsError(f"ocr.languages: {bad[0]!r} is no Tesseract language code. Write eng or eng,fra.")
    missing = [language for language in languages if language not in installed_languages()]
    if missing:
        packages = " ".join(f"tesseract-ocr-{language.replace('_', '-')}" for language in missing)
        raise ToolMissingError(
            f"Tesseract has no data for {', '.join(missing)}. Install it: sudo apt-get install {packages}"
        )


@lru_cache
def language_digest(language: str) -> str:
    """Return the sha256 of a language's data file, ``"unknown"`` where Tesseract does not say where it lies."""
    path = _data_folder() / f"{language}.traineddata"
    return files.digest(path) if path.is_file() else "unknown"


@lru_cache
def _data_folder() -> Path:
    """Return the folder of the language data, as ``tesseract --list-langs`` names it."""
    named = os.environ.get("TESSDATA_PREFIX")
    if named:
        return Path(named)
    places = sorted(Path("/usr/share").glob("tesseract-ocr/*/tessdata"), reverse=True)
    return places[0] if places else Path("/usr/share/tessdata")


def _timed_out(path: str, settings: OcrSettings) -> ToolFailedError:
    """Say that a call took too long."""
    return ToolFailedError(
        f"{path}: Tesseract took longer than ocr.timeout_s = {settings.timeout_s:g} s and was killed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One word of the TSV table."""

    page: int
    block: int
    paragraph: int
    line: int
    box: Box
    confidence: float
    text: str


def _rows(table: str) -> Iterator[_Row]:
    """Read the words of a TSV table; blank ones are dropped."""
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if text and row["level"] == "5":
            left, top = int(row["left"]), int(row["top"])
            yield _Row(
                page=int(row["page_num"]),
                block=int(row["block_num"]),
                paragraph=int(row["par_num"]),
                line=int(row["line_num"]),
                box=Box(left=left, top=top, right=left + int(row["width"]), bottom=top + int(row["height"])),
                confidence=max(0.0, float(row["conf"]) / 100),
                text=text,
            )


def _regions(rows: Iterable[_Row]) -> tuple[Region, ...]:
    """Gather words into lines and paragraphs; ids are ``r1``, ``r1l1``, ``r1l1w1``."""
    regions = []
    for number, (_, paragraph) in enumerate(groupby(rows, key=lambda row: (row.block, row.paragraph)), start=1):
        by_line = groupby(paragraph, key=lambda row: row.line)
        lines = tuple(_line(f"r{number}l{index}", tuple(words)) for index, (_, words) in enumerate(by_line, start=1))
        box = Box.around(line.box for line in lines)
        regions.append(Region(region_id=f"r{number}", kind="paragraph", box=box, lines=lines))
    return tuple(regions)


def _line(line_id: str, rows: Sequence[_Row]) -> Line:
    """Make a line of its words."""
    words = tuple(
        Word(word_id=f"{line_id}w{index}", text=row.text, box=row.box, confidence=row.confidence)
        for index, row in enumerate(rows, start=1)
    )
    return Line(line_id=line_id, box=Box.around(word.box for word in words), words=words)
