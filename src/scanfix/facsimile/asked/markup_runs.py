r"""What stands in a line of the press's markup.

``_under_`` underlined, ``~~struck~~`` by a pen (``~~/rising~~`` and ``~~\falling~~`` slant; fields of the stroke follow
in braces: ``~~text~~{shape=double coverage=partial ink=blue}``), ``##overtyped##`` and ``#/slashed/#`` by the typist,
``**doubled**``, ``<<SPACED>>`` and ``_<<SPACED>>_`` letter-spaced, ``[^1]`` the raised sign of a footnote,
``{~old~new~}`` old rubbed out and new typed over it, ``{+inserted+}`` and ``{-deleted-}`` by a hand (the second
in the first where it took back what it wrote), ``{!slip!}`` the author's own mistake,
``{(b)(3): withheld words}`` under a box with that code, ``|`` where a word may be divided, ``//`` where a line ends.
"""

import re
from collections.abc import Callable, Mapping
from typing import get_args

from scanfix.errors import SettingsError
from scanfix.facsimile.asked.document import SOFT_HYPHEN, Run
from scanfix.facsimile.asked.marking import Coverage, Ink, Stroke
from scanfix.model.mark import StrokeShape

_PIECES = re.compile(
    r"(\{~[^~{}]+~[^~{}]+~\}|\{\+.+?\+\}|\{-.+?-\}|\{[^{}]+?: [^{}]+?\}|\*\*.+?\*\*|_<<.+?>>_|<<.+?>>|#/.+?/#|##.+?##"
    r"|\[\^[^\]\s]+\]|\{!.+?!\}|~~.+?~~(?:\{[a-z_]+=[^{}]*\})?|_.+?_)",
    re.DOTALL,
)
_TAKEN_BACK = re.compile(r"\{-([^{}]+)-\}")
# What is left of a sign that was not closed.
_STRAY = re.compile(r"~~|##|#/|/#|\*\*|<<|>>|[{}_]|\[\^")
_SLANTS: dict[str, StrokeShape] = {"/": "rising", "\\": "falling"}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "shape": get_args(StrokeShape),
    "coverage": get_args(Coverage),
    "ink": get_args(Ink),
}
_NUMBERS = ("angle_deg", "width_in", "lift")
# Hands correct with another pen than the typist's ribbon.
_HAND = Stroke(ink="blue")


def runs(text: str) -> tuple[Run, ...]:
    """Read a paragraph; line breaks and repeated spaces of the source count as one space, ``//`` ends a line.

    Raises
    ------
    SettingsError
        A sign is not closed, or a stroke has no such field.
    """
    flat = " ".join(text.split()).replace("|", SOFT_HYPHEN).replace(" // ", "\n")
    return tuple(_run(piece) for piece in _PIECES.split(flat) if piece)


def fail(place: str, why: str) -> SettingsError:
    """Return the error that names a place of the markup."""
    return SettingsError(f'facsimile: markup "{" ".join(place.split())[:60]}": {why}')


def _run(piece: str) -> Run:
    """Read one piece."""
    if not _PIECES.fullmatch(piece):
        stray = _STRAY.search(piece)
        if stray:
            raise fail(piece, f'the sign "{stray[0]}" is not closed. Close it, or leave it out.')
        return Run(text=piece)
    if piece.startswith("~~"):
        return _struck(piece)
    opening = next(sign for sign in _READERS if piece.startswith(sign))
    return _READERS[opening](piece)


def _struck(piece: str) -> Run:
    """Read ``~~text~~{shape=x}``."""
    inner, _, braced = piece[2:].rpartition("~~")
    shape = _SLANTS.get(inner[0], "horizontal")
    stroke = Stroke(shape=shape)
    if braced:
        stroke = stroke_of(braced[1:-1], shape=shape, place=piece)
    return Run(text=inner if shape == "horizontal" else inner[1:], style="struck", stroke=stroke)


def stroke_of(fields: str, *, shape: StrokeShape, place: str) -> Stroke:
    """Read the fields of a stroke.

    Raises
    ------
    SettingsError
        There is no such field, or no such value.
    """
    values: dict[str, object] = {"shape": shape}
    for pair in fields.split():
        name, _, value = pair.partition("=")
        if name in _NUMBERS and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            values[name] = float(value)
        elif value in _WORDS.get(name, ()):
            values[name] = value
        else:
            known = ", ".join((*_WORDS, *_NUMBERS))
            raise fail(place, f"a stroke has no {pair}. Its fields are {known}.")
    return Stroke(**values)  # type: ignore[arg-type]  # every value was checked against its field


def _rubbed_out(piece: str) -> Run:
    """Read ``{~old~new~}``."""
    old, new = piece[2:-2].split("~")
    return Run(text=new, ghost=old)


def _inserted(piece: str) -> Run:
    """Read ``{+words {-taken back-} words+}``."""
    taken_back = _TAKEN_BACK.search(piece)
    return Run(
        text=_TAKEN_BACK.sub(r"\1", piece[2:-2]),
        style="inserted",
        stroke=_HAND,
        taken_back=taken_back[1] if taken_back else "",
    )


def _withheld(piece: str) -> Run:
    """Read ``{code: words}``."""
    code, _, words = piece[1:-1].partition(": ")
    return Run(text=words, style="withheld", code=code)


# Longer signs first: the first that fits is read.
_READERS: Mapping[str, Callable[[str], Run]] = {
    "{~": _rubbed_out,
    "{+": _inserted,
    "{-": lambda piece: Run(text=piece[2:-2], style="deleted", stroke=_HAND),
    "{!": lambda piece: Run(text=piece[2:-2], is_slip=True),
    "{": _withheld,
    "**": lambda piece: Run(text=piece[2:-2], style="doubled"),
    "_<<": lambda piece: Run(text=piece[3:-3], style="spaced", is_underlined=True),
    "<<": lambda piece: Run(text=piece[2:-2], style="spaced"),
    "#/": lambda piece: Run(text=piece[2:-2], style="slashed"),
    "##": lambda piece: Run(text=piece[2:-2], style="overtyped"),
    "[^": lambda piece: Run(text=piece[2:-1], style="raised"),
    "_": lambda piece: Run(text=piece[1:-1], style="underlined"),
}
