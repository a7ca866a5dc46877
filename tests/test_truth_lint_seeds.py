"""What the linter must find in the five seed transcriptions; the same phenomena in our own words stand beside it."""

from functools import cache
from pathlib import Path

import pytest

from scanfix.families import read_families
from scanfix.truth import importers, lint
from scanfix.truth.lint.findings import Finding

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not here")


@cache
def linted(number: str) -> tuple[Finding, ...]:
    [path] = SEEDS.glob(f"{number}_*.txt")
    families = read_families(ROOT / "config" / "stamps")
    imported = importers.read(path.read_bytes(), file=path.name, scan_id=path.stem, families=families)
    return lint.lint([imported.placed], families=families)


def found(number: str, rule: str) -> list[Finding]:
    return [one for one in linted(number) if one.rule == rule]


def test_the_displaced_blocks_around_article_6_are_named_with_their_places() -> None:
    faults = {one.line: one for one in found("002", "order-fault")}
    assert {line: one.suggestion for line, one in faults.items()} == {
        180: "move it after line 192, joined to it",
        182: "move it after line 180",
        192: "move it after line 186",
    }
    assert "goes on with" in faults[180].message
    assert '"Article 6" (line 184)' in faults[182].message
    assert all("sibling section closes in that order (line 238, line 240" in one.message for one in faults.values())


def test_joins_of_columns_and_pages_are_only_joins() -> None:
    assert [one.line for one in found("002", "join-lower-case")] == [66, 88, 102, 110, 128, 158, 178, 232]
    assert found("002", "lost-text") == []


def test_the_page_without_its_head_is_named() -> None:
    [one] = found("004", "furniture-parity")
    assert (one.line, one.message.split(";")[0]) == (32, "page 2 has no head marking")


def test_the_lost_words_of_the_brief_are_found() -> None:
    [one] = found("003", "lost-text")
    assert (one.line, one.excerpt) == (36, "In January")


def test_the_stamp_that_was_read_twice_is_for_the_image_to_decide() -> None:
    [one] = found("003", "stamp-wording")
    assert (one.line, one.about) == (40, "unknown")
    assert "in line 49 reads" in one.message
    assert "which is the known wording" in one.message


def test_italics_that_never_end_are_an_error() -> None:
    assert {one.line for one in found("001", "unbalanced-signs")} == {39}


def test_italics_that_are_declared_and_absent_are_found_in_the_first_version_only() -> None:
    assert [one.line for one in found("001", "declared-formatting-absent")] == [1]


@pytest.mark.parametrize(
    ("rule", "line", "excerpt"),
    [("trailing-junk", 43, "2nn"), ("doubled-letter", 19, "Bulganiin"), ("numeral-in-name", 3, "Kim II Sung")],
)
def test_the_slips_of_the_telegram_are_found(rule: str, line: int, excerpt: str) -> None:
    assert [(one.line, one.excerpt) for one in found("001", rule)] == [(line, excerpt)]


def test_slips_of_language_are_the_documents_own() -> None:
    slips = found("000", "language-slip")
    assert [one.line for one in slips] == [11, 19, 21]
    assert {one.about for one in slips} == {"document"}


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_few_findings_stand_in_a_seed(number: str) -> None:
    assert 0 < len(linted(number)) <= 12
