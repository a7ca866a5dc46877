"""The roll-up: events in order, merged over pages; what holds now and why; a summary that can be read aloud."""

from itertools import pairwise

from dossiers import banner, mark, marking, page, reviewer, stamp
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.events import PageSeen, roll_up
from scanfix.events.phrases import pages_words
from scanfix.model.mark import Mark
from scanfix.report.history import action_words, date_words, level_words


def bulletin() -> list[PageSeen]:
    """Return a bulletin of three pages: reviewed in 1980, released in part in 2019, struck but for a doubt."""
    cover = [reviewer(doc_no="12", next_review="2010"), stamp("other", "79")]
    codes = [mark("redaction"), mark("redaction"), mark("exemption", "3.5(c)")]
    return [
        page(1, banner(), marking("TOP SECRET"), marking("TOP SECRET", "struck", "foot"), *cover),
        page(2, banner(), marking("TOP SECRET"), marking("TOP SECRET", "struck", "foot"), *codes),
        page(3, banner(), marking("TOP SECRET", "uncertain"), *codes),
    ]


def test_a_bulletin_reads_like_a_records_managers_summary() -> None:
    marked, reviewed, released, withheld, verdict_now = roll_up("bulletin", bulletin()).summary
    assert marked == "Marked TOP SECRET on all 3 pages; struck on pages 1 and 2 and uncertain on page 3."
    assert reviewed == (
        "Reviewed on 8 January 1980 by CIA (HR 70-2, reviewer's document no. 12): no change in classification, "
        "seen on page 1; next review 2010."
    )
    assert released == (
        "Released in part on 14 March 2019 by CIA (C02733122), seen on pages 1 to 3; withheld under 3.5(c) (twice)."
    )
    assert withheld == "4 areas are withheld on pages 2 and 3."
    assert verdict_now == (
        "Released in part since 14 March 2019; what is withheld keeps its classification, as far as the pages say. "
        "It was marked TOP SECRET."
    )


def test_a_banner_on_many_pages_is_one_event_with_its_pages() -> None:
    history = roll_up("memo", [page(number, banner(), banner()) for number in range(1, 16)])
    (event,) = history.events
    assert (event.pages, event.count) == (tuple(range(1, 16)), 30)
    assert len(event.sights) == 30


def test_events_stand_in_order_of_their_dates_undated_last() -> None:
    undated = stamp("nato-disclosed", "DECLASSIFIED - PUBLICLY DISCLOSED")
    later = stamp("presidential-library", action="DECLASSIFIED", date="DEC 1999")
    history = roll_up("memo", [page(1, marking(), undated, banner(), later, reviewer())])
    assert [event.day for event in history.events] == ["1980-01-08", "1999-12", "2019-03-14", None, None]
    assert [event.event_id for event in history.events] == ["e1", "e2", "e3", "e4", "e5"]
    assert history.events[-1].action == "struck"


def test_observation_and_interpretation_of_a_strike_stand_apart() -> None:
    released = roll_up("memo", [page(1, marking(), banner())]).events[-1]
    alone = roll_up("memo", [page(1, marking())]).events[-1]
    assert released.confidence == alone.confidence == 0.9
    assert (released.reason, released.interpretation_confidence) == ("declassification", 0.9)
    assert (alone.reason, alone.interpretation_confidence) == ("unknown", 0.5)


def test_the_surer_a_strikes_reason_the_more_of_its_pages_show_the_release() -> None:
    (_, event) = roll_up("memo", [page(1, marking(), banner()), page(2, marking())]).events
    assert event.interpretation_confidence == 0.85


def test_security_information_struck_over_a_level_that_stands_is_the_rule_of_1953() -> None:
    pages = [page(1, marking("SECRET", "active"), marking("SECURITY INFORMATION"))]
    history = roll_up("memo", pages)
    (event,) = history.events
    assert (event.reason, event.level_before, event.interpretation_confidence) == ("administrative-1953", None, 0.8)
    assert (history.effective.state, history.effective.level) == ("as_marked", "SECRET")


def test_security_information_struck_with_its_level_may_be_either() -> None:
    marks = [marking(), marking("SECURITY INFORMATION")]
    (event,) = [one for one in roll_up("memo", [page(1, banner(), *marks)]).events if "SECURITY" in one.observed]
    assert (event.reason, event.interpretation_confidence) == ("declassification", 0.5)
    (_, event) = roll_up("memo", [page(1, *marks)]).events
    assert (event.reason, event.interpretation_confidence) == ("administrative-1953", 0.4)


def test_struck_words_of_the_text_are_an_authors_and_never_a_declassification() -> None:
    struck = [mark("strikethrough", "their cause", status="struck", by="pen"), mark("strikethrough", by="type")]
    doubtful = mark("strikethrough", "perhaps", status="uncertain")
    (event,) = roll_up("memo", [page(1, banner(), struck[0], doubtful), page(2, struck[1])]).events[1:]
    assert (event.reason, event.source, event.count, event.pages) == ("authorial", "body", 2, (1, 2))
    assert event.observed == "their cause; [?]"
    assert event.sentence == (
        "Words of the text are struck by pen and on the typewriter: taken for corrections of an author or typist "
        "(twice on pages 1 and 2)."
    )


def test_a_struck_warning_of_the_espionage_laws_goes_with_the_markings() -> None:
    warning = mark("strikethrough", "This material contains information affecting the National Defense", extent="block")
    heading = mark("strikethrough", "WARNING", by="pen")
    *_, event = roll_up("memo", [page(1, banner(), warning, heading)]).events
    assert (event.reason, event.count) == ("declassification", 2)
    assert event.sentence.startswith("The warning of the espionage laws is struck, twice on page 1.")


def verdict(*marks: Mark) -> tuple[str, str | None, str | None]:
    effective = roll_up("memo", [page(1, *marks)]).effective
    return effective.state, effective.marked, effective.level


def test_what_holds_follows_from_the_last_decision() -> None:
    secret = marking("SECRET", "active")
    assert verdict() == ("unmarked", None, None)
    assert verdict(secret) == ("as_marked", "SECRET", "SECRET")
    assert verdict(marking()) == ("as_marked", "SECRET", "SECRET")
    assert verdict(secret, reviewer()) == ("as_marked", "SECRET", "SECRET")
    assert verdict(secret, reviewer(no_change="unchecked", changed_to="C")) == ("downgraded", "SECRET", "CONFIDENTIAL")
    assert verdict(secret, reviewer(), banner()) == ("released", "SECRET", None)
    assert verdict(secret, banner(), mark("redaction")) == ("released_in_part", "SECRET", None)
    assert verdict(secret, stamp("nara-declassified", action="DECLASSIFIED")) == ("declassified", "SECRET", None)
    assert verdict(secret, stamp("cia-no-objection", scope="CIA INFORMATION"))[0] == "declassified_in_part"
    assert verdict(secret, reviewer(declassified="checked")) == ("unresolved", "SECRET", "SECRET")
    assert verdict(secret, stamp("cia-loan", role="handling")) == ("as_marked", "SECRET", "SECRET")


def test_a_strike_without_authority_changes_nothing_and_says_so() -> None:
    effective = roll_up("memo", [page(1, marking())]).effective
    assert effective.sentence == "SECRET, as marked, as far as the pages say."
    assert effective.reasons[-1] == "Markings are struck, but a strike without authority changes nothing by itself."
    kept = roll_up("memo", [page(1, marking(), reviewer())]).effective
    assert kept.sentence == "SECRET, kept by the decision of 8 January 1980, as far as the pages say."
    assert kept.reasons[-1] == "Markings are struck, but no authority for that is seen."


def test_a_consent_says_whose_it_is_and_an_undated_release_that_it_is_taken_to_be_the_last() -> None:
    consent = stamp("cia-no-objection", scope="THIS DOCUMENT")
    history = roll_up("memo", [page(1, marking(), consent, reviewer())])
    reasons = history.effective.reasons
    assert reasons[0] == "Consent by CIA: no objection to declassification or release, seen on page 1."
    assert action_words(history.events[1]) == "Consent to declassification"
    assert reasons[1] == "This is CIA's consent; that of others, where it is needed, is not seen."
    assert reasons[2] == "The release bears no legible date; it is taken to follow the reviews."


def test_a_review_without_any_marking_names_no_level() -> None:
    effective = roll_up("memo", [page(1, reviewer(date="[?]"))]).effective
    assert effective.sentence == "A level that no marking here names, kept by the decision, as far as the pages say."


def test_a_contradiction_without_markings_is_said_without_a_level() -> None:
    effective = roll_up("memo", [page(1, reviewer(declassified="checked"))]).effective
    assert effective.sentence == "Not to be told from the pages: two decisions contradict each other (page 1)."


def test_a_downgrading_says_from_where_to_where() -> None:
    stamped = reviewer(no_change="unchecked", changed_to="C", date="1-2-80")
    (event,) = roll_up("memo", [page(1, marking("SECRET", "active"), stamped)]).events
    assert event.sentence.startswith(
        "Downgraded on 1-2-80 (day and month may be either way) by CIA (HR 70-2) from SECRET to CONFIDENTIAL"
    )


def test_a_review_that_cannot_be_read_says_so() -> None:
    (event,) = roll_up("memo", [page(1, reviewer(no_change="unclear", next_review="[?]"))]).events
    assert "the year of the next review cannot be read" in event.sentence
    assert event.sentence.endswith("next review cannot be read; its boxes cannot be read for certain.")


def test_one_page_and_a_page_struck_in_part_are_told_as_they_are() -> None:
    one = roll_up("memo", [page(4, marking("SECRET", "active"))])
    assert one.summary[0] == "Marked SECRET on page 4; no marking is struck."
    all_struck = roll_up("memo", [page(1, marking()), page(2, marking())])
    assert all_struck.summary[0] == "Marked SECRET on both pages; all markings are struck."
    doubt = roll_up("memo", [page(1, marking(), marking("SECRET", "uncertain", "foot")), page(2, marking())])
    assert doubt.summary[0] == "Marked SECRET on both pages; struck at least once on each."
    part = roll_up("memo", [page(1, marking(), marking("SECRET", "active", "foot")), page(2, marking())])
    assert part.summary[0] == "Marked SECRET on both pages; struck on page 2 and struck only in part on page 1."


def test_the_place_of_a_marking_without_a_name_follows_from_its_height() -> None:
    head, foot = marking("SECRET", "active"), marking("TOP SECRET", "active", "foot")
    named = marking("TOP SECRET", "active", "body")
    seen = roll_up("memo", [page(1, head, foot)])
    assert any(alarm.kind == "head-foot-disagree" for alarm in seen.alarms)
    flat = PageSeen(number=1, marks=(head, foot))
    assert not any(alarm.kind == "head-foot-disagree" for alarm in roll_up("memo", [flat]).alarms)
    assert not any(alarm.kind == "head-foot-disagree" for alarm in roll_up("memo", [page(1, head, named)]).alarms)


def test_the_markings_place_is_taken_from_the_detector_where_it_names_it() -> None:
    head = mark("classification", "SECRET", top=1500, status="active", position="head")
    foot = mark("classification", "TOP SECRET", top=1600, status="active", position="foot")
    assert any(alarm.kind == "head-foot-disagree" for alarm in roll_up("memo", [page(1, head, foot)]).alarms)


def test_pages_are_named_in_runs() -> None:
    assert pages_words((3,)) == "page 3"
    assert pages_words((1, 2)) == "pages 1 and 2"
    assert pages_words((1, 2, 3, 4, 6, 8, 9)) == "pages 1 to 4, 6, 8 and 9"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["review", "release", "strike", "body", "nato", "box", "consent"]), max_size=8))
def test_whatever_stands_on_the_pages_the_history_is_ordered_whole_and_repeatable(kinds: list[str]) -> None:
    marks = {
        "review": reviewer(), "release": banner(), "strike": marking(), "body": mark("strikethrough", "cause"),
        "nato": stamp("nato-disclosed"), "box": mark("redaction", code="25X1"), "consent": stamp("cia-no-objection"),
    }  # fmt: skip
    pages = [page(index, marks[kind]) for index, kind in enumerate(kinds, start=1)]
    history = roll_up("memo", pages)
    assert history == roll_up("memo", pages)
    days = [event.day or "9999" for event in history.events]
    assert all(before <= after for before, after in pairwise(days))
    assert all(event.pages and event.sights and event.sentence for event in history.events)
    assert {event.action for event in history.events} <= {
        "no_change", "released_full", "released_part", "struck", "declassified", "exempted",
    }  # fmt: skip


def test_a_strip_copied_with_every_page_is_one_event_though_some_pages_show_less_of_it() -> None:
    strip = {"action": "DECLASSIFIED", "project": "857560"}
    whole = [page(number, stamp("nara-declassified", date="6-25-02", **strip)) for number in (2, 3, 4)]
    undated = page(1, stamp("nara-declassified", **strip))
    misread = page(5, stamp("nara-declassified", action="DECLASSIFIED", project="857566", date="6-25-02"))
    (event,) = roll_up("memo", [undated, *whole, misread]).events
    assert (event.pages, event.day, event.count) == ((1, 2, 3, 4, 5), "2002-06-25", 5)
    assert event.authorities[0].text == "NND 857560"


def test_two_reviews_of_one_page_or_of_different_days_stay_two() -> None:
    dated, undated = reviewer(), reviewer(date="")
    assert len(roll_up("memo", [page(1, dated, undated)]).events) == 2
    assert len(roll_up("memo", [page(1, dated), page(2, undated)]).events) == 1
    assert len(roll_up("memo", [page(1, dated), page(2, reviewer(date="20 DEC 1989"))]).events) == 2


def test_what_two_pages_show_of_one_strip_is_put_together() -> None:
    dated = page(1, stamp("nara-declassified", date="6-25-02", by="TNC"))
    numbered = page(2, stamp("nara-declassified", project="857560"))
    (event,) = roll_up("memo", [dated, numbered]).events
    assert (event.day, event.by, event.authorities[0].text) == ("2002-06-25", "TNC", "NND 857560")


def test_reports_word_levels_and_dates_of_every_kind() -> None:
    secret = marking("SECRET", "active")
    (changed,) = roll_up("memo", [page(1, secret, reviewer(no_change="unchecked", changed_to="C", date=""))]).events
    (kept,) = roll_up("memo", [page(1, secret, reviewer())]).events
    (part,) = roll_up("memo", [page(1, secret, banner(action="Sanitized Copy Approved for Release"))]).events
    (received,) = roll_up("memo", [page(1, stamp("received", date="2 MAY 1950"))]).events
    (unseen,) = roll_up("memo", [page(1, stamp("nato-disclosed", action="DECLASSIFIED"))]).events
    shown = [(level_words(event), date_words(event)) for event in (changed, kept, part, received, unseen)]
    assert shown == [
        ("SECRET → CONFIDENTIAL", "no date"),
        ("SECRET (unchanged)", "8 January 1980"),
        ("SECRET", "14 March 2019"),
        ("–", "2 May 1950"),
        ("? → UNCLASSIFIED", "no date"),
    ]
