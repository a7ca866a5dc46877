"""The known families of stamps, and a reviewer's stamp filled in, for the tests of the press; a helper, not a test."""

from pathlib import Path

from scanfix.facsimile.asked.marking import Stamp
from scanfix.facsimile.stamped.stamps import stamp_of
from scanfix.families import read_families

FAMILIES = {family.family: family for family in read_families(Path(__file__).parent.parent / "config" / "stamps")}
VALUES = {
    "doc_no": "47",
    "no_change": "cross",
    "next_review": "2009",
    "date": "12-15-79",
    "reviewer": "[REDACTED]",
    "changed_to": "S",
}


def reviewer(**values: str) -> Stamp:
    """Describe a reviewer's stamp in the middle of the page."""
    return stamp_of(FAMILIES["cia-reviewer"], page=1, x_in=1.6, y_in=1.6, values=VALUES | values)
