"""The socket of the workshop: what an engine is."""

from collections.abc import Sequence
from typing import Protocol

from scanfix.images import GrayImage
from scanfix.model.page import ImageFile
from scanfix.model.text import Region


class Engine(Protocol):
    """Something that reads a page image."""

    @property
    def made_by(self) -> str:
        """Name and version, with those of its language data: ``"tesseract 5.3.0 eng:1a2b3c4d"``."""
        ...

    @property
    def recipe(self) -> str:
        """Canonical JSON of the settings that can change the result."""
        ...

    def read(self, image: ImageFile) -> tuple[Region, ...]:
        """Read a page: the engine's own paragraphs in its own order, all of kind ``paragraph``.

        Raises
        ------
        ToolFailedError
            The engine crashed or ran out of time.
        """
        ...

    def read_crops(self, crops: Sequence[GrayImage], /) -> tuple[str, ...]:
        """Read single lines, one text a crop, ``""`` where nothing can be read.

        Raises
        ------
        ToolFailedError
            The engine crashed or ran out of time.
        """
        ...

    def turn_deg(self, image: ImageFile, /) -> tuple[int, float]:
        """Say how far a page must be turned clockwise to stand upright (0, 90, 180, 270), and how sure that is.

        Raises
        ------
        ToolFailedError
            The engine ran out of time.
        """
        ...
