"""Paragraphs in the few shapes that typists knew; long words may be divided in all but headings."""

from dataclasses import replace

from scanfix.facsimile.asked.document import Alignment, Paragraph, Run, Style
from scanfix.facsimile.writing import tidying

# Typists set a paragraph in by the five blanks of their tabulator's first stop, a numbered sub-paragraph by two stops.
INDENT = 5
# Words that a title leaves small.
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "its",
        "as",
        "but",
        "toward",
        "towards",
    ]
)


def body(text: str, *, number: str = "", heading: str = "", blank: float = 1.0, leading: float = 1.0) -> Paragraph:
    """Set running text, numbered, or opened by an underlined heading of its own."""
    lead = (Run(text=f"{number} "),) if number else ()
    title = (Run(text=heading, style="underlined"), Run(text=" ")) if heading else ()
    runs = (*lead, *title, Run(text=tidying.divisible(text)))
    return Paragraph(runs=runs, indent=INDENT, blank_before=blank, leading=leading)


def quotation(text: str) -> Paragraph:
    """Set a quoted passage, drawn in on both sides."""
    return Paragraph(runs=(Run(text=tidying.divisible(text)),), indent=2 * INDENT, hanging=2 * INDENT, inset=INDENT)


def item(text: str, *, label: str) -> Paragraph:
    """Set a sub-paragraph that hangs from its label."""
    runs = (Run(text=f"{label} {tidying.divisible(text)}"),)
    return Paragraph(runs=runs, indent=INDENT, hanging=2 * INDENT)


def heading(text: str, *, style: Style = "plain", blank: float = 2.0, alignment: Alignment = "centre") -> Paragraph:
    """Set a heading."""
    return Paragraph(runs=(Run(text=text, style=style),), kind="heading", alignment=alignment, blank_before=blank)


def noted(paragraph: Paragraph, *, label: str) -> Paragraph:
    """Put the sign of a footnote at a paragraph's end."""
    return replace(paragraph, runs=(*paragraph.runs, Run(text=label, style="raised")))


def line(text: str, *, alignment: Alignment = "left", blank: float = 1.0, style: Style = "plain") -> Paragraph:
    """Set a line, such as a date; line feeds part several."""
    return Paragraph(runs=(Run(text=text, style=style),), alignment=alignment, blank_before=blank)


def footnote(text: str, *, label: str) -> Paragraph:
    """Set a note for the foot of the sheet."""
    return Paragraph(runs=(Run(text=tidying.divisible(text)),), kind="footnote", label=label)


def soft(run: Run) -> Run:
    """Let the long words of typed text be divided; a hand's are not."""
    return replace(run, text=tidying.divisible(run.text)) if run.style == "plain" else run


def titled(text: str) -> str:
    """Write a title with capitals."""
    words = text.split(" ")
    return " ".join(
        word if index and word in _SMALL else word[:1].upper() + word[1:] for index, word in enumerate(words)
    )
