"""Markings at the head and foot of a page, and whether they are struck.

Found on the image first: strokes, rules and frames are taken out, rows of letters are found in the bands at head and
foot, and only these rows, without their strokes, are handed to the reader. (Whole-page reading finds a third of the
struck markings, and most of the others as garbage.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scanfix.marks.banner import banner_boxes, margin_rows, margins, parse
from scanfix.marks.candidates import Candidate, candidates
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import Frame, part
from scanfix.marks.hidden import fits_words, model_width, same_shapes
from scanfix.marks.rows import Row
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.marks.strike import Verdict, judge
from scanfix.marks.wordings import Match, matches
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind
from scanfix.settings import MarksSettings

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
# A marking of which less is visible cannot be called active: the stroke may be hidden.
_VISIBLE = 0.8


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate that was recognised, and how."""

    candidate: Candidate
    wording: str
    confidence: float
    means: str


class ClassificationDetector:
    """Finds markings such as TOP SECRET."""

    def __init__(self, settings: MarksSettings) -> None:
        """Take the settings of the workshop; none changes this detector's result."""
        del settings

    @property
    def made_by(self) -> str:
        """Tool and version."""
        return "scanfix.classification 1"

    @property
    def recipe(self) -> str:
        """Nothing can be set."""
        return "{}"

    @property
    def lies_on_scan(self) -> bool:
        """Markings are of the page."""
        return False

    @property
    def kinds(self) -> frozenset[MarkKind]:
        """Markings."""
        return frozenset({"classification"})

    @property
    def comes_after(self) -> bool:
        """It needs no other's marks."""
        return False

    def seek(self, view: View) -> Seeking:
        """Look for the markings of a page (see `Detector.seek`)."""
        frame = view.frame
        banners = [box for margin in margins(frame) for box in banner_boxes(margin_rows(frame, margin), frame)]
        rows = candidates(frame, banners)
        crops = [crop_of(part(frame.ink, box)) for box in banners] + [crop_of(row.letters) for row in rows]
        said = yield [Wanted(image=crop) for crop in crops]
        is_banner = [any(parse(text) for text in one.texts) for one in said[: len(banners)]]
        others = [_whole(frame, box) for box, known in zip(banners, is_banner, strict=True) if not known]
        other_texts = [one for one, known in zip(said, is_banner, strict=False) if not known]
        texts = [one.texts for one in (*other_texts, *said[len(banners) :])]
        found = _recognised([*others, *rows], texts, frame, is_released=any(is_banner))
        return tuple(_mark(one, frame) for one in found)


def _whole(frame: Frame, box: Box) -> Candidate:
    """Take a row that looked like a banner, and is none, for a candidate."""
    position = "head" if box.centre[1] < frame.height / 2 else "foot"
    return Candidate(row=Row(glyphs=(box,)), letters=part(frame.ink, box), position=position, is_cut=False)


def _recognised(
    rows: Sequence[Candidate], texts: Sequence[Sequence[str]], frame: Frame, *, is_released: bool
) -> list[Found]:
    """Recognise candidates: by reading first, then the cut ones by the others' shapes or by their words' widths."""
    best = [
        max((_best(row, text) for text in said or ("",)), key=lambda match: match.likeness)
        for row, said in zip(rows, texts, strict=True)
    ]
    read: list[Found] = []
    unread: list[tuple[Candidate, Match]] = []
    for row, match in zip(rows, best, strict=True):
        is_cut = row.is_cut and is_released
        found = _read(row, match, frame, least=_MIN_LIKENESS_CUT if is_cut else _MIN_LIKENESS)
        if found is not None:
            read.append(found)
        elif is_cut:
            unread.append((row, match))
    return read + [found for row, match in unread if (found := _guessed(row, match, read)) is not None]


def _read(row: Candidate, match: Match, frame: Frame, *, least: float) -> Found | None:
    """Take a candidate for what was read, when it was read well enough, or poorly because it is struck."""
    if match.likeness >= least:
        return Found(candidate=row, wording=match.wording, confidence=match.likeness, means="read")
    is_likely = match.likeness >= _POOR_LIKENESS_STRUCK and fits_words(row.row.glyphs, match.wording)
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


def _mark(found: Found, frame: Frame) -> Mark:
    """Judge the stroke and write the mark."""
    box = found.candidate.row.ink_box
    height = max(float(box.height), box.width / model_width(found.wording))
    is_hidden = found.candidate.is_cut and box.height < _VISIBLE * height
    letters = box if found.candidate.is_cut else found.candidate.row.body
    verdict = judge(frame.ink, letters, cap_height_px=height)
    if verdict.status == "active" and is_hidden:
        verdict = Verdict(status="uncertain", confidence=0.5, shape=None, strokes=())
    evidence = (Evidence(name=f"recognised.{found.means}", value=round(found.confidence, 3)), *verdict.evidence)
    return Mark(
        mark_id="",
        kind="classification",
        box=box,
        text=found.wording,
        confidence=found.confidence,
        status=verdict.status,
        status_confidence=verdict.confidence,
        shape=verdict.shape,
        fields=(("position", found.candidate.position),),
        evidence=evidence,
    )
