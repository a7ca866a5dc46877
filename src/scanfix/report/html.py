"""Reports to be opened from the disk: one HTML file a document, one for the batch; nothing is loaded from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment

from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.event import History
from scanfix.model.mark import Mark, PageMarks
from scanfix.model.page import CleanPage
from scanfix.model.reliability import Reliability
from scanfix.model.score import PageScore
from scanfix.model.text import BODY_KINDS, PageText, Region, Word
from scanfix.report import history as told
from scanfix.report import reliability as believed
from scanfix.report.dress import dress, environment
from scanfix.report.history import HistoryView
from scanfix.report.labels import Label, place_labels
from scanfix.report.tables import Row, totals_of

# Words below it are underlined: Tesseract's right words are mostly above 0.8, its wrong ones spread below 0.7.
_LOW_CONFIDENCE = 0.7
# The longest marking, TOP SECRET with a code word, is whole; a banner is known by its start.
_LONGEST_READING = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the upright page: its path relative to the report, and its size in pixels."""

    path: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """Everything that the report shows of one page; a failed page has a summary only.

    ``picture`` may be of any scale: boxes are drawn in the upright frame of ``clean``. ``notes`` are those of intake.
    """

    summary: PageSummary
    picture: Picture | None = None
    clean: CleanPage | None = None
    text: PageText | None = None
    marks: PageMarks | None = None
    score: PageScore | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """Where the report of one document lies, relative to the index."""

    scan_id: str
    path: str


def document_page(
    scan_id: str, pages: Sequence[PageView], *, index_path: str, history: HistoryView | None = None
) -> str:
    """Write the report of one document.

    Parameters
    ----------
    scan_id
        The document.
    pages
        Its pages, in order.
    index_path
        The batch's index, relative to this file.
    history
        What became of the document; ``None`` where that was not told.
    """
    template = _environment().get_template("document.html")
    row_of = {page.summary.page_id: Row(summary=page.summary, score=page.score) for page in pages}
    return template.render(
        scan_id=scan_id,
        pages=pages,
        row_of=row_of,
        index_path=index_path,
        history=history,
        # The history holds the pictures of its evidence itself.
        **dress("document.js", "style.css", "history.css", images="'self' file: data:"),
    )


def index_page(
    title: str,
    rows: Sequence[Row],
    documents: Sequence[DocumentLink],
    *,
    failures: Sequence[PageFailure] = (),
    skipped: Sequence[str] = (),
    histories: Sequence[History] = (),
    comparison_path: str | None = None,
    reliability: Reliability | None = None,
) -> str:
    """Write the index of a batch.

    Parameters
    ----------
    title
        What the batch is called.
    rows
        Its pages, in order.
    documents
        Where each document's report lies.
    failures
        Scans that could not be opened; pages that failed stand in their rows.
    skipped
        Paths that were passed over, with the reason.
    histories
        What became of the documents, for the overview.
    comparison_path
        Where reference and output stand side by side, relative to the index; ``None`` where nothing was compared.
    reliability
        How far the confidences can be believed, for the diagram; ``None`` where nothing was compared.
    """
    template = _environment().get_template("index.html")
    return template.render(
        title=title,
        rows=rows,
        totals=totals_of(rows),
        path_of={link.scan_id: link.path for link in documents},
        failures=failures,
        skipped=skipped,
        histories=told.overview(histories),
        comparison_path=comparison_path,
        reliability=reliability,
        **dress("index.js", "style.css", "history.css"),
    )


@cache
def _environment() -> Environment:
    """Build the environment of these pages: templates may ask about marks and regions."""
    built = environment()
    built.filters.update(points=_points)
    built.globals.update(
        action_words=told.action_words,
        date_words=told.date_words,
        level_words=told.level_words,
        is_body=_is_body,
        is_low=_is_low,
        mark_labels=_mark_labels,
        region_labels=_region_labels,
        describe_reliability=believed.describe,
        reliability_bars=believed.bars,
        side=believed.SIDE,
        status_of=_status_of,
        struck_words=_struck_words,
    )
    return built


def _points(mark: Mark) -> str:
    """Write the outline of a mark as SVG wants it: its turned rectangle where it has one."""
    left, top, right, bottom = mark.box.edges
    corners = mark.quad.corners if mark.quad else ((left, top), (right, top), (right, bottom), (left, bottom))
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)


def _is_body(region: Region) -> bool:
    """Tell whether a region is running text."""
    return region.kind in BODY_KINDS


def _is_low(word: Word) -> bool:
    """Tell whether a word's reading is doubtful."""
    return word.confidence < _LOW_CONFIDENCE


def _status_of(mark: Mark) -> str:
    """Name the look of a mark: its status, or ``none`` for kinds that cannot be struck."""
    return mark.status or "none"


def _label_of(mark: Mark) -> str:
    """Say what a mark is, for its label on the picture: a long reading is cut, it stands whole in the table."""
    reading = mark.text or mark.kind
    short = reading if len(reading) <= _LONGEST_READING else f"{reading[: _LONGEST_READING - 1].rstrip()}…"
    return f"{short} · {mark.status}" if mark.status else short


def _mark_labels(page: PageView) -> tuple[tuple[Mark, Label], ...]:
    """Pair the marks of a page with their labels."""
    if page.marks is None or page.clean is None:
        return ()
    found, upright = page.marks.marks, page.clean.upright
    boxes, texts = [mark.box for mark in found], [_label_of(mark) for mark in found]
    labels = place_labels(boxes, texts, width_px=upright.width_px, height_px=upright.height_px)
    return tuple(zip(found, labels, strict=True))


def _region_labels(page: PageView) -> tuple[tuple[Region, Label], ...]:
    """Pair the regions of a page with their labels."""
    if page.text is None or page.clean is None:
        return ()
    found, upright = page.text.regions, page.clean.upright
    boxes, texts = [region.box for region in found], [region.kind for region in found]
    labels = place_labels(boxes, texts, width_px=upright.width_px, height_px=upright.height_px)
    return tuple(zip(found, labels, strict=True))


def _struck_words(marks: PageMarks | None) -> frozenset[str]:
    """Name the words that a stroke crosses."""
    found = marks.marks if marks else ()
    return frozenset(word_id for mark in found if mark.status == "struck" for word_id in mark.word_ids)
