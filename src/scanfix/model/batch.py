"""What became of the pages of a batch. A failure is a value: a batch with one never reports success."""

from dataclasses import dataclass
from typing import Literal

from scanfix.model.page import PageId

Verb = Literal["discover", "ingest", "clean", "mark", "read", "publish", "page"]
PageState = Literal["done", "kept", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFailure:
    """Why one page, or one whole scan (``page_number`` is ``None``), could not be done.

    ``error`` is the class of the error (``"ScanError"``); ``message`` says what happened and what to do; ``trace``
    is a traceback, kept only for bugs.
    """

    scan_id: str
    page_number: int | None
    verb: Verb
    error: str
    message: str
    is_retryable: bool
    trace: str = ""

    @property
    def place(self) -> str:
        """``scan_id p. 3`` or ``scan_id``."""
        return self.scan_id if self.page_number is None else f"{self.scan_id} p. {self.page_number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSummary:
    """One line of ``summary.json``: state, time, flags, failure.

    ``done`` was made in this run, ``kept`` was found in the store, ``failed`` has a failure. ``seconds`` is the
    working time of the run that made the page.
    """

    page_id: PageId
    state: PageState
    seconds: float
    words: int = 0
    marks: int = 0
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    failure: PageFailure | None = None
