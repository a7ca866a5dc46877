"""How the pages of the matrix are scanned: a look for each level of the factor."""

from collections.abc import Mapping
from dataclasses import replace

from scanfix.facsimile.asked.look import Look

# Copies as most archives hand them out: black and white, a little ragged, a few specks.
_BILEVEL = Look(dpi=300, is_bilevel=True, ragged=0.3, speckle=1.0, blur_px=0.5, threshold=145)
# Grey and colour at 200 dpi: what a reading-room camera gives, and files of a tenth of the bytes at 400.
_GREY = Look(dpi=200, tone=226, ink=52, shade=0.08, grain=1.5, blur_px=0.5, ragged=0.25)

LOOKS: Mapping[str, Look] = {
    "bilevel-200": replace(_BILEVEL, dpi=200, blur_px=0.4),
    "bilevel-300": _BILEVEL,
    "bilevel-400": replace(_BILEVEL, dpi=400, blur_px=0.7),
    "grey": _GREY,
    "colour": replace(_GREY, is_colour=True),
    "jpeg-50": replace(_GREY, jpeg_quality=50),
    "fax": replace(_BILEVEL, dpi=200, generations=2, speckle=5.0, threshold=150),
    "skew-left-2": replace(_BILEVEL, skew_deg=2.0),
    "skew-right-2": replace(_GREY, skew_deg=-2.0),
    "skew-left-5": replace(_GREY, skew_deg=5.0),
    "skew-right-5": replace(_BILEVEL, dpi=200, skew_deg=-5.0),
    "faint": replace(_GREY, ink=138, tone=215, grain=2.5, dropout=0.15),
    "bleed": replace(_GREY, bleed=0.55),
    "fold": replace(_GREY, tone=220),
    "speckle": replace(_BILEVEL, speckle=14.0),
    "film": replace(_GREY, scratches=7, ink=40),
}
