"""The machine's reading of a page, put down as a transcript.

Regions become paragraphs and fences, marks become fences of their own or strokes through words:

- paragraph and heading: running text; footnote: a ``footnote`` fence (its sign stays in the text, where it was read);
- header: ``head``; footer: ``foot``; page-number: ``pageno``; signature-mark: ``catchword``; marginalia: ``margin``;
- other (noise, or print that belongs to no text): ``margin region=other``, so that nothing read is lost, and no view
  takes it for running text;
- classification marks: lines of a ``head`` or ``foot`` fence by their field ``position``, strokes through the running
  text that they stand in, else a ``classification`` fence;
- banner, stamp, handwriting: fences with the mark's id and fields; exemption: ``margin``;
- redaction: ``[REDACTED]``, between the words of the line that it stands in, else as a paragraph;
- strikethrough and underline: their words; check boxes stay with the marks file, which holds all marks in any case.

A word that a mark's fence already says is not said again. No paragraph is joined to another page: a machine that
reads one page cannot know (``scanfix.documents`` does it when all pages are done).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from unicodedata import normalize

from scanfix.model.mark import Mark, MarkKind, PageMarks
from scanfix.model.text import BODY_KINDS, Line, PageText, Region, RegionKind, Word
from scanfix.model.transcript import MASK, Attributes, Block, BlockKind, Element, Inline, Transcript
from scanfix.truth import fences
from scanfix.truth.walk import Parts

_KINDS: Mapping[RegionKind, BlockKind] = {
    "paragraph": "paragraph",
    "heading": "paragraph",
    "footnote": "footnote",
    "header": "head",
    "footer": "foot",
    "page-number": "pageno",
    "marginalia": "margin",
    "signature-mark": "catchword",
    "other": "margin",
}
_OTHER: Attributes = (("region", "other"),)
_EDGES: Mapping[str, BlockKind] = {"head": "head", "top": "head", "foot": "foot", "bottom": "foot"}
_FENCED: Mapping[MarkKind, BlockKind] = {
    "classification": "classification",
    "banner": "banner",
    "stamp": "stamp",
    "exemption": "margin",
    "handwriting": "handwriting",
    "redaction": "paragraph",
}
_STYLES: tuple[MarkKind, ...] = ("classification", "strikethrough", "underline")
# Of a word's box, when it belongs to a mark that does not name its words: more than half.
_INSIDE = 0.5
# A withheld area is of one line when it is lower than two, and ends it when it begins within two letters.
_LOW, _NEAR = 2.0, 2.0
_UNSURE = Element(name="note", attributes=(("kind", "ed"),), children=("strike uncertain",))
_ILLEGIBLE = Element(name="illegible")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Words that a fence says, marks that lie on the words that stay, and what is withheld of a line, by its id."""

    fenced: tuple[tuple[Mark, str], ...]
    said: frozenset[str]
    styles: Mapping[str, tuple[Mark, ...]]
    withheld: Mapping[str, tuple[Mark, ...]]


def transcript_of(text: PageText, marks: PageMarks, *, languages: Sequence[str]) -> Transcript:
    """Put down what was read on a page.

    Parameters
    ----------
    text
        The page's regions in logical order.
    marks
        Its marks, in the same frame.
    languages
        Tesseract's codes, for the front matter.
    """
    plan = _plan(text, marks.marks)
    edges: defaultdict[BlockKind, list[tuple[Mark, str]]] = defaultdict(list)
    amid: list[tuple[Mark, str]] = []
    for mark, said in sorted(plan.fenced, key=lambda entry: (entry[0].box.top, entry[0].box.left)):
        edge = _edge(mark)
        (edges[edge] if edge else amid).append((mark, said))
    blocks = (*_at_edge("head", edges["head"]), *_running(text.regions, amid, plan), *_at_edge("foot", edges["foot"]))
    meta = (
        ("scan", text.page_id.scan_id),
        ("page", str(text.page_id.number)),
        ("languages", f"[{', '.join(languages)}]"),
        ("transcribed_by", text.provenance.made_by),
    )
    return Transcript(page_id=text.page_id, meta=meta, blocks=blocks)


# What goes where


def _plan(text: PageText, marks: Sequence[Mark]) -> _Plan:
    """Decide for every mark whether it is a fence or lies on running words, and for every word who says it."""
    said: set[str] = set()
    fenced: list[tuple[Mark, str]] = []
    styles: defaultdict[str, tuple[Mark, ...]] = defaultdict(tuple)
    withheld: defaultdict[str, tuple[Mark, ...]] = defaultdict(tuple)
    for mark in marks:
        line = _line_of(mark, text) if mark.kind == "redaction" else None
        if line is not None:
            withheld[line.line_id] += (mark,)
            continue
        body, others = _words_of(mark, text)
        if mark.kind in _STYLES and (mark.kind != "classification" or (body and not _edge(mark))):
            for word in (*body, *others):
                styles[word.word_id] += (mark,)
        elif mark.kind in _FENCED:
            # A stamp or a hand may lie over running text, whose words stay where they are; a marking or banner at
            # the page's edge, and an exemption code in the margin, stand alone.
            stands_alone = _edge(mark) or mark.kind == "exemption"
            covered = (*body, *others) if stands_alone else others
            said.update(word.word_id for word in covered)
            fenced.append((mark, mark.text or " ".join(word.text for word in covered)))
    return _Plan(fenced=tuple(fenced), said=frozenset(said), styles=styles, withheld=withheld)


def _words_of(mark: Mark, text: PageText) -> tuple[list[Word], list[Word]]:
    """Return a mark's words: those of running text, and the others."""
    found: tuple[list[Word], list[Word]] = ([], [])
    for region in text.regions:
        for line in region.lines:
            found[region.kind not in BODY_KINDS].extend(word for word in line.words if _is_on(word, mark))
    return found


def _line_of(mark: Mark, text: PageText) -> Line | None:
    """Return the line of running text that a low withheld area stands in or ends; ``None`` where it stands alone."""
    lines = (line for region in text.regions if region.kind in BODY_KINDS for line in region.lines)
    shared = [(min(line.box.bottom, mark.box.bottom) - max(line.box.top, mark.box.top), line) for line in lines]
    rows, line = max(shared, key=lambda entry: entry[0], default=(0, None))
    if line is None or mark.box.height > _LOW * line.box.height or rows < _INSIDE * line.box.height:
        return None
    away = max(line.box.left - mark.box.right, mark.box.left - line.box.right)
    return line if away <= _NEAR * line.box.height else None


def _is_on(word: Word, mark: Mark) -> bool:
    """Whether a word belongs to a mark: by its id, or by its place where the mark names no words."""
    return word.word_id in mark.word_ids if mark.word_ids else word.box.share_inside(mark.box) > _INSIDE


def _edge(mark: Mark) -> BlockKind | None:
    """Return ``head`` or ``foot`` for markings and banners that stand there."""
    return _EDGES.get(mark.field("position") or "") if mark.kind in ("classification", "banner") else None


# Blocks


def _at_edge(kind: BlockKind, entries: Sequence[tuple[Mark, str]]) -> Iterator[Block]:
    """Give the banners of an edge of the page, and one fence with all its markings, from top to bottom."""
    for mark_kind, group in groupby(entries, key=lambda entry: entry[0].kind):
        if mark_kind == "banner":
            yield from (_fence(mark, said) for mark, said in group)
        else:
            parts = Parts()
            for number, (mark, said) in enumerate(group):
                _add_all(parts, ("\n",) if number else (), _marked(mark, said))
            yield Block(kind=kind, children=parts.all())


def _running(regions: Sequence[Region], amid: Sequence[tuple[Mark, str]], plan: _Plan) -> Iterator[Block]:
    """Give the regions in their order, each mark before the first of them that lies below its middle."""
    waiting = list(amid)
    for region in regions:
        while waiting and waiting[0][0].box.centre[1] < region.box.top:
            yield _fence(*waiting.pop(0))
        children = _children(region, plan)
        if children:
            attributes = _OTHER if region.kind == "other" else ()
            yield Block(kind=_KINDS[region.kind], attributes=attributes, children=children)
    yield from (_fence(mark, said) for mark, said in waiting)


def _fence(mark: Mark, said: str) -> Block:
    """Return the fence of a mark; a withheld area is a paragraph of its own."""
    if mark.kind == "redaction":
        return Block(kind="paragraph", children=(_redacted(mark),))
    names = [(name, _flat(value)) for name, value in mark.fields if fences.is_name(name) and name != "id"]
    attributes = (*((("id", mark.mark_id),) if mark.mark_id else ()), *dict(names).items())
    return Block(kind=_FENCED[mark.kind], attributes=attributes, children=_marked(mark, said))


def _redacted(mark: Mark) -> Element:
    """Return a withheld area with its code."""
    code = _flat(mark.field("code") or "")
    return Element(name="redacted", attributes=(("code", code),) if code else ())


def _marked(mark: Mark, said: str) -> tuple[Inline, ...]:
    """Return what a mark says, struck where it is, with a note where that is uncertain."""
    lines = "\n".join(flat for line in said.split("\n") if (flat := _flat(line)))
    text: tuple[Inline, ...] = (lines,) if lines else (_ILLEGIBLE,)
    parts = Parts()
    _add_all(parts, _struck(mark, text))
    return parts.all()


# Words


def _children(region: Region, plan: _Plan) -> tuple[Inline, ...]:
    """Return the lines of a region, without the words that a fence says."""
    parts = Parts()
    is_first = True
    for line in region.lines:
        words = [word for word in line.words if word.word_id not in plan.said and _flat(word.text)]
        marks = sorted(plan.withheld.get(line.line_id, ()), key=lambda mark: mark.box.left)
        if words or marks:
            _add_all(parts, () if is_first else ("\n",), _with_gaps(words, marks, plan.styles))
            is_first = False
    return parts.all()


def _with_gaps(
    words: Sequence[Word], withheld: Sequence[Mark], styles: Mapping[str, tuple[Mark, ...]]
) -> Iterator[Inline]:
    """Give the words of a line with what is withheld between them."""
    starts = [sum(word.box.centre[0] < mark.box.centre[0] for word in words) for mark in withheld]
    bounds = [0, *starts, len(words)]
    is_first = True
    for number, (start, end) in enumerate(pairwise(bounds)):
        pieces = [tuple(_styled(words[start:end], styles))] if start < end else []
        pieces += [(_redacted(withheld[number]),)] if number < len(withheld) else []
        for piece in pieces:
            yield from piece if is_first else (" ", *piece)
            is_first = False


def _styled(words: Sequence[Word], styles: Mapping[str, tuple[Mark, ...]]) -> Iterator[Inline]:
    """Give the words of a line; neighbours under the same strokes share one element."""
    runs = groupby(words, key=lambda word: styles.get(word.word_id, ()))
    for number, (marks, run) in enumerate(runs):
        inner: tuple[Inline, ...] = (" ".join(_flat(word.text) for word in run),)
        if any(mark.kind == "underline" for mark in marks):
            inner = (Element(name="underline", children=inner),)
        strokes = [mark for mark in marks if mark.kind != "underline"]
        yield from (" ",) if number else ()
        yield from _struck(strokes[0], inner) if strokes else inner


def _struck(mark: Mark, inner: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Strike text as its mark says; a level stroke goes without saying, an uncertain one is a note."""
    if mark.status == "struck" or (mark.status is None and mark.kind == "strikethrough"):
        shape: Attributes = (("shape", mark.shape),) if mark.shape and mark.shape != "horizontal" else ()
        return (Element(name="struck", attributes=shape, children=inner),)
    return (*inner, " ", _UNSURE) if mark.status == "uncertain" else inner


def _add_all(parts: Parts, *groups: Iterable[Inline]) -> None:
    """Add strings and elements in order."""
    for group in groups:
        for part in group:
            parts.add(part)


def _flat(text: str) -> str:
    """Return text on one line with single spaces; the sign that masks is no text."""
    return normalize("NFC", " ".join(text.replace(MASK, "").split()))
