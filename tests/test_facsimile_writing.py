"""Prose for the press: documents of every kind, in any amount, from a seed."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.facsimile.asked.document import SOFT_HYPHEN, Columns, Document, Flow, Machine, Paragraph, Run, Sheet, Table
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.surface import ink
from scanfix.facsimile.typed.typist import paginate
from scanfix.facsimile.writing.slips import Slips
from scanfix.facsimile.writing.writers import WRITERS, filler, words_of_body, write
from scanfix.facsimile.writing.written import Kind, Written
from scanfix.model.geometry import Point

KINDS = tuple(WRITERS)
CAREFUL = Slips(overtyped=0, slashed=0, ghost=0, underlined=0, struck=0, doubled=0)
CARELESS = Slips(overtyped=0.1, slashed=0.1, ghost=0.1, underlined=0.1, struck=0.1, doubled=0.1, withheld=0.1)
SENTENCE = re.compile(r"(?<=[.?!])(?<!Dr\.)(?<!Mr\.)(?<!No\.)\s+(?=[A-Z\"])")


def written(kind: Kind, *, seed: int = 3, words: int = 400, typing: Slips | None = None) -> Written:
    return write(kind, np.random.default_rng(seed), words=words, typing=typing)


def paragraphs_of(flows: tuple[Flow, ...]) -> Iterator[Paragraph]:
    for flow in flows:
        if isinstance(flow, Paragraph):
            yield flow
        elif isinstance(flow, Columns):
            yield from (paragraph for part in flow.parts for paragraph in part)


def runs_of(document: Written) -> list[Run]:
    return [run for paragraph in paragraphs_of(document.paragraphs) for run in paragraph.runs]


def text_of(document: Written) -> str:
    lines = ("".join(run.text for run in paragraph.runs) for paragraph in paragraphs_of(document.paragraphs))
    return "\n".join(lines).replace(SOFT_HYPHEN, "")


def prose_of(document: Written) -> list[str]:
    texts = (
        "".join(run.text for run in paragraph.runs if run.style != "raised").replace(SOFT_HYPHEN, "")
        for paragraph in paragraphs_of(document.paragraphs)
        if paragraph.kind != "heading" and paragraph.indent
    )
    return [re.sub(r"^\d+\. ", "", text) for text in texts]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_writes_the_same_document(kind: Kind) -> None:
    assert written(kind) == written(kind)
    assert written(kind) != written(kind, seed=4)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_about_as_long_as_asked(kind: Kind) -> None:
    document = written(kind, words=600)
    cells = [cell for flow in document.paragraphs if isinstance(flow, Table) for row in flow.rows for cell in row]
    count = len(text_of(document).split()) + len(cells)
    assert 500 < count < 900


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_says_what_its_heads_and_stamps_need(kind: Kind) -> None:
    document = written(kind)
    assert all((document.title, document.subject, document.date, document.office, document.author))
    assert re.fullmatch(r"[A-Z]\.[A-Z]\.", document.initials)
    assert str(document.year) in document.date


@pytest.mark.parametrize("kind", ["memorandum", "despatch", "testimony", "bulletin"])
def test_no_sentence_comes_twice_in_five_thousand_words(kind: Kind) -> None:
    prose = " ".join(prose_of(written(kind, words=5000, typing=CAREFUL)))
    counts = Counter(sentence for sentence in SENTENCE.split(prose) if len(sentence.split()) > 4)
    assert len(counts) > 150
    assert max(counts.values()) == 1


def test_twenty_thousand_words_hold_three_thousand_forms() -> None:
    text = " ".join(text_of(written(kind, seed=seed, words=700)) for kind in KINDS for seed in range(4))
    words = re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())
    assert len(words) >= 20_000
    assert len(set(words)) >= 3_000


@given(seed=st.integers(0, 10_000), kind=st.sampled_from(KINDS))
@settings(deadline=None, max_examples=40)
def test_articles_capitals_and_stops_are_in_order(seed: int, kind: Kind) -> None:
    for text in prose_of(written(kind, seed=seed, words=150, typing=CAREFUL)):
        assert not re.search(r"\ba (?=[aeiouAEIO](?!u?ni|ne\b|nce|use|sua|til|s[ae]|uro))", text), text
        assert not re.search(r"\ban (?=[bcdfgjklmnpqrstvwxyz])", text), text
        assert not re.search(r" [,.;:)]|,,|  |\.\.|[$@^%#{}|\[\]](?!\d)", text.replace("C.(", "")), text
        assert text[0].isupper() or text[0] in '("', text
        assert text.rstrip('")')[-1] in ".:;-", text


@given(seed=st.integers(0, 10_000), kind=st.sampled_from(KINDS))
@settings(deadline=None, max_examples=20)
def test_a_word_is_divided_between_syllables_of_three_letters_or_more(seed: int, kind: Kind) -> None:
    words = [word for run in runs_of(written(kind, seed=seed, words=150)) for word in run.text.split()]
    for word in words:
        if SOFT_HYPHEN in word:
            first, *_, last = word.strip('.,;:()"').split(SOFT_HYPHEN)
            assert len(first) >= 3
            assert len(last) >= 3
            assert re.search("[aeiouy]", first)
            assert re.search("[aeiouy]", last)


@pytest.mark.parametrize("face", ["courier", "remington", "bookman"])
def test_the_faces_have_every_sign_that_is_written(face: FaceName) -> None:
    documents = [written(kind, seed=seed, words=500) for kind in KINDS for seed in range(3)]
    signs = {char for document in documents for char in text_of(document) if char not in "\n "}
    layer = ink.Layer(width=60, height=60)
    at: Point = (20.0, 40.0)
    for sign in sorted(signs):
        assert layer.glyph(sign, face, 24.0, at)


@pytest.mark.parametrize("kind", KINDS)
def test_the_typist_can_set_it(kind: Kind) -> None:
    document = Document(
        scan_id="written",
        languages=("eng",),
        machine=Machine(face="courier", pitch_cpi=10),
        sheet=Sheet(),
        looks=(Look(),),
        paragraphs=written(kind, words=700).paragraphs,
    )
    assert len(paginate(document)) >= 2


def test_careless_typing_leaves_every_kind_of_correction() -> None:
    runs = runs_of(written("memorandum", typing=CARELESS))
    assert {run.style for run in runs} >= {"overtyped", "slashed", "underlined", "struck", "doubled", "withheld"}
    assert any(run.ghost for run in runs)
    assert all(run.code for run in runs if run.style == "withheld")


def test_a_false_start_is_followed_by_the_word_it_was_to_be() -> None:
    runs = runs_of(written("memorandum", words=900, typing=CARELESS))
    starts = [(run.text, after.text) for run, after in pairwise(runs) if run.style == "overtyped"]
    assert len(starts) > 5
    assert all(word[1] == start[0] or word[2] == start[0] for start, word in starts)


def test_a_struck_word_gives_way_to_another_of_its_kind() -> None:
    runs = runs_of(written("memorandum", words=900, typing=CARELESS))
    pairs = [(run.text, after.text) for run, after in pairwise(runs) if run.style == "struck"]
    assert pairs
    assert all(old != new.strip(" .,;:)") for old, new in pairs)


def test_careful_typing_changes_nothing() -> None:
    assert {run.style for run in runs_of(written("minutes", typing=CAREFUL))} <= {"plain", "underlined"}


def test_meetings_are_counted_first_second_third_and_so_on() -> None:
    counted = {
        match[1]
        for seed in range(40)
        for match in re.finditer(r"(\d+\w\w) Meeting", text_of(written("minutes", seed=seed, words=40)))
    }
    assert {"21st", "22nd", "23rd", "31st"} & counted
    assert not {number for number in counted if number[-3:] in ("1th", "2th", "3th") and number[0] != "1"}


def test_a_telegram_has_the_layers_of_a_draft() -> None:
    styles = Counter(run.style for run in runs_of(written("telegram", words=900)))
    assert styles["inserted"] > 2
    assert styles["deleted"] > 2


def test_an_estimate_numbers_its_paragraphs_in_order() -> None:
    texts = text_of(written("estimate", words=900)).split("\n")
    numbers = [int(found[1]) for text in texts if (found := re.match(r"(\d+)\. ", text))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_footnote_has_its_sign_in_the_text() -> None:
    document = written("memorandum", words=3000)
    notes = [paragraph.label for paragraph in paragraphs_of(document.paragraphs) if paragraph.kind == "footnote"]
    signs = [run.text for run in runs_of(document) if run.style == "raised"]
    assert notes
    assert signs == notes


def test_a_treaty_has_two_columns_of_articles_and_two_signatures() -> None:
    *articles, signatures = (flow for flow in written("treaty", words=900).paragraphs if isinstance(flow, Columns))
    assert len(articles) > 1
    assert {part[0].kind for flow in articles for part in flow.parts} == {"heading"}
    assert len(signatures.parts) == 2


def test_london_spells_otherwise_than_washington() -> None:
    cabinet = " ".join(text_of(written("cabinet_paper", seed=seed, words=900)) for seed in range(4)).lower()
    memo = " ".join(text_of(written("memorandum", seed=seed, words=900)) for seed in range(4)).lower()
    assert "per cent" in cabinet
    assert "percent" in memo
    assert re.search(r"programme|labour|harbour|defence|centre", cabinet)
    assert not re.search(r"\b(program|labor|harbor|defense|center)\b", cabinet)
    assert re.search(r"\d(st|nd|rd|th) [A-Z]\w+, 19\d\d", written("cabinet_paper").date)


def test_a_table_adds_up() -> None:
    table = next(flow for flow in written("statistics").paragraphs if isinstance(flow, Table))
    figures = [[int(cell.replace(",", "")) for cell in row[1:]] for row in table.rows[1:]]
    assert [sum(column) for column in zip(*figures[:-1], strict=True)] == figures[-1]


def test_filler_is_plain_sentences() -> None:
    text = filler(np.random.default_rng(1), 60)
    assert 60 <= len(text.split()) < 125
    assert SOFT_HYPHEN not in text
    assert text.endswith((".", '."'))


@given(seed=st.integers(0, 1000), count=st.integers(1, 12))
@settings(deadline=None, max_examples=30)
def test_words_of_body_are_as_many_as_asked(seed: int, count: int) -> None:
    words = words_of_body(np.random.default_rng(seed), count).split(" ")
    assert len(words) == count
    assert all(words)
