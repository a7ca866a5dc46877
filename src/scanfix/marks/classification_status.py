"""Whether a marking that was found is struck: by its ink, and on faint pages by its grey tones as well."""

from dataclasses import replace

import cv2
import numpy as np

from scanfix.images import Mask
from scanfix.marks.classification_found import Found
from scanfix.marks.frame import Frame, part
from scanfix.marks.hidden import model_width
from scanfix.marks.strike import Verdict, judge
from scanfix.model.geometry import Box

# A marking of which less is visible cannot be called active: the stroke may be hidden.
_VISIBLE = 0.8
# Ink less dark than that against its paper, in grey tones, is faint: the threshold of the whole page, 30 tones, tears
# strokes of 55 tones in the paper's grain. Letters of ordinary grey scans measured 97 tones and more.
_FAINT = 80.0
# What a threshold at the middle between ink and paper needs: grain smoothed over that many pixels, a little more taken
# for ink than for paper, breaks of two pixels closed.
_GRAIN_PX, _LEVEL, _CLOSED_PX = 1.0, 0.45, 3
# Strokes are followed beyond the letters; that many letter heights, and at least so many pixels, are looked at.
_AROUND_HEIGHTS, _AROUND_PX = 1.0, 60


def verdict_of(found: Found, frame: Frame) -> Verdict:
    """Judge whether a stroke runs through a marking; one of which a part is hidden is not called active."""
    row = found.candidate.row
    box = row.ink_box
    height = max(float(box.height), box.width / model_width(found.wording))
    letters = box if found.candidate.is_cut else row.body
    verdict = judge(frame.ink, letters, cap_height_px=height)
    if verdict.status != "struck":
        verdict = _judged_again(frame, letters, height_px=height) or verdict
    if verdict.status == "active" and found.candidate.is_cut and box.height < _VISIBLE * height:
        return Verdict(status="uncertain", confidence=0.5, shape=None, strokes=())
    return verdict


def _judged_again(frame: Frame, letters: Box, *, height_px: float) -> Verdict | None:
    """Judge faint letters by their grey tones; ``None`` where they are not faint."""
    window = letters.grow(round(_AROUND_HEIGHTS * height_px) + _AROUND_PX).intersect(frame.box)
    ink = _faint_ink(frame, letters, window)
    if ink is None:
        return None
    verdict = judge(ink, letters.shift(x=-window.left, y=-window.top), cap_height_px=height_px)
    return replace(verdict, strokes=tuple(one.shifted(x=window.left, y=window.top) for one in verdict.strokes))


def _faint_ink(frame: Frame, letters: Box, window: Box) -> Mask | None:
    """Separate faint ink from paper in a window, by the tones of its letters; ``None`` where these are not faint."""
    tones = frame.gray[letters.top : letters.bottom, letters.left : letters.right]
    is_ink = part(frame.ink, letters)
    if not is_ink.any() or is_ink.all():
        return None
    paper = float(np.median(tones[~is_ink]))
    contrast = paper - float(np.median(tones[is_ink]))
    if contrast >= _FAINT:
        return None
    smooth = cv2.GaussianBlur(frame.gray[window.top : window.bottom, window.left : window.right], (0, 0), _GRAIN_PX)
    dark = (smooth < paper - _LEVEL * contrast).view(np.uint8)
    closed: Mask = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((_CLOSED_PX, _CLOSED_PX), np.uint8)) > 0
    return closed
