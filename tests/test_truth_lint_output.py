"""Findings as text and as SARIF."""

import json
from pathlib import PurePosixPath

from test_truth_lint_rules import findings

from scanfix.truth.lint import RULES, sarif, text_output
from scanfix.truth.lint.findings import Finding

ROOT = PurePosixPath("/archive")
TEXT = "The Sarriin \\[is\\] here, and the minutes are lost.\n\nThe ferry is \\[closed."


def some() -> list[Finding]:
    return [*findings(TEXT, file="a b/memo.md"), *findings("The Sarriin.", file="note.md")]


def test_a_finding_is_a_line_as_compilers_write_it() -> None:
    lines = text_output.write(some()).split("\n")
    assert lines[0].startswith('a b/memo.md:1:5: warning doubled-letter: "Sarriin" has "ii" inside [look at the image')


def test_each_file_has_its_counts_and_the_last_line_sums_them_up() -> None:
    lines = text_output.write(some()).split("\n")
    assert "a b/memo.md: 1 error, 2 warnings" in lines
    assert "note.md: 1 warning" in lines
    assert lines[-2] == (
        "1 error, 3 warnings in 2 files; to mend: 1, to keep and mark: 0, for the image to decide: 3; "
        "doubled-letter 2, unclassified-bracket 1, unbalanced-signs 1"
    )


def test_nothing_found_is_said() -> None:
    assert text_output.write([]) == "nothing found\n"


def test_the_log_is_sarif_with_one_run_and_all_rules() -> None:
    written = json.loads(sarif.write(some(), rules=RULES, version="1.2.3", root=ROOT))
    assert written["version"] == "2.1.0"
    assert written["$schema"].endswith("sarif-schema-2.1.0.json")
    [run] = written["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("scanfix", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == list(RULES)


def test_rules_of_the_log_have_help_with_their_examples() -> None:
    written = json.loads(sarif.write([], rules=RULES, version="1", root=ROOT))
    for rule in written["runs"][0]["tool"]["driver"]["rules"]:
        assert RULES[rule["id"]].caught in rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["shortDescription"]["text"]


def test_results_of_the_log_have_rule_level_message_and_place() -> None:
    run = json.loads(sarif.write(some(), rules=RULES, version="1", root=ROOT))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    first = run["results"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "doubled-letter"
    assert first["level"] == "warning"
    assert first["message"]["text"].startswith('"Sarriin" has "ii" inside. Look at the image')
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b/memo.md", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 1, "startColumn": 5, "endLine": 1, "snippet": {"text": "Sarriin"}}
    assert first["properties"]["about"] == "unknown"
    assert first["properties"]["suggestion"]


def test_an_absolute_file_name_is_a_file_uri_and_a_question_needs_no_stop() -> None:
    page = "::: foot\nSECRET\n:::\n\n::: head\nSECRET\n:::"
    run = json.loads(sarif.write(findings(page, file="/a b/memo.md"), rules=RULES, version="1", root=ROOT))["runs"][0]
    [result] = run["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///a%20b/memo.md"}
    assert "head? Write the page break" in result["message"]["text"]


def test_an_absolute_file_name_under_the_root_is_seen_from_it() -> None:
    run = json.loads(sarif.write(findings(TEXT, file="/archive/a b/memo.md"), rules=RULES, version="1", root=ROOT))[
        "runs"
    ][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b/memo.md", "uriBaseId": "%SRCROOT%"}
