"""Which tonal acts a page needs, by its conditions and the settings, and the clean page after them."""

from scanfix.clean import binarise, letters, measure, rules, speckle, tone
from scanfix.clean.conditions import PageConditions
from scanfix.images import GrayImage, Mask
from scanfix.model.page import Step
from scanfix.settings import CleanSettings

Tinted = tuple[GrayImage, tuple[Step, ...]]


def tint(upright: GrayImage, paper: GrayImage, border: Mask, state: PageConditions, settings: CleanSettings) -> Tinted:
    """Make the clean page: flatten, cut the border, take rules and specks away, binarise.

    Parameters
    ----------
    upright
        Level page, shape (height, width), 0 ink to 255 paper.
    paper
        The tone behind its ink.
    border
        Where its dark scan border is.
    state
        What the page is like.
    settings
        Which acts are allowed.

    Returns
    -------
    (height, width) uint8, tuple of Step
        The clean page, ``upright`` itself where nothing had to be done; and the acts that were.
    """
    if not settings.is_on:
        return upright, ()
    flat, steps = _flatten(upright, paper, state, settings)
    if settings.cut_borders and border.any():
        flat = tone.whiten(flat, border)
        steps = (*steps, Step(name="cut-border", measured=(("share", round(float(border.mean()), 4)),)))
    if state.x_height_px is None:
        return flat, steps
    clean, ink_steps = _take_away(flat, state, state.x_height_px, settings)
    if settings.binarisation != "none" and not state.is_bilevel:
        clean = binarise.binarise(clean, binarise.BINARISATIONS[settings.binarisation], x_height_px=state.x_height_px)
        ink_steps = (*ink_steps, Step(name=f"binarise-{settings.binarisation}"))
    return clean, (*steps, *ink_steps)


def _flatten(upright: GrayImage, paper: GrayImage, state: PageConditions, settings: CleanSettings) -> Tinted:
    """Make the paper white, unless it is."""
    if not settings.flatten or state.is_bilevel or state.is_white:
        return upright, ()
    return tone.stretch(measure.flat(upright, paper)), (Step(name="flatten"),)


def _take_away(flat: GrayImage, state: PageConditions, x_height_px: float, settings: CleanSettings) -> Tinted:
    """Whiten rules and specks."""
    # On grey pages specks are pale, and Tesseract parts columns worse without them (tapus-fr: 18 wrong words, then 44).
    has_specks = settings.remove_specks and (state.is_bilevel or state.is_white)
    if not settings.remove_rules and not has_specks:
        return flat, ()
    ink = measure.ink_of_flat(flat)
    clean, steps = flat, []
    if settings.remove_rules:
        ruled = rules.find(ink, x_height_px=x_height_px)
        if ruled.any():
            clean = tone.whiten(clean, ruled)
            steps.append(Step(name="rules", measured=(("share", round(float(ruled.mean()), 5)),)))
    if has_specks:
        specks = speckle.find(letters.components(ink), x_height_px=x_height_px)
        if specks.any():
            clean = tone.whiten(clean, specks)
            steps.append(Step(name="specks", measured=(("share", round(float(specks.mean()), 6)),)))
    return clean, tuple(steps)
