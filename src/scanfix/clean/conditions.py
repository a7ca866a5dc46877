"""What a page is like, as one value: measured once, before any tone is changed, and kept with the page."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from scanfix.clean import letters, measure
from scanfix.clean.letters import Components
from scanfix.images import GrayImage, Mask
from scanfix.model.page import Step

# Scanners write white paper as 252 to 255; a fiftieth of the range is the grain of JPEG.
_WHITE = 250.0
_EVEN = 0.02
# Tones are looked at in every fourth pixel of every fourth row: half a million on a page.
_EVERY = 4
# A full stop of a typewriter is a third of a lower-case letter high; specks are smaller.
_SPECK = 0.25
_CM_PER_INCH = 2.54
# Show-through is looked for between ink and paper: darker than the middle of that range, or a little lighter.
_PALE = 0.55
# The soft edge of letters is as pale as show-through; it ends within this share of a letter's height.
_EDGE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class PageConditions:
    """The state of a page.

    ``contrast`` is 0 (ink as light as paper) to 1; ``paper_tone`` 0 to 255; ``unevenness`` 0 to 1, how far the paper's
    tone ranges over the page; ``bleed_share`` pale letters a letter, ``border_share`` of the page's area. Heights and
    widths are ``None`` where the page has no letters to measure.
    """

    is_bilevel: bool
    x_height_px: float | None
    stroke_px: float | None
    contrast: float
    paper_tone: float
    unevenness: float
    specks_per_cm2: float
    bleed_share: float
    border_share: float

    @property
    def is_white(self) -> bool:
        """Tell whether the paper is white from edge to edge, as on two-tone scans kept as grey ones."""
        return self.paper_tone >= _WHITE and self.unevenness <= _EVEN

    def scaled(self, scale: float) -> "PageConditions":
        """Give the conditions of the same page at another size."""
        height = None if self.x_height_px is None else self.x_height_px * scale
        stroke = None if self.stroke_px is None else self.stroke_px * scale
        return replace(self, x_height_px=height, stroke_px=stroke)

    def step(self) -> Step:
        """Give the values as a step of cleaning, for the page's record."""
        known = {"x_height_px": self.x_height_px, "stroke_px": self.stroke_px}
        measured = {
            "is_bilevel": float(self.is_bilevel),
            **{name: value for name, value in known.items() if value is not None},
            "contrast": self.contrast,
            "paper_tone": self.paper_tone,
            "unevenness": self.unevenness,
            "specks_per_cm2": self.specks_per_cm2,
            "bleed_share": self.bleed_share,
            "border_share": self.border_share,
        }
        return Step(name="conditions", measured=tuple((name, round(value, 3)) for name, value in measured.items()))


def look(image: GrayImage, paper: GrayImage, ink: Mask, border: Mask, *, dpi: float) -> PageConditions:
    """Measure the conditions of a page.

    Parameters
    ----------
    image
        Level grey page, shape (height, width), 0 ink to 255 paper.
    paper
        The tone behind the ink (``measure.paper``), of any size.
    ink
        Where ink is, border left out.
    border
        Where the dark scan border is.
    dpi
        Resolution of the page.

    Returns
    -------
    PageConditions
        Shares of 0 where there is nothing to compare with.
    """
    parts = letters.components(ink)
    height = letters.x_height(parts)
    low, middle, high = (float(tone) for tone in np.percentile(paper[::_EVERY, ::_EVERY], (5, 50, 95)))
    is_bilevel = measure.is_bilevel(image)
    inked = image[::_EVERY, ::_EVERY][ink[::_EVERY, ::_EVERY]]
    dark = float(np.median(inked)) if inked.size else middle
    area_cm2 = image.size * (_CM_PER_INCH / dpi) ** 2
    state = PageConditions(
        is_bilevel=is_bilevel,
        x_height_px=height,
        stroke_px=letters.stroke_width(ink),
        contrast=max(0.0, 1 - dark / max(1.0, middle)),
        paper_tone=middle,
        unevenness=(high - low) / 255,
        specks_per_cm2=_specks(parts, height) / area_cm2,
        bleed_share=0.0,
        border_share=float(border.mean()),
    )
    # Neither two tones nor burnt-out paper have room for show-through.
    if is_bilevel or state.is_white or height is None:
        return state
    return replace(state, bleed_share=_bleed(image, paper, ink, parts, height))


def _specks(parts: Components, x_height_px: float | None) -> int:
    """Count what is smaller than a full stop; nothing where no letter says how large that is."""
    if x_height_px is None:
        return 0
    return int((np.maximum(parts.width, parts.height) < _SPECK * x_height_px).sum())


def _bleed(image: GrayImage, paper: GrayImage, ink: Mask, parts: Components, x_height_px: float) -> float:
    """Measure show-through: the pale components of a letter's size that stand apart from ink, a letter of the page.

    At half size, where a letter still is one: the look costs a quarter.
    """
    small = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    behind = cv2.resize(paper, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_LINEAR)
    flat = cv2.divide(small, behind, scale=255)
    inked = cv2.resize(ink.view(np.uint8), (small.shape[1], small.shape[0]), interpolation=cv2.INTER_NEAREST)
    lightest_ink = float(np.percentile(flat[inked == 1], 95)) if inked.any() else 0.0
    reach = 2 * round(_EDGE * x_height_px / 4) + 1
    near = cv2.dilate(inked, np.ones((reach, reach), np.uint8))
    pale = (flat < lightest_ink + _PALE * (255 - lightest_ink)) & (near == 0)
    found = letters.components(pale)
    letters_here = letters.of_size(parts, x_height_px).sum()
    return float(letters.of_size(found, x_height_px / 2).sum() / letters_here) if letters_here else 0.0
