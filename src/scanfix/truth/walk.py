"""A walk over a stretch of text, one character after the other, that remembers which signs wait for their ends."""

import re
from dataclasses import dataclass
from typing import NoReturn
from unicodedata import category, normalize

from scanfix.model.transcript import Inline
from scanfix.truth.source import Source

FROM_PREVIOUS, TO_NEXT = "⟵", "⟶"
# Characters that begin or end a sign, and those that stop a stretch that is read for its end only.
_PLAIN = re.compile(r"[^\\\n~*<\[{\]}+\-?⟵⟶]+")
_RAW = re.compile(r"[^\\\n<\]]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A sign that waits for its end."""

    sign: str
    close: str
    at: int


class Parts:
    """Strings and elements in order; neighbouring strings become one, in Unicode's composed form."""

    def __init__(self) -> None:
        self._parts: list[Inline] = []
        self._text: list[str] = []

    def add(self, part: Inline) -> None:
        """Add a string or an element."""
        if isinstance(part, str):
            self._text.append(part)
        else:
            self._flush()
            self._parts.append(part)

    def all(self) -> tuple[Inline, ...]:
        """Return what was added."""
        self._flush()
        return tuple(self._parts)

    def _flush(self) -> None:
        """Turn the pending text into a part."""
        text = normalize("NFC", "".join(self._text))
        if text:
            self._parts.append(text)
        self._text = []


class Walk:
    """Walks over the text once; ``at`` is the next character, ``opened`` the signs that wait for their ends."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.opened: list[Opened] = []

    @property
    def is_done(self) -> bool:
        """Whether the text is at its end."""
        return self.at >= len(self.text)

    def take(self, length: int) -> str:
        """Return the next characters and step over them."""
        taken = self.text[self.at : self.at + length]
        self.at += length
        return taken

    def plain(self) -> str:
        """Return text up to the next character that a sign may begin or end with, and at least one character."""
        run = _PLAIN.match(self.text, self.at)
        return self.take(run.end() - self.at if run else 1)

    def bracketed(self, start: int, end: str) -> str | None:
        """Return what stands from ``start`` to the next ``end`` of the same line; ``None`` where there is none."""
        line_end = self.text.find("\n", start)
        found = self.text.find(end, start, len(self.text) if line_end < 0 else line_end)
        return None if found < 0 else self.text[start:found]

    def sees(self, sign: str) -> bool:
        """Whether the sign stands next."""
        return self.text.startswith(sign, self.at)

    def inside(self, sign: str) -> bool:
        """Whether that sign waits for its end."""
        return any(opened.sign == sign for opened in self.opened)

    def line_break(self) -> str:
        """Read a line break; an empty line closes nothing that is open."""
        if self.text.startswith("\n\n", self.at) and self.opened:
            self.unclosed(self.opened[-1])
        return self.take(1)

    def escape(self) -> str:
        r"""Read ``\x`` as the sign x."""
        sign = self.text[self.at + 1 : self.at + 2]
        if not sign or category(sign)[0] not in "PSN":
            self.fail(r'expected a sign after "\". Write "\\" for a backslash that is on the page.')
        self.at += 1
        return self.take(1)

    def raw(self, sign: str, close: str) -> str:
        """Read from a sign to its end without looking for other signs, but for escapes."""
        opened, parts = Opened(sign=sign, close=close, at=self.at), list[str]()
        self.at += len(sign)
        while not self.sees(close):
            if self.is_done or self.sees("\n\n"):
                self.unclosed(opened)
            run = _RAW.match(self.text, self.at)
            parts.append(self.escape() if self.sees("\\") else self.take(run.end() - self.at if run else 1))
        self.at += len(close)
        return normalize("NFC", "".join(parts))

    def stray(self) -> NoReturn:
        """Refuse a sign that closes nothing."""
        sign = self.text[self.at]
        if sign in (FROM_PREVIOUS, TO_NEXT):
            self.fail(
                f'expected "{sign}" only at the very {"start" if sign == FROM_PREVIOUS else "end"} of a block that '
                f'runs over the page. Move it there, or write "\\{sign}" for an arrow that is on the page.',
            )
        waiting = self.opened[-1] if self.opened else None
        if sign == "]" and waiting and waiting.sign == "[":
            self._unclassified(waiting)
        hint = f' (open is "{waiting.sign}" of {self.source.place(waiting.at)})' if waiting else ""
        self.fail(f'"{sign}" closes nothing here{hint}. Mend the sign, or write "\\{sign}" for the sign itself.')

    def fail(self, message: str) -> NoReturn:
        """Raise a GroundTruthError about the next character."""
        self.source.fail(self.at, message)

    def _unclassified(self, opened: Opened) -> NoReturn:
        """Complain about a bracket that does not say what it means."""
        self.source.fail(
            opened.at,
            'expected a bracket that says what it means: "[word?]" doubtful, "[?]" illegible, "[+word+]" supplied, '
            '"[…]" left out, "[lost: …]", "[REDACTED]". Write "\\[" and "\\]" for brackets that are on the page.',
        )

    def unclosed(self, opened: Opened) -> NoReturn:
        """Complain about a sign without end."""
        self.source.fail(
            opened.at,
            f'"{opened.sign}" is not closed before the end of its paragraph. '
            f'Write "{opened.close}" where it ends, or a "\\" before it for the sign itself.',
        )

    def overlap(self, sign: str) -> NoReturn:
        """Refuse a sign that would close one further out."""
        inner = self.opened[-1]
        self.fail(
            f'"{inner.sign}" of {self.source.place(inner.at)} must be closed before "{sign}". '
            f'Write "{inner.close}" first; signs may nest but not overlap.',
        )
