"""Poppler's programs: each call has a time limit and a process group of its own, killed when it runs over."""

import os
import signal
import subprocess
from collections.abc import Sequence
from math import ceil
from pathlib import Path

from pdf2image import convert_from_path
from pdf2image.exceptions import (
    PDFInfoNotInstalledError,
    PDFPageCountError,
    PDFPopplerTimeoutError,
    PDFSyntaxError,
)

from scanfix.errors import ScanError, ToolFailedError, ToolMissingError

_INSTALL = "Install poppler: sudo apt-get install poppler-utils"


def take_out(pdf: Path, page: int, folder: Path, *, timeout_s: float) -> tuple[tuple[Path, ...], str]:
    """Write the images of a page as PNG files, in the order in which they are drawn, each as deep as it is stored.

    Returns
    -------
    tuple of Path, str
        The files, and what poppler complained of.

    Raises
    ------
    ScanError
        Poppler cannot open the file.
    ToolMissingError
        Poppler is not installed.
    ToolFailedError
        Poppler crashed or ran out of time.
    """
    number = str(page)
    complaints = run(
        ["pdfimages", "-png", "-f", number, "-l", number, str(pdf), str(folder / "image")],
        name=f"{pdf} p. {page}",
        timeout_s=timeout_s,
    )
    return tuple(sorted(folder.glob("image-*"))), complaints


def draw(pdf: Path, page: int, folder: Path, *, dpi: int, timeout_s: float) -> Path:
    """Draw what the crop box of a page shows, in grey.

    Raises
    ------
    ScanError
        Poppler cannot draw the page.
    ToolMissingError
        Poppler is not installed.
    ToolFailedError
        Poppler ran out of time.
    """
    name = f"{pdf} p. {page}"
    try:
        drawn = convert_from_path(
            pdf,
            dpi=dpi,
            first_page=page,
            last_page=page,
            output_folder=folder,
            output_file="drawn",
            fmt="png",
            grayscale=True,
            use_cropbox=True,
            paths_only=True,
            timeout=ceil(timeout_s),
        )
    except (PDFInfoNotInstalledError, FileNotFoundError) as error:
        raise ToolMissingError(f"pdftoppm was not found. {_INSTALL}") from error
    except PDFPopplerTimeoutError as error:
        raise _too_slow(name, "pdftoppm", timeout_s) from error
    except (PDFPageCountError, PDFSyntaxError) as error:
        raise ScanError(f"{name}: poppler cannot open it ({_last_line(str(error))}). Save the PDF again.") from error
    if not drawn:
        raise ScanError(f"{name}: poppler cannot draw the page. Save the PDF again from its source.")
    return Path(str(drawn[0]))


def run(command: Sequence[str], *, name: str, timeout_s: float) -> str:
    """Run one of poppler's programs and return what it complained of.

    Raises
    ------
    ScanError
        The program refused the file.
    ToolMissingError
        The program is not installed.
    ToolFailedError
        The program crashed or ran out of time.
    """
    program = command[0]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own words and a path, no shell
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
    except FileNotFoundError as error:
        raise ToolMissingError(f"{program} was not found. {_INSTALL}") from error
    with process:
        try:
            _, stderr = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired as error:
            raise _too_slow(name, program, timeout_s) from error
        finally:
            _kill_group(process)
    complaints = stderr.decode(errors="replace").strip()
    if process.returncode < 0:
        raise ToolFailedError(f"{name}: {program} crashed (signal {-process.returncode}). Try again.")
    if process.returncode > 0:
        raise ScanError(f"{name}: {program} refused the file ({_last_line(complaints)}). Save the PDF again.")
    return complaints


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a program that still runs, and whatever it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _too_slow(name: str, program: str, timeout_s: float) -> ToolFailedError:
    """Say that a program ran out of time."""
    return ToolFailedError(f"{name}: {program} was stopped after {timeout_s:g} s. Raise intake.tool_timeout_s.")


def _last_line(text: str) -> str:
    """Return the last line of a program's complaint."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "without a word"
