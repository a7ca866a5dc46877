"""Specimens among running text: struck and crossed-out words, and words that only look so."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Literal

from scanfix.facsimile.asked.document import Paragraph, Run, Style, Table
from scanfix.facsimile.asked.marking import Note
from scanfix.facsimile.matrix import lettering, typescript
from scanfix.facsimile.matrix.draft import Draft
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.facsimile.writing import writers

# Capitals of a pica machine, in inches.
_CAPITAL_IN = 0.1
_STYLES: Mapping[str, Style] = {
    "underlined-words": "underlined",
    "doubled-words": "doubled",
    "spaced-words": "spaced",
    "spaced-underlined-words": "spaced",
}
# All their bars lie at half height, where a level stroke would run.
_CROSSBARS = ("THE FIFTH FLEET", "EIGHTH HEARTH", "HALF THE FREIGHT", "THEATRE HEATH")
_LONG = 5  # letters, of words that are struck: longer than articles and prepositions
_NOTE = "1"
_TABLE_STARTS = (0, 26, 40)


def put_words(draft: Draft, specimen: Specimen, *, row: float, rows: int, blank_before: float) -> Paragraph:
    """Return a paragraph with a specimen in its second line, and remember where that stands."""
    if not specimen.is_positive:
        return _alike(draft, specimen, row=row, rows=rows, blank_before=blank_before)
    text = _phrase(draft, specimen)
    typed: Mapping[str, Style] = {"overtyped": "overtyped", "slashed": "slashed"}
    shape = specimen.level("shape")
    if shape in typed:
        run = Run(text=text, style=typed[shape])
    else:
        stroke = lettering.stroke_of(
            specimen, face=draft.machine.face, capital_in=_CAPITAL_IN, generator=draft.generator
        )
        run = Run(text=text, style="struck", stroke=stroke)
    set_ = typescript.holding(draft, (run,), row=row, rows=rows, blank_before=blank_before)
    draft.want(specimen, "strikethrough", set_.at_in, text)
    return set_.paragraph


def put_table(draft: Draft, specimen: Specimen, *, row: float, blank_before: float) -> Table:
    """Return a table whose head is a specimen, a row of hyphens close under it."""
    text = _wording(specimen)
    names = [writers.words_of_body(draft.generator, 1).capitalize() for _ in range(2)]
    numbers = [f"{int(draft.generator.integers(100, 9999)):,}" for _ in range(4)]
    draft.want(specimen, "words", (draft.sheet.left_in + 0.4, typescript.row_in(draft, row)), text)
    return Table(
        rows=((text, "1951", "1952"), (names[0], numbers[0], numbers[1]), (names[1], numbers[2], numbers[3])),
        starts=_TABLE_STARTS,
        has_head=True,
        blank_before=blank_before,
    )


def put_footnote(draft: Draft, specimen: Specimen) -> tuple[Run, Paragraph]:
    """Return the sign of a footnote and the note, which begins with a specimen under the rule."""
    text = _wording(specimen)
    (line,) = typescript.lines_of(draft, rows=1, columns=30)
    note = Paragraph(runs=(Run(text=f"{text} {line}"),), kind="footnote", label=_NOTE, blank_before=0.0)
    draft.want(specimen, "words", (draft.sheet.left_in + 0.6, draft.sheet.height_in - draft.sheet.bottom_in), text)
    return Run(text=_NOTE, style="raised"), note


def _alike(draft: Draft, specimen: Specimen, *, row: float, rows: int, blank_before: float) -> Paragraph:
    """Return a paragraph with a word that only looks struck."""
    kind = specimen.level("lookalike")
    text = _CROSSBARS[int(draft.generator.integers(len(_CROSSBARS)))] if kind == "crossbars" else _wording(specimen)
    runs, found = _RUNS.get(kind, _plain)(text)
    if kind in _STYLES:
        is_underlined = kind == "spaced-underlined-words"
        runs = (Run(text=text.upper() if "spaced" in kind else text, style=_STYLES[kind], is_underlined=is_underlined),)
        found = runs[0].text
    set_ = typescript.holding(draft, runs, row=row, rows=rows, blank_before=blank_before)
    if kind == "signed-name":
        _sign(draft, set_.at_in)
    mark: Literal["underline", "words"] = "underline" if "underlined" in kind else "words"
    draft.want(specimen, mark, set_.at_in, found)
    return set_.paragraph


def _phrase(draft: Draft, specimen: Specimen) -> str:
    """Return the words that are struck: of the text, or the marking's own lexicon in capitals."""
    if specimen.level("text") == "typed":
        return draft.pick(("TOP SECRET", "SECRET", "CONFIDENTIAL", "RESTRICTED"))
    if draft.generator.uniform() < 0.3:
        return draft.pick(("secret", "top secret", "confidential"))
    written = writers.words_of_body(draft.generator, 12).split(" ")
    # Neither is a word that could double its neighbour in the line.
    pairs = (f"{one} {other}" for one, other in pairwise(written) if min(len(one), len(other)) >= _LONG)
    return next(pairs, max(written, key=len))


def _wording(specimen: Specimen) -> str:
    """Return the word of the lexicon that the specimen shows, as running text has it or in capitals."""
    text = specimen.level("wording")
    return text if specimen.level("text") == "typed" else text.lower()


def _sign(draft: Draft, at_in: tuple[float, float]) -> None:
    """Sign across what was typed."""
    draft.notes.append(
        Note(page=1, kind="signature", x_in=round(at_in[0] - 0.6, 4), y_in=round(at_in[1] + 0.12, 4), size_in=0.34)
    )


def _plain(text: str) -> tuple[tuple[Run, ...], str]:
    """Return words as they are."""
    return (Run(text=text),), text


_RUNS: Mapping[str, Callable[[str], tuple[tuple[Run, ...], str]]] = {
    "hyphen-fillers": lambda text: ((Run(text=f"------ {text} ------"),), text),
    "dashed-words": lambda text: ((Run(text=f"--{text}--"),), f"--{text}--"),
    "leaders": lambda text: ((Run(text=f"{text} ........ 14"),), text),
    "form-line": lambda text: ((Run(text=f"{text} ____________"),), text),
    "rubbed-out": lambda text: ((Run(text=text, ghost="x" * len(text)),), text),
}
