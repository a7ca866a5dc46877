"""The report of a run: an HTML page a document, an index, and the same table in Markdown.

Pages and their pictures stand beside the published files, so that a run's folder can be moved or sent as it is.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from scanfix import batch, exhibits, files, histories
from scanfix.batch import Result
from scanfix.errors import StoreError
from scanfix.evaluation import Evaluation
from scanfix.exhibits import Exhibit
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.comparison import AlignedLine
from scanfix.model.event import Alarm, History, Sight
from scanfix.model.page import PageId
from scanfix.model.score import PageScore
from scanfix.model.text import PageText
from scanfix.model.transcript import Transcript
from scanfix.pipeline import CLEAN, MARKS, PAGE, PICTURE, STORE_FOLDER, TEXT
from scanfix.report import comparison, html, score_rows, tables
from scanfix.report.comparison import ComparedPage, Scan
from scanfix.report.history import AlarmView, Clip, EventView, HistoryView
from scanfix.report.html import DocumentLink, PageView, Picture
from scanfix.report.tables import Row
from scanfix.scoring import aligned
from scanfix.scoring.policy import POLICIES, Policy
from scanfix.store import Store
from scanfix.truth import folder, markings, views

_AGAIN = "Run the page again."
_NAME = "report.html"
_COMPARISON = "comparison.html"
_VIEW: views.ViewName = "body"
# A picture has about 150 kB: the file stays near 10 MB, which a browser opens without a pause.
_MOST_PICTURES = 60
# A table for people: what comes after these is in confusions.csv.
_MOST_CONFUSIONS = 50


def write(out: Path, result: Result) -> Path:
    """Write the report of a batch; documents of which no page was done now keep theirs.

    Returns
    -------
    Path
        The index, to be opened in a browser.

    Raises
    ------
    StoreError
        A file cannot be written.
    """
    return _write(out, result.pages, result.plan.failures, result.plan.skipped)


def write_scored(out: Path, scored: Evaluation, truth: Path) -> Path:
    """Write the report of a finished batch again, with its scores and with reference and output side by side.

    Parameters
    ----------
    out
        The run's output folder.
    scored
        Its scores.
    truth
        The ground truth that it was scored against.

    Raises
    ------
    GroundTruthError
        A file of the ground truth is gone or malformed.
    StoreError
        The batch has no summary, or a file cannot be written.
    """
    pages, failures, skipped = batch.load_summary(out)
    write_comparison(out, truth, scored)
    return _write(out, pages, failures, skipped, scored=scored)


def write_comparison(out: Path, truth: Path, scored: Evaluation, *, pictures: int = _MOST_PICTURES) -> Path:
    """Write reference and output side by side, line by line, in one file.

    Parameters
    ----------
    out
        The run's output folder.
    truth
        The ground truth that it was scored against.
    scored
        Its scores.
    pictures
        How many pages have pictures; the worst ones.

    Raises
    ------
    GroundTruthError
        A file of the ground truth is gone or malformed.
    StoreError
        The batch has no summary, a value of it is damaged, or the file cannot be written.
    """
    failures = {page.page_id: page.failure for page in batch.load_summary(out)[0] if page.failure}
    policy = next(policy for policy in POLICIES.values() if str(policy) == scored.totals.policy)
    missing = frozenset(scored.missing)
    pages = []
    for index, score in enumerate(comparison.worst_first(scored.pages)):
        transcript = folder.read(truth / f"{score.page_id.place}.md", score.page_id)
        if score.page_id in missing:
            failure = failures.get(score.page_id)
            problem = failure.message if failure else "The run does not have this page."
            pages.append(ComparedPage(score=score, lines=_align(transcript, "", policy), problem=problem))
        else:
            pages.append(_compared(out, score, transcript, policy, has_picture=index < pictures))
    content = comparison.comparison_page(
        out.name,
        pages,
        totals=scored.totals,
        view=_VIEW,
        made_by=_made_by(out, (score.page_id for score in scored.pages if score.page_id not in missing)),
        index_path=_NAME,
    )
    files.write_text(out / _COMPARISON, content)
    return out / _COMPARISON


def run_markdown(result: Result) -> str:
    """Write the table of a batch in Markdown."""
    return tables.markdown(tables.rows_of(result.pages))


def scores_markdown(out: Path, scored: Evaluation) -> str:
    """Write the table of a scored batch in Markdown."""
    pages, _, _ = batch.load_summary(out)
    return tables.markdown(tables.rows_of(pages, scored.pages))


def score_tables(scored: Evaluation) -> Mapping[str, Sequence[score_rows.Row]]:
    """Return the tables of an evaluation by name: pages (worst first), kinds, policies, letters, words."""
    totals = (scored.totals, *(other.totals for other in scored.others))
    return {
        "pages": tuple(score_rows.page_rows(scored.pages, scored.totals)),
        "kinds": tuple(score_rows.kind_rows(scored.totals)),
        "policies": tuple(score_rows.policy_rows(totals)),
        "letters": tuple(score_rows.confusion_rows(scored.letters, most=_MOST_CONFUSIONS)),
        "words": tuple(score_rows.confusion_rows(scored.words, most=_MOST_CONFUSIONS)),
    }


def _write(
    out: Path,
    pages: Sequence[PageSummary],
    failures: Sequence[PageFailure],
    skipped: Sequence[str],
    *,
    scored: Evaluation | None = None,
) -> Path:
    """Write the documents that changed (all, when they were scored), the index and the table."""
    store = Store(out / STORE_FOLDER)
    rows = tables.rows_of(pages, scored.pages if scored else ())
    scan_ids = dict.fromkeys(row.summary.page_id.scan_id for row in rows)
    told = {scan_id: history for scan_id in scan_ids if (history := histories.kept(out, scan_id))}
    links = []
    for scan_id, group in groupby(rows, key=lambda row: row.summary.page_id.scan_id):
        of_scan = tuple(group)
        target = out / scan_id / _NAME
        is_made = target.is_file() and all(row.summary.state == "kept" for row in of_scan)
        if scored or not is_made or _is_older(target, out / scan_id / histories.NAME):
            views = [_view(store, row) for row in of_scan]
            content = html.document_page(
                scan_id, views, index_path=f"../{_NAME}", history=_history_view(store, told.get(scan_id))
            )
            files.write_text(target, content)
        links.append(DocumentLink(scan_id=scan_id, path=f"{quote(scan_id)}/{_NAME}"))
    files.write_text(out / "report.md", tables.markdown(rows))
    index = html.index_page(
        out.name,
        rows,
        links,
        failures=failures,
        skipped=skipped,
        histories=tuple(told.values()),
        comparison_path=_COMPARISON if scored else None,
        reliability=scored.reliability if scored else None,
    )
    files.write_text(out / _NAME, index)
    return out / _NAME


def _is_older(report: Path, history: Path) -> bool:
    """Tell whether a document's history was made anew after its report."""
    return history.is_file() and report.stat().st_mtime_ns < history.stat().st_mtime_ns


def _view(store: Store, row: Row) -> PageView:
    """Gather what the report shows of a page."""
    page = row.summary
    if page.failure:
        return PageView(summary=page, score=row.score)
    where = page.page_id.place
    picture = store.read(where, PICTURE)
    return PageView(
        summary=page,
        picture=Picture(path=Path(picture.path).name, width_px=picture.width_px, height_px=picture.height_px),
        clean=store.read(where, CLEAN),
        text=store.read(where, TEXT),
        marks=store.read(where, MARKS),
        score=row.score,
        notes=store.read(where, PAGE).notes,
    )


def _history_view(store: Store, history: History | None) -> HistoryView | None:
    """Gather what the report shows of a document's history, with pictures of the evidence."""
    if history is None:
        return None
    cut = exhibits.cut(history, store)
    return HistoryView(
        history=history,
        events=tuple(EventView(event=event, clips=_clips(event.sights, cut)) for event in history.events),
        alarms=tuple(AlarmView(alarm=alarm, clips=_of_alarm(alarm, cut)) for alarm in history.alarms),
    )


def _of_alarm(alarm: Alarm, cut: Mapping[exhibits.Place, Exhibit]) -> tuple[Clip, ...]:
    """Return the picture of an alarm; what a low one tells stands with the events."""
    return _clips(alarm.sights[:1], cut) if alarm.severity != "low" else ()


def _clips(sights: Sequence[Sight], cut: Mapping[exhibits.Place, Exhibit]) -> tuple[Clip, ...]:
    """Return the pictures of some evidence."""
    return tuple(Clip(page=one.page, content=one.content) for one in exhibits.shown(sights, cut))


def _compared(
    out: Path, score: PageScore, transcript: Transcript, policy: Policy, *, has_picture: bool
) -> ComparedPage:
    """Gather what the comparison shows of a page that was read."""
    where = score.page_id.place
    store = Store(out / STORE_FOLDER)
    read = files.read_text(out / f"{where}.txt", blame=StoreError, advice=_AGAIN)
    lines = _align(transcript, read, policy, text=store.read(where, TEXT))
    picture = out / f"{where}.jpg"
    scan = None
    if has_picture and picture.is_file():
        upright = store.read(where, CLEAN).upright
        scan = Scan(content=picture.read_bytes(), width_px=upright.width_px, height_px=upright.height_px)
    anchor = f"{quote(score.page_id.scan_id)}/{_NAME}#{score.page_id.stem}"
    return ComparedPage(score=score, lines=lines, scan=scan, report_path=anchor)


def _align(
    transcript: Transcript, read: str, policy: Policy, *, text: PageText | None = None
) -> tuple[AlignedLine, ...]:
    """Align a page with its ground truth."""
    return aligned.align_lines(
        views.for_scoring(transcript, _VIEW),
        read,
        policy=policy,
        markings=[marking.text for marking in markings.markings(transcript)],
        text=text,
    )


def _made_by(out: Path, page_ids: Iterable[PageId]) -> Mapping[str, Sequence[str]]:
    """Collect the tools that made the pages, by verb, from their records."""
    tools: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for page_id in page_ids:
        record = json.loads(files.read_text(out / f"{page_id.place}.json", blame=StoreError, advice=_AGAIN))
        for verb, made in record["provenance"].items():
            tools[verb][made["made_by"]] = None
    return {verb: tuple(names) for verb, names in tools.items()}
