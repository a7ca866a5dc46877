"""What was withheld on a page, with the exemption codes that say why, in order."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from scanfix.model.transcript import Block, Element, Inline, Redaction, Transcript
from scanfix.truth.views import text_of

# One code without its spaces: (b)(1), (b)(7)(C), 3.3(b)(1), 25X1, 50X1-HUM.
_CODE = re.compile(
    r"\([a-z]\)(?:\(\d+\)(?:\([A-Z]\))?)?|(?:E\.O\.\d{5})?,?\d\.\d\([a-z]\)(?:\(\d+\))?|\d\d[Xx]\d*(?:-(?:HUM|WMD))?"
)
# A margin with more codes than this beside one paragraph would need its image.
_REACH = 8
_BETWEEN = re.compile(r"[,;/&+]?")


def redactions(transcript: Transcript) -> tuple[Redaction, ...]:
    """Return the withheld areas of a page from first to last.

    A code that stands alone in the margin belongs to the first withheld area beside it that has no code or the same
    one, in the block after it or else in the block before; without such an area it is an entry of its own.
    """
    blocks = transcript.blocks
    found = [list(_of_block(block)) for block in blocks]
    linked: set[tuple[int, int]] = set()
    for index, block in enumerate(blocks):
        printed = text_of(block.children) if block.kind == "margin" and not found[index] else ""
        codes = canonical(printed)
        if not codes:
            continue
        code = Redaction(block_id=block.attribute("id"), block="margin", extent="margin", code=printed, codes=codes)
        place = next(_places(code, found, _beside(blocks, index), linked), None)
        if place is None:
            found[index] = [code]
        else:
            linked.add(place)
            at, number = place
            gap = found[at][number]
            found[at][number] = replace(gap, code=gap.code or printed, codes=codes, margin_id=code.block_id)
    return tuple(redaction for of_block in found for redaction in of_block)


def canonical(printed: str) -> tuple[str, ...]:
    """Return the codes that a text consists of without their spaces; none where it says anything else."""
    text, at, codes = "".join(printed.split()), 0, []
    while at < len(text):
        code = _CODE.match(text, at)
        if not code:
            return ()
        codes.append(code[0])
        between = _BETWEEN.match(text, code.end())
        at = between.end() if between else code.end()
    return tuple(codes)


def _of_block(block: Block) -> Iterator[Redaction]:
    """Give the withheld areas of a block."""
    gaps = list(_gaps(block.children))
    is_whole = len(block.children) == len(gaps) == 1
    for gap in gaps:
        code = gap.attribute("code") or ""
        yield Redaction(
            block_id=block.attribute("id"),
            block=block.kind,
            extent="block" if is_whole else "inline",
            code=code,
            codes=canonical(code),
        )


def _gaps(children: Sequence[Inline]) -> Iterator[Element]:
    """Give the withheld areas inside strings and elements, however deep."""
    for child in children:
        if isinstance(child, Element):
            if child.name == "redacted":
                yield child
            yield from _gaps(child.children)


def _beside(blocks: Sequence[Block], index: int) -> Iterator[int]:
    """Give the place of the block after a margin, then of the one before it, past other margins."""
    for way in (range(index + 1, min(index + _REACH, len(blocks))), range(index - 1, max(index - _REACH, -1), -1)):
        yield from [at for at in way if blocks[at].kind != "margin"][:1]


def _places(
    code: Redaction, found: Sequence[Sequence[Redaction]], beside: Iterator[int], linked: Set[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Give the withheld areas that a margin's code can belong to: block and number in it."""
    for at in beside:
        for number, gap in enumerate(found[at]):
            if (at, number) not in linked and (not gap.code or gap.codes == code.codes):
                yield at, number
