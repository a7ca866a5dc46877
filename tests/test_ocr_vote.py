from dataclasses import replace

import pytest

from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word
from scanfix.ocr import alignment, vote, weights
from scanfix.ocr.alignment import Sign
from scanfix.ocr.vote import Chosen
from scanfix.ocr.weights import Weights

PITCH = 20.0
EVEN = Weights(
    decision=(0.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    voted=(1.0, 0.1, 0.1, 0.3, -3.0, 0.0, -0.2),
    single=(0.0, 1.0, 0.0, 0.0),
    pairs={("c", "o"): (90, 10), ("rn", "m"): (2, 30), (" ", ""): (50, 5), ("", " "): (4, 50)},
    kinds={},
)


def line_of(text: str) -> Line:
    words, left = [], 100
    for number, part in enumerate(text.split()):
        right = left + round(PITCH * len(part))
        box = Box(left=left, top=50, right=right, bottom=80)
        words.append(Word(word_id=f"l1w{number + 1}", text=part, box=box, confidence=0.9))
        left = right + round(PITCH)
    return Line(line_id="l1", box=Box.around(word.box for word in words), words=tuple(words))


def heard(text: str) -> tuple[Sign, ...]:
    return tuple(Sign(text=sign, confidence=0.95, x=100 + PITCH * (place + 0.5)) for place, sign in enumerate(text))


def chosen(first: str, second: str, made: Weights = EVEN) -> tuple[Chosen, ...]:
    return vote.choose(alignment.align(alignment.signs_of_line(line_of(first)), heard(second)), made, PITCH)


def words(first: str, second: str, made: Weights = EVEN) -> tuple[Word, ...]:
    return vote.words_of(line_of(first), chosen(first, second, made), made, PITCH)


@pytest.mark.parametrize(
    ("first", "second", "voted"),
    [
        ("the kitchen", "the kitohen", "the kitchen"),
        ("the barns", "the bams", "the bams"),
        ("one two", "onetwo", "one two"),
        ("onetwo", "one two", "one two"),
        ("all agree", "all agree", "all agree"),
    ],
)
def test_the_voice_that_is_more_often_right_about_a_pair_has_it(first: str, second: str, voted: str) -> None:
    assert " ".join(word.text for word in words(first, second)) == voted


def test_words_that_agree_keep_their_boxes_and_ids_count_anew() -> None:
    line = line_of("one two")
    found = words("one two", "one two")
    assert [word.box for word in found] == [word.box for word in line.words]
    assert [word.word_id for word in found] == ["l1w1", "l1w2"]


def test_a_parted_word_has_two_boxes_and_a_joined_one_the_box_around() -> None:
    parted = words("onetwo", "one two")
    whole = line_of("onetwo").words[0].box
    assert parted[0].box.right <= parted[1].box.left + 1
    assert all(one.box.left >= whole.left - PITCH and one.box.top == whole.top for one in parted)
    joining = replace(EVEN, pairs={(" ", ""): (1, 80)})
    (joined,) = words("one two", "onetwo", joining)
    assert joined.box == line_of("one two").box


def test_the_losing_reading_stays_as_an_alternative() -> None:
    assert words("the kitchen", "the kitohen")[1].alternatives == ("kitohen",)
    assert words("the barns", "the bams")[1].alternatives == ("barns",)
    assert words("all agree", "all agree")[0].alternatives == ()


def test_a_disagreement_makes_a_word_less_sure() -> None:
    sure, doubtful = words("the kitchen", "the kitchen")[1], words("the kitchen", "the kitohen")[1]
    assert 0 < doubtful.confidence < sure.confidence < 1


def test_a_sign_that_only_the_worse_voice_read_leaves_its_trace() -> None:
    made = replace(EVEN, pairs={(".", ""): (0, 40)})
    (word,) = words("done.", "done", made)
    assert word.text == "done"
    assert word.alternatives == ("done.",)
    assert word.confidence < words("done", "done", made)[0].confidence


def test_where_everything_was_outvoted_no_empty_word_is_left() -> None:
    made = replace(EVEN, pairs={("~ ", ""): (0, 40), (" ~", ""): (0, 40)})
    assert [word.text for word in words("yes ~", "yes", made)] == ["yes"]


def test_a_line_of_one_voice_is_calibrated() -> None:
    line = vote.single(line_of("one two"), replace(EVEN, single=(-1.0, 1.0, 0.0, 0.0)))
    assert all(word.confidence == pytest.approx(0.768, abs=0.01) for word in line.words)


def test_digits_keep_company_and_gaps_make_spaces() -> None:
    made = replace(EVEN, pairs={}, decision=(0.0, 0.0, 0.0, 0.0, 2.0, 4.0))
    assert words("1938", "l938", made)[0].text == "1938"
    assert words("lamp", "1amp", made)[0].text == "lamp"
    wide = (*heard("one"), *(replace(sign, x=sign.x + PITCH) for sign in heard("onetwo")[3:]))
    segments = alignment.align(alignment.signs_of_line(line_of("one two")), wide)
    assert "".join(sign.text for sign in vote.choose(segments, made, PITCH)) == "one two"


def test_the_learnt_weights_load_and_know_the_pairs_that_typing_confuses() -> None:
    made = weights.load()
    assert len(made.decision) == len(weights.DECISION)
    assert made.pairs["c", "o"][0] > made.pairs["c", "o"][1]
    assert all(one >= 0 and two >= 0 for one, two in (*made.pairs.values(), *made.kinds.values()))
    assert made.digest


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "nothing"), (" ", "space"), (",", "mark"), ("7", "digit"), ("A", "upper"), ("a", "lower"), ("rn", "several")],
)
def test_pieces_of_text_have_kinds(text: str, kind: str) -> None:
    assert weights.kind_of(text) == kind


def test_log_odds_stay_within_limits() -> None:
    assert weights.log_odds(0.5) == 0
    assert weights.log_odds(0) == pytest.approx(-weights.log_odds(1))
    assert weights.logistic((1.0,), (-1000.0,)) == 0
