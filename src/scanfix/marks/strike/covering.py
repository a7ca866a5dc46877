"""Letters under a scribble, a hatching or a marker: no straight stroke runs through them, but no paper shows either."""

from scanfix.images import Mask
from scanfix.marks.frame import part
from scanfix.marks.strike.stroke import Stroke
from scanfix.model.geometry import Box
from scanfix.model.mark import StrokeShape

# The middle of the letters' height: over- and underlines stay outside.
_MIDDLE = (0.25, 0.8)
# Columns without ink: letters alone leave 13 % and more, covered ones 8 % at most; their ink is 47 % at most, that of
# covered ones more. What is black throughout is withheld, not struck.
_MOST_GAPS = 0.08
_LEAST_INK, _MOST_INK = 0.48, 0.96
# A marker's bar covers nearly all of the middle.
_BAR_INK = 0.75


def covering(ink: Mask, letters: Box) -> tuple[StrokeShape, Stroke] | None:
    """Tell whether letters are covered.

    Parameters
    ----------
    ink
        Ink of the page at 300 dpi.
    letters
        Box of the letters; inside the page.

    Returns
    -------
    StrokeShape, Stroke
        ``scribble`` or ``bar``, and the covered band as one broad stroke; ``None`` where paper shows between letters.
    """
    top, bottom = (letters.top + round(share * letters.height) for share in _MIDDLE)
    band = part(ink, Box(left=letters.left, top=top, right=letters.right, bottom=bottom))
    if not band.size:
        return None
    share, gaps = float(band.mean()), float((~band.any(axis=0)).mean())
    if gaps > _MOST_GAPS or not _LEAST_INK <= share <= _MOST_INK:
        return None
    middle = (top + bottom) / 2
    stroke = Stroke(
        start=(letters.left, middle), end=(letters.right, middle), angle_deg=0.0, thickness_px=float(bottom - top)
    )
    return ("bar" if share >= _BAR_INK else "scribble"), stroke.through_letters(letters)
