"""Pages of the test matrix for its tests: planned once, a few of them pressed; a helper, not a test."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pressed import BARE

from scanfix import families
from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.matrix import drawing, finding, plan
from scanfix.facsimile.matrix.draft import Draft
from scanfix.facsimile.matrix.manifest import Entry
from scanfix.facsimile.matrix.pages import PagePlan
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.facsimile.press import Facsimile, press
from scanfix.families import Family
from scanfix.truth import marks_file

SEED = 3


@lru_cache(maxsize=1)
def known() -> tuple[Family, ...]:
    """Return the project's stamp families."""
    return families.read_families(Path(__file__).parents[1] / families.HERE)


@lru_cache(maxsize=1)
def planned() -> tuple[PagePlan, ...]:
    """Return the pages of the whole matrix."""
    return drawing.planned(seed=SEED, families=known())


@lru_cache(maxsize=1)
def marked() -> tuple[Specimen, ...]:
    """Return the specimens of section A."""
    return plan.markings(SEED)


def page_with(wanted: Callable[[Specimen], bool], kind: str = "sheet") -> tuple[PagePlan, Specimen]:
    """Return the first page of a kind that holds a specimen as wanted, and the specimen."""
    return next((page, one) for page in planned() if page.kind == kind for one in page.specimens if wanted(one))


def bare(page: PagePlan) -> Draft:
    """Put a page together whose scan adds nothing to its ink."""
    draft = drawing.drafted(page, seed=SEED, families=known())
    draft.look = replace(BARE, skew_deg=draft.look.skew_deg)
    return draft


def pressed(document: Document) -> Facsimile:
    """Press a page."""
    (page,) = press(document, seed=SEED)
    return page


def entries_of(draft: Draft) -> tuple[Facsimile, tuple[Entry, ...]]:
    """Press a page and find its specimens."""
    page = pressed(draft.document)
    return page, tuple(finding.entry_of(page, draft.document, wanted) for wanted in draft.wanted)


def marks_of(page: Facsimile) -> str:
    """Write the marks file of a page."""
    height, width = page.pixels.shape[:2]
    return marks_file.write(marks_file.MarksFile(width_px=width, height_px=height, dpi=page.dpi, marks=page.marks))
