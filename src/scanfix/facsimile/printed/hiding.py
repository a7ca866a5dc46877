"""What boxes printed over typing hide: the letters under them leave the text, as if they had been withheld."""

from dataclasses import replace

from scanfix.facsimile.asked.document import Run
from scanfix.facsimile.surface.outline import around
from scanfix.facsimile.truth.record import Cover, Printed
from scanfix.facsimile.typed.inked import InkedBlock
from scanfix.facsimile.typed.typewriter import InkedKey, InkedRow, InkedWord, Stretch

# A letter whose half is covered cannot be read.
_GONE = 0.5


def hide(printed: Printed) -> Printed:
    """Withhold every typed letter that a box placed on the page covers."""
    printed = replace(
        printed,
        covers=tuple(
            replace(cover, hides_text=True) if cover.is_placed and _hides(printed, cover) else cover
            for cover in printed.covers
        ),
    )
    covers = [cover for cover in printed.covers if cover.hides_text]
    number = _block(printed, printed.number, covers) if printed.number else None
    blocks = tuple(_block(printed, block, covers) for block in printed.blocks)
    return replace(printed, blocks=blocks, number=number)


def _block(printed: Printed, block: InkedBlock, covers: list[Cover]) -> InkedBlock:
    """Withhold what is covered of a block."""
    rows = tuple(_row(printed, row, covers) for row in block.rows)
    return replace(block, rows=rows, typed=replace(block.typed, rows=tuple(row.typed for row in rows)))


def _row(printed: Printed, row: InkedRow, covers: list[Cover]) -> InkedRow:
    """Withhold what is covered of a row."""
    words = tuple(_word(printed, word, covers) for word in row.words)
    if words == row.words:
        return row
    old = (key for word in row.words for key in word.keys)
    new = [(place, key) for place, word in enumerate(words) for key in word.keys]
    changed = dict(zip(map(id, old), new, strict=True))
    stretches = [_stretch(stretch, [changed[id(key)] for key in stretch.keys]) for stretch in row.stretches]
    typed = replace(row.typed, words=tuple(word.typed for word in words))
    return replace(row, typed=typed, words=words, stretches=tuple(stretch for stretch in stretches if stretch.keys))


def _stretch(stretch: Stretch, keys: list[tuple[int, InkedKey]]) -> Stretch:
    """Keep what can be seen of a stretch; every key comes with the place of its word."""
    kept = [(place, key) for place, key in keys if key.key.run == stretch.run]
    places = tuple(dict.fromkeys(place for place, _ in kept))
    parts = ("".join(key.key.char for at, key in kept if at == place) for place in places)
    return replace(stretch, keys=tuple(key for _, key in kept), words=places, text=" ".join(parts))


def _word(printed: Printed, word: InkedWord, covers: list[Cover]) -> InkedWord:
    """Withhold the covered letters of a word."""
    near = [cover for cover in covers if _is_near(printed, word, cover)]
    keys = tuple(_key(printed, key, near) for key in word.keys) if near else word.keys
    if keys == word.keys:
        return word
    return replace(word, keys=keys, typed=replace(word.typed, keys=tuple(key.key for key in keys)))


def _key(printed: Printed, key: InkedKey, covers: list[Cover]) -> InkedKey:
    """Withhold a letter that lies under a box."""
    if not key.ink:
        return key
    box = printed.on_page((key.ink,))
    for cover in covers:
        if box.share_inside(cover.box) >= _GONE:
            # One run for all letters under a box: they are one gap in the text.
            run = Run(text="", style="withheld", code=cover.printed_code)
            return replace(key, key=replace(key.key, run=run), ink=replace(key.ink, points=()), second=None)
    return key


def _hides(printed: Printed, cover: Cover) -> bool:
    """Whether a box covers any typed letter."""
    return any(
        printed.on_page((key.ink,)).share_inside(cover.box) >= _GONE
        for block in printed.blocks
        for row in block.rows
        for word in row.words
        if _is_near(printed, word, cover)
        for key in word.keys
        if key.ink
    )


def _is_near(printed: Printed, word: InkedWord, cover: Cover) -> bool:
    """Whether a box touches a word; letter by letter it would take a tenth of a second a page."""
    return printed.to_page.quad(around(word.ink).box).box.intersect(cover.box).area > 0
