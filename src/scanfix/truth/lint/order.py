"""Blocks that stand in the wrong order, as when a reader of two columns went across them.

Three kinds of evidence, each of which a finding names:

- a sentence breaks off in one block and goes on in another that does not follow it;
- a formula that closes a treaty or deed stands before its last article, or an article's text among the signatures;
- another part of the same document keeps the order that the repair would give.

The repair keeps as many blocks in their place as it can (the longest increasing subsequence); the others are the
displaced ones.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scanfix.truth.lint import prose
from scanfix.truth.lint.findings import Rule
from scanfix.truth.lint.joins import Parted, parted
from scanfix.truth.lint.manuscript import Manuscript, Passage, Spot

_ARTICLE = re.compile(
    r"(?:Article|ARTICLE|Section|SECTION|Clause|CLAUSE|Chapter|CHAPTER|Art\.|ART\.|§)\s*(?P<number>\d+|[IVXL]+)\b"
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ARTICLE_WORDS = 8
_NAME_WORDS = 6
# Leading words that make two passages of sibling sections alike.
_KEY_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A deed with numbered articles, from its first to its last signature: places among the running passages."""

    first: int
    last: int
    last_article: int
    # Where formulas, signatures and their names stand.
    endings: frozenset[int]


def _find(manuscript: Manuscript) -> Iterator[Spot]:
    """Find displaced blocks, section by section, then those outside all sections; none of them twice."""
    running = manuscript.running
    sections = tuple(_sections(running))
    pairs = _places(parted(manuscript), running)
    moved: set[int] = set()
    for section in sections:
        inside = {start: rest for start, rest in pairs.items() if _holds(section, start) and _holds(section, rest)}
        repaired = _repaired(section, inside)
        evidence = _sibling(running, section, sections, repaired)
        for at, spot in _spots(running, repaired, section, inside, evidence):
            moved.add(at)
            yield spot
    for start, rest in pairs.items():
        is_inside = any(_holds(section, start) and _holds(section, rest) for section in sections)
        if not is_inside and rest not in moved:
            yield _loose(running, start, rest)


# Sections


def _sections(running: Sequence[Passage]) -> Iterator[_Section]:
    """Give the runs of numbered articles that a signature or closing formula follows."""
    numbered = [(index, number) for index, passage in enumerate(running) if (number := _article(passage))]
    starts = [at for at, (_, number) in enumerate(numbered) if at == 0 or number <= numbered[at - 1][1]]
    for this, following in pairwise((*starts, len(numbered))):
        articles = [index for index, _ in numbered[this:following]]
        end = numbered[following][0] if following < len(numbered) else len(running)
        section = _section(running, articles, end)
        if section:
            yield section


def _section(running: Sequence[Passage], articles: Sequence[int], end: int) -> _Section | None:
    """Return the section of these articles, which ends with its last signature or the text of its last article."""
    places = range(articles[0], end)
    closings = {at for at in places if prose.is_closing(running[at].plain)}
    signatures = {part for at in places if prose.is_signature(running[at].plain) for part in _signed(running, at)}
    if not closings | signatures:
        return None
    last = max(closings | signatures)
    if last < articles[-1]:
        # It closes too early: the last article's text is what stands up to the next heading.
        last = next((at for at in places if at > articles[-1] and prose.is_heading(running[at])), end) - 1
    return _Section(first=articles[0], last=last, last_article=articles[-1], endings=frozenset(closings | signatures))


def _signed(running: Sequence[Passage], at: int) -> tuple[int, ...]:
    """Return the places of a signature: its formula, and the name under it."""
    name = running[at + 1].plain if at + 1 < len(running) else ""
    is_name = 0 < len(name.split()) <= _NAME_WORDS and prose.is_title(name) and not _article(running[at + 1])
    return (at, at + 1) if is_name else (at,)


def _article(passage: Passage) -> int | None:
    """Return the number of an article's heading, which is short, and but for "Article 3." no sentence."""
    text = passage.plain
    found = _ARTICLE.match(text) if len(text.split()) <= _ARTICLE_WORDS else None
    is_sentence = found and prose.is_stopped(text) and found.end() < len(text) - 1
    return _number(found["number"]) if found and not is_sentence else None


def _number(text: str) -> int:
    """Read a number, Arabic or Roman."""
    if text.isdecimal():
        return int(text)
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _holds(section: _Section, at: int) -> bool:
    """Whether a place is inside a section."""
    return section.first <= at <= section.last


def _places(pairs: Sequence[Parted], running: Sequence[Passage]) -> dict[int, int]:
    """Return parted sentences as places among the running passages, start -> rest."""
    place = {id(passage): index for index, passage in enumerate(running)}
    return {place[id(pair.start)]: place[id(pair.rest)] for pair in pairs}


# Repair


def _repaired(section: _Section, pairs: dict[int, int]) -> list[int]:
    """Return the places of a section as they should follow: articles and their text, then formulas and signatures.

    The rest of a parted sentence stands right after its start.
    """
    places = range(section.first, section.last + 1)
    order: list[int] = []
    for at in sorted(places, key=lambda at: (at in section.endings, at)):
        if at not in pairs.values():
            order += _sentence_from(at, pairs)
    return order


def _sentence_from(at: int, pairs: dict[int, int]) -> list[int]:
    """Return a place and, one after the other, those where its sentence goes on."""
    return [at, *(_sentence_from(pairs[at], pairs) if at in pairs else ())]


def kept(order: Sequence[int], suspects: Collection[int]) -> frozenset[int]:
    """Return what may stay where it stands: the longest increasing subsequence, of equals that with fewest suspects."""
    # Length, how many are beyond suspicion, and the places: tuples compare in that order.
    chains: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for at in order:
        length, innocent, places = max(chain for chain in chains if not chain[2] or chain[2][-1] < at)
        chains.append((length + 1, innocent + (at not in suspects), (*places, at)))
    return frozenset(max(chains)[2])


# Saying it


def _spots(
    running: Sequence[Passage], order: Sequence[int], section: _Section, pairs: dict[int, int], evidence: str
) -> Iterator[tuple[int, Spot]]:
    """Give each displaced block of a section with its spot."""
    staying = kept(order, {*section.endings, *pairs, *pairs.values()})
    rests = {rest: start for start, rest in pairs.items()}
    for before, at in zip((section.first, *order), order, strict=False):
        if at not in staying and not running[at].is_noted:
            target = running[before].seen_from(running[at])
            yield (
                at,
                running[at].whole(
                    message=f"displaced: {_why(running, section, pairs, rests, at)}{evidence}",
                    suggestion=f"move it after {target}{', joined to it' if at in rests else ''}",
                ),
            )


def _why(running: Sequence[Passage], section: _Section, pairs: dict[int, int], rests: dict[int, int], at: int) -> str:
    """Say what shows that a block stands in the wrong place."""
    if at in rests:
        return _sentence(running[rests[at]], running[at], here=running[at])
    if at in section.endings:
        article = running[section.last_article]
        return f'a closing formula stands before "{article.plain}" ({article.seen_from(running[at])})'
    reason = "text of an article stands among the closing formulas and signatures"
    return f"{reason}; {_sentence(running[at], running[pairs[at]], here=running[at])}" if at in pairs else reason


def _sentence(start: Passage, rest: Passage, *, here: Passage) -> str:
    """Say that a sentence is parted."""
    end, go_on = " ".join(start.plain.split()[-3:]), " ".join(rest.plain.split()[:3])
    return f'the sentence "…{end}" ({start.seen_from(here)}) goes on with "{go_on}…" ({rest.seen_from(here)})'


def _loose(running: Sequence[Passage], start: int, rest: int) -> Spot:
    """Return the spot of a parted sentence outside deeds: its rest stands too early, or something stands between."""
    here, first = running[rest], running[start]
    if rest < start:
        suggestion = f"move it after {first.seen_from(here)}, joined to it"
    else:
        between = running[start + 1].seen_from(here)
        suggestion = f"join the two: what stands between them (from {between}) goes elsewhere or into a fence"
    return here.whole(message=f"displaced: {_sentence(first, here, here=here)}", suggestion=suggestion)


def _sibling(running: Sequence[Passage], section: _Section, sections: Sequence[_Section], order: Sequence[int]) -> str:
    """Return, as evidence, the lines of another section that closes with passages like these in the repaired order."""
    wanted = [_key(running[at]) for at in order[order.index(section.last_article) :]]
    for other in sections:
        alike = [at for at in range(other.last_article, other.last + 1) if _key(running[at]) in wanted]
        keys = [_key(running[at]) for at in alike]
        if other is not section and len(set(keys)) > 1 and keys == [key for key in wanted if key in keys]:
            places = ", ".join(running[at].seen_from(running[section.first]) for at in alike)
            return f"; the sibling section closes in that order ({places})"
    return ""


def _key(passage: Passage) -> tuple[str, ...]:
    """Return the leading words of a passage, if it has enough for a likeness to mean something."""
    words = passage.plain.casefold().split()[:_KEY_WORDS]
    return tuple(words) if len(words) == _KEY_WORDS else (str(id(passage)),)


_DEED = """Article 1

The ferry at Halm is open to the boats of both parties, and no dues are taken from them.

{}"""
_SIGNED = """On behalf of the Harbour Board of Tessin

JONAS WIRT

{}On behalf of the Ferry Men of Halm

EMIL SARROW"""
_TERM = "The present agreement is valid for ten years, and unless it is renounced it stays in force for another three"

RULES = (
    Rule(
        name="order-fault",
        severity="error",
        about="transcriber",
        summary="A block stands in the wrong place: a sentence goes on in an earlier block, a deed closes too early.",
        caught=_DEED.format(
            "months and may then be renewed.\n\nDone at Tessin on May 4, 1950, in two copies.\n\nArticle 2\n\n"
            "The present agreement comes into force at once.\n\n" + _SIGNED.format(f"{_TERM}\n\n")
        ),
        left_alone=_DEED.format(
            "Article 2\n\nThe present agreement comes into force at once.\n\n"
            f"{_TERM} months and may then be renewed.\n\n"
            "Done at Tessin on May 4, 1950, in two copies.\n\n" + _SIGNED.format("")
        ),
        find=_find,
    ),
)
