"""RapidOCR's recogniser of lines: the model inside the ``rapidocr`` package, run by onnxruntime.

Only the model and its alphabet are taken from the package; strips are framed by ourselves (its own search for lines
takes longer than the reading and turns some of them upside down), and signs that no document in a Latin script has
are left out before decoding.

Model: PP-OCRv6 small (PaddleOCR, Apache-2.0), a convolutional network with connectionist temporal classification
(Graves et al., 2006): one distribution over signs for every 8 pixels of a strip.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanfix import files
from scanfix.errors import ToolFailedError, ToolMissingError
from scanfix.images import GrayImage
from scanfix.model.text import NATS, Spelling
from scanfix.ocr.framing import Form

_MODEL = Path("models") / "PP-OCRv6_rec_small.onnx"
_INSTALL = "pip install 'scanfix[rapid]'"
# The model's own height; two x-heights above the baseline and one below hold ascenders, accents and descenders with the
# room that its training lines had. 14.5 pixels a letter are nearly two steps: 10 lose letters, 17.5 cost a sixth more
# time and read no better.
FORM = Form(height_px=48, above=2.1, below=0.9, margin=0.6, pitch_px=14.5, narrowest=0.6)
# Widths are rounded up, so that few shapes of memory are asked for; lines of about one width are read together.
WIDTH_STEP = 32
_TOGETHER = 4
_LAST_LATIN = 0x17F
_TYPOGRAPHIC = frozenset("“”‘’„–—…•€")
# What is written into forms: figures, letters, and what parts them.
_SPELLED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/-. ,'"
_LEAST_PROBABILITY = 1e-9

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A sign as it was read in a strip.

    Parameters
    ----------
    text
        One sign; a space between words.
    confidence
        The network's own probability, 0 to 1 (not calibrated).
    at
        Where it stands: a share of the strip's width, 0 to 1.
    runner_up, runner_up_confidence
        The next best sign there, and its probability.
    """

    text: str
    confidence: float
    at: float
    runner_up: str = ""
    runner_up_confidence: float = 0.0


def model_file() -> Path | None:
    """Return where the model lies; ``None`` where the extra ``rapid`` is not installed."""
    found = util.find_spec("rapidocr")
    has_runtime = util.find_spec("onnxruntime") is not None
    places = found.submodule_search_locations if found and has_runtime else None
    files_there = [Path(place) / _MODEL for place in places or ()]
    return next((file for file in files_there if file.is_file()), None)


class Rapid:
    """The recogniser; one thread, for pages are read side by side.

    Raises
    ------
    ToolMissingError
        The extra is not installed, or its package has no such model.
    """

    def __init__(self) -> None:
        file = model_file()
        if file is None:
            raise ToolMissingError(f"The second reader is not installed. Install it: {_INSTALL}")
        import onnxruntime  # an extra: only who has it loads it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name
        signs = ["", *self._session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
        self._kept = np.array([number for number, sign in enumerate(signs) if _is_ours(sign)])
        self._signs = tuple(signs[number] for number in self._kept)
        self._blank = self._signs.index("")
        self._spelled = np.array([self._blank, *(self._signs.index(sign) for sign in _SPELLED)])
        self._others = np.setdiff1d(np.arange(len(self._signs)), self._spelled)
        self._digest = files.digest(file)[:8]

    @property
    def made_by(self) -> str:
        """The package's version and the model's digest: ``"rapidocr 3.10.0 PP-OCRv6_rec_small:1a2b3c4d"``."""
        return f"rapidocr {metadata.version('rapidocr')} {_MODEL.stem}:{self._digest}"

    def read(self, strips: Sequence[GrayImage]) -> tuple[tuple[Glyph, ...], ...]:
        """Read strips.

        Parameters
        ----------
        strips
            Level lines, each shape (48, width) uint8, 0 ink to 255 paper.

        Returns
        -------
        tuple of tuple of Glyph
            The signs of each strip from left to right, in the order of ``strips``.

        Raises
        ------
        ToolFailedError
            The network could not be run.
        """
        return tuple(self._decode(scores) for scores in self._in_order(strips))

    def spell(self, strips: Sequence[GrayImage]) -> tuple[tuple[tuple[Glyph, ...], Spelling], ...]:
        """Read strips, and tell what else each could be (see `read`)."""
        return tuple((self._decode(scores), self._spelling(scores)) for scores in self._in_order(strips))

    def _in_order(self, strips: Sequence[GrayImage]) -> list[Scores]:
        """Run the network on strips, those of about one width together; give their scores in the strips' order."""
        found: list[Scores] = [np.zeros((0, 0), np.float32)] * len(strips)
        order = sorted(range(len(strips)), key=lambda number: strips[number].shape[1])
        for start in range(0, len(order), _TOGETHER):
            numbers = order[start : start + _TOGETHER]
            for number, scores in zip(numbers, self._scores([strips[number] for number in numbers]), strict=True):
                found[number] = scores
        return found

    def _spelling(self, scores: Scores) -> Spelling:
        """Put down how likely the signs of forms are at each step."""
        rows = np.column_stack([scores[:, self._spelled], scores[:, self._others].max(axis=1)])
        nats = -np.log(np.maximum(rows, _LEAST_PROBABILITY)) / NATS
        return Spelling(signs=_SPELLED, steps=np.round(np.minimum(nats, 255)).astype(np.uint8).tobytes())

    def _scores(self, strips: Sequence[GrayImage]) -> list[Scores]:
        """Run the network on strips of about one width: each (steps, signs), probabilities."""
        widest = max(strip.shape[1] for strip in strips)
        width = -(-widest // WIDTH_STEP) * WIDTH_STEP
        batch = np.zeros((len(strips), 3, FORM.height_px, width), np.float32)
        for row, strip in zip(batch, strips, strict=True):
            row[:, :, : strip.shape[1]] = strip.astype(np.float32) / 127.5 - 1
        try:
            scores = self._session.run(None, {self._input: batch})[0]
        except RuntimeError as error:
            raise ToolFailedError(f"The second reader failed ({error}). The page will be tried again.") from error
        steps = [-(-scores.shape[1] * strip.shape[1] // width) for strip in strips]
        return [np.asarray(rows[:count][:, self._kept]) for rows, count in zip(scores, steps, strict=True)]

    def _decode(self, scores: Scores) -> tuple[Glyph, ...]:
        """Take the best sign of every step; runs of one sign are one, blanks part them."""
        best, sure = scores.argmax(axis=1), scores.max(axis=1)
        starts = np.flatnonzero(np.diff(best, prepend=-1))
        ends = [*starts[1:], len(best)]
        found = []
        for start, end in zip(starts, ends, strict=True):
            sign = int(best[start])
            if not self._signs[sign]:
                continue
            others = scores[start:end].max(axis=0)
            others[[sign, self._blank]] = 0
            rival = int(others.argmax())
            found.append(
                Glyph(
                    text=self._signs[sign],
                    confidence=float(sure[start:end].max()),
                    at=(int(start) + int(sure[start:end].argmax()) + 0.5) / len(best),
                    runner_up=self._signs[rival],
                    runner_up_confidence=float(others[rival]),
                )
            )
        return tuple(found)


def _is_ours(sign: str) -> bool:
    """Tell whether a document in a Latin script may have a sign (the empty one parts signs)."""
    return len(sign) <= 1 and (not sign or ord(sign) <= _LAST_LATIN or sign in _TYPOGRAPHIC)
