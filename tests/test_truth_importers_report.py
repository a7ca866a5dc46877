"""The report of an import counts and lists every decision, and words that are missing are found."""

import json
from dataclasses import replace

from imported import imported

from scanfix.truth.importers.report import report_json, report_text, unaccounted

TEXT = "One *first* [doubt]\n\n---\n\nTwo.  \nThree."


def test_the_report_for_machines_counts_by_rule_and_outcome() -> None:
    report = json.loads(report_json(imported(TEXT)))
    assert (report["schema"], report["file"], report["profile"]) == ("scanfix.import/1", "memo.md", "general")
    assert (report["pages"], report["blocks"]) == (1, 2)
    assert report["counts"] == [
        {"rule": "brackets", "outcome": "left", "count": 1},
        {"rule": "hard-break", "outcome": "dropped", "count": 1},
        {"rule": "italics", "outcome": "decided", "count": 1},
        {"rule": "rule", "outcome": "dropped", "count": 1},
    ]
    assert [(one["line"], one["column"], one["sign"]) for one in report["decisions"]] == [
        (1, 5, "*first*"), (1, 13, "[doubt]"), (3, 1, "---"), (5, 5, "  "),
    ]  # fmt: skip


def test_the_report_for_people_says_the_same() -> None:
    assert report_text(imported(TEXT)).splitlines() == [
        "memo.md: 1 page, 2 blocks, profile general",
        "     1 left    brackets",
        "     1 dropped hard-break",
        "     1 decided italics",
        "     1 dropped rule",
        "memo.md:1:5: decided: italics: '*first*': italic",
        "memo.md:1:13: left: brackets: '[doubt]': doubtful, supplied, or printed?",
        "memo.md:3:1: dropped: rule: '---': rule between parts",
        "memo.md:5:5: dropped: hard-break: '  ': hard break: the line end is kept",
    ]


def test_the_same_source_gives_the_same_report() -> None:
    assert report_json(imported(TEXT)) == report_json(imported(TEXT))


def test_a_word_that_is_nowhere_is_found() -> None:
    assert unaccounted("One first doubt Two Three Four four", imported(TEXT)) == ("Four", "four")


def test_a_word_that_is_said_too_seldom_is_found() -> None:
    assert unaccounted("One One", imported("One")) == ("One",)


def test_words_inside_longer_ones_and_in_what_was_dropped_count() -> None:
    result = imported("dis~~appear~~ed and <b>b</b>old")
    assert unaccounted("dis appear ed and b b b old", result) == ()
    dropped = replace(result, decisions=tuple(replace(one, outcome="dropped") for one in result.decisions))
    assert unaccounted("appear appear", result) == ("appear",)
    assert unaccounted("appear appear", dropped) == ()
