"""The reliability diagram: bars where they belong, the same in words and in figures, one line in the terminal."""

import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path

import pytest
import test_reporting
from rich.console import Console

from scanfix import reporting, terminal
from scanfix.evaluation import evaluate
from scanfix.model.reliability import Reliability
from scanfix.report import reliability as believed
from scanfix.report.html import index_page
from scanfix.scoring.calibration import JudgedWord, calibrate
from scanfix.settings import Settings

run = test_reporting.run


def of(*groups: tuple[float, int, int]) -> Reliability:
    """Judge words: of each confidence so many, and so many of them right."""
    words = [JudgedWord(confidence, index < right) for confidence, number, right in groups for index in range(number)]
    found = calibrate([words])
    assert found is not None
    return found


def svg_of(page: str) -> ET.Element:
    return ET.fromstring(page[page.index("<svg") : page.index("</svg>") + len("</svg>")])  # noqa: S314 - our own page


def test_a_bar_is_as_high_as_its_share_of_right_words_and_its_dash_as_what_was_promised() -> None:
    (bar,) = believed.bars(of((0.75, 8, 4)))
    assert (bar.left, bar.width, bar.top) == pytest.approx(
        (0.7 * believed.SIDE, 0.1 * believed.SIDE, believed.SIDE / 2)
    )
    assert bar.promised == pytest.approx(believed.SIDE / 4)


def test_a_bin_of_one_word_among_thousands_is_still_seen() -> None:
    few, most = believed.bars(of((0.15, 1, 0), (0.95, 5000, 4900)))
    assert 1 < few.length < most.length


def test_the_diagram_says_in_words_where_most_of_its_error_lies() -> None:
    said = believed.describe(of((0.95, 100, 70), (0.45, 10, 5)))
    assert "110 words" in said
    assert "between 0.9 and 1.0: 70 of 100 words are right there, 25.0 points too sure" in said
    assert "not sure enough" in believed.describe(of((0.55, 10, 9)))


def test_the_diagram_has_a_name_a_description_and_its_figures_as_a_table() -> None:
    page = index_page("batch", (), (), reliability=of((0.95, 100, 70), (0.45, 10, 5)))
    svg = svg_of(page)
    named = {element.get("id"): element.text or "" for element in svg.iter()}
    assert svg.get("role") == "img"
    for name in (svg.get("aria-labelledby") or "").split():
        assert named[name]
    assert "70.0 %" in page
    assert "<details><summary>The same in figures" in page


def test_the_diagram_needs_no_style_of_its_own() -> None:
    # The page's policy allows its one style sheet only.
    assert 'style="' not in index_page("batch", (), (), reliability=of((0.95, 100, 70)))


def test_without_scores_there_is_no_diagram() -> None:
    assert "Can the confidences be believed?" not in index_page("batch", (), ())


def test_a_scored_run_shows_its_diagram_and_says_it_in_the_terminal_and_in_its_record(run: tuple[Path, Path]) -> None:
    out, truth = run
    scored = evaluate(out, truth, Settings(), policy="archival")
    assert scored.reliability is not None
    # Of the words that were read, each with 0.9, one is wrong.
    assert (scored.reliability.words, scored.reliability.right) == (9, 8)
    page = reporting.write_scored(out, scored, truth).read_text(encoding="utf-8")
    assert "Can the confidences be believed?" in page
    console = Console(width=150, file=StringIO())
    with console.capture() as captured:
        terminal.show_scores(console, scored)
    assert "confidence of 9 words: calibration error 1.1 % (95 % of draws of pages:" in captured.get()
    record = (out / "scores.json").read_text(encoding="utf-8")
    assert '"expected_error": 0.01111' in record
