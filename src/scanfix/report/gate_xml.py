"""The gate's answer as JUnit XML, as continuous integration shows it: a case for each rate, page and fact."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from scanfix.model.gate import FactResult, GateResult, Reason
from scanfix.report.gate_rows import headline

# What XML 1.0 may not hold even escaped; an engine can read such signs out of noise.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_FACTS = "fact-failed"
_SUITE = "scanfix gate"


class _Case(NamedTuple):
    """A case: its group and name, what failed it, what else is worth saying."""

    group: str
    name: str
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def write(result: GateResult) -> str:
    """Return the answer as JUnit XML; warnings are a case's ``system-out``."""
    cases = tuple(_cases(result))
    counts = {"tests": str(len(cases)), "failures": str(sum(bool(case.faults) for case in cases)), "errors": "0"}
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", {"name": _SUITE, "skipped": "0", **counts})
    properties = ET.SubElement(suite, "properties")
    for name, value in (("verdict", headline(result)), *result.after.versions, ("settings", result.after.settings)):
        ET.SubElement(properties, "property", {"name": _legal(name), "value": _legal(value)})
    for case in cases:
        _write(suite, case)
    return _document(root)


def refusal(faults: Sequence[str]) -> str:
    """Return the JUnit XML of a run that could not be compared: one case, in error."""
    counts = {"tests": "1", "failures": "0", "errors": "1"}
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", {"name": _SUITE, "skipped": "0", **counts})
    case = ET.SubElement(suite, "testcase", {"classname": "scanfix.gate", "name": "comparable with the baseline"})
    error = ET.SubElement(case, "error", {"message": _legal(faults[0]), "type": "BaselineMismatch"})
    error.text = _legal("\n".join(faults))
    return _document(root)


def _cases(result: GateResult) -> Iterator[_Case]:
    """Give the cases: both rates and the kinds, pages by name, facts."""
    general = [reason for reason in result.reasons if reason.page is None and reason.rule != _OF_FACTS]
    for rate in result.rates:
        yield _case("rates", rate.name, [reason for reason in general if reason.text.startswith(rate.name)])
    names = tuple(rate.name for rate in result.rates)
    yield _case("rates", "kinds and scorers", [reason for reason in general if not reason.text.startswith(names)])
    for page in sorted(result.pages, key=lambda page: (page.page_id.scan_id, page.page_id.number)):
        of_page = [reason for reason in result.reasons if reason.page == page.page_id]
        yield _case("pages", str(page.page_id), of_page)
    yield from map(_fact, result.facts)


def _case(group: str, name: str, reasons: Sequence[Reason]) -> _Case:
    """Make a case of the reasons that belong to it."""
    return _Case(
        group=group,
        name=name,
        faults=tuple(f"{one.rule}: {one.text}" for one in reasons if one.verdict == "failed"),
        remarks=tuple(f"{one.verdict}: {one.text}" for one in reasons if one.verdict != "failed"),
    )


def _fact(fact: FactResult) -> _Case:
    """Make a case of a fact; one that failed before is a remark."""
    fails = not fact.holds and not fact.is_known
    return _Case(
        group="facts",
        name=fact.name,
        faults=(fact.found,) if fails else (),
        remarks=(f"known failure: {fact.found}",) if fact.is_known else (),
    )


def _write(suite: ET.Element, case: _Case) -> None:
    """Write a case."""
    written = ET.SubElement(suite, "testcase", {"classname": f"scanfix.gate.{case.group}", "name": _legal(case.name)})
    if case.faults:
        failure = ET.SubElement(written, "failure", {"message": _legal(case.faults[0])})
        failure.text = _legal("\n".join(case.faults))
    if case.remarks:
        ET.SubElement(written, "system-out").text = _legal("\n".join(case.remarks))


def _document(root: ET.Element) -> str:
    """Return a tree as a document, indented."""
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _legal(text: str) -> str:
    """Put the sign for the unreadable where XML forbids one."""
    return _FORBIDDEN.sub("\ufffd", text)
