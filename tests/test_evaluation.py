"""A finished run is scored under every policy, by view, region and token; the terminal and two files tell of it."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from scanfix import terminal
from scanfix.errors import GroundTruthError, StoreError
from scanfix.evaluation import Evaluation, evaluate
from scanfix.model.score import EditCounts, MarkCounts
from scanfix.settings import Settings

TRUTH = """::: head
~~SECRET~~
:::

The harbour of Tessin closed on 31 August, 1950, because the pilots

struck for higher pay; {++so the clerk says,++} “nobody” was surprised.

::: table
crates 12
barrels 7
:::

::: foot
copy 3 of 9
:::
"""
READ = """::: head
SECRET
:::

The harbour of Tessin dosed on 31 August, 1950, because the pilots

struck for higher pay; "nobody" was surprised.

crates 12
barrels 7
"""
BODY = """The harbour of Tessin dosed on 31 August, 1950, because the pilots

struck for higher pay; "nobody" was surprised.

crates 12
barrels 7
"""


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        file = folder / name / "p0001.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def write_run(out: Path, **texts: str) -> None:
    write(out, **texts)
    out.mkdir(exist_ok=True)
    (out / "summary.json").write_text("{}", encoding="utf-8")
    for name in texts:
        (out / name / "p0001.txt").write_text(BODY, encoding="utf-8")


@pytest.fixture
def scored(tmp_path: Path) -> Evaluation:
    write(tmp_path / "truth", port=TRUTH, lost="Nobody came.\n")
    write_run(tmp_path / "out", port=READ)
    return evaluate(tmp_path / "out", tmp_path / "truth", Settings(), policy="archival")


def show(scored: Evaluation) -> str:
    console = Console(width=150, file=StringIO())
    with console.capture() as captured:
        terminal.show_scores(console, scored)
    return captured.get()


def counts(entries: object) -> dict[str, EditCounts]:
    assert isinstance(entries, tuple)
    return {entry.kind: entry.counts for entry in entries}


def test_all_three_policies_are_scored(scored: Evaluation) -> None:
    assert scored.totals.policy == "archival/1"
    assert [other.totals.policy for other in scored.others] == ["raw/1", "search/1"]
    wrong = {other.totals.policy: other.pages[1].words.substitutions for other in scored.others}
    # Curly quotes are an error only where nothing is folded.
    assert (scored.pages[1].words.substitutions, wrong) == (1, {"raw/1": 2, "search/1": 1})


def test_the_chosen_policy_comes_first(tmp_path: Path) -> None:
    write(tmp_path / "truth", port=TRUTH)
    write_run(tmp_path / "out", port=READ)
    scored = evaluate(tmp_path / "out", tmp_path / "truth", Settings(), policy="search")
    assert (scored.totals.policy, scored.totals.tokens) == ("search/1", ())
    assert [other.totals.policy for other in scored.others] == ["raw/1", "archival/1"]


def test_a_lost_page_is_scored_as_empty_in_everything(scored: Evaluation) -> None:
    lost = scored.pages[0]
    assert [str(page_id) for page_id in scored.missing] == ["lost p. 1"]
    assert lost.words == EditCounts(deletions=2)
    assert counts(lost.views)["diplomatic"] == EditCounts(deletions=2)


def test_views_are_scored_like_with_like(scored: Evaluation) -> None:
    views = counts(scored.pages[1].views)
    assert set(views) == {"body", "reading", "as_typed", "diplomatic", "furniture"}
    assert views["body"] == scored.pages[1].words == EditCounts(hits=22, substitutions=1)
    assert views["reading"] == EditCounts(hits=22, substitutions=1, deletions=4)
    assert views["furniture"] == EditCounts(hits=1, deletions=4)


def test_regions_are_the_blocks_of_the_truth(scored: Evaluation) -> None:
    assert counts(scored.pages[1].regions) == {
        "furniture: foot": EditCounts(deletions=4),
        "furniture: head": EditCounts(hits=1),
        "paragraph": EditCounts(hits=18, substitutions=1),
        "table": EditCounts(hits=4),
    }


def test_tokens_are_told_apart_in_body_and_furniture(scored: Evaluation) -> None:
    tokens = counts(scored.pages[1].tokens)
    assert tokens["marking"] == EditCounts(hits=1)
    assert tokens["date"] == EditCounts(hits=3)
    assert tokens["number"] == EditCounts(hits=2, deletions=2)
    assert tokens["name"] == EditCounts(hits=1)


def test_a_marking_whose_stroke_was_not_seen_has_the_wrong_status(scored: Evaluation) -> None:
    assert scored.pages[1].markings == MarkCounts(true_positives=1, status_wrong=1)


def test_confusions_are_summed_over_the_pages(scored: Evaluation) -> None:
    assert [(one.reference, one.hypothesis) for one in scored.letters] == [("cl", "d")]
    assert ("closed", "dosed") in [(one.reference, one.hypothesis) for one in scored.words]


def test_scores_json_has_every_policy_and_the_table_has_every_confusion(tmp_path: Path, scored: Evaluation) -> None:
    record = json.loads((tmp_path / "out" / "scores.json").read_bytes())
    assert [record["policy"], *(other["policy"] for other in record["other_policies"])] == [
        "archival/1",
        "raw/1",
        "search/1",
    ]
    assert record["totals"]["worst"] == ["lost p. 1", "port p. 1"]
    assert record["pages"][1]["wer"] == pytest.approx(1 / 23)
    assert record["pages"][1]["tau"] == 1
    assert record["pages"][1]["normalised_cer"] <= record["pages"][1]["cer"]
    assert set(record["other_policies"][0]["pages"][0]) == {
        *("page_id", "policy", "words", "characters", "bag", "wer", "cer", "normalised_cer")
    }
    rows = list(csv.reader((tmp_path / "out" / "confusions.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["of", "reference", "hypothesis", "count"]
    assert len(rows) == 1 + len(scored.letters) + len(scored.words)
    assert ["letters", "cl", "d", "1"] in rows


def test_the_terminal_shows_pages_kinds_and_all_policies(scored: Evaluation) -> None:
    shown = show(scored)
    for text in (
        "port p. 1",
        "archival/1",
        "raw/1",
        "search/1",
        "furniture: foot",
        "marking",
        "as_typed",
        "worst pages",
    ):
        assert text in shown
    assert "missing in the run, scored as empty: lost p. 1" in shown


def test_a_page_without_words_has_dashes_for_rates(tmp_path: Path) -> None:
    write(tmp_path / "truth", port="::: head\nSECRET\n:::\n")
    write_run(tmp_path / "out", port="")
    (tmp_path / "out" / "port" / "p0001.txt").write_text("", encoding="utf-8")
    scored = evaluate(tmp_path / "out", tmp_path / "truth", Settings(), policy="archival")
    assert "worst pages" not in show(scored)
    assert json.loads((tmp_path / "out" / "scores.json").read_bytes())["totals"]["wer"] is None


def test_without_ground_truth_there_is_nothing_to_score(tmp_path: Path) -> None:
    with pytest.raises(GroundTruthError, match="--truth"):
        evaluate(tmp_path, tmp_path, Settings(), policy="archival")


def test_where_no_run_stands_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path / "truth", port="Nobody came.\n")
    with pytest.raises(StoreError, match="no finished run of scanfix stands there"):
        evaluate(tmp_path / "elsewhere", tmp_path / "truth", Settings(), policy="archival")
    assert not (tmp_path / "elsewhere").exists()


def test_files_beside_the_pages_are_no_truth(tmp_path: Path) -> None:
    write(tmp_path / "truth", port="Nobody came.\n")
    (tmp_path / "truth" / "port" / "README.md").write_text("notes", encoding="utf-8")
    write_run(tmp_path / "out")
    assert len(evaluate(tmp_path / "out", tmp_path / "truth", Settings(), policy="archival").pages) == 1


def test_a_truth_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    write(tmp_path / "truth", port="")
    (tmp_path / "truth" / "port" / "p0001.md").write_bytes(b"\xff\xfe")
    with pytest.raises(GroundTruthError, match="not UTF-8"):
        evaluate(tmp_path, tmp_path / "truth", Settings(), policy="archival")


def test_a_run_without_its_transcript_is_not_scored(tmp_path: Path) -> None:
    write(tmp_path / "truth", port="Nobody came.\n")
    write_run(tmp_path / "out", port=READ)
    (tmp_path / "out" / "port" / "p0001.md").unlink()
    with pytest.raises(StoreError, match=r"p0001\.md: cannot be read"):
        evaluate(tmp_path / "out", tmp_path / "truth", Settings(), policy="archival")
