"""Score a finished run against ground truth.

Every page with truth counts: one that the run does not have is scored as empty and named as missing, for a lost page
must not make a figure better.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from scanfix import files
from scanfix import marks as workshop
from scanfix.errors import GroundTruthError, StoreError
from scanfix.evaluation import record
from scanfix.evaluation.values import Evaluation, PolicyScores
from scanfix.marks.wordings import WORDINGS
from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.model.score import PageScore
from scanfix.model.text import PageText
from scanfix.model.transcript import Transcript
from scanfix.pipeline import CLEAN, MARKS, STORE_FOLDER, TEXT
from scanfix.scoring import calibration
from scanfix.scoring.aligned import align_lines
from scanfix.scoring.calibration import JudgedWord
from scanfix.scoring.confusion import Pairs, table
from scanfix.scoring.detail import DetailedScore, score_in_detail
from scanfix.scoring.marks import count_markings, match_marks
from scanfix.scoring.page import score_page, total
from scanfix.scoring.parts import ComparedView, Part, joined
from scanfix.scoring.policy import POLICIES, PolicyName
from scanfix.settings import Settings
from scanfix.store import Store
from scanfix.truth import folder, marks_file, notation, views
from scanfix.truth.markings import markings
from scanfix.truth.views import ViewName

_OTHER_VIEWS: tuple[ViewName, ...] = ("reading", "as_typed", "diplomatic", "furniture")


@dataclass(frozen=True, slots=True, kw_only=True)
class _ComparedPage:
    """A page of the truth and what the run has of it: nothing where ``is_missing``, no words where it kept none."""

    page_id: PageId
    truth: Transcript
    read: Transcript
    body: ComparedView
    others: tuple[ComparedView, ...]
    true_marks: tuple[Mark, ...]
    found_marks: tuple[Mark, ...]
    text: PageText | None
    is_missing: bool


def evaluate(out: Path, truth: Path, settings: Settings, *, policy: PolicyName) -> Evaluation:
    """Score the pages of a run that have ground truth.

    Parameters
    ----------
    out
        The run's output folder; ``scores.json`` and ``confusions.csv`` are written there.
    truth
        ``<scan_id>/p0001.md`` and, where marks are to be scored, ``p0001.marks.json`` beside it.
    settings
        The settings of the run: marks are scored of the kinds that its detectors look for.
    policy
        How texts become words where errors are told apart; words and characters are counted under all policies.

    Raises
    ------
    GroundTruthError
        There is none, or a file of it is malformed.
    StoreError
        There is no finished run, its own files cannot be read, or the scores cannot be written.
    """
    store = Store(out / STORE_FOLDER)
    names = [policy, *(name for name in POLICIES if name != policy)]
    scores: dict[PolicyName, list[PageScore]] = {name: [] for name in names}
    letters, words, missing, judged = Pairs(), Pairs(), list[PageId](), list[tuple[JudgedWord, ...]]()
    for page_id, file in folder.pages(truth):
        page = _compare(page_id, file, out, store, settings)
        missing += [page_id] if page.is_missing else []
        detailed = _score(page, policy)
        letters.update(detailed.letters)
        words.update(detailed.words)
        scores[policy].append(detailed.score)
        judged.append(_judge(page, policy))
        for name in names[1:]:
            scores[name].append(_score_words(page, name))
    if not scores[policy]:
        raise GroundTruthError(f"{truth}: no ground truth (<scan_id>/p0001.md). Name its folder with --truth.")
    if not (out / "summary.json").is_file():
        raise StoreError(f"{out}: no finished run of scanfix stands there. Name the output folder of one.")
    evaluation = Evaluation(
        pages=tuple(scores[policy]),
        totals=total(scores[policy]),
        missing=tuple(missing),
        others=tuple(PolicyScores(pages=tuple(scores[name]), totals=total(scores[name])) for name in names[1:]),
        letters=table(letters),
        words=table(words),
        reliability=calibration.calibrate(judged),
    )
    files.write_text(out / "scores.json", record.scores_json(evaluation))
    files.write_text(out / "confusions.csv", record.confusions_csv(evaluation))
    return evaluation


def marks_in_source(store: Store, page_id: PageId) -> tuple[Mark, ...]:
    """Return a page's marks with boxes in the pixels of the archive's file, where truth has its boxes.

    Raises
    ------
    StoreError
        The run has no readable marks for the page.
    """
    where = page_id.place
    back = store.read(where, CLEAN).source_to_upright.inverse()
    return tuple(mark.moved(back) for mark in store.read(where, MARKS).marks)


# Reading


def _compare(page_id: PageId, file: Path, out: Path, store: Store, settings: Settings) -> _ComparedPage:
    """Read both sides of a page."""
    truth = folder.read(file, page_id)
    text = out / f"{page_id.place}.txt"
    is_missing = not text.is_file()
    read = Transcript(page_id=page_id) if is_missing else _published(text.with_suffix(".md"), page_id)
    marks = folder.marks_of(file)
    kinds = {kind for detector in workshop.build(settings.marks) for kind in detector.kinds}
    true_marks: tuple[Mark, ...] = ()
    found_marks: tuple[Mark, ...] = ()
    if marks.is_file():
        annotated = marks_file.read(files.read_text(marks, blame=GroundTruthError), file=str(marks))
        true_marks = tuple(mark for mark in annotated.marks if mark.kind in kinds)
        found_marks = () if is_missing else marks_in_source(store, page_id)
    return _ComparedPage(
        page_id=page_id,
        truth=truth,
        read=read,
        body=_view("body", truth, "" if is_missing else views.plain(_run_text(text))),
        others=tuple(_view(name, truth, views.plain(views.for_scoring(read, name))) for name in _OTHER_VIEWS),
        true_marks=true_marks,
        found_marks=found_marks,
        text=None if is_missing else _kept(store, page_id),
        is_missing=is_missing,
    )


def _kept(store: Store, page_id: PageId) -> PageText | None:
    """Return a page's words with their confidences; what was published can be scored without them."""
    try:
        return store.read(page_id.place, TEXT)
    except StoreError:
        return None


def _published(file: Path, page_id: PageId) -> Transcript:
    """Read what the run published of a page."""
    return notation.parse(_run_text(file), file=str(file), page_id=page_id)


def _run_text(file: Path) -> str:
    """Read a file of the run."""
    return files.read_text(file, blame=StoreError, advice="Run the page again.")


def _view(name: ViewName, truth: Transcript, hypothesis: str) -> ComparedView:
    """Put a view of the truth, block by block, beside what was read."""
    texts = ((block.kind, views.for_scoring(replace(truth, blocks=(block,)), name)) for block in truth.blocks)
    reference = tuple(Part(kind=kind, text=text) for kind, text in texts if text)
    return ComparedView(name=name, reference=reference, hypothesis=hypothesis)


# Scoring


def _score(page: _ComparedPage, policy: PolicyName) -> DetailedScore:
    """Score a page with all that can be told of it."""
    true_markings = markings(page.truth)
    detailed = score_in_detail(
        page.page_id,
        page.body,
        page.others,
        policy=POLICIES[policy],
        markings=frozenset(WORDINGS) | {marking.text for marking in true_markings},
    )
    score = replace(
        detailed.score,
        marks=match_marks(page.true_marks, page.found_marks).counts,
        markings=count_markings(true_markings, markings(page.read)),
    )
    return replace(detailed, score=score)


def _judge(page: _ComparedPage, policy: PolicyName) -> tuple[JudgedWord, ...]:
    """Say of each word of the body that was read whether it is right."""
    if page.text is None:
        return ()
    lines = align_lines(joined(page.body.reference), page.body.hypothesis, policy=POLICIES[policy], text=page.text)
    return tuple(calibration.judge(words for line in lines for words in line.words))


def _score_words(page: _ComparedPage, policy: PolicyName) -> PageScore:
    """Score the words and characters of a page."""
    return score_page(
        page.page_id, reference=joined(page.body.reference), hypothesis=page.body.hypothesis, policy=POLICIES[policy]
    )
