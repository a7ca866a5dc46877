"""A page of two letters that look nearly alike, some read wrongly: only the page itself can tell."""

from dataclasses import replace

import numpy as np
import pytest

from scanfix.images import GrayImage
from scanfix.ocr import adapting
from scanfix.ocr.adapting import Spelt
from scanfix.ocr.framing import Row, Typing
from scanfix.ocr.vote import Chosen

PITCH, X_HEIGHT = 24, 20
TYPING = Typing(x_height_px=X_HEIGHT, pitch_px=PITCH)
WORDS = 6
LETTERS = "cococcoooc"


def ring(page: GrayImage, x: float, baseline: int, *, is_clogged: bool) -> None:
    """Draw an o, or a c that is clogged to a ring whose right side is thin."""
    rows, columns = np.mgrid[0 : page.shape[0], 0 : page.shape[1]]
    far = np.hypot(columns - x, (rows - baseline + X_HEIGHT / 2) * 0.95)
    thick = np.where(is_clogged & (columns > x + 3), 1.2, 3.2)
    page[np.abs(far - 8) < thick] = 40


def page_of(lines: int, *, seed: int = 7) -> tuple[GrayImage, list[list[str]]]:
    """Draw lines of words of c and o in uneven ink, and say what was drawn."""
    dice = np.random.default_rng(seed)
    page = np.full((80 * lines + 80, 200 + PITCH * WORDS * (len(LETTERS) + 1)), 230, np.uint8)
    drawn = []
    for line in range(lines):
        words = ["".join(dice.permutation(list(LETTERS))) for _ in range(WORDS)]
        drawn.append(words)
        for place, letter in enumerate(" ".join(words)):
            if letter != " ":
                shifted = 100 + PITCH * place + dice.normal(0, 0.7)
                ring(page, shifted, 80 * (line + 1), is_clogged=letter == "c")
    noisy = page.astype(np.float64) + dice.normal(0, 18, page.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8), drawn


def read(drawn: list[list[str]], *, wrong: int, seed: int = 3) -> list[Spelt]:
    """Read every ``wrong``-th c as o with a little doubt; the voices differ about a few others, and c wins."""
    dice = np.random.default_rng(seed)
    lines, count = [], 0
    for number, words in enumerate(drawn):
        signs = []
        for place, letter in enumerate(" ".join(words)):
            one = Chosen(
                text=letter,
                x=100 + PITCH * place + dice.normal(0, 3),
                word=0,
                odds=1.0,
                rival=None,
                first=0.9,
                second=0.9,
            )
            if letter == "c":
                count += 1
                if count % wrong == 0:
                    one = replace(one, text="o", runner_up="c", doubt=-3.0)
                elif count % 10 == 1:
                    one = replace(one, rival="o", odds=0.7)
            signs.append(one)
        row = Row(typing=TYPING, slope=0.0, rise=80.0 * (number + 1), left=88, right=1900)
        lines.append(Spelt(chosen=tuple(signs), row=row))
    return lines


def text(lines: tuple[tuple[Chosen, ...], ...]) -> list[str]:
    return ["".join(sign.text for sign in line) for line in lines]


def test_letters_that_were_taken_for_others_are_told_by_their_pictures() -> None:
    page, drawn = page_of(4)
    spelt = read(drawn, wrong=4)
    truth = [" ".join(words) for words in drawn]

    def errors(lines: list[str]) -> int:
        return sum(a != b for line, true in zip(lines, truth, strict=True) for a, b in zip(line, true, strict=True))

    before = text(tuple(line.chosen for line in spelt))
    after = adapting.adapt(page, spelt)
    assert errors(before) >= 25
    assert errors(text(after)) <= errors(before) / 5


def test_an_exchanged_letter_keeps_the_old_one_as_its_rival() -> None:
    page, drawn = page_of(4)
    spelt = read(drawn, wrong=4)
    pairs = [
        (old, new)
        for line, signs in zip(spelt, adapting.adapt(page, spelt), strict=True)
        for old, new in zip(line.chosen, signs, strict=True)
        if old != new
    ]
    assert pairs
    assert all((old.text, new.text, new.rival) == ("o", "c", "o") for old, new in pairs)
    assert all(0.5 <= new.odds <= 0.95 for _, new in pairs)


def test_letters_that_nobody_doubts_stay() -> None:
    page, drawn = page_of(4)
    spelt = [
        replace(line, chosen=tuple(replace(sign, runner_up="", doubt=-9.0) for sign in line.chosen))
        for line in read(drawn, wrong=4)
    ]
    assert adapting.adapt(page, spelt) == tuple(line.chosen for line in spelt)


def test_a_page_on_which_the_voices_agree_is_left_alone() -> None:
    page, drawn = page_of(4)
    spelt = [
        replace(line, chosen=tuple(replace(sign, rival=None) for sign in line.chosen)) for line in read(drawn, wrong=4)
    ]
    assert adapting.adapt(page, spelt) == tuple(line.chosen for line in spelt)


def test_too_few_specimens_decide_nothing() -> None:
    page, drawn = page_of(1)
    short = [words[:1] for words in drawn]
    spelt = read(short, wrong=2)
    forced = [
        replace(
            line,
            chosen=tuple(replace(s, rival="o") if s.text == "c" else s for s in line.chosen),
        )
        for line in spelt
    ]
    assert adapting.adapt(page, forced) == tuple(line.chosen for line in forced)


@pytest.mark.parametrize("lines", [[], [Spelt(chosen=(), row=Row(typing=TYPING, slope=0, rise=50, left=0, right=9))]])
def test_a_page_without_letters_has_nothing_to_judge(lines: list[Spelt]) -> None:
    assert adapting.adapt(np.full((100, 100), 255, np.uint8), lines) == tuple(line.chosen for line in lines)
