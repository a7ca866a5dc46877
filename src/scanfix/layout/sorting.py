"""Which lines of an engine's paragraph are running text, and what the others are."""

from collections.abc import Sequence
from dataclasses import dataclass

from scanfix.layout import furniture, noise
from scanfix.layout.column import Column
from scanfix.model.text import Line, RegionKind
from scanfix.settings import LayoutSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Lines of one engine paragraph: text, and the rest with its kind."""

    text: tuple[Line, ...]
    rest: tuple[tuple[RegionKind, Line], ...]


def sort(
    lines: Sequence[Line],
    of_marks: set[str],
    column: Column | None,
    *,
    rows: tuple[int, int],
    height_px: int,
    settings: LayoutSettings,
) -> Sorted:
    """Sort the lines of one paragraph."""
    text: list[Line] = []
    rest: list[tuple[RegionKind, Line]] = []
    for line in lines:
        marked = tuple(word for word in line.words if word.word_id in of_marks)
        free = tuple(word for word in line.words if word.word_id not in of_marks)
        if marked:
            rest.append(("other", noise.with_words(line, marked, suffix="m")))
        if not free:
            continue
        whole = noise.with_words(line, free)
        if furniture.is_page_number(whole, height_px=height_px):
            rest.append(("page-number", whole))
            continue
        kept, parted = noise.split(whole, column, min_confidence=settings.min_confidence)
        for piece in parted:
            is_code = furniture.kind_of(piece, None, height_px=height_px) == "marginalia"
            rest.append(("marginalia" if is_code else "other", piece))
        if kept is None:
            continue
        kind = _kind(kept, column, rows=rows, height_px=height_px)
        if kind is None:
            text.append(kept)
        else:
            rest.append((kind, kept))
    return Sorted(text=tuple(text), rest=tuple(rest))


def _kind(line: Line, column: Column | None, *, rows: tuple[int, int], height_px: int) -> RegionKind | None:
    """Tell which furniture a line is; lines beyond the marks at head and foot are header and footer."""
    middle = line.box.centre[1]
    kind = furniture.kind_of(line, column, height_px=height_px)
    if kind is not None:
        return kind
    if middle < rows[0]:
        return "header"
    return "footer" if middle > rows[1] else None
