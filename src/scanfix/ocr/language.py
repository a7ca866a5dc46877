"""In which language a page is written, and an engine that reads each page with the model of its language.

Two kinds of evidence, both from data of our own below: function words by how common they are, and in all other words
the clusters of letters that a language is fond of. Accents are left out on both sides, for the model of another
language does not read them: a German page comes out of the English one without any, and is told all the same.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from unicodedata import combining, normalize

from scanfix.images import GrayImage
from scanfix.model.mark import Evidence
from scanfix.model.page import ImageFile
from scanfix.model.text import Region
from scanfix.ocr import Engine
from scanfix.settings import OcrSettings, canonical

# Raised by hand when the same reading would be given another language.
_VERSION = 1
# Function words of official prose and about how many there are in a thousand, from our own reading of such prose.
# Only their ratios count, so that an error of a third does no harm. Accents are left out (see the module).
_COMMON: Mapping[str, str] = {
    "eng": (
        "the 65 of 36 to 27 and 27 in 21 a 19 that 11 is 10 for 9 was 8 be 8 on 7 by 7 as 7 with 7 it 6 are 5 not 5 "
        "this 5 have 5 which 5 from 5 at 5 had 4 has 4 were 4 he 4 i 4 or 3.5 been 3.5 an 3.5 would 3 will 3 their 3 "
        "his 3 they 3 we 2.5 but 2.5 all 2 there 2 no 2 any 2 who 1.5 may 1.5 one 1.5 these 1.5 should 1.5 its 1.5 "
        "could 1 other 1 if 1 my 1 her 1 she 1 them 1 when 1 such 1 also 1 than 1 after 1 our 1 you 1 into 1 some 1"
    ),
    "fra": (
        "de 50 la 30 l 25 et 24 les 20 le 20 d 18 des 17 a 15 en 13 du 12 que 10 un 9 une 8 est 8 qui 8 dans 8 par 7 "
        "pour 7 au 6 il 6 ne 5 ce 5 qu 5 sur 5 n 5 se 5 s 5 plus 4 pas 4 on 3 cette 3 aux 3 avec 3 son 3 sont 3 ou 3 "
        "elle 2 etait 2 ils 2 nous 2 ont 2 sa 2 ces 2 c 2 etre 2 je 2 ses 2 leur 2 mais 2 vous 1.5 tout 1.5 deux 1.5 "
        "comme 1.5 y 1.5 fait 1 ete 1 lui 1 sans 1 entre 1 meme 1 leurs 1 avait 1 j 1 bien 1 si 1 votre 1 notre 1"
    ),
    "deu": (
        "der 32 die 32 und 26 in 16 den 12 zu 11 von 10 das 9 mit 8 des 8 im 7 ist 7 dem 7 auf 7 nicht 6 fur 6 sich 6 "
        "eine 5 ein 5 es 5 an 5 als 5 auch 5 werden 4 aus 4 er 4 hat 4 dass 3 sie 4 nach 4 wird 3 bei 3 einer 3 um 3 "
        "am 3 sind 3 noch 2 wie 2 einem 2 uber 2 einen 2 so 2 zum 2 war 2 haben 2 nur 2 oder 2 aber 2 vor 2 zur 2 "
        "bis 2 mehr 1 durch 2 man 1 sein 1 wurde 2 wurden 2 hatte 1 kann 1 ich 2 wir 2 unter 1 gegen 1 wenn 1"
    ),
}
# Clusters in words that are no function words; ``^`` begins a word, ``$`` ends it.
_CLUSTERS: Mapping[str, str] = {
    "eng": "th wh sh gh ow ay$ ing$ ed$ ly$ ty$ ry$ ness$ ould ck ee oo ea kn wr tion ^un ^out ^over y$",
    "fra": "eau eux aux ieu qu ez$ ent$ ait$ oir$ ois oi ou ai eur$ euse$ elle$ ette$ ee$ es$ ille tion "
    "ance$ ence$ ure$ ire$ ux$ ive$ ique$ isme$",
    "deu": "sch cht ung$ ungen$ keit$ heit$ lich ich isch ei ie en$ er$ em$ eu ^ge ^ver ^zu ^be ^auf ^ein ^aus tz pf "
    "zw ck ss chen$ kr st$ k",
}
# How common a word is taken to be in a language whose list does not have it, in a thousand.
_RARE = 0.1
# No word counts for more than a tenfold odds: one that a model of another language makes of specks stays one of many.
_MOST = log(10)
# A cluster is about half again as common in the languages that have it, and a long word has many.
_CLUSTER_ODDS = log(1.5)
_MOST_CLUSTERS = 2
# Words of a page are no independent witnesses (names, one phrase again and again): of five, one is counted.
_WITNESSES = 0.4
# A page is read again only when its language is beyond doubt: a second reading costs as much as the first.
_CLEAR = 0.99
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The language of a text.

    ``confidence`` is 0 to 1; with nothing to go by, the first language at an even share. ``evidence`` has, for each
    language, the number of its function words (``"words:eng"``) and of words with its clusters (``"clusters:eng"``).
    """

    language: str
    confidence: float
    evidence: tuple[Evidence, ...]


class ByLanguage:
    """An engine that reads a page in the first language and again in another where that is clearly the page's own.

    Crops, which are marks, and the page's way up are read in the first language.

    Parameters
    ----------
    build
        Makes the engine, as ``ENGINES`` does.
    settings
        Its settings; every language must be one that ``knows`` has data of.

    Raises
    ------
    ToolMissingError
        The engine or one of the languages is not installed.
    """

    def __init__(self, build: Callable[[OcrSettings], Engine], settings: OcrSettings) -> None:
        self._languages = settings.languages
        self._all = build(settings)
        self._engines = {
            language: build(settings.model_copy(update={"languages": (language,)})) for language in settings.languages
        }
        self._first = self._engines[settings.languages[0]]

    @property
    def made_by(self) -> str:
        """The engine's name with the data of all languages, and the version of the choice."""
        return f"{self._all.made_by} + scanfix.language {_VERSION}"

    @property
    def recipe(self) -> str:
        """The engine's settings, and that each page has its own language."""
        return canonical({"by_language": self._all.recipe})

    def read(self, image: ImageFile) -> tuple[Region, ...]:
        """Read a page in its language.

        Raises
        ------
        ToolFailedError
            The engine crashed or ran out of time.
        """
        regions = self._first.read(image)
        choice = choose(words_of(regions), self._languages)
        is_other = choice.language != self._languages[0] and choice.confidence >= _CLEAR
        return self._engines[choice.language].read(image) if is_other else regions

    def read_crops(self, crops: Sequence[GrayImage], /) -> tuple[str, ...]:
        """Read single lines in the first language.

        Raises
        ------
        ToolFailedError
            The engine crashed or ran out of time.
        """
        return self._first.read_crops(crops)

    def turn_deg(self, image: ImageFile, /) -> tuple[int, float]:
        """Say how far a page must be turned clockwise to stand upright, and how sure that is.

        Raises
        ------
        ToolFailedError
            The engine ran out of time.
        """
        return self._first.turn_deg(image)


def engine_for(build: Callable[[OcrSettings], Engine], settings: OcrSettings) -> Engine:
    """Make the engine that reads pages: by language where there is a choice and it is wanted.

    Parameters
    ----------
    build
        Makes an engine, as ``ENGINES`` does.
    settings
        Its settings. Where there is no data of one of the languages, all are read together.

    Raises
    ------
    ToolMissingError
        The engine or one of the languages is not installed.
    """
    return ByLanguage(build, settings) if _is_choice(settings) else build(settings)


def of_page(regions: Iterable[Region], settings: OcrSettings) -> tuple[str, ...]:
    """Say in which languages a page was read: its own where there was a choice, else all of the settings."""
    if not _is_choice(settings):
        return settings.languages
    return (choose(words_of(regions), settings.languages).language,)


def _is_choice(settings: OcrSettings) -> bool:
    """Tell whether each page is read in a language of its own."""
    return settings.choose_language and len(settings.languages) > 1 and knows(settings.languages)


def knows(languages: Iterable[str]) -> bool:
    """Whether there is data of all these languages, so that one of them can be chosen."""
    return all(language in _COMMON for language in languages)


def words_of(regions: Iterable[Region]) -> tuple[str, ...]:
    """Return the words of regions, in order."""
    return tuple(word.text for region in regions for line in region.lines for word in line.words)


def choose(words: Sequence[str], languages: Sequence[str]) -> Choice:
    """Say in which of some languages a text is written.

    Parameters
    ----------
    words
        Words as an engine read them, with whatever stands at them, also read with the model of another language.
    languages
        Tesseract's codes, at least one, the likeliest first; those that there is no data of are never chosen but as
        the first of all.

    Notes
    -----
    Naive Bayes over words, after Grefenstette (1995), who compared function words with clusters of letters: the words
    are surer in sentences, the clusters in lists and where much is misread.
    """
    known = [language for language in languages if language in _COMMON]
    if not known or known[0] != languages[0]:
        return Choice(language=languages[0], confidence=1 / len(languages), evidence=())
    totals = dict.fromkeys(known, 0.0)
    seen = {f"{kind}:{language}": 0.0 for kind in ("words", "clusters") for language in known}
    for word in _bare(words):
        kind, weights = ("words", _table()[word]) if word in _table() else ("clusters", _clusters(word))
        for language in known:
            totals[language] += weights[language]
            seen[f"{kind}:{language}"] += _speaks_for(language, weights, known)
    best = max(known, key=lambda language: totals[language])
    odds = sum(exp((totals[language] - totals[best]) * _WITNESSES) for language in known)
    evidence = tuple(Evidence(name=name, value=count) for name, count in seen.items())
    return Choice(language=best, confidence=1 / odds, evidence=evidence)


def _bare(words: Iterable[str]) -> Iterable[str]:
    """Give the runs of letters in words, in small letters without accents; ``l'été`` is ``l`` and ``ete``."""
    for word in words:
        letters = "".join(sign for sign in normalize("NFKD", word.casefold()) if not combining(sign))
        yield from _WORD.findall(letters)


@lru_cache
def _table() -> Mapping[str, Mapping[str, float]]:
    """Return what each function word says of each language: 0 for the likeliest, down to ``-_MOST``."""
    shares = {
        language: dict(zip(row.split()[::2], map(float, row.split()[1::2]), strict=True))
        for language, row in _COMMON.items()
    }
    return {
        word: _below_best({language: log(row.get(word, _RARE)) for language, row in shares.items()})
        for word in {word for row in shares.values() for word in row}
    }


def _below_best(likelihoods: Mapping[str, float]) -> Mapping[str, float]:
    """Return logarithms of likelihoods against that of the likeliest language, within ``_MOST``."""
    best = max(likelihoods.values())
    return {language: max(value - best, -_MOST) for language, value in likelihoods.items()}


@lru_cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Return what finds the clusters of each language."""
    return {language: re.compile("|".join(row.split())) for language, row in _CLUSTERS.items()}


def _clusters(word: str) -> Mapping[str, float]:
    """Return what the clusters of a word say of each language, as ``_table`` does."""
    found = {language: len(pattern.findall(word)) for language, pattern in _patterns().items()}
    return _below_best({language: min(count, _MOST_CLUSTERS) * _CLUSTER_ODDS for language, count in found.items()})


def _speaks_for(language: str, weights: Mapping[str, float], among: Sequence[str]) -> bool:
    """Whether a word is likelier in this language than in any of the others."""
    return all(weights[other] < weights[language] for other in among if other != language)
