"""Findings as lines of text, as compilers write them, file by file, with counts."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from scanfix.truth.lint.findings import Finding, Severity

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def write(findings: Sequence[Finding]) -> str:
    """Return sorted findings as ``file:line:column: severity rule: message [suggestion]``, then what they come to."""
    lines: list[str] = []
    for file, group in groupby(findings, key=lambda one: one.file):
        of_file = list(group)
        lines += [*map(_line, of_file), f"{file}: {_counted(of_file)}", ""]
    return "\n".join([*lines, _summary(findings)]) + "\n"


def _line(one: Finding) -> str:
    """Return the line of a finding."""
    return f"{one.file}:{one.line}:{one.column}: {one.severity} {one.rule}: {one.message} [{one.suggestion}]"


def _summary(findings: Sequence[Finding]) -> str:
    """Return the last line: how much was found, by severity, by whose slip it is, by rule."""
    if not findings:
        return "nothing found"
    files = len({one.file for one in findings})
    whose = Counter(one.about for one in findings)
    rules = Counter(one.rule for one in findings)
    return (
        f"{_counted(findings)} in {files} file{'' if files == 1 else 's'}; "
        f"to mend: {whose['transcriber']}, to keep and mark: {whose['document']}, for the image to decide: "
        f"{whose['unknown']}; " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
    )


def _counted(findings: Sequence[Finding]) -> str:
    """Return ``1 error, 2 warnings``."""
    counts = Counter(one.severity for one in findings)
    return ", ".join(
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in _SEVERITIES
        if counts[severity]
    )
