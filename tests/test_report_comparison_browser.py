"""The comparison in a real browser: filters, keys, pictures, paper, small screens."""

from collections.abc import Iterator
from pathlib import Path

import browsed
import compared
import pytest
from browsed import Tab

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browsed.CHROMIUM is None, reason="Chromium is not installed"),
]

# Differences in order: substitution, case, number; then two missing words.
PAGES = (
    compared.page(
        "the port of\nTessin Council\nsold 1953 crowns\nto Karsovia",
        "tle port of\nTessin council\nsold 1958 crowns\nto Karsovia",
    ),
    compared.page("Nothing was said\nof the grain", "Nothing said\nthe grain", number=2),
    compared.page("all is well", "all is well", scan_id="memo"),
)
SHOWN_LINES = "[...document.querySelectorAll('.line')].filter(one => one.getClientRects().length).length"
SHOWN_PAGES = "[...document.querySelectorAll('.compared')].filter(one => !one.hidden).map(one => one.id).join(' ')"
WHERE = "document.getElementById('where').textContent"
TOLD = "document.getElementById('told').textContent"
CURRENT = "document.querySelector('.words .current')?.title ?? ''"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browsed.browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run") / "comparison.html"
    path.write_text(compared.report(*PAGES), encoding="utf-8")
    return path


@pytest.fixture
def opened(tab: Tab, file: Path) -> Tab:
    tab.open(file)
    return tab


def test_nothing_is_asked_of_the_network_and_nothing_is_complained_of(opened: Tab, file: Path) -> None:
    assert opened.complaints == []
    assert {url for url in opened.requests if not url.startswith("data:")} == {file.as_uri()}


def test_the_picture_of_a_line_is_cut_from_the_page(opened: Tab) -> None:
    width, height = (
        opened.ask(f"document.querySelector('.strip svg').getBoundingClientRect().{side}")
        for side in ("width", "height")
    )
    assert width / height == pytest.approx((11 * compared.LETTER_PX + 36) / 96, rel=0.03)
    assert opened.ask("document.querySelector('image').getBBox().width") == compared.WIDTH_PX


def test_n_and_p_go_through_the_differences_and_say_what_they_are(opened: Tab) -> None:
    assert opened.ask(WHERE) == "– / 5"
    opened.press("n")
    assert opened.ask(WHERE) == "1 / 5"
    assert opened.ask(TOLD) == "despatch p. 1, line 1: substituted: reference “the”, output “tle”"
    opened.press("n")
    opened.press("n")
    assert opened.ask(CURRENT) == "substituted (numbers): reference “1953”, output “1958”"
    opened.press("p")
    assert opened.ask(CURRENT) == "substituted (case only): reference “Council”, output “council”"
    assert opened.ask("document.querySelectorAll('.spot.current').length") == 1


def test_on_a_small_screen_the_picture_moves_along(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "comparison.html"
    file.write_text(
        compared.report(compared.page("the port of Tessin lies far away", "the port of Tessin lies far awoy")),
        encoding="utf-8",
    )
    tab.open(file, width=400)
    tab.press("n")
    assert tab.ask("document.querySelector('.strip').scrollLeft") > 0
    assert 0 < tab.ask("document.querySelector('.spot.current').getBoundingClientRect().right") <= 400


def test_after_the_last_difference_comes_the_first(opened: Tab) -> None:
    opened.press("p")
    assert opened.ask(WHERE) == "5 / 5"
    opened.press("n")
    assert opened.ask(WHERE) == "1 / 5"


def test_a_digit_turns_a_kind_off_and_on(opened: Tab) -> None:
    opened.press("5")
    assert opened.ask(WHERE) == "– / 4"
    assert opened.ask("document.querySelectorAll('.words .off').length") == 1
    assert opened.ask("getComputedStyle(document.querySelector('.spot.off')).display") == "none"
    opened.press("5")
    assert opened.ask(WHERE) == "– / 5"


def test_shift_and_a_digit_leave_one_kind_and_a_brings_all_back(opened: Tab) -> None:
    opened.press("4", shift=True)
    assert opened.ask(WHERE) == "– / 1"
    opened.press("a")
    assert opened.ask(WHERE) == "– / 5"


def test_o_leaves_only_the_lines_with_differences(opened: Tab) -> None:
    assert opened.ask(SHOWN_LINES) == 7
    opened.press("o")
    assert opened.ask(SHOWN_LINES) == 5
    assert opened.ask("document.getElementById('shown').textContent") == "5 of 7 lines"
    assert opened.ask(SHOWN_PAGES) == "despatch/p0001 despatch/p0002"
    opened.press("2", shift=True)
    assert opened.ask(SHOWN_LINES) == 2


def test_f_goes_to_the_search_which_looks_at_both_rows(opened: Tab) -> None:
    opened.press("f")
    for key in "was":
        opened.press(key)
    assert opened.ask("document.getElementById('find').value") == "was"
    assert opened.ask(SHOWN_LINES) == 1
    assert opened.ask(SHOWN_PAGES) == "despatch/p0002"
    opened.press("Escape")
    opened.press("n")
    assert opened.ask(WHERE) == "1 / 1"


def test_words_of_the_output_are_found_in_a_row(opened: Tab, file: Path) -> None:
    opened.open(file, fragment="#?find=nothing%20said")
    assert opened.ask(SHOWN_LINES) == 0
    opened.open(file, fragment="#?find=sold%201958%20crowns")
    assert opened.ask(SHOWN_LINES) == 1


def test_j_and_k_go_from_page_to_page(opened: Tab) -> None:
    top = "Math.round(document.getElementById('{}').getBoundingClientRect().top)"
    opened.press("j")
    opened.press("j")
    assert 0 < opened.ask(top.format("despatch/p0002")) < 200
    opened.press("k")
    assert 0 < opened.ask(top.format("despatch/p0001")) < 200
    opened.press("k")
    assert opened.ask("scrollY") == 0


@pytest.mark.parametrize("width", [810, 1000, 1400])
def test_the_heading_of_a_page_is_never_behind_the_header(tab: Tab, file: Path, width: int) -> None:
    tab.open(file, width=width, height=500)
    tab.press("j")
    header = tab.ask("document.querySelector('header').offsetHeight")
    assert header < tab.ask("document.querySelector('.compared h2').getBoundingClientRect().top") < header + 60


def test_the_filter_stands_in_the_address_and_comes_back_from_it(opened: Tab, file: Path) -> None:
    opened.press("5", shift=True)
    opened.press("o")
    fragment = opened.ask("location.hash")
    assert fragment == "#?kinds=case&only=1"
    opened.open(file, fragment=f"{fragment}&page=despatch/p0001")
    assert opened.ask(SHOWN_LINES) == 1
    assert opened.ask(SHOWN_PAGES) == "despatch/p0001"
    assert opened.ask(WHERE) == "– / 1"


def test_an_address_with_an_unknown_page_shows_all(opened: Tab, file: Path) -> None:
    opened.open(file, fragment="#?page=gone/p0001")
    assert opened.ask(SHOWN_LINES) == 7


def test_a_change_of_the_address_changes_the_filter(opened: Tab) -> None:
    opened.ask("location.hash = '#?only=1'; dispatchEvent(new HashChangeEvent('hashchange'))")
    assert opened.ask(SHOWN_LINES) == 5


def test_a_click_makes_a_difference_the_current_one(opened: Tab) -> None:
    opened.ask("document.querySelectorAll('.words .d')[2].click()")
    assert opened.ask(WHERE) == "3 / 5"


def test_the_table_is_sorted_by_a_click_on_its_heading(opened: Tab) -> None:
    names = "[...document.querySelectorAll('#pages tbody th')].map(one => one.textContent).join('|')"
    assert opened.ask(names) == "despatch p. 1|despatch p. 2|memo p. 1"
    opened.ask("document.querySelectorAll('#pages thead button')[2].click()")
    assert opened.ask(names) == "memo p. 1|despatch p. 1|despatch p. 2"
    opened.ask("document.querySelectorAll('#pages thead button')[0].click()")
    assert opened.ask(names) == "memo p. 1|despatch p. 2|despatch p. 1"
    assert opened.ask("document.querySelectorAll('#pages [aria-sort]').length") == 1


@pytest.mark.parametrize("width", [400, 800, 1400])
def test_no_screen_is_too_narrow_and_no_line_too_long(tab: Tab, tmp_path: Path, width: int) -> None:
    long = " ".join(["harvest"] * 60 + ["x" * 300])
    file = tmp_path / "comparison.html"
    file.write_text(compared.report(compared.page(long, f"{long}y", scan_id="s" * 120)), encoding="utf-8")
    tab.open(file, width=width)
    assert tab.ask("document.documentElement.scrollWidth") <= width
    assert tab.ask("document.querySelector('.words').getBoundingClientRect().right") <= width


def test_without_scripts_everything_is_shown_and_nothing_that_would_not_work(tab: Tab, file: Path) -> None:
    tab.open(file, has_scripts=False)
    assert tab.ask(SHOWN_LINES) == 7
    controls = "[...document.querySelectorAll('header input, header button')]"
    assert tab.ask(f"{controls}.filter(one => one.getClientRects().length).length") == 0


def test_on_paper_the_controls_are_gone_and_all_lines_stay(opened: Tab) -> None:
    opened.emulate(media="print")
    try:
        assert opened.ask("getComputedStyle(document.getElementById('filters')).display") == "none"
        assert opened.ask(SHOWN_LINES) == 7
    finally:
        opened.emulate()
