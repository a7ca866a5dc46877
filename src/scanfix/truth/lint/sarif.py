"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines.

Static Analysis Results Interchange Format, OASIS Standard, 27 March 2020. Its levels are our severities.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from scanfix.truth.lint.findings import Finding, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(findings: Sequence[Finding], *, rules: Mapping[str, Rule], version: str, root: PurePath) -> str:
    """Return findings as a SARIF log.

    Parameters
    ----------
    findings
        Relative file names are seen from ``root``.
    rules
        All rules, found or not.
    version
        Of scanfix.
    root
        Folder from which the reader of the log sees files, absolute.
    """
    indices = {name: index for index, name in enumerate(rules)}
    driver = {"name": "scanfix", "version": version, "rules": [_rule(rule) for rule in rules.values()]}
    run = {
        "tool": {"driver": driver},
        # Columns count characters, not UTF-16 units.
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, indices[one.rule], root) for one in findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    """Return what the log says of a rule."""
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": f"{rule.summary}\n\nCaught:\n\n{rule.caught}\n\nLeft alone:\n\n{rule.left_alone}"},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"about": rule.about},
    }


def _result(one: Finding, index: int, root: PurePath) -> dict[str, object]:
    """Return what the log says of a finding."""
    region = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "snippet": {"text": one.excerpt},
    }
    location = {"artifactLocation": _artifact(PurePath(one.file), root), "region": region}
    stop = "" if one.message.endswith(("?", ".")) else "."
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity,
        "message": {"text": f"{one.message}{stop} {one.suggestion[:1].upper()}{one.suggestion[1:]}."},
        "locations": [{"physicalLocation": location}],
        "properties": {"about": one.about, "suggestion": one.suggestion},
    }


def _artifact(file: PurePath, root: PurePath) -> dict[str, str]:
    """Return where a file is: seen from the root of the sources where it lies under it, as code hosts ask."""
    seen = file.relative_to(root) if file.is_relative_to(root) else file
    if seen.is_absolute():
        return {"uri": seen.as_uri()}
    return {"uri": quote(seen.as_posix()), "uriBaseId": "%SRCROOT%"}
