"""Recognising a candidate: by what was read of it, by the shapes of a whole marking, by the widths of its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from scanfix.marks.candidates import Candidate
from scanfix.marks.classification_words import is_capital
from scanfix.marks.frame import Frame
from scanfix.marks.hidden import fits_words, same_shapes
from scanfix.marks.strike import judge
from scanfix.marks.wordings import Match, matches

# At 0.7 SECRET may lose one letter of six and TOP SECRET two of nine; no other line of the pages we learnt from fits.
_MIN_LIKENESS = 0.7
# A marking cut by a banner that was read stands where a marking is expected: half letters may be misread.
_MIN_LIKENESS_CUT = 0.6
# TOP read as !OO is as far from MOST; the words' widths tell.
_NEARLY = 0.12
# A poor reading still names the wording of a marking that is cut, or struck by a stroke as thick as its letters, where
# the words' widths agree. At 0.5 a scribble on a page's lower edge was GEHEIM.
_POOR_LIKENESS = 0.5
_POOR_LIKENESS_STRUCK = 0.56
# A marking that is cut may have the width and shapes of a whole one on the page: its correlation measured 0.4 to 0.9
# for the same wording, 0.3 at most for others.
_SAME_WIDTH = 0.12
_MIN_SAME_SHAPES = 0.38
# Confidence of what was not read: by shapes at most, by the widths of the words.
_BY_SHAPES, _BY_WORDS = 0.9, 0.6
# In the body much else is in capitals: SECRET may lose one letter of six, two where it is struck.
_MIN_LIKENESS_BODY = 0.8
_MIN_LIKENESS_BODY_STRUCK = 0.66


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate that was recognised, and how."""

    candidate: Candidate
    wording: str
    confidence: float
    means: str


def recognised(
    rows: Sequence[Candidate], texts: Sequence[Sequence[str]], frame: Frame, *, is_released: bool
) -> list[Found]:
    """Recognise candidates: by reading first, then the cut ones by the others' shapes or by their words' widths."""
    best = [best_match(row, said) for row, said in zip(rows, texts, strict=True)]
    read: list[Found] = []
    unread: list[tuple[Candidate, Match]] = []
    for row, match in zip(rows, best, strict=True):
        is_cut = row.is_cut and is_released
        found = _read(row, match, frame, least=_least(row, is_cut=is_cut))
        if found is not None:
            read.append(found)
        elif is_cut:
            unread.append((row, match))
    return read + [found for row, match in unread if (found := _guessed(row, match, read)) is not None]


def best_match(row: Candidate, texts: Sequence[str]) -> Match:
    """Choose the wording that fits a row's readings best."""
    usable = [text for text in texts if is_capital(text)] or [""]
    return max((_best(row, text) for text in usable), key=lambda match: match.likeness)


def _least(row: Candidate, *, is_cut: bool) -> float:
    """Return how well a reading must fit."""
    if not row.is_in_band:
        return _MIN_LIKENESS_BODY
    return _MIN_LIKENESS_CUT if is_cut else _MIN_LIKENESS


def _read(row: Candidate, match: Match, frame: Frame, *, least: float) -> Found | None:
    """Take a candidate for what was read, when it was read well enough, or poorly because it is struck."""
    if match.likeness >= least:
        return Found(candidate=row, wording=match.wording, confidence=match.likeness, means="read")
    poor = _POOR_LIKENESS_STRUCK if row.is_in_band else _MIN_LIKENESS_BODY_STRUCK
    is_likely = match.likeness >= poor and fits_words(row.row.glyphs, match.wording)
    if is_likely and judge(frame.ink, row.row.body).status == "struck":
        return Found(candidate=row, wording=match.wording, confidence=match.likeness, means="read.struck")
    return None


def _guessed(row: Candidate, match: Match, read: Sequence[Found]) -> Found | None:
    """Recognise a cut marking that could not be read, first as it is, then without a foreign piece at its ends."""
    guesses = (_by_shapes(trim, read) or _by_words(trim, match) for trim in row.trims())
    return next((guess for guess in guesses if guess is not None), None)


def _best(row: Candidate, text: str) -> Match:
    """Choose the wording of a reading; among those that fit nearly as well, the one with the widths of its words."""
    fits = matches(text)
    near = [match for match in fits if match.likeness >= max(_MIN_LIKENESS_CUT, fits[0].likeness - _NEARLY)]
    return next((match for match in near if fits_words(row.row.glyphs, match.wording)), fits[0])


def _by_shapes(row: Candidate, read: Sequence[Found]) -> Found | None:
    """Recognise a cut marking by a whole one of the page, of about its width and with its words."""
    alike = [
        (same_shapes(row.letters, one.candidate.letters), one.wording)
        for one in read
        if abs(row.box.width / one.candidate.box.width - 1) <= _SAME_WIDTH and fits_words(row.row.glyphs, one.wording)
    ]
    best, wording = max(alike, default=(0.0, ""))
    if best < _MIN_SAME_SHAPES:
        return None
    return Found(candidate=row, wording=wording, confidence=min(_BY_SHAPES, best + _BY_WORDS / 2), means="shapes")


def _by_words(row: Candidate, match: Match) -> Found | None:
    """Recognise a cut marking of several words by their widths: as the wording of a poor reading, or TOP SECRET."""
    for wording in dict.fromkeys([match.wording] if match.likeness >= _POOR_LIKENESS else []) | {"TOP SECRET": None}:
        if " " in wording and fits_words(row.row.glyphs, wording):
            return Found(candidate=row, wording=wording, confidence=_BY_WORDS, means="words")
    return None
