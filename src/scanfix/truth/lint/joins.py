"""Where one running passage ends and the next begins: sentences that go on, break off, or come out of nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scanfix.truth.lint import agreement, prose
from scanfix.truth.lint.manuscript import Manuscript, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Two running passages that follow one another, nothing said of a join; ``after`` is ``None`` at the end.

    ``starts_item`` says that the second is an item among several under dashes.
    """

    before: Passage
    after: Passage | None
    starts_item: bool

    @property
    def goes_on(self) -> bool:
        """Whether the second is the rest of the first's sentence."""
        return self._has_rest and not prose.ends(self.before.plain) and not self._is_no_sentence

    @property
    def breaks_off(self) -> bool:
        """Whether the first's sentence stays without its end."""
        return prose.is_open(self.before.text) and not self._has_rest

    @property
    def starts_amid(self) -> bool:
        """Whether the second is the rest of a sentence that is not the first's."""
        return self._has_rest and (prose.is_stopped(self.before.plain) or self._is_no_sentence)

    @property
    def _is_no_sentence(self) -> bool:
        """Whether the first is a title, a name, or the words of a stamp."""
        before = self.before.plain
        is_title = prose.is_title(before) and not prose.ends(before) and not before.endswith(",")
        return is_title or prose.is_signature(before)

    @property
    def _has_rest(self) -> bool:
        """Whether the second begins in the middle of a sentence."""
        return self.after is not None and not self.starts_item and prose.starts_lower(self.after.plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A sentence that begins in one passage and goes on in another that does not follow it."""

    start: Passage
    rest: Passage


def joints(manuscript: Manuscript) -> Iterator[Joint]:
    """Give every pair of neighbours that no arrow joins, and no editor has said something of in between."""
    running = manuscript.running
    dashed = [prose.is_dashed(passage.plain) for passage in running]
    # One dash may be a sentence's own; two in a row are a list.
    items = [is_one and any(dashed[max(0, at - 1) : at] + dashed[at + 1 : at + 2]) for at, is_one in enumerate(dashed)]
    for at, (before, after) in enumerate(pairwise((*running, None)), start=1):
        is_joined = before is None or before.block.joins_next or (after is not None and after.block.joins_previous)
        if before is not None and not is_joined and not before.is_noted:
            yield Joint(before=before, after=after, starts_item=after is not None and items[at])


def parted(manuscript: Manuscript) -> tuple[Parted, ...]:
    """Match sentences that break off with starts out of nowhere, the best match first; each is used once.

    Where only one of each is left, and the sentence comes to its stop, the two belong together even if their words
    prove little.
    """
    place = {id(passage): index for index, passage in enumerate(manuscript.running)}
    all_joints = tuple(joints(manuscript))
    starts = [joint.before for joint in all_joints if joint.breaks_off]
    rests = [joint.after for joint in all_joints if joint.starts_amid and joint.after]
    pairs = sorted(
        (
            (agreement.strength(start.plain, rest.plain), -abs(place[id(start)] - place[id(rest)]), start, rest)
            for start in starts
            for rest in rests
        ),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    found: list[Parted] = []
    for strength, _, start, rest in pairs:
        is_free = start in starts and rest in rests and not _leads_to(start, rest, found)
        is_alone = len(starts) == len(rests) == 1 and prose.ends(rest.plain)
        if is_free and (strength > agreement.WEAK or (strength == agreement.WEAK and is_alone)):
            starts.remove(start)
            rests.remove(rest)
            found.append(Parted(start=start, rest=rest))
    return tuple(found)


def _leads_to(start: Passage, rest: Passage, found: Sequence[Parted]) -> bool:
    """Whether the sentence that goes on in ``rest`` comes to ``start``: no sentence goes round in a circle."""
    while rest is not start:
        following = next((pair.rest for pair in found if pair.start is rest), None)
        if following is None:
            return False
        rest = following
    return True
