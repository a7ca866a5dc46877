"""The socket of the workshop: what a detector is given and what it gives."""

from collections.abc import Sequence
from typing import Protocol

from scanfix.images import GrayImage
from scanfix.model.mark import Mark


class CropReader(Protocol):
    """Reads single lines: one text a crop, in the order of the crops, ``""`` where nothing could be read.

    The pipeline hands one in, so that this workshop needs no engine. One call costs a start of the engine: collect
    all crops of a page and call once.
    """

    def __call__(self, crops: Sequence[GrayImage], /) -> tuple[str, ...]:
        """Read the crops."""
        ...


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

    def find(self, upright: GrayImage, *, dpi: float, read: CropReader) -> tuple[Mark, ...]:
        """Find the marks of a page, before any tonal cleaning.

        Parameters
        ----------
        upright
            Grey or two-tone page, shape (height, width), 0 ink to 255 paper.
        dpi
            Resolution of the page.
        read
            Reads crops of single lines.

        Returns
        -------
        tuple of Mark
            Boxes in the frame of ``upright``; the ids are given by `scanfix.marks.find_marks`.
        """
        ...
