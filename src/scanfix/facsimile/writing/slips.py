"""What typists did to their text: false starts crossed out, letters rubbed out, names underlined, words struck."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from scanfix.facsimile.asked.document import SOFT_HYPHEN, Columns, Flow, Paragraph, Run, Style
from scanfix.facsimile.asked.marking import Stroke
from scanfix.facsimile.writing.author import Author
from scanfix.model.mark import StrokeShape

# Shorter words are retyped, not corrected; longer ones are seldom struck whole.
_SHORT, _LONG = 5, 16
# A false start breaks off after so many letters, at most, with one wrong.
_START = 6
_SHAPES: tuple[StrokeShape, ...] = tuple(
    shape for shape in get_args(StrokeShape) if shape in ("horizontal", "rising", "falling", "double", "scribble")
)
_CODES = ("(b)(1)", "(b)(3)", "(b)(1), (b)(3)", "(b)(6)")
_WITHHELD = (2, 7)
_STYLES: Mapping[str, Style] = {
    "overtyped": "overtyped",
    "slashed": "slashed",
    "underlined": "underlined",
    "doubled": "doubled",
    "withheld": "withheld",
}
_NEXT_KEYS: Mapping[str, str] = {
    "a": "s",
    "c": "v",
    "d": "f",
    "e": "r",
    "i": "o",
    "l": "k",
    "m": "n",
    "n": "b",
    "o": "p",
    "r": "t",
    "s": "d",
    "t": "y",
    "u": "i",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """How often, per word of five letters and more, a typist or a pen does what it says.

    ``overtyped`` and ``slashed`` false starts, ``ghost`` letters rubbed out and typed over, ``underlined`` names,
    ``struck`` words that a pen replaced by what follows, ``doubled`` words typed twice for weight, ``withheld``
    passages under a box with their code (default none: a release does that, not a typist).
    """

    overtyped: float = 0.004
    slashed: float = 0.001
    ghost: float = 0.004
    underlined: float = 0.002
    struck: float = 0.002
    doubled: float = 0.001
    withheld: float = 0.0


def typed(flows: tuple[Flow, ...], author: Author, *, slips: Slips) -> tuple[Flow, ...]:
    """Type a text as its typist did; headings, heads and tables are typed with care."""
    return tuple(_flow(flow, author, slips) for flow in flows)


def _flow(flow: Flow, author: Author, slips: Slips) -> Flow:
    """Type one part."""
    if isinstance(flow, Columns):
        parts = tuple(tuple(_paragraph(paragraph, author, slips) for paragraph in part) for part in flow.parts)
        return replace(flow, parts=parts)
    return _paragraph(flow, author, slips) if isinstance(flow, Paragraph) else flow


def _paragraph(paragraph: Paragraph, author: Author, slips: Slips) -> Paragraph:
    """Type one paragraph; only running text is indented."""
    if paragraph.kind != "paragraph" or not paragraph.indent:
        return paragraph
    runs = tuple(
        typed for run in paragraph.runs for typed in (_run(run, author, slips) if run.style == "plain" else (run,))
    )
    return replace(paragraph, runs=runs)


def _run(run: Run, author: Author, slips: Slips) -> Iterator[Run]:
    """Part a plain run where something happens to a word."""
    rates = _rates(slips)
    total = sum(rate for _, rate in rates)
    words = run.text.split(" ")
    plain: list[str] = []
    at = 0
    while at < len(words):
        style = _style(words[at], author.draws.share(), rates, total)
        if style is None:
            plain.append(words[at])
            at += 1
            continue
        if plain:
            yield replace(run, text=f"{' '.join(plain)} ")
        taken = author.draws.between(*_WITHHELD) if style == "withheld" else 1
        yield from _slip(run, words[at : at + taken], style, author)
        at += taken
        plain = [""] if at < len(words) else []
    if plain:
        yield replace(run, text=" ".join(plain))


def _rates(slips: Slips) -> tuple[tuple[str, float], ...]:
    """Return the rates by what happens."""
    kinds = ("overtyped", "slashed", "ghost", "underlined", "struck", "doubled", "withheld")
    return tuple((kind, float(getattr(slips, kind))) for kind in kinds)


def _style(word: str, share: float, rates: tuple[tuple[str, float], ...], total: float) -> str | None:
    """Tell what happens to a word: nothing, for most."""
    if share >= total or not _SHORT <= len(word.replace(SOFT_HYPHEN, "")) <= _LONG or not word[0].isalpha():
        return None
    for kind, rate in rates:
        if share < rate:
            return kind if kind != "underlined" or word[0].isupper() else None
        share -= rate
    return None


def _slip(run: Run, words: list[str], kind: str, author: Author) -> Iterator[Run]:
    """Type words to which something happens."""
    text = " ".join(words).replace(SOFT_HYPHEN, "")
    if kind in ("overtyped", "slashed"):
        yield replace(run, text=_false_start(text, author), style=_STYLES[kind])
        yield replace(run, text=f" {text}")
    elif kind == "ghost":
        yield replace(run, text=text, ghost=_mistyped(text, author))
    elif kind == "struck":
        core = text.rstrip(".,;:)")
        wrong = author.rival(core)
        if wrong == core:
            yield replace(run, text=text)
            return
        yield replace(run, text=wrong, style="struck", stroke=Stroke(shape=author.draws.pick(_SHAPES)))
        yield replace(run, text=f" {text}")
    else:
        code = author.draws.pick(_CODES) if kind == "withheld" else ""
        core = text.rstrip(".,;:)")
        yield replace(run, text=core, style=_STYLES[kind], code=code)
        if core != text:
            yield replace(run, text=text[len(core) :])


def _false_start(word: str, author: Author) -> str:
    """Break a word off at a wrong letter."""
    return _mistyped(word[: author.draws.between(3, min(_START, len(word)))], author)


def _mistyped(word: str, author: Author) -> str:
    """Strike the next key, or two letters in the wrong order."""
    at = author.draws.between(1, len(word) - 1)
    wrong = _NEXT_KEYS.get(word[at])
    if wrong:
        return word[:at] + wrong + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
