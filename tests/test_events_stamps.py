"""What stamps, banners and strikes record; what legends, distractors and unknown stamps do not."""

from dataclasses import replace

import dossiers
import pytest
from dossiers import banner, mark, marking, page, reviewer, stamp

from scanfix.events import PageSeen, roll_up
from scanfix.events.meanings import action_of, codes_of, reference, scheme_of
from scanfix.model.event import Authority, Event, Exemption, Reference
from scanfix.model.mark import Mark


def only(*marks: Mark) -> Event:
    """Return the one event of a page with these marks."""
    (event,) = roll_up("memo", [page(1, *marks)]).events
    return event


def test_a_reviewers_stamp_tells_its_decision_date_authority_and_numbers() -> None:
    event = only(reviewer(doc_no="12", next_review="2010", reviewer="019360"))
    assert (event.action, event.day, event.agency, event.by) == ("no_change", "1980-01-08", "CIA", "019360")
    assert event.authorities == (Authority(kind="regulation", text="HR 70-2"),)
    assert event.references == (Reference(scheme="reviewer's document no.", number="12"),)
    assert event.next_review is not None
    assert event.next_review.iso == "2010"


def test_a_reviewer_that_is_withheld_is_nobody() -> None:
    assert only(reviewer(reviewer="redacted")).by == ""


def test_a_checked_box_declassified_declassifies() -> None:
    stamped = reviewer(no_change="unchecked", declassified="checked")
    (event,) = roll_up("memo", [page(1, stamped, marking("SECRET", "active"))]).events
    assert (event.action, event.level_before, event.level_after) == ("declassified", "SECRET", "UNCLASSIFIED")


@pytest.mark.parametrize(
    ("printed", "circled", "action"),
    [("TOP SECRET", "S", "downgraded"), ("CONFIDENTIAL", "S", "upgraded"), ("SECRET", "S", "no_change")],
)
def test_a_circled_level_is_compared_with_the_level_of_the_pages(printed: str, circled: str, action: str) -> None:
    stamped = reviewer(no_change="unchecked", changed_to=circled)
    history = roll_up("memo", [page(1, stamped, marking(printed, "active"))])
    (event,) = history.events
    assert (event.action, event.level_before, event.level_after) == (action, printed, "SECRET")


def test_a_circled_level_without_a_marking_says_that_the_level_before_is_not_seen() -> None:
    event = only(reviewer(no_change="unchecked", changed_to="C"))
    assert (event.action, event.level_before, event.level_after) == ("downgraded", None, "CONFIDENTIAL")
    assert event.interpretation.endswith("The level before is not seen.")
    assert event.sentence.startswith("Classification changed on 8 January 1980 by CIA (HR 70-2) to CONFIDENTIAL")
    assert event.interpretation_confidence == 0.5


def test_nothing_is_downgraded_to_the_highest_level() -> None:
    assert only(reviewer(no_change="unchecked", changed_to="TS")).action == "upgraded"


def test_a_change_without_date_is_compared_with_the_pages_not_with_other_events() -> None:
    undated = reviewer(no_change="unchecked", changed_to="S", date="")
    history = roll_up("memo", [page(1, banner(), undated, marking("TOP SECRET", "active"))])
    changed = history.events[-1]
    assert (changed.action, changed.level_before, changed.level_after) == ("downgraded", "TOP SECRET", "SECRET")


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({"no_change": "unchecked"}, "No box is checked."),
        ({"no_change": "unclear"}, "Its boxes cannot be read for certain."),
    ],
)
def test_a_stamp_without_a_checked_box_is_a_review_without_decision(states: dict[str, str], said: str) -> None:
    event = only(reviewer(**states))
    assert event.action == "reviewed"
    assert said in event.interpretation


def test_the_evidence_of_the_deciding_field_bounds_how_sure_the_meaning_is() -> None:
    event = only(dossiers.sure_of(reviewer(), "no_change", 0.55))
    assert event.interpretation_confidence == 0.55
    assert [sight.name for sight in event.sights] == ["mark", "field.no_change"]


@pytest.mark.parametrize(
    ("stamped", "action", "agency", "authority"),
    [
        (stamp("cia-historical-review", action="RELEASE AS SANITIZED", program="HISTORICAL REVIEW", year="1998"),
         "sanitized", "CIA", "program: HISTORICAL REVIEW"),
        (stamp("cia-historical-review", "CIA SPECIAL COLLECTIONS\nRELEASE IN FULL\n2000"), "released_full", "CIA", ""),
        (stamp("cia-historical-review", "CIA SPECIAL COLL[lost]"), "reviewed", "CIA", ""),
        (stamp("cia-no-objection", scope="THIS DOCUMENT", agency="CIA"), "declassified", "CIA", ""),
        (stamp("cia-no-objection", scope="CIA INFORMATION"), "declassified_in_part", "CIA", ""),
        (stamp("cia-no-objection", action="AS SANITIZED"), "sanitized", "CIA", ""),
        (stamp("cia-other-agency", other_agency="NAVY"), "reviewed", "CIA", ""),
        (stamp("nara-declassified", action="DECLASSIFIED", project="857560"), "declassified", "NARA",
         "project: NND 857560"),
        (stamp("nato-disclosed", "DECLASSI[?]IED - PUBLIC[?] DISCLOSED"), "declassified", "NATO", ""),
        (stamp("nsa-release", agency="NSA", order="E.O. 13526", date="OCT 26 2009"), "declassified", "NSA",
         "order: E.O. 13526"),
        (stamp("presidential-library", action="DECLASSIFIED", order="E.O. 12356", section="3.4"), "declassified",
         "NARA", "order: E.O. 12356, Sec. 3.4"),
        (stamp("state-review", action="Declassified/Released", official="Orla Tennick"), "declassified",
         "Department of State", "official: Orla Tennick"),
        (stamp("state-review", action="RELEASE IN PART", exemptions="PART B6"), "released_part", "Department of State",
         ""),
        (stamp("uk-retained-copy", act="PUBLIC RECORDS ACT 1958", section="3(4)"), "original_retained", "",
         "statute: PUBLIC RECORDS ACT 1958, s. 3(4)"),
        (stamp("uk-retained-copy", act="PUBLIC RECORDS ACT 1958"), "original_retained", "",
         "statute: PUBLIC RECORDS ACT 1958"),
        (stamp("restricted-data", changed_to="CONFIDENTIAL", authority="AEC DC"), "downgraded", "",
         "regulation: AEC DC"),
        (stamp("restricted-data", changed_to="UNCLASSIFIED"), "cancelled", "", ""),
        (stamp("restricted-data", "Classification canceled (or changed to)"), "cancelled", "", ""),
        (stamp("jfk-act", release_year="2022", rif="104-10332-10023", agency="FBI"), "released_full", "", ""),
        (stamp("cia-loan", role="handling"), "handling_only", "CIA", ""),
        (stamp("house-stamp", role="handling"), "handling_only", "", ""),
        (stamp("received", date="20 APR 1938", number="5131", role="distractor"), "received", "", ""),
        (stamp("my-archive", action="DOWNGRADED TO SECRET", authority="E.O. 11652"), "downgraded", "",
         "order: E.O. 11652"),
        (stamp("my-archive", action="DECLASSIFIED", authority="NND 1234", review="MDR"), "declassified", "",
         "project: NND 1234"),
        (stamp("my-archive", action="CLOSED UNTIL 1999", authority="Public Records Act"), "closed_until", "",
         "statute: Public Records Act"),
    ],
)  # fmt: skip
def test_every_family_records_its_own_action(stamped: Mark, action: str, agency: str, authority: str) -> None:
    event = only(stamped)
    assert (event.action, event.agency) == (action, agency)
    first = next(iter(event.authorities), None)
    assert (f"{first.kind}: {first.text}" if first else "") == authority
    assert event.sentence.endswith(".")


@pytest.mark.parametrize(
    "stamped",
    [
        stamp("schedule", "GROUP 1\nExcluded from automatic\ndowngrading and\ndeclassification", role="legend"),
        stamp("espionage-law", "WARNING\nThis material contains", role="legend"),
        stamp("restricted-data", "RESTRICTED DATA\nThis document contains", role="legend"),
        stamp("jfk-act", "AGENCY: FBI\nRECORD NUMBER: 132-10448-16073", role="legend", rif="132-10448-16073"),
        stamp("uk-cabinet-header", "THIS DOCUMENT IS THE PROPERTY OF", role="legend"),
        stamp("routing-slip", "☒ UNCLASSIFIED ☐ SECRET", unclassified="checked", role="distractor"),
        stamp("unknown", "GRADING CANCELLED"),
        stamp("seal", "DEPARTMENT OF STATE"),
        stamp("numbering", "79", number="79"),
        stamp("any-legend", role="legend", action="DECLASSIFIED"),
        mark("stamp", "DECLASSIFIED"),
    ],
)
def test_legends_distractors_seals_and_unknown_stamps_are_no_events(stamped: Mark) -> None:
    history = roll_up("memo", [page(1, stamped), page(2, stamped)])
    assert history.events == ()
    (other,) = history.others
    assert other.pages == (1, 2)


def test_a_library_names_its_case_and_state_its_exemptions() -> None:
    library = only(stamp("presidential-library", action="DECLASSIFIED", library="NLK", case_no="16-489", by="RHF"))
    assert library.references == (Reference(scheme="MR case", number="NLK-16-489"),)
    assert library.by == "RHF"
    state = only(stamp("state-review", action="RELEASE IN PART", exemptions="B1,B6"))
    assert state.exemptions == (
        Exemption(scheme="FOIA", code="B1", count=1), Exemption(scheme="FOIA", code="B6", count=1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("Declassified in Part - Sanitized Copy Approved for Release", "declassified_in_part"),
        ("Sanitized Copy Approved for Release", "sanitized"),
        ("Declassified and Approved For Release", "declassified"),
        ("RELEASE IN FULL", "released_full"),
        ("RELEASE IN PART", "released_part"),
        ("DENIED IN FULL", "denied"),
        ("something else", None),
    ],
)
def test_words_name_actions(words: str, action: str | None) -> None:
    assert action_of(words) == action


def test_a_banner_names_its_release_and_its_number() -> None:
    event = only(banner("2012/12/11", "CIA-RDP88G01332R001001150007-7", "Declassified and Approved For Release"))
    assert (event.action, event.day, event.agency) == ("declassified", "2012-12-11", "CIA")
    assert event.references == (Reference(scheme="CIA-RDP", number="CIA-RDP88G01332R001001150007-7"),)


def test_a_banner_without_an_action_is_no_event() -> None:
    assert roll_up("memo", [page(1, mark("banner", "Illegible"))]).events == ()


@pytest.mark.parametrize(
    ("number", "scheme"),
    [("104-10332-10023", "RIF"), ("NND 857560", "NND"), ("F-2010-12345", "State FOIA case"), ("X 1", "number")],
)
def test_numbers_name_their_scheme(number: str, scheme: str) -> None:
    assert reference(number).scheme == scheme


@pytest.mark.parametrize(
    ("code", "scheme"),
    [("(b) (3)", "FOIA"), ("B6", "FOIA"), ("(b)(7)(C)", "FOIA"), ("25X1A", "EO 25X"), ("50X1-HUM", "EO 50X"),
     ("3.3(h)(2)", "EO 3"), ("3.5(c)", "EO 3"), ("1.4(d)", "EO 1.4"), ("STATINTL", "CIA statute"), ("75X", "EO 75X"),
     ("??", "other")],
)  # fmt: skip
def test_codes_name_their_scheme(code: str, scheme: str) -> None:
    assert scheme_of(code) == scheme


def test_codes_of_one_field_are_parted() -> None:
    assert codes_of("PART B6") == ("B6",)
    assert codes_of("(b)(1), (b) (3)") == ("(b)(1)", "(b) (3)")


def test_a_plain_release_is_one_in_part_where_something_is_withheld() -> None:
    whole = roll_up("memo", [page(1, banner())]).events[0]
    part = roll_up("memo", [page(1, banner()), page(2, mark("redaction"))]).events[0]
    assert (whole.action, part.action) == ("released_full", "released_part")
    assert whole.interpretation_confidence < part.interpretation_confidence
    blind = roll_up("memo", [replace(page(1, banner()), unsought=frozenset({"redaction"}))]).events[0]
    assert blind.interpretation_confidence < whole.interpretation_confidence
    assert blind.interpretation.endswith("Withheld areas were not looked for.")
    full = roll_up(
        "memo", [page(1, stamp("state-review", "RELEASE IN FULL", action="RELEASE IN FULL"), mark("redaction"))]
    )
    assert full.events[0].action == "released_full"
    assert full.events[0].sentence.startswith("Released in full by Department of State")


def test_exemption_codes_count_under_the_latest_release_of_their_page() -> None:
    old, new = banner("2001/01/02", "C00000001"), banner("2019/03/14", "C00000002")
    withheld = [mark("exemption", "3.5(c)"), mark("exemption", "3.5 (c)"), mark("exemption", "(b)(3)", code="(b)(1)")]
    history = roll_up("memo", [page(1, old, new, *withheld), page(2, old, mark("redaction", code="25X1"))])
    first, second = history.events
    assert first.exemptions == (Exemption(scheme="EO 25X", code="25X1", count=1),)
    assert second.exemptions == (
        Exemption(scheme="EO 3", code="3.5(c)", count=2), Exemption(scheme="FOIA", code="(b)(1)", count=1),
    )  # fmt: skip


def test_codes_without_a_release_are_an_event_of_their_own() -> None:
    event = only(mark("redaction"), mark("exemption", "25X1"), mark("exemption", "25X1"))
    assert (event.action, event.count) == ("exempted", 2)
    assert event.sentence == "Withheld under 25X1 (twice), seen on page 1; no release is seen that it belongs to."


@pytest.mark.parametrize(
    "shown",
    [
        page(4, mark("redaction", "Next 3 Page(s) In Document Exempt", style="pages", pages="3")),
        page(4, mark("banner", "Next 3 Page(s) In Document Exempt")),
        page(4, paragraph="Next 3 Page(s) In Document Exempt"),
    ],
)
def test_a_notice_in_place_of_pages_is_an_event_and_no_area(shown: PageSeen) -> None:
    (event,) = roll_up("memo", [shown]).events
    assert (event.action, event.source, event.count) == ("exempted", "notice", 3)
    assert event.sentence == "After page 4, 3 pages are left out of this copy (Next 3 Page(s) In Document Exempt)."


def test_a_notice_may_say_that_one_page_is_denied() -> None:
    (event,) = roll_up("memo", [page(2, paragraph="Next 1 Page In Document Denied")]).events
    assert (event.action, event.sentence[:25]) == ("denied", "After page 2, one page is")
