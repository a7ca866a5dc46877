"""Inlines as the notation's parser gives them: what is put together piece by piece equals what is read back."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from scanfix.model.transcript import Inline


def joined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Join neighbouring strings; drop empty ones."""
    for is_text, group in groupby(inlines, key=lambda inline: isinstance(inline, str)):
        if not is_text:
            yield from group
        elif text := "".join(inline for inline in group if isinstance(inline, str)):
            yield text
