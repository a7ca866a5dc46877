"""The socket of the workshop: what a detector is given and what it gives."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from scanfix.images import GrayImage
from scanfix.marks.frame import Frame
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.text import CropText, Line


class CropReader(Protocol):
    """Reads single lines: one answer a crop, in the order of the crops.

    The pipeline hands one in, so that this workshop needs no engine.
    """

    def __call__(self, crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
        """Read the crops; ``is_quick``: with the second voice alone where there is one (no start of the engine)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wanted:
    """A crop of one line that a detector wants read.

    ``image`` is grey or two-tone, 0 ink to 255 paper, the line level and upright with some paper around it.
    ``is_quick`` asks the second voice alone, 5 to 15 ms a crop; else the engine reads it as well (one start for all
    crops of a round).
    """

    image: GrayImage
    is_quick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """A page as a detector sees it; everything in the frame's pixels.

    Parameters
    ----------
    frame
        The page at 300 dpi: upright, or as the scan lay for detectors that ask for it. Never cleaned.
    lines
        What was read on the page (both voices, calibrated confidences), before anything was sorted out.
    found
        The marks of the detectors before, for those that come after (`Detector.comes_after`); else empty.
    """

    frame: Frame
    lines: tuple[Line, ...] = ()
    found: tuple[Mark, ...] = ()


# A detector yields crops, is sent one answer a crop, as often as it likes, and returns its marks.
Seeking = Generator[Sequence[Wanted], Sequence[CropText], tuple[Mark, ...]]


class Detector(Protocol):
    """Finds marks of some kinds on a page."""

    @property
    def made_by(self) -> str:
        """Tool and version: ``"scanfix.classification 1"``."""
        ...

    @property
    def recipe(self) -> str:
        """Canonical JSON of the settings that can change the result."""
        ...

    @property
    def kinds(self) -> frozenset[MarkKind]:
        """The kinds of marks that it finds."""
        ...

    @property
    def lies_on_scan(self) -> bool:
        """Whether it looks for what was printed on the scan: that lies level there, not on the levelled page."""
        ...

    @property
    def comes_after(self) -> bool:
        """Whether it wants the marks of the other detectors."""
        ...

    def seek(self, view: View) -> Seeking:
        """Look at a page, before any tonal cleaning.

        A generator: each ``yield`` hands out the crops of one round and gives back what they say; crops of all
        detectors are read together, round by round. It returns marks in the frame's pixels; ids are given by
        `scanfix.marks.find_marks`.
        """
        ...
