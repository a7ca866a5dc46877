"""English as the press writes it: rules, inflection, spelling, division."""

import numpy as np
import pytest

from scanfix.errors import SettingsError
from scanfix.facsimile.asked.document import SOFT_HYPHEN
from scanfix.facsimile.writing import grammar, inflect, tidying
from scanfix.facsimile.writing.author import Author
from scanfix.facsimile.writing.cast import ordinal
from scanfix.facsimile.writing.draws import Draws
from scanfix.facsimile.writing.figures import FIGURES
from scanfix.facsimile.writing.grammar import Agreeing, Either, Form, Node, Slot, Subject
from scanfix.facsimile.writing.shapes import titled

_CAST = {"state", "state.adj", "capital", "city", "surname", "person.ref", "person.poss", "topic.now"}


def nodes_of(nodes: tuple[Node, ...]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        found.append(node)
        if isinstance(node, Either):
            found.extend(inner for one in node.alternatives for inner in nodes_of(one))
    return found


def test_every_rule_asks_only_for_what_there_is() -> None:
    rules = grammar.load()
    known = {*rules.rules, *rules.lists, *_CAST, *(f"!{subject}" for subject in inflect.SUBJECTS)}
    nodes = [node for lines in rules.rules.values() for line in lines for node in nodes_of(line.nodes)]
    assert {node.name for node in nodes if isinstance(node, Slot)} <= known
    assert {node.name for node in nodes if isinstance(node, Slot) and node.is_plural} <= set(rules.lists)
    assert {node.word for node in nodes if isinstance(node, Agreeing) and node.kind == "figure"} <= set(FIGURES)


def test_there_are_several_hundred_frames_and_four_thousand_word_forms() -> None:
    rules = grammar.load()
    assert sum(len(lines) for name, lines in rules.rules.items() if not name.startswith("vp")) > 500
    stems = {word for words in rules.lists.values() for word in words}
    plurals = {inflect.plural(word) for name, words in rules.lists.items() if name.startswith("n.") for word in words}
    verbs = {
        inflect.verb(node.word, form, "s")
        for lines in rules.rules.values()
        for line in lines
        for node in nodes_of(line.nodes)
        if isinstance(node, Agreeing) and node.kind == "verb"
        for form in ("base", "pres", "past", "pp", "ing")
    }
    towns = {stem + end for stem in rules.words("place.stem") for end in rules.words("place.end")}
    assert len(stems | plurals | verbs | towns) >= 4000


@pytest.mark.parametrize("rule", ["a {b", "a [b", "a ]b", "a }b", "a {b]"])
def test_a_rule_with_a_loose_bracket_is_refused(rule: str) -> None:
    with pytest.raises(SettingsError, match="Mend the rule"):
        grammar.read(f"[s]\n{rule}\n")


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("treaty", "treaties"),
        ("railway", "railways"),
        ("embargo", "embargos"),
        ("crisis/crises", "crises"),
        ("branch", "branches"),
        ("tax", "taxes"),
        ("mine", "mines"),
    ],
)
def test_nouns_have_their_plurals(noun: str, plural: str) -> None:
    assert inflect.plural(noun) == plural


@pytest.mark.parametrize(
    ("base", "form", "subject", "said"),
    [
        ("sign", "pres", "s", "signs"),
        ("sign", "pres", "p", "sign"),
        ("sign", "past", "p", "signed"),
        ("permit", "past", "s", "permitted"),
        ("permit", "ing", "s", "permitting"),
        ("deny", "past", "s", "denied"),
        ("agree", "ing", "s", "agreeing"),
        ("lie", "ing", "s", "lying"),
        ("raise", "ing", "s", "raising"),
        ("withdraw", "pp", "s", "withdrawn"),
        ("veto", "pres", "s", "vetoes"),
        ("have", "pres", "m", "has"),
        ("be", "pres", "i", "am"),
        ("be", "past", "p", "were"),
        ("be", "pp", "p", "been"),
        ("be", "ing", "p", "being"),
        ("be", "base", "p", "be"),
    ],
)
def test_verbs_agree(base: str, form: Form, subject: Subject, said: str) -> None:
    assert inflect.verb(base, form, subject) == said


@pytest.mark.parametrize(
    ("rough", "tidy"),
    [
        ("a estimate", "an estimate"),
        ("a union of a hour", "a union of an hour"),
        ("a European in a uniform", "a European in a uniform"),
        ("a unusual case", "an unusual case"),
        (
            "a 8 percent rise, a 18 percent fall, a 12 percent loan",
            "an 8 percent rise, an 18 percent fall, a 12 percent loan",
        ),
        ('a "open" port', 'an "open" port'),
        ("one , two,, three", "one, two, three"),
        ("one, ; two", "one; two"),
    ],
)
def test_phrases_are_tidied(rough: str, tidy: str) -> None:
    assert tidying.phrase(rough, spelling="american") == tidy


def test_a_sentence_has_a_capital_and_one_stop_inside_its_quotes() -> None:
    assert tidying.sentence('he said, "we left"', spelling="american") == 'He said, "we left."'
    assert tidying.sentence("(a) this.", spelling="american") == "(A) this."
    assert tidying.sentence("is it so?", spelling="american") == "Is it so?"


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("labor", "labour"),
        ("Harbors", "Harbours"),
        ("authorized", "authorised"),
        ("mobilization", "mobilisation"),
        ("size", "size"),
        ("prize", "prize"),
        ("LABOR", "LABOR"),
        ("favored", "favoured"),
        ("Defense", "Defence"),
    ],
)
def test_words_are_spelt_as_in_london(american: str, british: str) -> None:
    assert tidying.british(american) == british


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("negotiation", "negotia-tion"),
        ("government", "govern-ment"),
        ("subsidy", "sub-sidy"),
        ("withdrawn", "with-drawn"),
        ("mother", "mother"),
        ("running", "run-ning"),
        ("Karsovian", "Karsovian"),
        ("self-sufficiency", "self-sufficiency"),
        ("strength", "strength"),
    ],
)
def test_long_words_are_divided_where_a_printer_would(word: str, divided: str) -> None:
    assert tidying.divisible(word).replace(SOFT_HYPHEN, "-") == divided


def test_small_words_of_a_title_stay_small() -> None:
    assert titled("the price of tin in the north") == "The Price of Tin in the North"


def test_ordinals_are_those_of_speech() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th",
    ]  # fmt: skip


def test_draws_keep_to_their_bounds() -> None:
    draws = Draws(np.random.default_rng(2))
    assert {draws.between(2, 4) for _ in range(200)} == {2, 3, 4}
    assert {draws.below(3) for _ in range(200)} == {0, 1, 2}
    assert max(draws.low(5) for _ in range(400)) == 4


def test_a_person_is_named_in_full_only_once() -> None:
    author = Author(np.random.default_rng(5), spelling="american")
    text = " ".join(author.sentence("min.s") for _ in range(60))
    assert all(text.count(f" {one.given} {one.surname}") <= 1 for one in author.cast.persons[:5])


def test_an_author_knows_the_rivals_of_a_word() -> None:
    author = Author(np.random.default_rng(5), spelling="american")
    assert author.rival("treaties") in {inflect.plural(word) for word in grammar.load().words("n.document")}
    assert author.rival("Halm") == "Halm"
