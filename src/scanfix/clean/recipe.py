"""The recipe: which acts a page needs, by what was measured on it, and the page after them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from scanfix import images
from scanfix.clean import conditions, geometry, measure, tinting, tone
from scanfix.clean.conditions import PageConditions
from scanfix.images import GrayImage, Mask
from scanfix.model.geometry import Affine
from scanfix.model.page import CleanPage, ImageFile, Page, Step
from scanfix.model.provenance import Provenance
from scanfix.settings import CleanSettings

_MADE_BY = "scanfix.clean 4"
# Tesseract reads lower-case heights between these shares of the target equally well; resampling for less only blurs
# strokes and costs time (ehri-en and cib, benchmarks/ablation.py).
_KEEP_FROM, _KEEP_TO = 0.7, 2.0
# No page is brought below that resolution: where letters seem larger than 2.5 mm they are a map's or a title's, and the
# thin outlines of withheld areas and the small print of banners would be lost (two of 238 real pages were).
_LEAST_DPI = 240.0
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
    state = conditions.look(turned, seen.paper, seen.ink, seen.border, dpi=page.image.dpi)
    scale = _scale(state.x_height_px, settings, dpi=page.image.dpi)
    level_step = _level_step(seen.skew_deg, scale, state)
    upright, level_map = geometry.level(turned, clockwise_deg=seen.skew_deg, scale=scale)
    if upright is not turned:
        upright = tone.two_tones(upright) if state.is_bilevel else upright
        # A page of two tones keeps them: nobody asks for its paper.
        paper = seen.paper if state.is_bilevel else measure.paper(upright)
        seen = replace(seen, border=tone.border(upright), paper=paper)
        state = state.scaled(scale)
    clean, tone_steps = tinting.tint(upright, seen.paper, seen.border, state, settings)
    dpi = page.image.dpi * scale
    upright_file = images.write_png(folder / "upright.png", upright, dpi=dpi)
    is_same = clean is upright
    return CleanPage(
        page_id=page.page_id,
        upright=upright_file,
        clean=upright_file if is_same else images.write_png(folder / "clean.png", clean, dpi=dpi),
        source_to_upright=turn_map.then(level_map),
        steps=(*turn_steps, level_step, state.step(), *tone_steps),
        provenance=provenance(page.provenance, settings),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Seen:
    """A page's border, the tone of its paper, its ink without the border, and the turn that levels its lines."""

    border: Mask
    paper: GrayImage
    ink: Mask
    skew_deg: float


def _look(image: GrayImage, settings: CleanSettings) -> _Seen:
    """Measure what turning, levelling and tinting need."""
    border, paper = tone.border(image), measure.paper(image)
    flat = image if measure.is_bilevel(image) else measure.flat(image, paper)
    ink = measure.ink_of_flat(tone.whiten(flat, border))
    return _Seen(border=border, paper=paper, ink=ink, skew_deg=geometry.find_skew(ink, limit_deg=settings.max_skew_deg))


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


def _level_step(clockwise_deg: float, scale: float, state: PageConditions) -> Step:
    """Say what levelling did, and from which height of letters (before it)."""
    height = (("x_height_px", round(state.x_height_px, 2)),) if state.x_height_px is not None else ()
    return Step(name="level", measured=(("clockwise_deg", clockwise_deg), *height, ("scale", scale)))


def _scale(x_height_px: float | None, settings: CleanSettings, *, dpi: float) -> float:
    """Choose the size of the upright page."""
    if x_height_px is None or _KEEP_FROM <= x_height_px / settings.x_height_px <= _KEEP_TO:
        return 1.0
    scale = settings.x_height_px / x_height_px
    if scale < 1:
        return round(min(1.0, max(scale, _LEAST_DPI / dpi)), 3)
    return round(min(settings.max_scale, scale), 3)
