"""Two voices on a page: the engine's first reading, a second reader on its lines, and what comes of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scanfix import images
from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.page import CleanPage
from scanfix.model.text import Line, Region
from scanfix.ocr import adapting, alignment, alone, framing, parting, rapid, unboxed, vote, weights
from scanfix.ocr.adapting import Spelt
from scanfix.ocr.alignment import Segment, Sign
from scanfix.ocr.framing import Row, Typing
from scanfix.ocr.rapid import Rapid
from scanfix.ocr.vote import Chosen
from scanfix.settings import OcrSettings, canonical

_MADE_BY = "scanfix.vote 2"
# A line is read twice when the first voice is expected to have at least this many of its words wrong. On development
# pages 0.35 reads nine tenths of the lines and loses nothing, 0.8 two fifths and a fifth of the gain. A profile that is
# not named here has one voice: a second one on a fifth of the lines already took half as long as all the rest.
_WORTH: Mapping[str, float] = {"balanced": 0.35, "best": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A line as both voices read it: the second's signs, both aligned, and the width of a letter there.

    ``beyond`` are words that the second voice read beyond the line's ends, which the first never boxed.
    """

    second: tuple[Sign, ...]
    segments: tuple[Segment, ...]
    pitch_px: float
    row: Row
    beyond: tuple[tuple[Sign, ...], ...] = ()


class Voices:
    """The second voice and the vote.

    Parameters
    ----------
    settings
        ``second`` says which reader (``auto``: RapidOCR's where it is installed), ``profile`` how much it reads of a
        page's lines; crops of marks are read by it in any profile (the attribute ``second``).

    Raises
    ------
    ToolMissingError
        The second reader is asked for by name and not installed.
    """

    def __init__(self, settings: OcrSettings) -> None:
        self._settings = settings
        is_wanted = settings.second == "rapid" or (settings.second == "auto" and rapid.model_file() is not None)
        self.second = Rapid() if is_wanted else None
        self._reader = self.second if settings.profile in _WORTH else None
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
        typing = framing.measure(lines)
        if self._reader is None or typing is None:
            return self._told(regions, {}, {})
        image = images.read_gray(page.upright)
        found = unboxed.find(lines, image, typing)
        wider = dict(found.ends)
        read = {line.line_id for line in self._worth_reading(lines)} | set(wider)
        chosen = [line for line in lines if line.line_id in read]
        heard = self._hear(chosen, image, typing, wider)
        told = self._told(regions, heard, self._chosen(heard, image))
        return self._with_rows(told, found.rows, image)

    def hear(self, lines: Sequence[Line], page: CleanPage) -> Mapping[str, Heard]:
        """Read lines with the second voice, as far as the first boxed them, and align both readings; by line id."""
        typing = framing.measure(lines)
        if self._reader is None or typing is None:
            return {}
        return self._hear(lines, images.read_gray(page.upright), typing, {})

    def _hear(
        self, lines: Sequence[Line], image: GrayImage, typing: Typing, wider: Mapping[str, Row]
    ) -> Mapping[str, Heard]:
        """Read lines, some of them farther than their boxes."""
        rows = [wider.get(line.line_id) or framing.row_of(line, typing) for line in lines]
        return {
            line.line_id: _heard(line, row, signs)
            for line, row, signs in zip(lines, rows, self._read(rows, image), strict=True)
        }

    def _read(self, rows: Sequence[Row], image: GrayImage) -> list[tuple[Sign, ...]]:
        """Read rows of a page: each parted at wide gaps, the pieces read alone and put together with spaces."""
        if self._reader is None or not rows:
            return [()] * len(rows)
        frames = [framing.frame_of(row, rapid.FORM) for row in rows]
        strips = [images.strip(image, one.to_strip, width_px=one.width_px, height_px=one.height_px) for one in frames]
        pieces = [parting.parts(strip, one, rapid.FORM) for strip, one in zip(strips, frames, strict=True)]
        glyphs = iter(self._reader.read([strip for parts in pieces for strip, _ in parts]))
        return [_joined([alignment.signs_of_strip(next(glyphs), part) for _, part in parts]) for parts in pieces]

    def _with_rows(self, regions: tuple[Region, ...], rows: Sequence[Row], image: GrayImage) -> tuple[Region, ...]:
        """Add the lines that the first voice never boxed."""
        taken = [word.box for region in regions for line in region.lines for word in line.words]
        for row, signs in zip(rows, self._read(rows, image), strict=True):
            line = alone.line_of(alone.Found(row=row, words=alignment.words_of(signs)), taken, f"u{len(taken)}")
            if line is not None:
                regions = alone.with_line(regions, line)
                taken += [word.box for word in line.words]
        return regions

    def _chosen(self, heard: Mapping[str, Heard], image: GrayImage) -> Mapping[str, tuple[Chosen, ...]]:
        """Vote on lines sign by sign, then judge doubtful letters by the page's own."""
        spelt = [
            Spelt(chosen=vote.choose(one.segments, self._weights, one.pitch_px), row=one.row) for one in heard.values()
        ]
        return dict(zip(heard, adapting.adapt(image, spelt), strict=True))

    def _told(
        self, regions: Sequence[Region], heard: Mapping[str, Heard], chosen: Mapping[str, tuple[Chosen, ...]]
    ) -> tuple[Region, ...]:
        """Make the words of all lines; ``chosen`` has the signs of those that both voices read."""
        return tuple(
            replace(
                region,
                lines=tuple(
                    self._line(line, heard.get(line.line_id), chosen.get(line.line_id, ())) for line in region.lines
                ),
            )
            for region in regions
        )

    def _worth_reading(self, lines: Sequence[Line]) -> list[Line]:
        """Choose the lines on which a second reading is expected to pay."""
        least = _WORTH[self._settings.profile]
        return [line for line in lines if line.words and self._expected_errors(line) >= least]

    def _expected_errors(self, line: Line) -> float:
        """Return how many words of a line are expected to be wrong where one voice reads it."""
        return sum(1 - word.confidence for word in vote.single(line, self._weights).words)

    def _line(self, line: Line, heard: Heard | None, chosen: Sequence[Chosen]) -> Line:
        """Make a line's words of the chosen signs, or calibrate the one voice that read it."""
        if heard is None:
            return vote.single(line, self._weights)
        words = vote.words_of(line, chosen, self._weights, heard.pitch_px)
        sides = groupby(heard.beyond, key=lambda word: word[0].x < line.box.centre[0])
        believed = [word for _, side in sides for word in alone.believed(tuple(side), heard.pitch_px)]
        if not words:
            return alone.with_words(vote.single(line, self._weights), heard.row, believed)
        voted = replace(line, words=words, box=Box.around(word.box for word in words))
        return alone.with_words(voted, heard.row, believed)


def _heard(line: Line, row: Row, signs: Sequence[Sign]) -> Heard:
    """Align the second voice with the first, within the ends of the line."""
    pitch = row.typing.pitch_px
    words = alignment.words_of(signs)
    within = [_is_within(word, line, pitch) for word in words]
    kept = [word for word, is_within in zip(words, within, strict=True) if is_within]
    beyond = tuple(word for word, is_within in zip(words, within, strict=True) if not is_within)
    second = _joined(kept) if beyond else tuple(signs)
    segments = alignment.align(alignment.signs_of_line(line), second)
    return Heard(second=second, segments=segments, pitch_px=pitch, row=row, beyond=beyond)


def _is_within(word: Sequence[Sign], line: Line, pitch_px: float) -> bool:
    """Tell whether a word's middle stands within the ends of a line."""
    middle = (word[0].x + word[-1].x) / 2
    return line.box.left - pitch_px / 2 <= middle <= line.box.right + pitch_px / 2


def _joined(pieces: Sequence[Sequence[Sign]]) -> tuple[Sign, ...]:
    """Put pieces of a line together with spaces; empty ones are left out."""
    found: list[Sign] = []
    for piece in pieces:
        if found and piece:
            found.append(Sign(text=" ", confidence=1.0, x=(found[-1].x + piece[0].x) / 2))
        found += piece
    return tuple(found)
