"""Which lines of an engine's paragraph are running text, and what the others are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scanfix.layout import column as columns
from scanfix.layout import edges, furniture, noise
from scanfix.layout.column import Column
from scanfix.model.text import Line, RegionKind, Word
from scanfix.settings import LayoutSettings

# Beside a page's number, what is less sure than that is a speck and does not hide it.
_SPECK = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Lines of one engine paragraph: text, and the rest with its kind."""

    text: tuple[Line, ...]
    rest: tuple[tuple[RegionKind, Line], ...]


def sort_page(
    paragraphs: Sequence[Sequence[Line]],
    of_marks: Collection[str],
    column: Column | None,
    *,
    rows: tuple[int, int],
    height_px: int,
    settings: LayoutSettings,
) -> tuple[Sorted, ...]:
    """Sort the lines of all paragraphs, and tell letterhead and catchword by the page as a whole.

    Takes the engine's paragraphs; else as :func:`sort`.
    """
    parts = [sort(lines, of_marks, column, rows=rows, height_px=height_px, settings=settings) for lines in paragraphs]
    kinds = edges.find([line for part in parts for line in part.text], column, height_px=height_px)
    return tuple(
        Sorted(
            text=tuple(line for line in part.text if line.line_id not in kinds),
            rest=(*part.rest, *((kinds[line.line_id], line) for line in part.text if line.line_id in kinds)),
        )
        for part in parts
    )


def sort(
    lines: Sequence[Line],
    of_marks: Collection[str],
    column: Column | None,
    *,
    rows: tuple[int, int],
    height_px: int,
    settings: LayoutSettings,
) -> Sorted:
    """Sort the lines of one paragraph.

    Parameters
    ----------
    lines
        As the engine read them.
    of_marks
        Ids of the words that were read in a mark's place.
    column
        The page's running text; without one only the words themselves decide.
    rows
        Lines above the first and below the second are header and footer.
    height_px
        Height of the page.
    settings
        What counts as noise.
    """
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
        sure = tuple(word for word in free if word.confidence >= _SPECK) or free
        if furniture.is_page_number(noise.with_words(line, sure), height_px=height_px):
            rest.append(("page-number", whole))
            continue
        kept, parted = _part(whole, column, settings)
        rest.extend(parted)
        if kept is None:
            continue
        kind = _kind(kept, column, rows=rows, height_px=height_px)
        if kind is None:
            text.append(kept)
        else:
            rest.append((kind, kept))
    return Sorted(text=tuple(text), rest=tuple(rest))


def _part(
    line: Line, column: Column | None, settings: LayoutSettings
) -> tuple[Line | None, tuple[tuple[RegionKind, Line], ...]]:
    """Part a line into its text and what stands beside it, with its kind."""
    pieces = columns.pieces(line.words, column.letter_px) if column and column.is_fixed else [line.words]
    kept: list[Word] = []
    parted: list[tuple[RegionKind, Line]] = []
    for number, words in enumerate(pieces):
        piece = noise.with_words(line, words, suffix=f"x{number}")
        if furniture.is_exemption(piece):
            parted.append(("marginalia", piece))
            continue
        text, others = noise.split(piece, column, min_confidence=settings.min_confidence)
        kept.extend(text.words if text else ())
        parted.extend(("other", other) for other in others)
    return noise.with_words(line, tuple(kept)) if kept else None, tuple(parted)


def _kind(line: Line, column: Column | None, *, rows: tuple[int, int], height_px: int) -> RegionKind | None:
    """Tell which furniture a line is; lines beyond the marks at head and foot are header and footer."""
    middle = line.box.centre[1]
    kind = furniture.kind_of(line, column, height_px=height_px)
    if kind is not None:
        return kind
    if middle < rows[0]:
        return "header"
    return "footer" if middle > rows[1] else None
