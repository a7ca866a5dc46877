"""The error tree of scanfix and the exit code of each branch.

::

    ScanfixError            1
    ├─ SettingsError        2   configuration or arguments
    ├─ ScanError            3   this file or page cannot be read              (page-level)
    ├─ ToolMissingError     4   Tesseract, a language or poppler is missing
    ├─ ToolFailedError      5   a tool crashed or timed out                   (page-level, retryable)
    ├─ GroundTruthError     7   ground truth is missing or malformed
    ├─ StoreError           8   disk, digest or lock trouble
    ├─ GateFailed          10   the error rate is worse than allowed
    └─ BaselineMismatch    11   the baseline is not comparable

Codes without an exception: 0 done, 6 finished but some pages failed, 12 finished but pages wait for review (only
with ``--fail-on-flagged``), 130 interrupted. A number never changes after a release. Anything else that escapes is
a bug and keeps its traceback.
"""

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What a scanfix command tells the shell."""

    DONE = 0
    ERROR = 1
    SETTINGS = 2
    SCAN = 3
    TOOL_MISSING = 4
    TOOL_FAILED = 5
    PARTIAL = 6
    GROUND_TRUTH = 7
    STORE = 8
    GATE_FAILED = 10
    BASELINE_MISMATCH = 11
    FLAGGED = 12
    INTERRUPTED = 130


class ScanfixError(Exception):
    """Base of every error that scanfix raises on purpose; its message says what happened, where, what to do."""

    exit_code: ClassVar[ExitCode] = ExitCode.ERROR
    is_retryable: ClassVar[bool] = False


class SettingsError(ScanfixError):
    """The configuration file, an environment variable or an argument is wrong."""

    exit_code = ExitCode.SETTINGS


class ScanError(ScanfixError):
    """One file or one page cannot be read; the batch goes on without it."""

    exit_code = ExitCode.SCAN


class ToolMissingError(ScanfixError):
    """A program or language that the work needs is not installed; the message has the install command."""

    exit_code = ExitCode.TOOL_MISSING


class ToolFailedError(ScanfixError):
    """A program crashed or ran out of time on one page; another try may succeed."""

    exit_code = ExitCode.TOOL_FAILED
    is_retryable = True


class GroundTruthError(ScanfixError):
    """Ground truth is missing or malformed."""

    exit_code = ExitCode.GROUND_TRUTH


class StoreError(ScanfixError):
    """The store met a full disk, a wrong digest or a lock that another process holds."""

    exit_code = ExitCode.STORE


class GateFailed(ScanfixError):  # noqa: N818 - a verdict, not a fault: the name is the architecture's
    """The error rate is worse than the baseline allows."""

    exit_code = ExitCode.GATE_FAILED


class BaselineMismatch(ScanfixError):  # noqa: N818 - as above
    """The baseline was made from other pages, another policy or another engine."""

    exit_code = ExitCode.BASELINE_MISMATCH
