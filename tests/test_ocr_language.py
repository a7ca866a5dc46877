"""Which language a page is in, told from our own prose, also as a model of another language reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.page import ImageFile
from scanfix.model.text import Line, Region, Word
from scanfix.ocr import language
from scanfix.settings import OcrSettings

ALL = ("eng", "fra", "deu")
PROSE = {
    "eng": "The delegates have agreed that the harbour should be opened on Monday, but no ship will be there yet.",
    "fra": "Les délégués sont d'accord pour ouvrir le port lundi, mais aucun navire ne sera là avant la nuit.",
    "deu": "Die Vertreter haben sich geeinigt, den Hafen für Schiffe am Montag zu öffnen, doch wird keines dort sein.",
}
# The same as models of other languages read them: without accents, with letters taken for others.
MISREAD = {
    "eng": "Tbe delegates bave agreed tbat the harbour shou1d be opened on Monday, but no sbip will be tliere yet.",
    "fra": "Les delegues sont d'accord p0ur 0uvrir le port 1undi, mais aucun navire ne scra la avant la nuit.",
    "deu": "Die Vertreter haben sich geeinigt, den Hafcn fur Schiffe am M0ntag zu 0ffnen, d0ch wird kcines dort scin.",
}
CLUSTERS = {
    "eng": "working shipping lightly knowledge thoroughly",
    "fra": "bateaux nouveaux travailleuse vieille",
    "deu": "Zeitungen Schreibtisch Kirchlichkeit",
}
IMAGE = ImageFile(path="page.png", sha256="0", width_px=100, height_px=100, dpi=300.0)


@dataclass
class Reader:
    """An engine that reads every page as the same prose, and keeps a list of the languages it was asked to read in."""

    settings: OcrSettings
    prose: str
    calls: list[str] = field(default_factory=list)
    made_by: str = "reader 1"

    @property
    def recipe(self) -> str:
        return ",".join(self.settings.languages)

    def read(self, _image: ImageFile) -> tuple[Region, ...]:
        self.calls.append(self.recipe)
        return (region(self.prose),)

    def read_crops(self, crops: Sequence[GrayImage], /) -> tuple[str, ...]:
        return (self.recipe,) * len(crops)

    def turn_deg(self, _image: ImageFile, /) -> tuple[int, float]:
        return 90, float(self.recipe == "eng")


def region(prose: str) -> Region:
    box = Box(left=0, top=0, right=10, bottom=10)
    words = tuple(
        Word(word_id=f"w{index}", text=text, box=box, confidence=0.9) for index, text in enumerate(prose.split())
    )
    return Region(region_id="r1", kind="paragraph", box=box, lines=(Line(line_id="l1", box=box, words=words),))


def reading(prose: str, *languages: str) -> tuple[language.ByLanguage, list[str]]:
    """Return an engine for these languages, and the list of the languages that pages are read in."""
    calls: list[str] = []
    chosen = OcrSettings(languages=languages)
    return language.ByLanguage(lambda settings: Reader(settings=settings, prose=prose, calls=calls), chosen), calls


@pytest.mark.parametrize("prose", [PROSE, MISREAD, CLUSTERS], ids=["as typed", "misread", "clusters only"])
@pytest.mark.parametrize("own", ALL)
def test_a_sentence_is_told_by_its_words_and_clusters(own: str, prose: dict[str, str]) -> None:
    assert language.choose(prose[own].split(), ALL).language == own


@pytest.mark.parametrize("own", ALL)
def test_two_sentences_leave_no_doubt_and_one_word_leaves_much(own: str) -> None:
    assert language.choose((PROSE[own] + " " + MISREAD[own]).split(), ALL).confidence > 0.99
    assert language.choose(PROSE[own].split()[:1], ALL).confidence < 0.9


def test_evidence_counts_the_words_that_speak_for_each_language() -> None:
    choice = language.choose(["The", "ships", "and", "l'oiseau", "Zeitungen"], ALL)
    seen = {each.name: each.value for each in choice.evidence}
    assert (seen["words:eng"], seen["words:fra"], seen["words:deu"]) == (2, 1, 0)
    assert (seen["clusters:eng"], seen["clusters:fra"], seen["clusters:deu"]) == (1, 1, 1)


@pytest.mark.parametrize("words", [(), ("1945", "--", "§"), ("Pm",)])
def test_without_evidence_the_first_language_stays_at_an_even_share(words: Sequence[str]) -> None:
    choice = language.choose(words, ("fra", "eng"))
    assert (choice.language, choice.confidence) == ("fra", 0.5)


def test_a_first_language_without_data_is_never_left() -> None:
    choice = language.choose(PROSE["deu"].split(), ("pol", "deu"))
    assert (choice.language, choice.confidence, choice.evidence) == ("pol", 0.5, ())
    assert not language.knows(("eng", "pol"))
    assert language.knows(ALL)


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=20), st.permutations(ALL))
def test_a_choice_is_one_of_the_languages_and_its_confidence_a_share(words: list[str], languages: list[str]) -> None:
    choice = language.choose(words, languages)
    assert choice.language in languages
    assert 1 / 3 <= choice.confidence <= 1


@settings(deadline=None)
@given(st.sampled_from(ALL), st.permutations(ALL), st.data())
def test_neither_the_order_of_words_nor_that_of_languages_changes_a_choice(
    own: str, languages: list[str], data: st.DataObject
) -> None:
    words = data.draw(st.permutations(PROSE[own].split()))
    assert language.choose(words, languages).language == own


def test_a_page_in_the_first_language_is_read_once() -> None:
    engine, calls = reading(PROSE["eng"], *ALL)
    engine.read(IMAGE)
    assert calls == ["eng"]


def test_a_page_clearly_in_another_language_is_read_again_in_it() -> None:
    engine, calls = reading(MISREAD["deu"] + " " + PROSE["deu"], *ALL)
    engine.read(IMAGE)
    assert calls == ["eng", "deu"]


def test_a_page_of_few_words_is_not_read_again() -> None:
    engine, calls = reading("der Vertreter", *ALL)
    engine.read(IMAGE)
    assert calls == ["eng"]


def test_crops_and_the_way_up_are_read_in_the_first_language() -> None:
    engine, _ = reading("", *ALL)
    assert engine.turn_deg(IMAGE) == (90, 1.0)
    assert engine.read_crops([]) == ()


def test_provenance_names_all_languages_and_the_choice() -> None:
    engine, _ = reading("", "eng", "deu")
    assert engine.made_by == "reader 1 + scanfix.language 1"
    assert engine.recipe == '{"by_language":"eng,deu"}'


@pytest.mark.parametrize(
    ("languages", "choice", "kind"),
    [
        (ALL, "on", language.ByLanguage),
        (ALL, "off", Reader),
        (("deu",), "on", Reader),
        (("eng", "pol"), "on", Reader),
    ],
)
def test_pages_are_read_by_language_only_where_there_is_a_choice(
    languages: tuple[str, ...], choice: str, kind: type
) -> None:
    chosen = OcrSettings(languages=languages, choose_language=choice == "on")
    assert type(language.engine_for(lambda settings: Reader(settings=settings, prose=""), chosen)) is kind
