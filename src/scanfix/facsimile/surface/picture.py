"""Ink that is drawn upright on a surface of its own and laid on the sheet turned, kept to know what of it is seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scanfix.facsimile.surface.ink import RIM, Layer
from scanfix.facsimile.surface.lie import Lie
from scanfix.facsimile.surface.outline import Outline, of_ink
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine, Box

# Bare paper round the ink, its tone (the lighter tenth), and how much darker ink must be for an eye to see it.
_ROUND_PX = 4
_PAPER_PERCENT = 90
_DARKER = 20
_KEPT = 0.3  # a third of a line makes a dotted one

Places = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """A surface (``ink``, 0 nothing to 255 full), the map from it to the sheet, and the outlines of its ink there.

    Pixels of less than ``rim`` are too faint to be seen.
    """

    ink: GrayImage
    to_sheet: Affine
    outlines: tuple[Outline, ...]
    rim: int = RIM

    def seen(self, lie: Lie, *, page: Box, hidden: Sequence[Box]) -> Box | None:
        """Return the box of the ink that can be seen on the scan, ``None`` where none can.

        Parameters
        ----------
        page
            The whole scan.
        hidden
            What was printed over the scan, in its pixels.
        """
        box = lie.box(self.outlines)
        near = [cover for cover in hidden if cover.intersect(box).area]
        if not box.intersect(page).area:
            return None
        if not near:
            return box.intersect(page)
        return _seen(self, lie.after(self.to_sheet), page, near)


def shows(picture: Picture, pixels: GrayImage, lie: Lie) -> bool:
    """Whether the scan kept some ink: what is pale is lost where a scan knows only black and white.

    Parameters
    ----------
    pixels
        (height, width) or (height, width, 3) uint8.
    """
    height, width = pixels.shape[:2]
    around = lie.box(picture.outlines).grow(_ROUND_PX).clip(width=width, height=height)
    if not around.area:
        return False
    rows, columns = np.nonzero(picture.ink >= picture.rim)
    xs, ys = _mapped(columns + 0.5, rows + 0.5, lie.after(picture.to_sheet))
    is_on = _holds(Box(left=0, top=0, right=width, bottom=height), xs, ys)
    inked = pixels[ys[is_on].astype(int), xs[is_on].astype(int)]
    paper = np.percentile(pixels[around.top : around.bottom, around.left : around.right], _PAPER_PERCENT)
    return bool(inked.size) and float((inked < paper - _DARKER).mean()) >= _KEPT


def surface(box: Box) -> Layer:
    """Return an empty surface of the size of a box."""
    return Layer(width=max(box.width, 1), height=max(box.height, 1))


def moved(box: Box) -> Affine:
    """Return the map that puts a surface at a box."""
    return Affine(a=1.0, b=0.0, c=box.left, d=0.0, e=1.0, f=box.top)


def keep(drawn: Layer, to_sheet: Affine, outlines: Iterable[Outline], *, sheet: Box) -> Picture:
    """Return a surface as a picture; ``outlines`` are in its own pixels, what leaves the sheet is cut."""
    on_sheet = (
        Outline(points=tuple(to_sheet.point(x, y) for x, y in outline.points)).inside(sheet) for outline in outlines
    )
    return Picture(ink=drawn.ink, to_sheet=to_sheet, outlines=tuple(one for one in on_sheet if one))


def lay(layer: Layer, drawn: Layer, to_sheet: Affine, *, sheet: Box, rim: int = RIM) -> Picture:
    """Lay a surface on a layer of the sheet, the darker pixel wins; return it with the outline of its whole ink."""
    here = to_sheet.box(drawn.box).intersect(sheet)
    if here.area:
        target = layer.ink[here.top : here.bottom, here.left : here.right]
        np.maximum(target, _turned(drawn.ink, to_sheet, here), out=target)
    whole = of_ink(drawn.ink, rim=rim)
    return replace(keep(drawn, to_sheet, (whole,) if whole else (), sheet=sheet), rim=rim)


def _turned(picture: GrayImage, to_sheet: Affine, here: Box) -> GrayImage:
    """Return what of a surface lies in a box of the sheet."""
    back = to_sheet.then(Affine(a=1.0, b=0.0, c=-here.left, d=0.0, e=1.0, f=-here.top)).inverse()
    (a, b, c), (d, e, f) = back.rows
    turned = Image.fromarray(picture).transform(
        (here.width, here.height), Image.Transform.AFFINE, (a, b, c, d, e, f), Image.Resampling.BICUBIC
    )
    return np.asarray(turned)


def _seen(picture: Picture, whole: Lie, page: Box, near: Sequence[Box]) -> Box | None:
    """Look at every pixel of ink: what lies on the scan and under no cover."""
    rows, columns = np.nonzero(picture.ink >= picture.rim)
    xs, ys = _mapped(columns + 0.5, rows + 0.5, whole)
    is_seen = _holds(page, xs, ys)
    for cover in near:
        is_seen &= ~_holds(cover, xs, ys)
    if not is_seen.any():
        return None
    xs, ys = xs[is_seen], ys[is_seen]
    # Pixels are squares: half of one lies beyond its middle.
    edges = (xs.min() - 0.5, ys.min() - 0.5, xs.max() + 0.5, ys.max() + 0.5)
    return Box.of([float(edge) for edge in edges]).intersect(page)


def _mapped(xs: Places, ys: Places, lie: Lie) -> tuple[Places, Places]:
    """Map points to the scan."""
    (a, b, c), (d, e, f) = lie.affine.rows
    flat = a * xs + b * ys + c, d * xs + e * ys + f
    if lie.curl is None:
        return flat
    curled = [lie.curl.point(x, y) for x, y in zip(flat[0].tolist(), flat[1].tolist(), strict=True)]
    points = np.array(curled, dtype=np.float64).reshape(-1, 2)
    return points[:, 0], points[:, 1]


def _holds(box: Box, xs: Places, ys: Places) -> NDArray[np.bool_]:
    """Tell which points lie in a box."""
    return np.asarray((xs >= box.left) & (xs < box.right) & (ys >= box.top) & (ys < box.bottom))
