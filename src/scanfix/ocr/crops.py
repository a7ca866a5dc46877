"""Crops of single lines read by both voices, for whoever looks for marks."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

import numpy as np

from scanfix import images
from scanfix.images import GrayImage
from scanfix.model.text import CropText, Spelling
from scanfix.ocr import rapid
from scanfix.ocr.rapid import Glyph, Rapid
from scanfix.ocr.socket import Engine

MADE_BY = "scanfix.crops 5"
_INK = 128
# Rows of ink that hold less than this share of the fullest row's ink are dots, accents and specks.
_FULL_ROW = 0.08
# Share of a strip's height that the line's ink takes: that of capitals, with room for what hangs below. At 0.5 strips
# are a sixth shorter, but 3 handwritten dates of 8 are read instead of 5.
_FILLED = 0.62
_NARROWEST_PX, _WIDEST_PX = 24, 1600
# A crop that the second voice reads that surely the engine does not change: on 42 bulletins no mark became another one,
# and the engine was started 19 times instead of 73. At 0.8 it is 11, and one field of a stamp is lost.
_SURE = 0.9


class CropVoices:
    """Reads crops with the engine, the second voice, or both.

    Parameters
    ----------
    engine
        The first voice.
    second
        The second voice; ``None`` where it is not installed: then the engine reads everything.
    """

    def __init__(self, engine: Engine, second: Rapid | None) -> None:
        self._engine = engine
        self._second = second

    @property
    def made_by(self) -> str:
        """Both voices and the version of the framing."""
        names = (MADE_BY, self._engine.made_by, *((self._second.made_by,) if self._second else ()))
        return " + ".join(names)

    def __call__(self, crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
        """Read crops of single lines.

        Parameters
        ----------
        crops
            Level lines with some paper around them, 0 ink to 255 paper.
        is_quick
            Leave the engine out where there is a second voice; else it is asked where that one is not sure.

        Raises
        ------
        ToolFailedError
            A voice crashed or ran out of time.
        """
        if not crops:
            return ()
        said = self._spelt([strip_of(crop) for crop in crops])
        asked = [
            number
            for number, one in enumerate(said)
            if self._second is None or not (is_quick or one.confidence >= _SURE)
        ]
        read = self._engine.read_crops([crops[number] for number in asked])
        for number, text in zip(asked, read, strict=True):
            said[number] = replace(said[number], engine=text)
        return tuple(said)

    def _spelt(self, strips: Sequence[GrayImage]) -> list[CropText]:
        """Read strips with the second voice.

        Only strips of one width are read together: what fills up a narrower one is read too, and changes what is seen
        at its end, so that a crop's reading would depend on the other crops of its round.
        """
        said = [CropText()] * len(strips)
        if self._second is None:
            return said
        for numbers in _alike(strips):
            read = self._second.spell([strips[number] for number in numbers])
            for number, (glyphs, spelling) in zip(numbers, read, strict=True):
                said[number] = _said(glyphs, spelling)
        return said


def _alike(strips: Sequence[GrayImage]) -> list[list[int]]:
    """Group strips, by their numbers, that the second voice widens to one width."""
    groups: dict[int, list[int]] = {}
    for number, strip in enumerate(strips):
        groups.setdefault(-(-strip.shape[1] // rapid.WIDTH_STEP), []).append(number)
    return list(groups.values())


def strip_of(crop: GrayImage) -> GrayImage:
    """Frame a crop as the second voice likes it: its line's ink fills the strip's height but for a margin.

    Returns
    -------
    (48, width) uint8
        0 ink to 255 paper.
    """
    ink = crop < _INK
    rows = ink.sum(axis=1)
    full = np.flatnonzero(rows > _FULL_ROW * rows.max(initial=0))
    top, bottom = (int(full[0]), int(full[-1]) + 1) if full.size else (0, crop.shape[0])
    columns = np.flatnonzero(ink[top:bottom].any(axis=0))
    left, right = (int(columns[0]), int(columns[-1]) + 1) if columns.size else (0, crop.shape[1])
    margin = round((bottom - top) * (1 / _FILLED - 1) / 2)
    tight = np.pad(crop, margin, constant_values=255)[top : bottom + 2 * margin, left : right + 2 * margin]
    scale = rapid.FORM.height_px / tight.shape[0]
    width = min(_WIDEST_PX, max(_NARROWEST_PX, round(tight.shape[1] * scale)))
    return images.resized(tight, width_px=width, height_px=rapid.FORM.height_px)


def _said(glyphs: Sequence[Glyph], spelling: Spelling) -> CropText:
    """Put down what the second voice read."""
    text = "".join(glyph.text for glyph in glyphs)
    confidence = fmean(glyph.confidence for glyph in glyphs) if glyphs else 0.0
    return CropText(second=" ".join(text.split()), confidence=round(confidence, 4), spelling=spelling)
