"""Sentences that a page, a column or a slip has parted: joins, open ends, lost words."""

import re
from collections.abc import Iterator

from scanfix.truth.lint.findings import Rule
from scanfix.truth.lint.joins import Joint, joints, parted
from scanfix.truth.lint.manuscript import Manuscript, Passage, Spot
from scanfix.truth.lint.words import vocabulary

_TAIL = 40
# A sentence of at most three words that sets a point in time: "In January", "On 4 May".
_MOMENT = re.compile(
    r"(?:^|[.!?][\"'”’)]*\s)(?P<moment>(?:In|On|At|By|Until)\s(?:late\s|early\s)?(?:[A-Z][\w'’-]*|\d{1,4})(?:\s[\w,'’-]+)?)$"
)
_CLAUSE = re.compile(r"(?P<subject>i|we|you|he|she|it|they|there|this|these|those)\s(?P<verb>[a-z'’]+)")
# What can follow a point in time and its subject. Nothing else can: a point in time takes neither the perfect ("in
# January / we have always thought", Brief No. 1) nor, in what is told as past, the present.
_PAST = vocabulary(
    "was were had did will would should could might may must shall can went came took gave said met saw made sent "
    "found told held began left became knew thought wrote spoke brought got kept led let paid put ran read rose sat "
    "set stood understood won lost cut felt fell grew heard meant drew chose broke built bought fought sought"
)


def _find_lower_case(manuscript: Manuscript) -> Iterator[Spot]:
    """Find passages that are the rest of the one before."""
    for joint in joints(manuscript):
        if joint.goes_on and joint.after and not _lost(joint):
            place = joint.before.seen_from(joint.after)
            yield joint.after.whole(
                message=f'the sentence of {place} ("…{_tail(joint.before)}") seems to go on here',
                suggestion=_how_to_join(joint.before, joint.after),
            )


def _find_open_end(manuscript: Manuscript) -> Iterator[Spot]:
    """Find passages whose last sentence has no end anywhere."""
    matched = {id(pair.start) for pair in parted(manuscript)}
    for joint in joints(manuscript):
        if joint.breaks_off and id(joint.before) not in matched:
            last_word = joint.before.text.split()[-1]
            yield joint.before.at(
                joint.before.text.rindex(last_word),
                len(joint.before.text),
                message=f'the paragraph ends without a stop ("…{_tail(joint.before)}")',
                suggestion='look at the image: add the stop, join what follows, or end with "⟶" if the page breaks it',
            )


def _find_lost(manuscript: Manuscript) -> Iterator[Spot]:
    """Find sentences that cannot go on as they do, and starts out of nowhere that no open end fits."""
    matched = {id(pair.rest) for pair in parted(manuscript)}
    for joint in joints(manuscript):
        after = joint.after
        moment = _lost(joint)
        if after and moment:
            yield joint.before.at(
                len(joint.before.text) - len(moment),
                len(joint.before.text),
                message=f'"{moment}" cannot go on as "{_head(after)}…" ({after.seen_from(joint.before)}): words or a '
                "line may be lost",
                suggestion='look at the image: add what is missing, or write "[lost: ~1 line]" between the two',
            )
        elif after and joint.starts_amid and id(after) not in matched:
            yield after.whole(
                message=f'starts in the middle of a sentence ("{_head(after)}…"), and no open sentence fits it',
                suggestion='look at the image: add its start, or write "[lost: ~1 line]" before it',
            )


def _lost(joint: Joint) -> str | None:
    """Return the fragment that cannot go on as the next passage begins."""
    if joint.after is None or not joint.goes_on:
        return None
    fragment = _MOMENT.search(joint.before.plain)
    clause = _CLAUSE.match(joint.after.plain)
    fits = clause is None or clause["verb"] in _PAST or clause["verb"].endswith("ed")
    return fragment["moment"] if fragment and not fits else None


def _how_to_join(before: Passage, after: Passage) -> str:
    """Say how two halves are joined: over a page's end by arrows, else by taking out what parts them."""
    if before.page_id == after.page_id:
        return "join the two, or mark the page break between them"
    return 'end the first with "⟶" and start this one with "⟵"'


def _tail(passage: Passage) -> str:
    """Return the last words of a passage."""
    cut = passage.plain[-_TAIL:]
    return cut.partition(" ")[2] or cut if len(passage.plain) > _TAIL else cut


def _head(passage: Passage) -> str:
    """Return the first words of a passage."""
    return passage.plain[:_TAIL].rpartition(" ")[0] if len(passage.plain) > _TAIL else passage.plain


_LONG = "The harbour board of Tessin has met four times since the spring in order to settle the"

RULES = (
    Rule(
        name="join-lower-case",
        severity="warning",
        about="transcriber",
        summary="A paragraph starts in lower case and the one before it has no stop: a page or column parted them.",
        caught=f"{_LONG}\n\ndues on timber, and has agreed on nothing.",
        left_alone=f"{_LONG} ⟶\n\n<!-- page 2 -->\n\n⟵ dues on timber, and has agreed on nothing.",
        find=_find_lower_case,
    ),
    Rule(
        name="join-open-end",
        severity="warning",
        about="unknown",
        summary="A paragraph ends without a stop, and what follows is not its end.",
        caught=f"{_LONG} dues on timber\n\nThe ferry is another matter.",
        left_alone=f"Harbour Board of Tessin\n\n{_LONG} dues:\n\n1. Timber\n\n2. Coal",
        find=_find_open_end,
    ),
    Rule(
        name="lost-text",
        severity="warning",
        about="unknown",
        summary="A sentence cannot go on as it does, or starts out of nowhere: words or a line may be lost.",
        caught="The ferry men have asked for more pay, and may leave. In March\n\nwe have never seen a fuller hall.",
        left_alone="The ferry men have asked for more pay, and may leave. In March\n\nwe agreed to hear them.",
        find=_find_lost,
    ),
)
