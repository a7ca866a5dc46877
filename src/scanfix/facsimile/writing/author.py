"""Sentences out of the grammar, about one cast, none of them twice."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast as typed

from numpy.random import Generator

from scanfix.facsimile.writing import cast, grammar, inflect, tidying
from scanfix.facsimile.writing.cast import Cast, Person, Spelling, State
from scanfix.facsimile.writing.draws import Draws
from scanfix.facsimile.writing.figures import FIGURES
from scanfix.facsimile.writing.grammar import Agreeing, Either, Form, Line, Node, Slot, Subject, Text

# Optional words stand in two sentences of five.
_OPTIONAL = 0.4
# A clause may hold a clause that holds no further one: deeper sentences lose their reader.
_GROWTH = 1
# A turn is not used again before a third of its kind, a dozen at most, have been.
_REMEMBERED = 12
_WORDS_REMEMBERED = 3
# The longest and the shortest sentence that a superior would let pass, in words.
_LONGEST, _SHORTEST = 62, 5
_TRIES = 40
_RETRIES = 8
# Whoever was introduced keeps the title in three mentions of five.
_TITLED = 0.6


@dataclass(slots=True, kw_only=True)
class _Scope:
    """What agrees with what while a line is spoken."""

    subject: Subject = "s"
    form: Form = "base"
    growth: int = 0


class Author:
    """Whoever writes a document.

    Parameters
    ----------
    generator
        The random numbers.
    spelling
        Of the country.
    """

    def __init__(self, generator: Generator, *, spelling: Spelling) -> None:
        self.draws = Draws(generator)
        self.cast: Cast = cast.cast(self.draws, spelling=spelling)
        self._grammar = grammar.load()
        self._habits: dict[str, int] = {}
        self._recent: dict[str, deque[object]] = {}
        self._said: set[str] = set()
        self._introduced: set[Person] = set()
        self._affair = ""
        self._is_woman = False
        self._own: Mapping[str, Callable[[], str]] = {
            "state": lambda: self._state().name,
            "state.adj": lambda: self._state().adjective,
            "capital": lambda: self._state().capital,
            "city": lambda: self._fresh("city", self.cast.towns),
            "surname": lambda: cast.surname(self.draws),
            "person.ref": self._person,
            "person.poss": lambda: f"{self._person()}'s",
            "topic.now": lambda: self.affair,
        }

    @property
    def affair(self) -> str:
        """What the document is about."""
        if not self._affair:
            self._affair = self.phrase("affair")
        return self._affair

    def sentence(self, rule: str) -> str:
        """Write a sentence that the document does not have yet."""
        for _ in range(_TRIES):
            text = tidying.sentence(self._speak(rule, _Scope()), spelling=self.cast.spelling)
            if text not in self._said and _SHORTEST <= text.count(" ") + 1 <= _LONGEST:
                break
        self._said.add(text)
        return text

    def phrase(self, rule: str) -> str:
        """Write words that are no sentence."""
        return tidying.phrase(self._speak(rule, _Scope()), spelling=self.cast.spelling)

    def paragraph(self, rule: str, *, words: int) -> str:
        """Write sentences until there are about ``words`` words, one sentence at least."""
        text = self.sentence(rule)
        while text.count(" ") + 1 < words:
            text = f"{text} {self.sentence(rule)}"
        return text

    def tidy(self, text: str) -> str:
        """Settle articles and spelling of words that stand in no rule."""
        return tidying.phrase(text, spelling=self.cast.spelling)

    def rival(self, word: str) -> str:
        """Return another word of the same kind, such as an author thinks of first; of an unknown word, itself."""
        name, is_plural = _kinds().get(word, ("", False))
        return self.tidy(self._word(name, is_plural=is_plural)) if name else word

    def _speak(self, name: str, scope: _Scope) -> str:
        """Say one line or word of a section."""
        if name in self._own:
            return self._own[name]()
        if name in self._grammar.lists:
            return self._word(name, is_plural=False)
        return self._line_said(self._line(name, scope), name, scope)

    def _line_said(self, line: Line, name: str, scope: _Scope) -> str:
        """Say a line: what agrees in it does not change what agrees outside."""
        is_deeper = line.grows and name.startswith(("vp", "clause."))
        return self._nodes(line.nodes, replace(scope, growth=scope.growth + is_deeper))

    def _nodes(self, nodes: tuple[Node, ...], scope: _Scope) -> str:
        """Say nodes one after the other: a subject comes before its verb."""
        return "".join([self._node(node, scope) for node in nodes])

    def _node(self, node: Node, scope: _Scope) -> str:
        """Say one node."""
        if isinstance(node, Text):
            return node.text
        if isinstance(node, Slot):
            return self._slot(node, scope)
        if isinstance(node, Either):
            return self._either(node, scope)
        return self._agreeing(node, scope)

    def _slot(self, slot: Slot, scope: _Scope) -> str:
        """Fill a slot."""
        if slot.name.startswith("!"):
            scope.subject = typed("Subject", slot.name[1:])
            return ""
        if slot.is_subject:
            return self._subject(slot, scope)
        if slot.is_plural:
            return self._word(slot.name, is_plural=True)
        return self._speak(slot.name, replace(scope, form=slot.form or scope.form))

    def _subject(self, slot: Slot, scope: _Scope) -> str:
        """Say a subject and remember its number and person."""
        line = self._line(slot.name, scope)
        self._is_woman = False
        text = self._line_said(line, slot.name, scope)
        scope.subject = "f" if line.subject == "m" and self._is_woman else line.subject
        return text

    def _either(self, either: Either, scope: _Scope) -> str:
        """Say one alternative, or leave the only one out."""
        if len(either.alternatives) > 1:
            return self._nodes(self.draws.pick(either.alternatives), scope)
        return self._nodes(either.alternatives[0], scope) if self.draws.chance(_OPTIONAL) else ""

    def _agreeing(self, node: Agreeing, scope: _Scope) -> str:
        """Say a verb, a pronoun or a figure."""
        if node.kind == "verb":
            return inflect.verb(node.word, scope.form, scope.subject)
        if node.kind == "about":
            return inflect.about(node.word, scope.subject)
        return FIGURES[node.word](self.draws, self.cast)

    def _line(self, name: str, scope: _Scope) -> Line:
        """Choose a line that was not used lately."""
        lines = _lines(name, is_short=scope.growth >= _GROWTH)
        recent = self._recent.setdefault(name, deque(maxlen=min(len(lines) // 3, _REMEMBERED)))
        line = next((one for one in (self.draws.pick(lines) for _ in range(_RETRIES)) if one not in recent), lines[0])
        recent.append(line)
        return line

    def _word(self, name: str, *, is_plural: bool) -> str:
        """Choose a word by this author's habits: a few of a list come often, most seldom."""
        words = self._grammar.lists[name]
        if name not in self._habits:
            self._habits[name] = self.draws.below(len(words))
        word = self._fresh(name, words[self._habits[name] :] + words[: self._habits[name]])
        return inflect.plural(word) if is_plural else word.partition("/")[0]

    def _fresh(self, name: str, words: Sequence[str]) -> str:
        """Choose a word, the first ones more often, but not one of the last few."""
        recent = self._recent.setdefault(name, deque(maxlen=_remembered(len(words))))
        word = next(
            (one for one in (words[self.draws.low(len(words))] for _ in range(_RETRIES)) if one not in recent), words[0]
        )
        recent.append(word)
        return word

    def _state(self) -> State:
        """Choose a state of the cast."""
        name = self._fresh("state", tuple(state.name for state in self.cast.states))
        return next(state for state in self.cast.states if state.name == name)

    def _person(self) -> str:
        """Name a person: in full the first time."""
        person = self.cast.persons[self.draws.low(len(self.cast.persons))]
        self._is_woman = person.is_woman
        if person not in self._introduced:
            self._introduced.add(person)
            return f"{person.office} {person.given} {person.surname}"
        has_title = self.draws.chance(_TITLED)
        return f"{person.office} {person.surname}" if has_title else person.surname


def _remembered(count: int) -> int:
    """Return after how many others a word may come again: of two, they alternate."""
    return min(max(count // 3, 1), _WORDS_REMEMBERED, count - 1)


@cache
def _lines(name: str, *, is_short: bool) -> tuple[Line, ...]:
    """Return a section's lines as often as they weigh; short ones alone, if there are any."""
    lines = grammar.load().rules[name]
    kept = [line for line in lines if not (is_short and line.grows)] or list(lines)
    return tuple(line for line in kept for _ in range(line.weight))


@cache
def _kinds() -> Mapping[str, tuple[str, bool]]:
    """Return the list each noun and adjective stands in, and whether it is a plural."""
    kinds: dict[str, tuple[str, bool]] = {}
    for name, words in grammar.load().lists.items():
        if name.startswith("adj."):
            kinds |= dict.fromkeys(words, (name, False))
        elif name.startswith("n."):
            kinds |= {word.partition("/")[0]: (name, False) for word in words}
            kinds |= {inflect.plural(word): (name, True) for word in words}
    return kinds
