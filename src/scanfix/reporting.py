"""The report of a run: an HTML page a document, an index, and the same table in Markdown.

Pages and their pictures stand beside the published files, so that a run's folder can be moved or sent as it is.
"""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from scanfix import batch, files
from scanfix.batch import Result
from scanfix.evaluation import Evaluation
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.score import PageScore
from scanfix.pipeline import CLEAN, MARKS, PAGE, PICTURE, STORE_FOLDER, TEXT
from scanfix.report import html, tables
from scanfix.report.html import DocumentLink, PageView, Picture
from scanfix.report.tables import Row
from scanfix.store import Store

_NAME = "report.html"


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
    return _write(out, result.pages, result.plan.failures, result.plan.skipped, scores=(), is_fresh=False)


def write_scored(out: Path, scored: Evaluation) -> Path:
    """Write the report of a finished batch again, with its scores.

    Raises
    ------
    StoreError
        The batch has no summary, or a file cannot be written.
    """
    pages, failures, skipped = batch.load_summary(out)
    return _write(out, pages, failures, skipped, scores=scored.pages, is_fresh=True)


def run_markdown(result: Result) -> str:
    """Write the table of a batch in Markdown."""
    return tables.markdown(tables.rows_of(result.pages))


def scores_markdown(out: Path, scored: Evaluation) -> str:
    """Write the table of a scored batch in Markdown."""
    pages, _, _ = batch.load_summary(out)
    return tables.markdown(tables.rows_of(pages, scored.pages))


def _write(
    out: Path,
    pages: Sequence[PageSummary],
    failures: Sequence[PageFailure],
    skipped: Sequence[str],
    *,
    scores: Sequence[PageScore],
    is_fresh: bool,
) -> Path:
    """Write the documents that changed, the index and the table."""
    store = Store(out / STORE_FOLDER)
    rows = tables.rows_of(pages, scores)
    links = []
    for scan_id, group in groupby(rows, key=lambda row: row.summary.page_id.scan_id):
        of_scan = tuple(group)
        target = out / scan_id / _NAME
        if is_fresh or not target.is_file() or any(row.summary.state != "kept" for row in of_scan):
            views = [_view(store, row) for row in of_scan]
            files.write_text(target, html.document_page(scan_id, views, index_path=f"../{_NAME}"))
        links.append(DocumentLink(scan_id=scan_id, path=f"{quote(scan_id)}/{_NAME}"))
    files.write_text(out / "report.md", tables.markdown(rows))
    index = html.index_page(out.name, rows, links, failures=failures, skipped=skipped)
    files.write_text(out / _NAME, index)
    return out / _NAME


def _view(store: Store, row: Row) -> PageView:
    """Gather what the report shows of a page."""
    page = row.summary
    if page.failure:
        return PageView(summary=page, score=row.score)
    where = f"{page.page_id.scan_id}/{page.page_id.stem}"
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
