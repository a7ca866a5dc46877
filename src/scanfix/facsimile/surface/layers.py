"""The inks on a sheet, a layer each."""

from collections.abc import Iterator

from scanfix.facsimile.asked.marking import Ink
from scanfix.facsimile.surface.ink import Layer
from scanfix.model.geometry import Box


class Layers:
    """Surfaces of one size; the layer of an ink is made when it is first asked for."""

    def __init__(self, *, width: int, height: int) -> None:
        self._width = width
        self._height = height
        self._layers: dict[Ink, Layer] = {}

    def of(self, ink: Ink) -> Layer:
        """Return the layer of an ink."""
        if ink not in self._layers:
            self._layers[ink] = Layer(width=self._width, height=self._height)
        return self._layers[ink]

    @property
    def box(self) -> Box:
        """The whole surface."""
        return Box(left=0, top=0, right=self._width, bottom=self._height)

    def drawn(self) -> Iterator[tuple[Ink, Layer]]:
        """Give the layers that were asked for."""
        yield from self._layers.items()
