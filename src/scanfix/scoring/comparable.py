"""Whether two runs may be compared at all: the same pages, truth, policy and view, the same engine."""

from collections.abc import Iterator

from scanfix.model.gate import PageRecord, Record

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
    for page_id in then:
        if page_id in now:
            yield from (f"{page_id}: {fault}" for fault in _page(then[page_id], now[page_id]))


def _page(before: PageRecord, after: PageRecord) -> Iterator[str]:
    """Give what is no longer the same of a page; a lost page has no image to compare."""
    if before.image != after.image and before.image and after.image:
        yield "its image is another"
    if before.truth != after.truth:
        yield "its ground truth was changed"
    elif before.words.reference != after.words.reference or before.characters.reference != after.characters.reference:
        yield "its truth is the same but counted otherwise; the scoring was changed"
