"""Heads, feet and markings over a run of pages: what one page lacks, and what stands twice."""

from collections.abc import Iterator, Sequence

from scanfix.model.transcript import BlockKind, Transcript
from scanfix.truth import markings
from scanfix.truth.lint.findings import Rule
from scanfix.truth.lint.manuscript import Manuscript, Passage, Spot

_EDGES: tuple[BlockKind, ...] = ("head", "foot")
_MARKED: frozenset[BlockKind] = frozenset({"head", "foot", "classification", "paragraph"})
# Of the pages, when what they have in common is a rule that a page can break.
_MOST = 0.5
_LOOK = "look at the image: transcribe it, or write"


def _find_parity(manuscript: Manuscript) -> Iterator[Spot]:
    """Find pages without the head or foot marking that the others have, and page breaks lost inside a page."""
    pages = manuscript.pages
    for kind in _EDGES:
        has = [_has(page, kind) for page in pages]
        if len(pages) > 1 and sum(has) >= _MOST * len(pages):
            for at, page in enumerate(pages):
                if not has[at] and not _says_none(page, kind) and _is_expected(pages, at, kind):
                    yield _lacking(page, kind)
    for page in pages:
        yield from _amid(page)


def _has(page: Sequence[Passage], kind: BlockKind) -> bool:
    """Whether a page has a marking in its head or foot."""
    return any(passage.block.kind == kind and _marking(passage) for passage in page)


def _says_none(page: Sequence[Passage], kind: BlockKind) -> bool:
    """Whether a page says on purpose that it has no head or foot."""
    return any(passage.block.kind == kind and passage.block.is_absent for passage in page)


def _is_expected(pages: Sequence[Sequence[Passage]], at: int, kind: BlockKind) -> bool:
    """Whether a page should have a head or foot: it has the other edge, or its neighbours on both sides have this."""
    other: BlockKind = "foot" if kind == "head" else "head"
    neighbours = [pages[near] for near in (at - 1, at + 1) if 0 <= near < len(pages)]
    return _has(pages[at], other) or (len(neighbours) > 1 and all(_has(page, kind) for page in neighbours))


def _lacking(page: Sequence[Passage], kind: BlockKind) -> Spot:
    """Return the spot of a page that lacks a head or foot."""
    return page[0 if kind == "head" else -1].whole(
        message=f"page {page[0].page_id.number} has no {kind} marking; other pages have one",
        suggestion=f'{_LOOK} "::: {kind} none"',
    )


def _amid(page: Sequence[Passage]) -> Iterator[Spot]:
    """Find a marking with running text on both sides of it and no page break: only one of foot and head is there."""
    running = [at for at, passage in enumerate(page) if passage.is_running]
    for at, passage in enumerate(page):
        is_edge = passage.block.kind in _EDGES or (passage.block.kind == "paragraph" and not passage.is_running)
        is_amid = bool(running) and running[0] < at < running[-1]
        if is_edge and is_amid and _marking(passage) and not _repeats(page, at):
            yield passage.whole(
                message=f'"{_marking(passage)}" stands amid the text: a foot, and the next page has no head '
                "(or the other way round)",
                suggestion=f'{_LOOK} the page break with "::: head none" or "::: foot none"',
            )


def _find_repeated(manuscript: Manuscript) -> Iterator[Spot]:
    """Find a marking that stands twice in a row on one page, but for a head over a foot."""
    for page in manuscript.pages:
        for at, passage in enumerate(page):
            if _repeats(page, at) == -1 and not passage.is_noted:
                yield passage.whole(
                    message=f"\"{_marking(passage)}\" stands twice in a row: one page's foot and the next one's head?",
                    suggestion='write the page break between them: "<!-- page 2 -->"',
                )


def _repeats(page: Sequence[Passage], at: int) -> int:
    """Return -1 where a marking is the one before it again, 1 where it is the one after it, 0 where it is neither."""
    for step in (-1, 1):
        near = at + step
        if 0 <= near < len(page) and _is_same(*sorted((page[at], page[near]), key=lambda one: one.line)):
            return step
    return 0


def _is_same(first: Passage, second: Passage) -> bool:
    """Whether two neighbours say the same marking, and are not head and foot of a page without text."""
    is_empty_page = (first.block.kind, second.block.kind) == _EDGES
    return bool(_marking(first)) and _marking(first) == _marking(second) and not is_empty_page


def _marking(passage: Passage) -> str:
    """Return the markings that a passage consists of, in a fence or as a paragraph of its own."""
    if passage.block.kind not in _MARKED or passage.is_running:
        return ""
    if passage.block.kind == "paragraph":
        return passage.plain if markings.is_wording(passage.plain) else ""
    found = markings.markings(Transcript(page_id=passage.page_id, blocks=(passage.block,)))
    return " / ".join(marking.text for marking in found)


def _page(*, head: str = "::: head\nSECRET\n:::\n\n", text: str, foot: str = "::: foot\nSECRET\n:::\n\n") -> str:
    """Return a page for the examples."""
    return f"{head}{text}\n\n{foot}"


_PAGES = (
    _page(text="The ferry is closed.") + "<!-- page 2 -->\n\n{}<!-- page 3 -->\n\n" + _page(text="Nobody knows why.")
)

RULES = (
    Rule(
        name="furniture-parity",
        severity="warning",
        about="unknown",
        summary="A page lacks the marking in head or foot that the others have, and does not say ::: head none.",
        caught=_PAGES.format(_page(head="", text="It opens in May.")),
        left_alone=_PAGES.format(_page(head="::: head none\n\n", text="It opens in May.")),
        find=_find_parity,
    ),
    Rule(
        name="repeated-marking",
        severity="warning",
        about="transcriber",
        summary="The same marking twice in a row on one page: a lost page break?",
        caught=_page(text="The ferry is closed.") + _page(text="It opens in May."),
        left_alone=_page(text="The ferry is closed.") + "<!-- page 2 -->\n\n" + _page(text="It opens in May."),
        find=_find_repeated,
    ),
)
