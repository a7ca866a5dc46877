"""The socket of the workshop: what a detector is given and what it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from scanfix.images import GrayImage
from scanfix.marks.frame import Frame
from scanfix.model.mark import Mark


class CropReader(Protocol):
    """Reads single lines: one text a crop, in the order of the crops, ``""`` where nothing could be read.

    The pipeline hands one in, so that this workshop needs no engine. One call costs a start of the engine: the crops of
    all detectors of a page are collected first.
    """

    def __call__(self, crops: Sequence[GrayImage], /) -> tuple[str, ...]:
        """Read the crops."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sought:
    """What a detector found on the image alone: the crops that it wants read, and what makes marks of their texts.

    ``marks`` takes one text a crop and gives marks whose boxes are in the page's own pixels.
    """

    crops: tuple[GrayImage, ...]
    marks: Callable[[Sequence[str]], tuple[Mark, ...]]


class Detector(Protocol):
    """Finds marks of one kind on an upright page."""

    @property
    def made_by(self) -> str:
        """Tool and version: ``"scanfix.classification 1"``."""
        ...

    @property
    def recipe(self) -> str:
        """Canonical JSON of the settings that can change the result."""
        ...

    @property
    def lies_on_scan(self) -> bool:
        """Whether it looks for what was printed on the scan: that lies level there, not on the levelled page."""
        ...

    def seek(self, frame: Frame) -> Sought:
        """Look at an upright page, before any tonal cleaning.

        Parameters
        ----------
        frame
            The page at 300 dpi, as it lies or as the scan lay.

        Returns
        -------
        Sought
            Its marks' ids are given by `scanfix.marks.find_marks`.
        """
        ...
