"""How the rows of a stamp are set: where every part stands on the stamp's layers, in pixels."""

from collections.abc import Iterator

from scanfix.facsimile.asked.marking import Choice, Fill, Print, Stamp, StampPart, Tick
from scanfix.facsimile.stamped.impression import Lettering
from scanfix.facsimile.surface import ink
from scanfix.model.geometry import Box, Point

_MARGIN_IN = 0.6  # room round a stamp for ticks and handwriting that leave it
_GAP = 0.9  # between the parts of a row, in capitals
_OPTION_GAP = 1.6  # between the options of a choice, in capitals
_PAD = 1.0  # between print and frame, in capitals
_LINE_IN = 0.02  # room for the frame's own line
_ROUND = 0.62  # height of an oval stamp, as a share of its width


class Setting:
    """Where the rows and parts of a stamp stand on its layers, in pixels."""

    def __init__(self, stamp: Stamp, *, dpi: int) -> None:
        self.stamp = stamp
        self.dpi = dpi
        self.margin = round(_MARGIN_IN * dpi)
        self.capital = stamp.capital_in * dpi
        self.pad = round(_PAD * self.capital) if stamp.has_frame and not stamp.is_round else 0
        size_px = ink.size_for_capitals(stamp.face, self.capital)
        self.print = Lettering(
            face=stamp.face, size_px=size_px, strength=stamp.strength, spacing_px=stamp.spacing_em * size_px
        )
        self.gap = _GAP * self.capital
        self.widths = [[self._width(part) for part in row] for row in stamp.rows]
        self.lengths = [
            sum(widths) + sum(map(self.gap_before, row[1:]))
            for row, widths in zip(stamp.rows, self.widths, strict=True)
        ]
        self.is_arched = stamp.is_round and len(stamp.rows) > 2 and all(_is_words(stamp.rows[end]) for end in (0, -1))
        self.width, self.height = self._size()

    @property
    def content(self) -> Box:
        """The print and its frame."""
        box = Box.of((self.margin, self.margin, self.margin + self.width, self.margin + self.height))
        return box.grow(self.pad + round(_LINE_IN * self.dpi))

    @property
    def edge(self) -> Box:
        """The middle of a straight frame's lines."""
        return self.content.grow(-round(_LINE_IN * self.dpi))

    @property
    def centre(self) -> Point:
        """The middle."""
        return self.margin + self.width / 2, self.margin + self.height / 2

    def start(self, index: int) -> Point:
        """Return where a straight row's baseline starts."""
        spare = self.width - self.lengths[index]
        x = self.margin + (spare / 2 if self.stamp.align == "centre" or self.stamp.is_round else 0.0)
        step = self.stamp.leading * self.capital
        top = (self.height - step * len(self.stamp.rows)) / 2 if self.stamp.is_round else 0.0
        return x, self.margin + top + (index + 1) * step - 0.5 * (step - self.capital)

    def gap_before(self, part: StampPart) -> float:
        """Return how far a part stands from the one before it."""
        return 0.1 * self.capital if isinstance(part, Print | Fill) and part.is_close else self.gap

    def option_starts(self, choice: Choice) -> Iterator[tuple[str, float]]:
        """Give the options of a choice and how far from its start each stands."""
        x = 0.0
        for option in choice.options:
            yield option, x
            x += self.print.width_of(option) + _OPTION_GAP * self.capital

    def _width(self, part: StampPart) -> float:
        """Return how wide a part is."""
        if isinstance(part, Print):
            return self.print.width_of(part.text)
        if isinstance(part, Tick):
            return self.capital
        if isinstance(part, Choice):
            *_, (last, start) = self.option_starts(part)
            return start + self.print.width_of(last)
        width = part.width_in * self.dpi
        return max(width, self.print.width_of(part.text)) if isinstance(part, Fill) and part.by == "print" else width

    def _size(self) -> tuple[float, float]:
        """Return (width, height) of the print; an oval's is that of its frame."""
        width, height = max(self.lengths), len(self.stamp.rows) * self.stamp.leading * self.capital
        if not self.stamp.is_round:
            return width, height
        if not self.is_arched:
            return 1.3 * width, max(_ROUND * 1.3 * width, 1.6 * height)
        # An arch of two thirds of the upper half holds the longer of the two rows.
        wide = max(0.82 * max(self.lengths[0], self.lengths[-1]), 1.35 * max(self.lengths[1:-1])) + 4 * self.capital
        return wide, max(_ROUND * wide, height + 2 * self.capital)


def _is_words(row: tuple[StampPart, ...]) -> bool:
    """Whether a row is one piece of print, which can follow an arch."""
    return len(row) == 1 and isinstance(row[0], Print)
