"""Two voices on a page: the engine's first reading, a second reader on its lines, and what comes of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scanfix import images
from scanfix.model.geometry import Box
from scanfix.model.page import CleanPage
from scanfix.model.text import Line, Region
from scanfix.ocr import alignment, framing, rapid, vote, weights
from scanfix.ocr.alignment import Segment, Sign
from scanfix.ocr.framing import Frame
from scanfix.ocr.rapid import Rapid
from scanfix.settings import OcrSettings, canonical

_MADE_BY = "scanfix.vote 1"
# A line is read twice when the first voice is expected to have at least this many of its words wrong. On development
# pages (README, profiles) 0.35 reads nine tenths of the lines and loses nothing, 1.2 a fifth and half of the gain.
_WORTH: Mapping[str, float] = {"fast": 1.2, "balanced": 0.35, "best": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A line as both voices read it: the second's signs, both aligned, and the width of a letter there."""

    second: tuple[Sign, ...]
    segments: tuple[Segment, ...]
    pitch_px: float


class Voices:
    """The second voice and the vote.

    Parameters
    ----------
    settings
        ``second`` says which reader (``auto``: RapidOCR's where it is installed), ``profile`` how much it reads.

    Raises
    ------
    ToolMissingError
        The second reader is asked for by name and not installed.
    """

    def __init__(self, settings: OcrSettings) -> None:
        self._settings = settings
        is_wanted = settings.second == "rapid" or (settings.second == "auto" and rapid.model_file() is not None)
        self._reader = Rapid() if is_wanted else None
        self._weights = weights.load()

    @property
    def made_by(self) -> str:
        """The vote's version, the learnt weights and the second reader with its model."""
        reader = self._reader.made_by if self._reader else "one voice"
        return f"{_MADE_BY} {self._weights.digest} {reader}"

    @property
    def recipe(self) -> str:
        """The settings that can change the result."""
        return canonical(self._settings.model_dump(mode="json", include={"profile"}))

    def vote(self, regions: Sequence[Region], page: CleanPage) -> tuple[Region, ...]:
        """Read lines a second time where that pays, vote, and calibrate all confidences.

        Raises
        ------
        ToolFailedError
            The second reader failed.
        StoreError
            The page's image changed.
        """
        lines = [line for region in regions for line in region.lines]
        chosen = self._worth_reading(lines) if self._reader else []
        heard = self.hear(chosen, page)
        return tuple(
            replace(region, lines=tuple(self._line(line, heard.get(line.line_id)) for line in region.lines))
            for region in regions
        )

    def hear(self, lines: Sequence[Line], page: CleanPage) -> Mapping[str, Heard]:
        """Read lines with the second voice and align both readings; by line id."""
        typing = framing.measure(lines)
        if self._reader is None or typing is None:
            return {}
        image = images.read_gray(page.upright)
        frames = [framing.frame(line, typing, rapid.FORM) for line in lines]
        strips = [images.strip(image, one.to_strip, width_px=one.width_px, height_px=one.height_px) for one in frames]
        return {
            line.line_id: _heard(line, alignment.signs_of_strip(glyphs, frame), frame)
            for line, glyphs, frame in zip(lines, self._reader.read(strips), frames, strict=True)
        }

    def _worth_reading(self, lines: Sequence[Line]) -> list[Line]:
        """Choose the lines on which a second reading is expected to pay."""
        least = _WORTH[self._settings.profile]
        return [line for line in lines if line.words and self._expected_errors(line) >= least]

    def _expected_errors(self, line: Line) -> float:
        """Return how many words of a line are expected to be wrong where one voice reads it."""
        return sum(1 - word.confidence for word in vote.single(line, self._weights).words)

    def _line(self, line: Line, heard: Heard | None) -> Line:
        """Vote on a line, or calibrate the one voice that read it."""
        if heard is None:
            return vote.single(line, self._weights)
        chosen = vote.choose(heard.segments, self._weights, heard.pitch_px)
        words = vote.words_of(line, chosen, self._weights, heard.pitch_px)
        if not words:
            return vote.single(line, self._weights)
        return replace(line, words=words, box=Box.around(word.box for word in words))


def _heard(line: Line, second: tuple[Sign, ...], frame: Frame) -> Heard:
    """Align the second voice with the first."""
    segments = alignment.align(alignment.signs_of_line(line), second)
    return Heard(second=second, segments=segments, pitch_px=frame.pitch_px)
