"""The recipe: which acts a page needs, by what was measured on it, and the page after them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scanfix import images
from scanfix.clean import geometry, measure, tone
from scanfix.images import GrayImage, Mask
from scanfix.model.geometry import Affine
from scanfix.model.page import CleanPage, ImageFile, Page, Step
from scanfix.model.provenance import Provenance
from scanfix.settings import CleanSettings

_MADE_BY = "scanfix.clean 1"
# Tesseract reads lower-case heights between these shares of the target equally well; resampling for less only blurs
# strokes and costs time (ehri-en and cib, benchmarks/ablation.py).
_KEEP_FROM, _KEEP_TO = 0.7, 2.0
_LEAST_CONFIDENCE_OF_TURN = 2.0


class TurnFinder(Protocol):
    """Says how far a page must be turned clockwise to stand upright, and how sure it is; slow, so seldom asked."""

    def __call__(self, image: ImageFile, /) -> tuple[int, float]:
        """Look at an image file."""
        ...


def provenance(page: Provenance, settings: CleanSettings) -> Provenance:
    """Say what a clean page would be made of, from the provenance of the page."""
    return Provenance(made_by=_MADE_BY, recipe=settings.recipe, inputs=(page.key,))


def clean_page(page: Page, settings: CleanSettings, *, folder: Path, find_turn: TurnFinder) -> CleanPage:
    """Make the upright and the clean image of a page.

    Parameters
    ----------
    page
        The page as ingested.
    settings
        Which acts are allowed.
    folder
        Where ``upright.png`` and ``clean.png`` are written.
    find_turn
        Asked only about pages that seem to lie on a side or to stand on their head.

    Raises
    ------
    StoreError
        The page's image changed, or the folder cannot be written.
    """
    source = images.read_gray(page.image)
    seen = _look(source, settings)
    turned, turn_map, turn_steps = _turn(page, source, seen, settings, find_turn)
    if turned is not source:
        seen = _look(turned, settings)
    upright, level_map, level_step = _level(turned, seen, settings)
    is_grey = not measure.is_bilevel(source)
    if not is_grey and upright is not turned:
        upright = tone.two_tones(upright)
    scale = dict(level_step.measured)["scale"]
    clean, tone_steps = _tint(upright, settings, is_grey=is_grey)
    dpi = page.image.dpi * scale
    upright_file = images.write_png(folder / "upright.png", upright, dpi=dpi)
    is_same = clean is upright
    return CleanPage(
        page_id=page.page_id,
        upright=upright_file,
        clean=upright_file if is_same else images.write_png(folder / "clean.png", clean, dpi=dpi),
        source_to_upright=turn_map.then(level_map),
        steps=(*turn_steps, level_step, *tone_steps),
        provenance=provenance(page.provenance, settings),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Seen:
    """A page's ink without its border, and the turn that levels its lines."""

    ink: Mask
    skew_deg: float


def _look(image: GrayImage, settings: CleanSettings) -> _Seen:
    """Measure what both turning and levelling need."""
    ink = measure.ink(tone.whiten(image, tone.border(image)))
    return _Seen(ink=ink, skew_deg=geometry.find_skew(ink, limit_deg=settings.max_skew_deg))


def _turn(
    page: Page, source: GrayImage, seen: _Seen, settings: CleanSettings, find_turn: TurnFinder
) -> tuple[GrayImage, Affine, tuple[Step, ...]]:
    """Turn a page that does not stand upright."""
    is_suspect = measure.lies_on_its_side(seen.ink) or measure.stands_on_its_head(seen.ink, skew_deg=seen.skew_deg)
    if not settings.find_orientation or not is_suspect:
        return source, Affine.identity(), ()
    clockwise_deg, confidence = find_turn(page.image)
    step = Step(name="orientation", measured=(("clockwise_deg", clockwise_deg), ("confidence", confidence)))
    if confidence < _LEAST_CONFIDENCE_OF_TURN:
        clockwise_deg = 0
        step = Step(name="orientation-unclear", measured=step.measured)
    if clockwise_deg == 0:
        return source, Affine.identity(), (step,)
    turned, moved = geometry.turn(source, clockwise_deg=clockwise_deg)
    return turned, moved, (step,)


def _level(image: GrayImage, seen: _Seen, settings: CleanSettings) -> tuple[GrayImage, Affine, Step]:
    """Level the lines and bring the letters to the height that the engine reads best, in one resampling."""
    height = measure.x_height(seen.ink)
    scale = _scale(height, settings)
    moved, way = geometry.level(image, clockwise_deg=seen.skew_deg, scale=scale)
    measured = (("x_height_px", round(height, 2)),) if height is not None else ()
    return moved, way, Step(name="level", measured=(("clockwise_deg", seen.skew_deg), *measured, ("scale", scale)))


def _scale(x_height_px: float | None, settings: CleanSettings) -> float:
    """Choose the size of the upright page."""
    if x_height_px is None:
        return 1.0
    share = x_height_px / settings.x_height_px
    return 1.0 if _KEEP_FROM <= share <= _KEEP_TO else round(min(settings.max_scale, 1 / share), 3)


def _tint(upright: GrayImage, settings: CleanSettings, *, is_grey: bool) -> tuple[GrayImage, tuple[Step, ...]]:
    """Whiten border and paper; a two-tone page needs no more than its border cut."""
    clean, steps = upright, []
    if settings.is_on and settings.cut_borders:
        where = tone.border(upright)
        share = float(where.mean())
        if share > 0:
            clean = tone.whiten(clean, where)
            steps.append(Step(name="cut-border", measured=(("share", round(share, 4)),)))
    if settings.is_on and settings.flatten and is_grey:
        clean = tone.stretch(tone.flatten(clean))
        steps.append(Step(name="flatten"))
    return clean, tuple(steps)
