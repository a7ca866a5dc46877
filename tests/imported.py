"""Imports of short sources, and laws that all imports keep; a helper, not a test."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from scanfix.errors import GroundTruthError
from scanfix.families import Family, read_families
from scanfix.model.transcript import Block, Inline
from scanfix.truth import importers, notation, spelling
from scanfix.truth.importers.report import Imported, unaccounted

FAMILIES = read_families(Path(__file__).parent.parent / "config" / "stamps")
# Everything that means something to Markdown, to the notation or to an importer.
NASTY = st.sampled_from(
    [
        *"ab13é ~*_[]{}<>\\:^?+-|#…⟵⟶☒'\"\n&;./!\t\f\r", "\n\n", "  \n", "\n---\n", ":::", "<!--", "-->",
        "<!-- page 2 -->", "<!---->", "[lost: x]",
        "[REDACTED (b)(1)]", "**", "~~", "<u>", "</u>", "<i>", "</i>", "<sup>1</sup>",
        "\\*", "[footnoteRef:1]", "[1: ", "](http://x.y)", "\n\nSECRET\n\n", "~~SECRET~~", "- 4 -", "(b) (3)",
        "RECORD COPY", "THIS IS A COPY", "\nTHE ORIGINAL HAS BEEN RETAINED\n", "DOCUMENT NO. 26", "<br>", "&amp;",
        "&#769;", "\u0301", "\u2028", "\xa0", "*x*", "[y]", " [z] *w* ", "[^1]: ", "\n# ", "\n> ", "\n- a. ", "1. ",
        "[handwritten]", "[sic]", "[3w?]", "w?]", "[illegible]", "-trans.]", "**Citation:**", "**Contents:**",
        "**Original Language:** English", "x" * 130, "\ufeff", "English Translation",
    ]
)  # fmt: skip
DECLARED = "Italicized passages inserted and bracketed passages deleted by hand."


def imported(
    text: str, *, file: str = "memo.md", profile: str | None = None, families: Sequence[Family] = FAMILIES
) -> Imported:
    return importers.import_text(text, file=file, scan_id="memo", profile=profile, families=families)


def attempt(text: str, *, file: str = "memo.md", profile: str | None = None) -> Imported | str:
    """Return an import, or what the refusal says."""
    try:
        return imported(text, file=file, profile=profile)
    except GroundTruthError as error:
        return str(error)


def keeps_the_laws(result: Imported | str, text: str, file: str = "memo.md") -> bool:
    """Whether a source was imported without loss, to the word, or refused with a place."""
    if isinstance(result, str):
        return result.startswith(f"{file}: line ")
    return is_lossless(result) and unaccounted(text, result) == ()


def blocks(text: str, *, profile: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of a source of one page."""
    (page,) = imported(text, profile=profile).placed.pages
    return page.blocks


def inline(text: str, *, profile: str | None = None) -> str:
    """Return the first block of a source as the notation writes its content."""
    return spelling.spell(blocks(text, profile=profile)[0].children)


def layered(text: str) -> str:
    """Return a paragraph of a source that declares its layers, as the notation writes it."""
    return spelling.spell(blocks(f"{DECLARED}\n\n{text}")[1].children)


def kinds(text: str) -> list[str]:
    """Return the kinds of all blocks of a source, page by page, pages parted by ``|``."""
    return " | ".join(" ".join(block.kind for block in page.blocks) for page in imported(text).placed.pages).split(" ")


def outcomes(text: str, rule: str) -> list[str]:
    """Return what was decided by a rule."""
    return [one.outcome for one in imported(text).decisions if one.rule == rule]


def said(text: str, rule: str) -> list[str]:
    """Return the signs that a rule decided."""
    return [one.sign for one in imported(text).decisions if one.rule == rule]


def is_lossless(result: Imported) -> bool:
    """Whether what was imported is written and read back as it is."""
    pages = result.placed.pages
    again = notation.parse_document(notation.write_document(pages), file="again.md", scan_id="memo")
    return again == pages


def plain(children: Sequence[Inline]) -> str:
    return spelling.spell(children)
