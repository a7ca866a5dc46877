"""Intervals over documents, p-values that hold together, the power of a sample, loops in a text."""

from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.scoring.bootstrap import draw, effective_number, interval, ratio_error, sign_flip
from scanfix.scoring.holm import holm
from scanfix.scoring.loops import repetition
from scanfix.scoring.power import POWER, smallest_detectable, student_quantile, two_sided

DRAWS, SEED = 10_000, 7
SHARES = st.floats(0, 1, allow_nan=False)


def column(*values: int) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    return np.array([[value] for value in values], dtype=np.int64)


def wide(*added: int) -> float:
    low, high, _ = interval(column(*added), column(*(1000 for _ in added)), draws=DRAWS, seed=SEED)
    return float(high[0] - low[0])


# Intervals


def test_documents_that_all_change_alike_leave_no_doubt() -> None:
    low, high, error = interval(column(5, 10), column(500, 1000), draws=DRAWS, seed=SEED)
    assert float(low[0]) == pytest.approx(0.01)
    assert float(high[0]) == pytest.approx(0.01)
    assert float(error[0]) == pytest.approx(0)


def test_the_interval_lies_evenly_about_the_difference() -> None:
    low, high, _ = interval(column(3, -1, 8, 2), column(900, 400, 1000, 700), draws=DRAWS, seed=SEED)
    assert float(low[0] + high[0]) / 2 == pytest.approx(12 / 3000)


def test_the_standard_error_is_that_of_theory_for_documents_of_one_length() -> None:
    added = [3, -1, 8, 2, 0, 5]
    _, _, error = interval(column(*added), column(*(1000 for _ in added)), draws=40_000, seed=SEED)
    theory = float(np.std(added, ddof=1)) / 1000 / len(added) ** 0.5
    assert float(error[0]) == pytest.approx(theory, rel=0.02)


def test_one_bad_document_of_four_is_no_proof() -> None:
    low, _, _ = interval(column(0, 0, 0, 80), column(1000, 1000, 1000, 1000), draws=DRAWS, seed=SEED)
    assert low[0] < 0


@pytest.mark.parametrize("documents", [4, 10, 30])
def test_noise_alone_raises_an_alarm_in_less_than_4_of_100_comparisons(documents: int) -> None:
    random = np.random.default_rng(documents)
    reference = random.integers(500, 5000, size=(documents, 3000))
    added = np.rint(random.normal(0, 0.01, size=reference.shape) * reference).astype(np.int64)
    low, _, _ = interval(added, reference, draws=1000, seed=SEED)
    plain = np.quantile(draw(added, reference, draws=1000, seed=SEED), 0.025, axis=0)
    # 2.5 of 100 is the aim; unequal lengths cost half a point. The plain interval has 4 to 10.
    assert float(np.mean(low > 0)) < 0.04
    assert float(np.mean(low > 0)) < float(np.mean(plain > 0))


def test_more_documents_of_the_same_kind_make_the_interval_shorter() -> None:
    assert wide(*([4, -2] * 10)) < wide(4, -2, 4, -2) / 2


def test_agreement_of_few_documents_is_no_surer_than_their_pages() -> None:
    pages = column(50, 0, 50, 0, 0, 50, 0, 0), column(*(1000 for _ in range(8)))
    documents = column(50, 50, 50, 0), column(2000, 2000, 3000, 1000)
    short, _, _ = interval(*documents, draws=DRAWS, seed=SEED)
    wide, _, error = interval(*documents, draws=DRAWS, seed=SEED, pages=pages)
    assert wide[0] < 0 < short[0]
    assert error[0] == pytest.approx(ratio_error(*pages)[0])


def test_the_error_of_a_ratio_is_that_of_a_mean_where_all_rows_are_of_one_length() -> None:
    added = [3, -1, 8, 2, 0, 5]
    theory = float(np.std(added, ddof=1)) / 1000 / len(added) ** 0.5
    assert ratio_error(column(*added), column(*(1000 for _ in added)))[0] == pytest.approx(theory)


def test_a_single_row_has_no_error() -> None:
    assert ratio_error(column(5), column(1000))[0] == 0


def test_the_same_seed_gives_the_same_interval() -> None:
    assert wide(3, 1, 4) == wide(3, 1, 4)


def test_columns_do_not_touch_one_another() -> None:
    added = np.array([[3, 9], [1, -4], [4, 0]])
    reference = np.full((3, 2), 800)
    both = interval(added, reference, draws=DRAWS, seed=SEED)
    alone = interval(added[:, 1:], reference[:, 1:], draws=DRAWS, seed=SEED)
    assert float(both.low[1]) == pytest.approx(float(alone.low[0]))


def test_draws_without_any_reference_are_left_out() -> None:
    drawn = draw(column(5, 0), column(0, 1000), draws=DRAWS, seed=SEED)
    assert 0.7 * DRAWS < len(drawn) < 0.8 * DRAWS
    assert np.isfinite(drawn).all()


def test_four_equal_documents_count_for_four_and_one_long_one_for_little_more_than_one() -> None:
    assert effective_number(np.array([700, 700, 700, 700])) == 4
    assert effective_number(np.array([7000, 10, 10, 10])) < 1.1
    assert effective_number(np.array([0, 0])) == 0


# Signs


def test_four_documents_never_prove_anything_by_their_signs() -> None:
    assert sign_flip(np.array([5, 9, 2, 70]), draws=DRAWS, seed=SEED) == 2 / 16


def test_no_change_is_no_surprise() -> None:
    assert sign_flip(np.array([0, 0, 0]), draws=DRAWS, seed=SEED) == 1
    assert sign_flip(np.array([5, -5]), draws=DRAWS, seed=SEED) == 1


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=8))
def test_few_documents_are_flipped_in_every_way(added: list[int]) -> None:
    size = abs(sum(added))
    ways = [
        abs(sum(sign * one for sign, one in zip(signs, added, strict=True)))
        for signs in product((-1, 1), repeat=len(added))
    ]
    expected = sum(way >= size for way in ways) / len(ways)
    assert sign_flip(np.array(added), draws=DRAWS, seed=SEED) == pytest.approx(expected)


def test_many_documents_are_flipped_at_random_and_give_nearly_the_same() -> None:
    added = np.array([5, 9, -2, 7, 1, 3, -8, 4, 6, 2, 1, -1, 3])
    exact = sign_flip(added, draws=DRAWS, seed=SEED)
    with_pairs = sign_flip(np.append(added, [1, -1]), draws=DRAWS, seed=SEED)
    assert with_pairs == pytest.approx(exact, abs=0.02)


def test_thirty_documents_that_all_got_worse_leave_little_doubt() -> None:
    assert sign_flip(np.arange(1, 31), draws=DRAWS, seed=SEED) == 1 / (DRAWS + 1)


@given(st.lists(st.integers(-50, 50), min_size=14, max_size=20), st.randoms())
@settings(max_examples=10)
def test_the_order_of_documents_does_not_matter(added: list[int], random: Random) -> None:
    shuffled = random.sample(added, len(added))
    one, other = (sign_flip(np.array(values), draws=1000, seed=SEED) for values in (added, shuffled))
    assert one == other


# Several tests at once


def test_holm_gives_the_values_of_his_example() -> None:
    assert holm((0.01, 0.04, 0.03, 0.005)) == pytest.approx((0.03, 0.06, 0.06, 0.02))


@given(st.lists(SHARES, max_size=10))
def test_adjusted_values_keep_their_order_and_never_fall(values: list[float]) -> None:
    adjusted = holm(values)
    assert all(value <= held <= 1 for value, held in zip(values, adjusted, strict=True))
    order = sorted(range(len(values)), key=lambda index: values[index])
    assert [adjusted[index] for index in order] == sorted(adjusted)


@given(st.lists(SHARES, min_size=1, max_size=6), SHARES)
def test_a_further_test_never_makes_another_one_surer(values: list[float], further: float) -> None:
    alone, together = holm(values), holm([*values, further])
    assert all(one <= other for one, other in zip(alone, together, strict=False))


# Power


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    [
        (0.975, 1, 12.7062),
        (0.975, 2, 4.3027),
        (0.975, 3, 3.1824),
        (0.975, 9, 2.2622),
        (0.975, 99, 1.9842),
        (0.8, 3, 0.9785),
    ],
)
def test_quantiles_are_those_of_the_tables(share: float, freedom: int, value: float) -> None:
    assert student_quantile(share, freedom) == pytest.approx(value, abs=1e-4)


def test_a_value_at_the_quantile_has_its_probability() -> None:
    assert two_sided(3.18245, 3) == pytest.approx(0.05, abs=1e-5)
    assert two_sided(0.0, 3) == 1


def test_half_of_the_distribution_lies_below_zero() -> None:
    assert student_quantile(0.5, 4) == pytest.approx(0, abs=1e-12)


def test_a_change_of_the_detectable_size_is_found_in_four_of_five_cases() -> None:
    documents, runs = 12, 4000
    random = np.random.default_rng(1)
    change = smallest_detectable(1 / documents**0.5, documents)
    seen = random.normal(change, 1, size=(runs, documents))
    half = student_quantile(0.975, documents - 1) * seen.std(axis=1, ddof=1) / documents**0.5
    assert float(np.mean(seen.mean(axis=1) - half > 0)) == pytest.approx(POWER, abs=0.03)


# Loops


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("the depot under my charge took over the bales", 0.0),
        ("so it goes", 0.0),
        ("", 0.0),
        ("on and on and on and on and on and on", 6 / 8),
        ("no " * 13, 9 / 10),
    ],
)
def test_repetition_is_the_share_of_runs_of_words_that_stood_there_before(text: str, share: float) -> None:
    assert repetition(text.split()) == pytest.approx(share)
