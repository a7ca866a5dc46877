"""What this installation is made of: versions, languages, and every setting with its origin."""

import platform
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata

from scanfix import images
from scanfix.errors import ScanfixError
from scanfix.ocr import rapid, tesseract
from scanfix.settings import Loaded

_PACKAGES = ("scanfix", "prefect", "opencv-python", "pytesseract", "pdf2image", "pikepdf", "jiwer", "pydantic")
_PROGRAMS = ("pdftoppm", "pdfimages", "tesseract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the examination; ``is_well`` is False where something is missing."""

    name: str
    value: str
    is_well: bool = True


def examine(loaded: Loaded) -> tuple[Finding, ...]:
    """Look at the installation; nothing raises, what is missing is a finding."""
    return (
        Finding(name="python", value=platform.python_version()),
        *(Finding(name=package, value=metadata.version(package)) for package in _PACKAGES),
        Finding(name="OpenCV", value=images.OPENCV_VERSION),
        *(_program(name) for name in _PROGRAMS),
        _second_reader(),
        *_languages(loaded.settings.ocr.languages),
    )


def list_settings(loaded: Loaded) -> tuple[tuple[str, str, str], ...]:
    """Return every setting as name, value, origin."""
    return tuple(
        (f"{section}.{name}", str(value), loaded.origins.get(f"{section}.{name}", "default"))
        for section, content in loaded.settings.model_dump().items()
        for name, value in content.items()
    )


def _program(name: str) -> Finding:
    """Look for a program and ask its version (poppler's tools print theirs to standard error)."""
    path = shutil.which(name)
    if path is None:
        package = "tesseract-ocr" if name == "tesseract" else "poppler-utils"
        return Finding(name=name, value=f"missing: sudo apt-get install {package}", is_well=False)
    option = "--version" if name == "tesseract" else "-v"
    answer = subprocess.run([path, option], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 - a program of ours
    said = (answer.stdout + answer.stderr).strip().splitlines()
    return Finding(name=name, value=said[0] if said else "no version")


def _second_reader() -> Finding:
    """Look for the second reader; without it pages are read once, which is no fault."""
    file = rapid.model_file()
    value = f"{file.stem}, rapidocr {metadata.version('rapidocr')}" if file else "none: pip install 'scanfix[rapid]'"
    return Finding(name="second reader", value=value)


def _languages(wanted: tuple[str, ...]) -> tuple[Finding, ...]:
    """Look for the languages that the settings name."""
    try:
        installed = tesseract.installed_languages()
        tesseract.check_languages(wanted)
    except ScanfixError as error:
        return (Finding(name="languages", value=str(error), is_well=False),)
    return (
        Finding(name="languages", value=", ".join(installed)),
        *(Finding(name=f"data of {code}", value=f"sha256 {tesseract.language_digest(code)[:16]}") for code in wanted),
    )
