"""Score a finished run against ground truth; the counts stand in ``DIR/scores.json``.

Every page with truth counts: one that the run does not have is scored as empty and named as missing, for a lost page
must not make a figure better.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from scanfix import files
from scanfix.errors import GroundTruthError, StoreError
from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.model.score import PageScore, ScoreTotals
from scanfix.pipeline import CLEAN, MARKS, STORE_FOLDER
from scanfix.scoring.page import score_page, total
from scanfix.scoring.policy import POLICIES, PolicyName
from scanfix.settings import Settings
from scanfix.store import Store
from scanfix.truth import marks_file, notation, views

__all__ = ["Evaluation", "PolicyName", "evaluate", "marks_in_source"]

SCORES_SCHEMA = "scanfix.scores/1"
_PAGE_FILE = re.compile(r"p(\d{4,})\.md")
_SCORES: TypeAdapter[PageScore] = TypeAdapter(PageScore)
_TOTALS: TypeAdapter[ScoreTotals] = TypeAdapter(ScoreTotals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Scores of every page that has ground truth, their totals, and the pages that the run does not have."""

    pages: tuple[PageScore, ...]
    totals: ScoreTotals
    missing: tuple[PageId, ...]


def evaluate(out: Path, truth: Path, settings: Settings, *, policy: PolicyName) -> Evaluation:
    """Score the pages of a run that have ground truth.

    Parameters
    ----------
    out
        The run's output folder.
    truth
        ``<scan_id>/p0001.md`` and, where marks are to be scored, ``p0001.marks.json`` beside it.
    settings
        The settings of the run: marks are scored of the kinds that its detectors look for.
    policy
        How texts become words.

    Raises
    ------
    GroundTruthError
        There is none, or a file of it is malformed.
    StoreError
        The scores cannot be written.
    """
    store = Store(out / STORE_FOLDER)
    scores, missing = [], []
    for page_id, file in _truth_pages(truth):
        text = out / page_id.scan_id / f"{page_id.stem}.txt"
        if not text.is_file():
            missing.append(page_id)
        scores.append(_score(page_id, file, text, store, settings, policy))
    if not scores:
        raise GroundTruthError(f"{truth}: no ground truth (<scan_id>/p0001.md). Name its folder with --truth.")
    evaluation = Evaluation(pages=tuple(scores), totals=total(scores), missing=tuple(missing))
    files.write_text(out / "scores.json", json.dumps(_record(evaluation), indent=1, allow_nan=False) + "\n")
    return evaluation


def _truth_pages(truth: Path) -> Iterator[tuple[PageId, Path]]:
    """Give the pages that have ground truth, in order of their names."""
    for file in sorted(truth.glob("*/*.md")):
        named = _PAGE_FILE.fullmatch(file.name)
        if named:
            yield PageId(scan_id=file.parent.name, number=int(named[1])), file


def _score(page_id: PageId, file: Path, text: Path, store: Store, settings: Settings, policy: PolicyName) -> PageScore:
    """Score one page."""
    transcript = notation.parse(_read(file), file=str(file), page_id=page_id)
    marks = file.with_suffix(".marks.json")
    kinds = set(settings.marks.detectors)
    true_marks: tuple[Mark, ...] = ()
    found_marks: tuple[Mark, ...] = ()
    if marks.is_file():
        true_marks = tuple(mark for mark in marks_file.read(_read(marks), file=str(marks)).marks if mark.kind in kinds)
        found_marks = marks_in_source(store, page_id) if text.is_file() else ()
    return score_page(
        page_id,
        reference=views.for_scoring(transcript, "body"),
        hypothesis=_read(text) if text.is_file() else "",
        policy=POLICIES[policy],
        true_marks=true_marks,
        found_marks=found_marks,
    )


def marks_in_source(store: Store, page_id: PageId) -> tuple[Mark, ...]:
    """Return a page's marks with boxes in the pixels of the archive's file, where truth has its boxes.

    Raises
    ------
    StoreError
        The run has no readable marks for the page.
    """
    where = f"{page_id.scan_id}/{page_id.stem}"
    back = store.read(where, CLEAN).source_to_upright.inverse()
    return tuple(mark.moved(back) for mark in store.read(where, MARKS).marks)


def _read(path: Path) -> str:
    """Read a UTF-8 file."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise GroundTruthError(f"{path}: not UTF-8 ({error}). Save it as UTF-8.") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}).") from error


def _record(evaluation: Evaluation) -> dict[str, object]:
    """Describe an evaluation: counts, never rates alone."""
    totals = _TOTALS.dump_python(evaluation.totals, mode="json", exclude={"worst"})
    return {
        "schema": SCORES_SCHEMA,
        "policy": evaluation.totals.policy,
        "view": "body",
        "totals": {**totals, "wer": evaluation.totals.words.rate, "cer": evaluation.totals.characters.rate},
        "pages": [
            {**_SCORES.dump_python(score, mode="json"), "wer": score.words.rate, "cer": score.characters.rate}
            for score in evaluation.pages
        ],
        "missing": [str(page_id) for page_id in evaluation.missing],
    }
