"""The linter of ground truth: what a transcript must not have, and what somebody should look at again.

To add a rule: a function that gives spots, and a ``Rule`` with an example it catches and one it leaves alone in the
table of its module.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from scanfix.errors import GroundTruthError, SettingsError
from scanfix.families import Family
from scanfix.truth.lint import (
    order,
    rules_form,
    rules_furniture,
    rules_joins,
    rules_signs,
    rules_slips,
    rules_stamps,
)
from scanfix.truth.lint.findings import Finding, Rule, finding
from scanfix.truth.lint.manuscript import Spot, gather
from scanfix.truth.placed import PlacedDocument

_TABLES = (rules_signs, rules_furniture, rules_joins, order, rules_form, rules_stamps, rules_slips)
RULES: Mapping[str, Rule] = {rule.name: rule for table in _TABLES for rule in table.RULES}
_PLACE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+): ")
_RULE_LINE = '"---" is only for front matter'


def lint(
    documents: Sequence[PlacedDocument],
    *,
    families: Sequence[Family],
    refused: Sequence[Finding] = (),
    only: Collection[str] = (),
    ignore: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Look through documents with every rule.

    Parameters
    ----------
    documents
        Files as they were read; those of one scan in one folder are looked at as one document, page after page.
    families
        Known stamps.
    refused
        Findings about files that could not be read (``refusal``).
    only
        Names of the rules that count; all where there are none. What could not be read counts all the same.
    ignore
        Names of rules that do not count.

    Returns
    -------
    tuple of Finding
        By file, line and column.

    Raises
    ------
    SettingsError
        There is no rule of such a name.
    """
    unknown = sorted({*only, *ignore} - set(RULES))
    if unknown:
        raise SettingsError(f"no such rule: {', '.join(unknown)}. The rules are {', '.join(RULES)}.")
    wanted = {name: rule for name, rule in RULES.items() if name not in ignore and (name in only or not only)}
    # No rule could look into these: to ask for one rule alone does not make them clean.
    found = [one for one in refused if one.rule not in ignore]
    for manuscript in gather(documents, families):
        for rule in wanted.values():
            if rule.find:
                found += (finding(rule, spot) for spot in rule.find(manuscript))
    return tuple(sorted(found, key=lambda one: (one.file, one.line, one.column, one.rule)))


def refusal(error: GroundTruthError, *, file: str, text: str) -> Finding:
    """Return the finding about a file that is not in the notation.

    Parameters
    ----------
    error
        What the parser said.
    file
        The file's name.
    text
        Its text, for the excerpt.
    """
    message = str(error)
    place = _PLACE.search(message)
    line, column = (int(place["line"]), int(place["column"])) if place else (1, 1)
    lines = text.splitlines()
    excerpt = lines[line - 1].strip() if line <= len(lines) else ""
    said = message[place.end() :] if place else message
    what, _, remedy = said.partition(". ")
    spot = Spot(
        file=file,
        line=line,
        column=column,
        end_line=line,
        excerpt=excerpt,
        message=what.rstrip("."),
        suggestion=remedy or "mend the file",
    )
    return finding(RULES[_refusing(said)], spot)


def _refusing(message: str) -> str:
    """Return the rule that the parser's message belongs to."""
    if message.startswith(_RULE_LINE):
        return "rule-in-text"
    return "strike-over-blank-line" if message.startswith('"~~" is not closed') else "syntax"
