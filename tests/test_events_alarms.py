"""Alarms: each kind is raised where it should be, and not beside it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from dossiers import banner, mark, marking, page, reviewer, stamp
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.events import PageSeen, roll_up
from scanfix.model.event import Alarm, AlarmKind
from scanfix.model.mark import Mark, MarkStatus


def alarms(pages: Sequence[PageSeen], kind: AlarmKind, *, lost: Sequence[int] = ()) -> tuple[Alarm, ...]:
    """Return the alarms of one kind."""
    return tuple(alarm for alarm in roll_up("memo", pages, lost=lost).alarms if alarm.kind == kind)


def numbered(*numbers: str | None) -> list[PageSeen]:
    """Return pages that bear these numbers."""
    return [page(index, printed=number) for index, number in enumerate(numbers, start=1)]


def test_a_marking_struck_without_authority_is_an_alarm_and_with_a_release_none() -> None:
    struck = [page(1, marking()), page(2, marking(), marking("SECRET", "active", "foot"))]
    (alarm,) = alarms(struck, "struck-without-authority")
    assert (alarm.severity, alarm.pages) == ("high", (1, 2))
    assert alarm.sentence.startswith("SECRET is struck on pages 1 and 2, but no stamp or banner gives an authority")
    assert len(alarm.sights) == 2
    assert not alarms([page(1, marking(), banner())], "struck-without-authority")
    reviewed = [page(1, marking(), reviewer())]
    assert alarms(reviewed, "struck-without-authority")


def test_a_missing_authority_weighs_less_where_nobody_looked_for_stamps() -> None:
    pages = [replace(page(1, marking()), unsought=frozenset({"stamp"}))]
    (alarm,) = alarms(pages, "struck-without-authority")
    assert alarm.severity == "medium"
    assert alarm.sentence.endswith("Stamps were not looked for.")
    reasons = roll_up("memo", pages).effective.reasons
    assert reasons[0] == "No banner that releases the document is seen; stamps were not looked for."


def test_security_information_struck_alone_needs_no_authority() -> None:
    pages = [page(1, marking("SECRET", "active"), marking("SECURITY INFORMATION"))]
    assert not alarms(pages, "struck-without-authority")


def test_a_release_over_pages_of_which_none_is_struck_is_told_apart_from_one_odd_page() -> None:
    standing = [page(1, marking("SECRET", "active"), banner()), page(2, marking("SECRET", "active"))]
    (alarm,) = alarms(standing, "released-no-page-struck")
    assert (alarm.severity, alarm.pages, alarm.event_ids) == ("low", (1, 2), ("e1",))
    assert not alarms(standing, "released-page-unstruck")
    odd = [page(1, marking(), banner()), page(2, marking()), page(3, marking("SECRET", "active"))]
    (alarm,) = alarms(odd, "released-page-unstruck")
    assert (alarm.severity, alarm.pages) == ("medium", (3,))
    assert "struck on pages 1 and 2, but SECRET stands unstruck on page 3" in alarm.sentence
    assert not alarms(odd, "released-no-page-struck")


def test_an_unclassified_marking_may_stand_after_a_release() -> None:
    pages = [page(1, marking("UNCLASSIFIED", "active"), banner())]
    assert not alarms(pages, "released-no-page-struck")


def test_a_page_above_its_document_is_an_alarm() -> None:
    pages = [page(1, marking("SECRET", "active")), page(2, marking("TOP SECRET", "active"))]
    (alarm,) = alarms(pages, "level-above-document")
    assert (alarm.severity, alarm.pages) == ("high", (2,))
    assert alarm.sentence == (
        "TOP SECRET stands on page 2, but the document is marked SECRET (page 1, the first that is marked)."
    )
    assert not alarms(list(reversed(pages)), "level-above-document")


def test_missing_pages_show_by_their_numbers() -> None:
    (alarm,) = alarms(numbered("- 1 -", "- 2 -", "- 5 -", "- 6 -"), "missing-pages")
    assert alarm.pages == (2, 3)
    assert "from 2 (page 2 of the scan) to 5 (page 3): numbers 3 and 4 are missing" in alarm.sentence
    assert [sight.name for sight in alarm.sights] == ["text", "text"]


def test_one_missing_page_is_named_in_the_singular() -> None:
    (alarm,) = alarms(numbered("1", "3", "4"), "missing-pages")
    assert "number 2 is missing" in alarm.sentence


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3"),
        ("1", None, "3"),
        ("7", "8", "9"),
        ("1", "2", "8", "4", "5"),
        ("4", "5", "1", "2"),
        (None, None),
        ("iv", "1"),
    ],
)
def test_pages_that_follow_each_other_lack_none(numbers: tuple[str | None, ...]) -> None:
    assert not alarms(numbered(*numbers), "missing-pages")


def test_a_document_that_ends_before_its_last_page_lacks_the_end() -> None:
    pages = [page(1, header="MEMO  Page 1 of 4"), page(2, header="MEMO  Page 2 of 4")]
    (alarm,) = alarms(pages, "missing-pages")
    assert alarm.sentence == "The last page is numbered 2 of 4: the end is missing."


def test_a_page_with_two_numbers_counts_as_unnumbered() -> None:
    pages = [page(1, printed="1"), page(2, printed="2", header="x Page 9"), page(3, printed="3")]
    assert not alarms(pages, "missing-pages")


def test_a_notice_explains_the_pages_that_it_leaves_out() -> None:
    notice = page(3, paragraph="Next 2 Page(s) In Document Exempt")
    explained = [*numbered("1", "2"), notice, page(4, printed="5")]
    assert not alarms(explained, "missing-pages")
    (alarm,) = alarms(explained, "pages-exempt")
    assert (alarm.severity, alarm.pages) == ("low", (3,))
    assert alarm.sentence.startswith("After page 3, 2 pages are left out of this copy")
    assert alarms([*numbered("1", "2"), notice, page(4, printed="9")], "missing-pages")


def test_a_number_that_stands_on_two_pages_is_an_alarm() -> None:
    (alarm,) = alarms(numbered("1", "2", "2", "3"), "repeated-pages")
    assert (alarm.severity, alarm.pages) == ("low", (2, 3))
    assert not alarms(numbered("1", "2", "3"), "repeated-pages")


def test_pages_that_were_not_read_are_an_alarm() -> None:
    (alarm,) = alarms([page(1)], "pages-not-read", lost=(2, 3))
    assert (alarm.severity, alarm.pages) == ("medium", (2, 3))
    assert alarm.sentence.startswith("Pages 2 and 3 could not be read")
    assert not alarms([page(1)], "pages-not-read")


def test_a_stamp_with_both_boxes_checked_contradicts_itself() -> None:
    (alarm,) = alarms([page(1, reviewer(declassified="checked"))], "conflicting-events")
    assert (alarm.severity, alarm.pages, alarm.event_ids) == ("high", (1,), ("e1", "e2"))
    assert "says both" in alarm.sentence


def test_two_stamps_of_one_day_contradict_each_other() -> None:
    pages = [page(1, reviewer()), page(2, reviewer(no_change="unchecked", declassified="checked"))]
    (alarm,) = alarms(pages, "conflicting-events")
    assert "of 8 January 1980" in alarm.sentence
    assert alarm.sentence.endswith("contradict each other (pages 1 and 2).")


def test_a_review_after_a_release_contradicts_it() -> None:
    pages = [page(1, stamp("nara-declassified", action="DECLASSIFIED", date="1 MAY 1975"), reviewer())]
    (alarm,) = alarms(pages, "conflicting-events")
    assert alarm.severity == "high"
    (alarm,) = alarms([*pages, page(2, banner())], "conflicting-events")
    assert alarm.severity == "medium"
    assert alarm.sentence.endswith("A later release ends the matter.")


def test_a_review_before_a_release_is_overtaken_and_no_contradiction() -> None:
    pages = [page(1, reviewer(), banner())]
    (alarm,) = alarms(pages, "overtaken-decision")
    assert (alarm.severity, alarm.pages, alarm.event_ids) == ("low", (1,), ("e1", "e2"))
    assert not alarms(pages, "conflicting-events")
    assert not alarms([page(1, reviewer())], "overtaken-decision")


@pytest.mark.parametrize(("beside", "severity"), [("struck", "low"), (None, "medium")])
def test_an_uncertain_strike_is_an_alarm_graver_where_nothing_else_of_the_page_is_struck(
    beside: MarkStatus | None, severity: str
) -> None:
    doubtful = marking("SECRET", "uncertain")
    marks = [doubtful, marking("SECRET", beside, "foot")] if beside else [doubtful]
    (alarm,) = alarms([page(1, banner(), *marks)], "uncertain-strike")
    assert (alarm.severity, alarm.pages) == (severity, (1,))
    assert alarm.sentence.startswith("On page 1 it cannot be told whether SECRET is struck.")


def test_banners_of_different_releases_on_different_pages_disagree() -> None:
    pages = [page(1, banner()), page(2, banner()), page(3, banner("2001/01/05", "C00099999"))]
    (alarm,) = alarms(pages, "banners-disagree")
    assert (alarm.severity, alarm.pages) == ("medium", (1, 2, 3))
    both = [page(number, banner(), banner("2001/01/05", "C00099999")) for number in (1, 2)]
    assert not alarms(both, "banners-disagree")


@pytest.mark.parametrize("poor", [banner("2019/03/14", "C02738122"), banner("2019/03/1", ""), banner("", "C02733122")])
def test_a_banner_misread_on_few_pages_is_one_event_and_a_small_alarm(poor: Mark) -> None:
    pages = [*(page(number, banner()) for number in (1, 2, 3)), page(4, poor)]
    history = roll_up("memo", pages)
    (event,) = history.events
    assert (event.pages, event.count) == ((1, 2, 3, 4), 4)
    (alarm,) = [alarm for alarm in history.alarms if alarm.kind == "banners-disagree"]
    assert (alarm.severity, alarm.pages) == ("low", (4,))


def test_head_and_foot_of_one_page_that_name_different_levels_are_an_alarm() -> None:
    pages = [page(1, marking("SECRET", "active"), marking("TOP SECRET", "active", "foot")), page(2, marking())]
    (alarm,) = alarms(pages, "head-foot-disagree")
    assert (alarm.severity, alarm.pages) == ("medium", (1,))
    assert alarm.sentence == "Head and foot of page 1 name different levels: TOP SECRET and SECRET."


def test_a_head_struck_over_a_foot_that_stands_is_an_alarm() -> None:
    pages = [page(1, banner(), marking(), marking("SECRET", "active", "foot"))]
    (alarm,) = alarms(pages, "head-foot-disagree")
    assert (alarm.severity, alarm.pages) == ("low", (1,))
    alike = [page(1, banner(), marking(), marking("SECRET", "struck", "foot"), marking("SECRET", "active", "body"))]
    assert not alarms(alike, "head-foot-disagree")


def test_a_review_without_legible_decision_is_an_alarm_and_a_deferred_one_is_not() -> None:
    (alarm,) = alarms([page(1, reviewer(no_change="unclear"))], "decision-not-legible")
    assert (alarm.severity, alarm.event_ids) == ("medium", ("e1",))
    assert "A review of 8 January 1980 is stamped on page 1" in alarm.sentence
    assert not alarms([page(1, stamp("cia-other-agency", other_agency="NSA"))], "decision-not-legible")


def test_an_unknown_stamp_that_speaks_of_a_decision_is_an_alarm_and_a_copy_number_is_not() -> None:
    pages = [page(1, stamp("unknown", "GRADING CANCELLED\nSECTION 9"), stamp("other", "79"))]
    (alarm,) = alarms(pages, "unknown-stamp")
    assert (alarm.severity, alarm.pages) == ("medium", (1,))
    assert "“GRADING CANCELLED / SECTION 9”" in alarm.sentence
    assert not alarms([page(1, stamp("schedule", "DECLASSIFICATION", role="legend"))], "unknown-stamp")


def test_the_worst_alarms_stand_first() -> None:
    pages = [page(1, marking("SECRET", "active"), banner()), page(2, marking("TOP SECRET", "active"))]
    severities = [alarm.severity for alarm in roll_up("memo", pages, lost=(3,)).alarms]
    assert severities == sorted(severities, key=["high", "medium", "low"].index)
    assert len(set(severities)) == 3


STATUSES: st.SearchStrategy[MarkStatus] = st.sampled_from(["struck", "active", "uncertain"])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(STATUSES, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_a_released_document_never_raises_struck_without_authority_and_a_clean_one_nothing(
    shown: list[tuple[MarkStatus, bool, bool]],
) -> None:
    pages = [
        page(index, banner(), marking("SECRET", status), *[mark("redaction")] * cut, *[reviewer()] * seen)
        for index, (status, cut, seen) in enumerate(shown, start=1)
    ]
    history = roll_up("memo", pages)
    assert all(alarm.kind != "struck-without-authority" for alarm in history.alarms)
    assert {page for alarm in history.alarms for page in alarm.pages} <= set(history.pages)
    assert {name for alarm in history.alarms for name in alarm.event_ids} <= {one.event_id for one in history.events}
    assert roll_up("memo", [page(index) for index in range(1, len(pages) + 1)]).alarms == ()
