"""Slips in single words: junk, digits stuck to letters, doubled letters, numerals in names, odd spellings of names.

What a page really says only its image shows; a slip of the page is kept and marked ``{>>sic<<}`` or with an editor's
note, and then not found again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from scanfix.truth.lint.findings import Rule
from scanfix.truth.lint.manuscript import Manuscript, Passage, Spot
from scanfix.truth.lint.prose import unmarked
from scanfix.truth.lint.words import vocabulary

_LOOK = 'look at the image: mend it, or keep it and write "{>>sic<<}" after it'
# Digits with letters: ordinals, measures, hours, decades, sections ("4b") and sizes are right.
_GLUED = re.compile(r"(?<![\w.,/(-])\d+[a-z]{2,3}(?![\w/-])")
_ORDINAL = re.compile(r"\d*(?:(?<!1)1st|(?<!1)2n?d|(?<!1)3r?d|1\dth|[04-9]th)")
_MEASURES = vocabulary(
    "mm cm dm km kg mg gm gr lb lbs oz ft in yd yds mi ha am pm hrs hr min sec bn mn pp ff er re me eme"
)
# What no line ends with: a sign of the machine, letters without a vowel that are no abbreviation.
_JUNK = re.compile(r"(?<!\S)(?:[|_~^`¬\\]{1,3}|[b-df-hj-np-tv-xz]{2,4})$")
_VOWELLESS = vocabulary("mr mrs dr st jr sr km cm mm kg lb lbs ft yd hr hrs pp vs nd rd th pm ltd dept govt mfg")
# "ii" before another consonant is right in few words; at the end of a word it is common (Yurii, radii).
_DOUBLED = re.compile(r"\b[^\W\d_]*[^\W\d_]ii[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ][^\W\d_]*\b")
_DOUBLED_RIGHT = re.compile(r"(?:ski|taxi|hawai|shi|viipur|wii)", re.IGNORECASE)
_ROMAN = re.compile(r"[ivxlcdm]+", re.IGNORECASE)
# A numeral stands after a king or a thing that is counted; inside other names "II" is "Il" misread.
_IN_NAME = re.compile(r"\b(?P<first>[A-Z][a-z]{1,6})\s(?P<numeral>II|III)\s(?P<last>[A-Z][a-z]{1,6})\b")
_COUNTED = vocabulary(
    "war part chapter annex volume vol title section schedule book phase grade class type mark corps army table "
    "figure appendix article act scene group zone area level stage round plan line region category elizabeth charles "
    "george james william philip catherine nicholas pius john paul henry edward louis ramses wilhelm vatican fuad "
    "friedrich rama umberto leopold gustav peter ivan carol alfonso hassan hussein christian haakon faisal"
)
_NAME = re.compile(r"\b[A-Z][a-z]{5,}\b")
_COMMON = 3
_PLURAL_ONLY = "minutes|proceedings|negotiations|hostilities|communiques|troops|talks|findings|holdings"
_SLIP = re.compile(
    r"\b(?P<twice>[A-Za-z][a-z]+)\s+(?=[a-z])(?i:(?P=twice))\b"
    rf"|\b[Tt]he\s(?:{_PLURAL_ONLY})\s(?:is|was|has)\b"
    r"|\b(?:[Tt]hese|[Tt]hose|[Mm]any|[Ss]everal)\s[a-z]+s\s(?:is|was|has|does)\b"
    r"|\b[a-z]{3,}[^sui\W]s\s(?:which|who)\s(?:appears|seems|does|makes|gives|shows)\b"
    r"|\b(?:and|or|but|the|of);(?=\s)"
)
# Said twice on purpose, in English, French and German.
_TWICE_RIGHT = vocabulary("had that very so no ha bye nous vous die der das ihr")


def _find_junk(manuscript: Manuscript) -> Iterator[Spot]:
    """Find what ends the last line of a page and is no word."""
    for passage in _last_of_pages(manuscript):
        match = _JUNK.search(passage.text) or _glued_end(passage.text)
        if match and match.group() not in _VOWELLESS:
            yield passage.at(
                *match.span(),
                message=f'"{match.group()}" ends the page, and is neither word nor number',
                suggestion=f"{_LOOK}; junk goes",
            )


def _find_glued(manuscript: Manuscript) -> Iterator[Spot]:
    """Find digits stuck to letters, but for those that end a page."""
    last = {id(passage) for passage in _last_of_pages(manuscript)}
    for passage in manuscript.passages:
        end = _glued_end(passage.text) if id(passage) in last else None
        for match in _glued(passage.text):
            if end is None or match.start() != end.start():
                yield passage.at(
                    *match.span(), message=f'"{match.group()}" is neither word nor number', suggestion=_LOOK
                )


def _last_of_pages(manuscript: Manuscript) -> Iterator[Passage]:
    """Give the last running passage of each page."""
    for page in manuscript.pages:
        yield from [passage for passage in page if passage.is_running][-1:]


def _glued(text: str) -> Iterator[re.Match[str]]:
    """Give the words that mix digits and letters and are no ordinal and no measure."""
    for match in _GLUED.finditer(text):
        word = match.group()
        if not _ORDINAL.fullmatch(word) and word.lstrip("0123456789") not in _MEASURES and unmarked(text, match.end()):
            yield match


def _glued_end(text: str) -> re.Match[str] | None:
    """Return such a word where it ends a text."""
    return next((match for match in _glued(text) if not text[match.end() :].strip()), None)


def _find_doubled(manuscript: Manuscript) -> Iterator[Spot]:
    """Find a doubled i inside a word."""
    for passage in _with_notes(manuscript):
        for match in _DOUBLED.finditer(passage.text):
            word = match.group()
            is_right = _DOUBLED_RIGHT.match(word) or _ROMAN.fullmatch(word)
            if not is_right and unmarked(passage.text, match.end()):
                yield passage.at(*match.span(), message=f'"{word}" has "ii" inside', suggestion=_LOOK)


def _find_numeral(manuscript: Manuscript) -> Iterator[Spot]:
    """Find a roman numeral in the middle of a name."""
    for passage in _with_notes(manuscript):
        for match in _IN_NAME.finditer(passage.text):
            is_free = unmarked(passage.text, match.end())
            if match["first"].lower() not in _COUNTED and is_free:
                likely = match.group().replace(match["numeral"], match["numeral"].capitalize().replace("i", "l"))
                yield passage.at(
                    *match.span(),
                    message=f'a numeral inside a name: "{match.group()}", perhaps "{likely}"',
                    suggestion=_LOOK,
                )


def _with_notes(manuscript: Manuscript) -> Iterator[Passage]:
    """Give all passages and what notes say: an editor's slip is a slip."""
    for passage in manuscript.passages:
        yield passage
        yield from passage.notes


def _find_variant(manuscript: Manuscript) -> Iterator[Spot]:
    """Find a name that stands once and is a letter away from one that stands more often."""
    texts = [passage.text for passage in manuscript.passages]
    counts = Counter(word for text in texts for word in _NAME.findall(text))
    ordinary = {word for text in texts for word in re.findall(r"\b[a-z]{6,}\b", text)}
    names = {word: count for word, count in counts.items() if word.lower() not in ordinary}
    common: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for word, count in names.items():
        if count >= _COMMON:
            common[word[0], len(word)].append(word)
    for rare in [word for word, count in names.items() if count == 1]:
        alike = [word for longer in (-1, 0, 1) for word in common.get((rare[0], len(rare) + longer), ())]
        near = next((word for word in alike if _is_letter_away(rare, word)), None)
        for passage in manuscript.passages if near else ():
            match = re.search(rf"\b{rare}\b", passage.text)
            if match and unmarked(passage.text, match.end()):
                yield passage.at(
                    *match.span(),
                    message=f'"{rare}" stands here once, "{near}" {counts[near or ""]} times',
                    suggestion=_LOOK,
                )


def _is_letter_away(rare: str, common: str) -> bool:
    """Whether one edit parts two words of nearly one length, and not at the end, where grammar changes them."""
    head = next(
        (at for at, (a, b) in enumerate(zip(rare, common, strict=False)) if a != b), min(len(rare), len(common))
    )
    same = len(rare) == len(common)
    longer, shorter = sorted((rare, common), key=len, reverse=True)
    tail = rare[head + 1 :] == common[head + 1 :] if same else longer[head + 1 :] == shorter[head:]
    return tail and len(longer) - head > len("es")


def _find_slips(manuscript: Manuscript) -> Iterator[Spot]:
    """Find what looks like the author's or typist's own slip."""
    for passage in manuscript.passages:
        for match in _SLIP.finditer(passage.text):
            if (match["twice"] or "").lower() not in _TWICE_RIGHT and unmarked(passage.text, match.end()):
                yield passage.at(
                    *match.span(),
                    message=f'probably a slip of the page: "{" ".join(match.group().split())}"',
                    suggestion='if the image has it so, keep it and write "{>>sic<<}" after it',
                )


RULES = (
    Rule(
        name="trailing-junk",
        severity="warning",
        about="transcriber",
        summary="The last line of a page ends with something that is neither word nor number.",
        caught="Emil Sarrow, Tessin, 4 May 1950 3hh",
        left_alone="Emil Sarrow, Tessin, the 4th",
        find=_find_junk,
    ),
    Rule(
        name="glued-digit",
        severity="warning",
        about="unknown",
        summary="Digits stuck to letters that make no ordinal and no measure.",
        caught="On the 22th of May they left.",
        left_alone="On the 22nd of May they left 40km behind; on the 3d{>>sic<<} they came back.",
        find=_find_glued,
    ),
    Rule(
        name="doubled-letter",
        severity="warning",
        about="unknown",
        summary="A doubled i inside a word, where English and transliterated names have none.",
        caught="Send it to Comrade Sarriin at once.",
        left_alone="Send it to Yurii Sarrow, who is skiing, and to Comrade Sarriin{>>sic<<}.",
        find=_find_doubled,
    ),
    Rule(
        name="numeral-in-name",
        severity="warning",
        about="unknown",
        summary="A roman numeral in the middle of a name: Il read as II.",
        caught="A cable to Pak II Ryong was sent.",
        left_alone="A cable to Pak Il Ryong was sent after World War II Pacts were signed.",
        find=_find_numeral,
    ),
    Rule(
        name="name-variant",
        severity="note",
        about="unknown",
        summary="A name stands once, and a letter away from it another one stands more often.",
        caught="Karsovia builds. Karsovia buys. Karsovia sells, and Karsavia pays.",
        left_alone="Karsovia builds. Karsovia buys. Karsovia sells, and the Karsovian pays.",
        find=_find_variant,
    ),
    Rule(
        name="language-slip",
        severity="note",
        about="document",
        summary="A word twice, a verb that does not agree, a stop after a conjunction: probably the page's own slip.",
        caught="The minutes is with the the registry.",
        left_alone="The minutes is{>>sic<<} with the registry. They had had no answer.",
        find=_find_slips,
    ),
)
