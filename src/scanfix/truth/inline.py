"""The signs inside running text, read by recursive descent: one sign, one meaning, nothing guessed."""

import re
from collections.abc import Callable
from unicodedata import normalize

from scanfix.model.transcript import Attributes, Element, ElementName, Inline
from scanfix.truth.fences import is_name
from scanfix.truth.source import Source
from scanfix.truth.walk import FROM_PREVIOUS, TO_NEXT, Opened, Parts, Walk

# Deeper nesting is a slip of the pen, or an attack on the stack.
_MAX_DEPTH = 40
# Signs that end where a later sign stands: opening sign -> (element, closing sign).
_PAIRS: dict[str, tuple[ElementName, str]] = {
    "~~": ("struck", "~~"),
    "{++": ("inserted", "++}"),
    "{--": ("deleted", "--}"),
    "{hw:": ("handwriting", "}"),
    "{circled:": ("circled", "}"),
    "[+": ("supplied", "+]"),
    "<u>": ("underline", "</u>"),
    "*": ("italic", "*"),
    "**": ("bold", "**"),
}
_SHAPES = ("horizontal", "rising", "falling", "double", "x", "scribble", "bar")
_STROKES = {"by": ("type",), "shape": _SHAPES}
_SIGN = re.compile(r"[\\~*<\[{\]}⟵⟶]")
_STROKE = re.compile(r"\{[a-z]+=")
_GAP = re.compile(r"\[(?:(?P<sign>\?|…|\.\.\.)|(?P<words>[0-9]{1,4})w\?)\]")
_NOTES = ("tr", "ed")
# Their opening and closing signs are alike, so that a second one can only be the end.
_TWINS = frozenset({"~~", "*", "**"})


def read_inline(source: Source) -> tuple[Inline, ...]:
    """Read the text of a block as strings and elements.

    Raises
    ------
    GroundTruthError
        A sign is not closed, closes nothing, or is unknown.
    """
    text = source.text
    return _Reader(source).read() if _SIGN.search(text) else (normalize("NFC", text),) if text else ()


class _Reader:
    """One method for each first character of a sign."""

    def __init__(self, source: Source) -> None:
        self.walk = Walk(source)
        self.signs: dict[str, Callable[[], Inline]] = {
            "\\": self.walk.escape,
            "\n": self.walk.line_break,
            "~": self._tilde,
            "*": self._star,
            "<": self._angle,
            "[": self._bracket,
            "{": self._brace,
            "]": self.walk.stray,
            "}": self.walk.stray,
            FROM_PREVIOUS: self.walk.stray,
            TO_NEXT: self.walk.stray,
        }

    def read(self) -> tuple[Inline, ...]:
        """Read to the end of the text."""
        parts = Parts()
        while not self.walk.is_done:
            parts.add(self._next())
        return parts.all()

    def _next(self) -> Inline:
        """Read one element, or text up to the next character that may be a sign."""
        sign = self.signs.get(self.walk.text[self.walk.at])
        return sign() if sign else self.walk.plain()

    # Signs with an end

    def _open(self, sign: str) -> tuple[Inline, ...]:
        """Step over an opening sign of the table, return what stands before its end, and step over the end."""
        return self._until(sign, _PAIRS[sign][1])

    def _until(self, sign: str, close: str) -> tuple[Inline, ...]:
        """Read what stands between a sign and its end."""
        opened = Opened(sign=sign, close=close, at=self.walk.at)
        if len(self.walk.opened) >= _MAX_DEPTH:
            self.walk.fail(f"more than {_MAX_DEPTH} signs inside one another. Close some of them first.")
        if sign in _TWINS and self.walk.inside(sign):
            self.walk.overlap(sign)
        self.walk.at += len(sign)
        self.walk.opened.append(opened)
        parts = Parts()
        while not self._closes(close):
            if self.walk.is_done:
                self.walk.unclosed(opened)
            parts.add(self._next())
        self.walk.opened.pop()
        self.walk.at += len(close)
        return parts.all()

    def _closes(self, close: str) -> bool:
        """Whether the end of the innermost sign stands next."""
        if close[0] != "*":
            return self.walk.sees(close)
        stars = self._stars()
        # "***" ends both; the innermost sign takes its own part first.
        return stars in (len(close), len("***")) and not self._is_loose(stars)

    def _element(self, sign: str) -> Element:
        """Read an element of the table."""
        return Element(name=_PAIRS[sign][0], children=self._open(sign))

    def _angle(self) -> Inline:
        """Read ``<u>``; other tags are no signs of ours, a lone ``<`` is text."""
        if self.walk.sees("<u>"):
            return self._element("<u>")
        after = self.walk.text[self.walk.at + 1 : self.walk.at + 2]
        if after.isalpha() or after in ("/", "!"):
            self.walk.fail(r'the only tag is "<u>…</u>". Write "\<" for the sign itself.')
        return self.walk.take(1)

    # Stars

    def _stars(self) -> int:
        """Return how many stars stand next."""
        rest = self.walk.text[self.walk.at : self.walk.at + 4]
        return len(rest) - len(rest.lstrip("*"))

    def _is_loose(self, stars: int) -> bool:
        """Whether the stars stand alone between white space, as printed rows of stars do."""
        before = self.walk.text[max(0, self.walk.at - 1) : self.walk.at]
        after = self.walk.text[self.walk.at + stars : self.walk.at + stars + 1]
        return not before.strip() and not after.strip()

    def _star(self) -> Inline:
        """Read ``*italic*``, ``**bold**`` and ``***both***``."""
        stars = self._stars()
        if self._is_loose(stars):
            return self.walk.take(stars)
        if stars > 3:
            self.walk.fail(r'expected "*", "**" or "***". Write "\*" for each star that is on the page.')
        return self._element("**" if stars >= 2 else "*")

    # Tildes

    def _tilde(self) -> Inline:
        """Read ``~~struck~~`` and its attributes; a lone tilde is text."""
        if not self.walk.sees("~~"):
            return self.walk.take(1)
        children = self._open("~~")
        return Element(name="struck", attributes=self._stroke(), children=children)

    def _stroke(self) -> Attributes:
        """Read ``{by=type shape=x id=k1}`` after a struck text."""
        start = self.walk.at
        if not _STROKE.match(self.walk.text, start):
            return ()
        inner = self.walk.bracketed(start + 1, "}")
        if inner is None:
            self.walk.unclosed(Opened(sign="{", close="}", at=start))
        pairs = tuple((name, value) for name, _, value in (pair.partition("=") for pair in inner.split()))
        for name, value in pairs:
            if value not in _STROKES.get(name, ()) and not (name == "id" and is_name(value)):
                self.walk.source.fail(
                    start,
                    f"expected by=type, shape= one of {', '.join(_SHAPES)}, or an id= of small letters and digits; "
                    f"found {name}={value}.",
                )
        if len(dict(pairs)) < len(pairs):
            self.walk.source.fail(start, "an attribute is given twice. Leave one.")
        self.walk.at += len(inner) + 2
        return pairs

    # Brackets

    def _bracket(self) -> Inline:
        """Read whatever begins with ``[``."""
        found = self._gap() or self._reference()
        if found:
            return found
        if self.walk.sees("[+"):
            return self._element("[+")
        if any(self.walk.sees(sign) for sign in ("[lost:", "[lost]", "[REDACTED]", "[REDACTED ")):
            return self._raw_bracket()
        return self._unclear()

    def _gap(self) -> Element | None:
        """Read ``[?]``, ``[3w?]`` and ``[…]``."""
        found = _GAP.match(self.walk.text, self.walk.at)
        if not found:
            return None
        self.walk.at = found.end()
        if found["words"]:
            return Element(name="illegible", attributes=(("words", found["words"]),))
        return Element(name="illegible" if found["sign"] == "?" else "omitted")

    def _reference(self) -> Element | None:
        """Read ``[^1]``."""
        if not self.walk.sees("[^"):
            return None
        label = self.walk.bracketed(self.walk.at + 2, "]")
        if not label or set(label) & set(" \t\n["):
            self.walk.fail('expected a footnote sign such as "[^1]" or "[^*]".')
        self.walk.at += len(label) + 3
        return Element(name="reference", attributes=(("label", label),))

    def _raw_bracket(self) -> Element:
        """Read ``[lost]``, ``[lost: extent]`` and ``[REDACTED code]``; what they say is not transcribed text."""
        start = self.walk.at
        inner = " ".join(self.walk.raw("[", "]").split())
        if inner == "lost":
            return Element(name="lost")
        if inner.startswith("lost:"):
            extent = inner.removeprefix("lost:").strip()
            if not extent:
                self.walk.source.fail(start, 'expected how much is lost, such as "[lost: ~1 line]".')
            return Element(name="lost", attributes=(("extent", extent),))
        code = inner.removeprefix("REDACTED").strip()
        return Element(name="redacted", attributes=(("code", code),) if code else ())

    def _unclear(self) -> Element:
        """Read ``[word?]``, the last meaning that a bracket can have."""
        return Element(name="unclear", children=self._until("[", "?]"))

    # Braces

    def _brace(self) -> Inline:
        """Read whatever begins with ``{``."""
        if self.walk.sees("{}"):
            return self._nothing()
        if self.walk.sees("{~~"):
            return self._substitution()
        if self.walk.sees("{>>"):
            return self._note()
        for sign in ("{++", "{--", "{hw:"):
            if self.walk.sees(sign):
                return self._element(sign)
        if self.walk.sees("{circled:"):
            return self._circled()
        return self.walk.fail(
            'expected "{++", "{--", "{~~", "{hw:", "{circled:" or "{>>" here. Write "\\{" for the sign itself.',
        )

    def _nothing(self) -> str:
        """Read ``{}``, which parts a star or a bracket from what it would run together with."""
        at = self.walk.at
        before, after = self.walk.text[max(0, at - 1) : at], self.walk.text[at + 2 : at + 3]
        if before not in ("*", "[") and after != "*":
            self.walk.fail(r'"{}" parts a star or a bracket from its neighbour. Leave it out, or write "\{\}".')
        self.walk.at += 2
        return ""

    def _substitution(self) -> Element:
        """Read ``{~~old~>new~~}``."""
        old = self._until("{~~", "~>")
        self.walk.at -= len("{~~")
        new = self._until("{~~", "~~}")
        return Element(
            name="substitution",
            children=(Element(name="deleted", children=old), Element(name="inserted", children=new)),
        )

    def _circled(self) -> Element:
        """Read ``{circled: TS}``; the space after the colon belongs to the sign."""
        children = self._open("{circled:")
        if children and isinstance(children[0], str):
            first = children[0].removeprefix(" ")
            children = ((first,) if first else ()) + children[1:]
        return Element(name="circled", children=children)

    def _note(self) -> Element:
        """Read ``{>>tr: …<<}``, ``{>>ed: …<<}`` and ``{>>sic<<}``."""
        start = self.walk.at
        inner = self.walk.raw("{>>", "<<}")
        if inner == "sic":
            return Element(name="note", attributes=(("kind", "sic"),))
        kind, colon, text = inner.partition(":")
        if not colon or kind not in _NOTES:
            self.walk.source.fail(
                start, 'expected "{>>tr: …<<}", "{>>ed: …<<}" or "{>>sic<<}": a note says whose it is.'
            )
        text = text.removeprefix(" ")
        return Element(name="note", attributes=(("kind", kind),), children=(text,) if text else ())
