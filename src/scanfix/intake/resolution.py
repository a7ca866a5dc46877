"""Which resolution to believe: files often name one that nobody measured."""

from dataclasses import dataclass
from math import isfinite

from scanfix.model.page import DpiSource

# Scans of pages are made at 100 to 1200 dpi; below 50 no letter of a typewriter has 5 pixels.
_MIN_DPI = 50.0
_MAX_DPI = 1300.0
# What programs write when they know nothing (old screens: 72 on the Macintosh, 96 on Windows).
_SCREEN_DPIS = frozenset({72.0, 96.0})
# A screen's resolution is believed only when the page then is at most of legal size with a margin (14 in + 0.5 in):
# 793 x 1122 px at 96 dpi is A4 to the pixel, 940 x 1180 px at 72 dpi would be a letter of 33 x 41 cm.
_MAX_SCREEN_PAGE_IN = 14.5
# Any other resolution is believed up to A0 (46.8 in) and down to a label: less is film or a lie.
_MAX_PAGE_IN = 50.0
_MIN_PAGE_IN = 2.0
# Mean of letter (11 in) and A4 (11.7 in), rounded up for the borders that scans have.
_ASSUMED_LONG_SIDE_IN = 11.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Dots per inch, where they come from, and what a reader should know about it."""

    dpi: float
    source: DpiSource
    notes: tuple[str, ...] = ()


def settle(named: float | None, *, width_px: int, height_px: int, default_dpi: float | None) -> Resolution:
    """Choose the resolution of a page: the file's own where it can be true, else the settings', else assumed.

    Parameters
    ----------
    named
        What the file says, ``None`` where it says nothing.
    default_dpi
        What the settings say, ``None`` where they say nothing.
    """
    long_px = max(width_px, height_px)
    if named is not None and _can_be(named, long_px):
        return Resolution(dpi=round(named, 1), source="file")
    why = "the file names no resolution" if named is None else f"the file's {named:g} dpi cannot be true"
    if default_dpi is not None:
        return Resolution(dpi=default_dpi, source="settings", notes=(f"{why}: {default_dpi:g} dpi from the settings",))
    assumed = float(round(min(max(long_px / _ASSUMED_LONG_SIDE_IN, _MIN_DPI), _MAX_DPI)))
    note = f"{why}: {assumed:g} dpi assumed from a long side of {_ASSUMED_LONG_SIDE_IN} in"
    return Resolution(dpi=assumed, source="assumed", notes=(note,))


def _can_be(dpi: float, long_px: int) -> bool:
    """Tell whether a resolution is one of a page scan and makes a page of a believable size."""
    if not (isfinite(dpi) and _MIN_DPI <= dpi <= _MAX_DPI):
        return False
    is_screen = round(dpi, 1) in _SCREEN_DPIS
    return _MIN_PAGE_IN <= long_px / dpi <= (_MAX_SCREEN_PAGE_IN if is_screen else _MAX_PAGE_IN)
