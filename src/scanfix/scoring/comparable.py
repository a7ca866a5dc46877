"""Whether two runs may be compared at all: the same pages, truth, policy and view, the same engine."""

from collections.abc import Iterator

from scanfix.model.gate import PageRecord, Record
from scanfix.scoring.bounds import lengths

# Names of versions that belong to the engine; our own steps and OpenCV are what the gate is there to judge.
ENGINE = "engine"
LANGUAGE = "language "


def mismatches(before: Record, after: Record, *, allow_engine_change: bool) -> tuple[str, ...]:
    """Return every difference that makes two runs incomparable, a sentence each; none where they can be compared.

    Parameters
    ----------
    before
        The baseline.
    after
        The run.
    allow_engine_change
        Whether two versions of the engine or of a language's data may be compared.

    Notes
    -----
    Settings and versions of our own steps may differ: a worse setting or step is what the gate must find. So may the
    list of languages; but not the data of a language that both used.
    """
    return (
        *(f"{name} was {old}, now it is {new}" for name, old, new in _manners(before, after) if old != new),
        *(() if allow_engine_change else _engines(before, after)),
        *_pages(before, after),
        # Another policy makes other words: that is said already.
        *(_counting(before, after) if before.policy == after.policy else ()),
    )


def _manners(before: Record, after: Record) -> tuple[tuple[str, str, str], ...]:
    """Return how both were measured."""
    return (("the policy", before.policy, after.policy), ("the view", before.view, after.view))


def _engines(before: Record, after: Record) -> Iterator[str]:
    """Give the engine and the languages that both have in another version."""
    now = dict(after.versions)
    for name, old in before.versions:
        if (name == ENGINE or name.startswith(LANGUAGE)) and now.get(name, old) != old:
            yield f"{name} was {old}, now it is {now[name]} (allow_engine_change in config/gate.toml compares them)"


def _pages(before: Record, after: Record) -> Iterator[str]:
    """Give pages of one side only, and pages that are no longer the same."""
    then = {page.page_id: page for page in before.pages}
    now = {page.page_id: page for page in after.pages}
    yield from (f"{page_id} has no ground truth any more" for page_id in then if page_id not in now)
    yield from (f"{page_id} is not in the baseline" for page_id in now if page_id not in then)
    for old, new in _both(before, after):
        yield from (f"{old.page_id}: {fault}" for fault in _page(old, new))


def _page(before: PageRecord, after: PageRecord) -> Iterator[str]:
    """Give what is no longer the same of a page; a lost page has no image to compare."""
    if before.image != after.image and before.image and after.image:
        yield "its image is another"
    if before.truth != after.truth:
        yield "its ground truth was changed"


def _counting(before: Record, after: Record) -> Iterator[str]:
    """Give what is counted over another number of words though the truth is the same: the scoring was changed.

    What is not counted at all any more is no matter of comparing: a missing scorer fails the gate.
    """
    pairs = [(old, new) for old, new in _both(before, after) if old.truth == new.truth]
    for old, new in pairs:
        if (old.words.reference, old.characters.reference) != (new.words.reference, new.characters.reference):
            yield f"{old.page_id}: its truth is the same but counted otherwise; the scoring was changed"
        if {(fate.mark_id, fate.status) for fate in old.markings} != {
            (one.mark_id, one.status) for one in new.markings
        }:
            yield f"{old.page_id}: the baseline has not the markings that its truth has"
    then, now = lengths([old for old, _ in pairs]), lengths([new for _, new in pairs])
    for name in sorted(then.keys() & now.keys()):
        if then[name] != now[name]:
            yield f"{name} was counted over {then[name]} words, now over {now[name]}; the scoring was changed"


def _both(before: Record, after: Record) -> Iterator[tuple[PageRecord, PageRecord]]:
    """Give the pages that both sides have."""
    now = {page.page_id: page for page in after.pages}
    return ((page, now[page.page_id]) for page in before.pages if page.page_id in now)
