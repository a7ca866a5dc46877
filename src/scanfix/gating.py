"""The regression gate: a finished run against its baseline; the only place that reads and writes for it.

``scoring.gate`` decides over values; here they are gathered from the run, its store and the ground truth. The report
stands in ``DIR/gate.json``, ``gate.md``, ``gate.xml`` (JUnit) and ``gate.html``.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from scanfix import batch, files, images
from scanfix.errors import BaselineMismatch, GateFailed, GroundTruthError, StoreError
from scanfix.evaluation import PolicyName, evaluate, marks_in_source
from scanfix.families import HERE, Family, read_families
from scanfix.model.gate import FactResult, GateResult, MarkingFate, PageRecord, Record, Stratum
from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.model.score import PageScore
from scanfix.model.transcript import Attributes, Element, Inline, Marking, Transcript
from scanfix.pipeline import CLEAN, MARKS, PAGE, READING, STORE_FOLDER, TEXT
from scanfix.report import gate_json, gate_page, gate_text, gate_xml
from scanfix.scoring.baseline import read_baseline, write_baseline
from scanfix.scoring.comparable import ENGINE, LANGUAGE, mismatches
from scanfix.scoring.facts import Reading, judge, read_facts
from scanfix.scoring.gate import decide
from scanfix.scoring.limits import GateLimits, read_limits
from scanfix.scoring.loops import repetition
from scanfix.scoring.marks import match_marks
from scanfix.scoring.policy import POLICIES, Policy
from scanfix.settings import Settings, canonical
from scanfix.store import Store
from scanfix.truth import folder, marks_file, notation, views
from scanfix.truth.markings import markings
from scanfix.truth.stamps import stamps

__all__ = ["BASELINE", "FACTS", "GateLimits", "accept", "enforce", "gate", "limits_here", "markdown", "reading_of"]

# Beside the ground truth that they speak of.
BASELINE = "baseline.json"
FACTS = "facts.jsonl"
_LIMITS = Path("config/gate.toml")
_REPORTS = ("gate.json", "gate.md", "gate.xml", "gate.html")
VIEW = "body"
# Sections of the settings that change no result.
_IDLE = {"run", "report"}
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What is needed to know a run: its folder, the truth, the policy, and the pages that it does not have."""

    out: Path
    truth: Path
    store: Store
    policy: Policy
    lost: frozenset[PageId]


def gate(
    out: Path, truth: Path, settings: Settings, *, baseline: Path, limits: GateLimits, policy: PolicyName
) -> GateResult:
    """Compare a run with its baseline and write the report into the run's folder.

    Parameters
    ----------
    out
        The run's output folder.
    truth
        The ground truth; ``facts.jsonl`` in it is judged where it is there.
    settings
        The settings of the run.
    baseline
        The record to compare with; ``truth / BASELINE`` usually.
    limits
        Margins and bounds.
    policy
        How texts become words.

    Raises
    ------
    GroundTruthError
        Truth, facts or baseline are missing or malformed.
    BaselineMismatch
        The baseline was made from other pages, truth, policy or engine; every difference is named, also in
        ``gate.md`` and ``gate.xml``, and no other report is left.
    StoreError
        The run is not finished, or its folder cannot be read or written.
    """
    _forget(out)
    before = read_baseline(_truth(baseline, "Make one with scanfix gate OUT --accept."), file=str(baseline))
    after, facts = _measure(out, truth, settings, policy)
    faults = mismatches(before, after, allow_engine_change=limits.allow_engine_change)
    if faults:
        files.write_text(out / "gate.md", gate_text.refusal(faults))
        files.write_text(out / "gate.xml", gate_xml.refusal(faults))
        listed = "".join(f"\n- {fault}" for fault in faults)
        raise BaselineMismatch(
            f"{baseline}: cannot be compared with {out}:{listed}\n"
            f"Undo the difference, or make a new baseline with scanfix gate {out} --accept and review its diff."
        )
    result = decide(before, after, facts=facts, limits=limits)
    files.write_text(out / "gate.json", gate_json.write(result))
    files.write_text(out / "gate.md", gate_text.markdown(result))
    files.write_text(out / "gate.xml", gate_xml.write(result))
    files.write_text(out / "gate.html", gate_page.write(result))
    return result


def accept(out: Path, truth: Path, settings: Settings, *, baseline: Path, policy: PolicyName) -> tuple[str, ...]:
    """Make a run the new baseline, and say what that changes; only ever on an explicit command.

    Raises
    ------
    GateFailed
        The run lost pages: a baseline without them would forgive their loss.
    GroundTruthError
        Truth or facts are missing or malformed.
    StoreError
        The run is not finished, or the baseline cannot be written.
    """
    after, _ = _measure(out, truth, settings, policy)
    lost = [str(page.page_id) for page in after.pages if page.is_lost]
    if lost:
        raise GateFailed(
            f"{out}: cannot become the baseline, it has not read {', '.join(lost)}. "
            f"Run these pages again, or take those without a scan out of {truth}."
        )
    before, note = _earlier(baseline)
    files.write_text(baseline, write_baseline(after))
    return (*note, *gate_text.accepted(before, after))


def enforce(result: GateResult) -> None:
    """Make a failed verdict an error, for callers that stop at errors.

    Raises
    ------
    GateFailed
        The run is worse than the baseline allows; the message has the reasons.
    """
    if result.verdict == "failed":
        raise GateFailed("\n".join(gate_text.lines(result)))


def markdown(result: GateResult) -> str:
    """Return the report in Markdown, as ``gate.md`` has it."""
    return gate_text.markdown(result)


def limits_here(file: Path | None) -> GateLimits:
    """Read the limits from a file, else from ``config/gate.toml`` where there is one, else the defaults.

    Raises
    ------
    SettingsError
        The file is missing or malformed.
    """
    return read_limits(file or (_LIMITS if _LIMITS.is_file() else None))


def _forget(out: Path) -> None:
    """Remove the report of an earlier comparison: beside a refusal it would say that all is well."""
    try:
        for name in _REPORTS:
            (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{out}: {name} cannot be removed ({error.strerror}). Name the folder of a run.") from error


def _earlier(baseline: Path) -> tuple[Record | None, tuple[str, ...]]:
    """Return the baseline that is replaced, if there is a readable one."""
    if not baseline.is_file():
        return None, ()
    try:
        return read_baseline(_truth(baseline), file=str(baseline)), ()
    except (GroundTruthError, BaselineMismatch) as error:
        return None, (f"the earlier baseline was not readable: {error}",)


def _truth(file: Path, advice: str = "") -> str:
    """Read a file of the ground truth."""
    return files.read_text(file, blame=GroundTruthError, advice=advice)


def _run_text(file: Path) -> str:
    """Read a file of the run."""
    return files.read_text(file, blame=StoreError, advice="Run the page again.")


# The record of a run


def _measure(out: Path, truth: Path, settings: Settings, policy: PolicyName) -> tuple[Record, tuple[FactResult, ...]]:
    """Score a run and gather its record and its facts."""
    summaries, _, _ = batch.load_summary(out)
    failed = {summary.page_id for summary in summaries if summary.failure}
    # A run that is still going on would be judged half old, half new.
    with batch.locked(out):
        return _measured(out, truth, settings, policy, failed)


def _measured(
    out: Path, truth: Path, settings: Settings, policy: PolicyName, failed: Set[PageId]
) -> tuple[Record, tuple[FactResult, ...]]:
    """Score a run that stands still; ``failed`` are the pages that its summary calls so."""
    evaluation = evaluate(out, truth, settings, policy=policy)
    run = _Run(
        out=out,
        truth=truth,
        store=Store(out / STORE_FOLDER),
        policy=POLICIES[policy],
        lost=frozenset({*evaluation.missing, *failed}),
    )
    pages = tuple(_page(run, score) for score in evaluation.pages)
    facts = _facts(run, [score.page_id for score in evaluation.pages])
    record = Record(
        policy=str(run.policy),
        view=VIEW,
        settings=_settings_digest(out),
        versions=tuple(sorted(_versions(run, evaluation.pages).items())),
        pages=pages,
        failed_facts=tuple(sorted(fact.name for fact in facts if not fact.holds)),
    )
    return record, facts


def _settings_digest(out: Path) -> str:
    """Return the digest of the settings that made the run, which need not be those that judge it."""
    made_with = {name: part for name, part in batch.load_settings(out).items() if name not in _IDLE}
    return files.digest_of(canonical(made_with).encode())


def _page(run: _Run, score: PageScore) -> PageRecord:
    """Gather the record of one page."""
    page_id = score.page_id
    where = page_id.place
    file = run.truth / f"{where}.md"
    transcript = folder.read(file, page_id)
    is_lost = page_id in run.lost
    read = () if is_lost else run.policy.words(_run_text(run.out / f"{where}.txt"))
    source = None if is_lost else run.store.read(where, PAGE).source
    loops = repetition(read) - repetition(run.policy.words(views.body(transcript)))
    return PageRecord(
        page_id=page_id,
        image=f"{source.sha256}#{source.page}" if source else "",
        truth=_truth_digest(file),
        words=score.words,
        characters=score.characters,
        strata=tuple(sorted(_strata(score, transcript), key=lambda stratum: stratum.name)),
        marks=score.marks,
        markings=_fates(run, page_id),
        words_read=len(read),
        repetition=round(max(0.0, loops), _DIGITS),
        is_lost=is_lost,
    )


def _truth_digest(file: Path) -> str:
    """Return one digest of a page's text and of its marks, where it has any."""
    marks = folder.marks_of(file)
    digests = [files.digest(path) for path in (file, marks) if path.is_file()]
    return files.digest_of(" ".join(digests).encode())


def _strata(score: PageScore, transcript: Transcript) -> Iterator[Stratum]:
    """Give what is counted apart on a page."""
    for group, entries in (("token", score.tokens), ("region", score.regions)):
        yield from (Stratum(name=f"{group}: {entry.kind}", counts=entry.counts) for entry in entries)
    for name, value in transcript.meta:
        if name == "production":
            yield Stratum(name=f"{name}: {value}", counts=score.words)


def _fates(run: _Run, page_id: PageId) -> tuple[MarkingFate, ...]:
    """Say of every true marking that is struck or active what the run makes of it."""
    file = folder.marks_of(run.truth / f"{page_id.place}.md")
    if not file.is_file():
        return ()
    true = [mark for mark in marks_file.read(_truth(file), file=str(file)).marks if mark.status in ("struck", "active")]
    found = () if page_id in run.lost else marks_in_source(run.store, page_id)
    paired = {pair.truth.mark_id: pair.found for pair in match_marks(true, found).pairs}
    return tuple(_fate(mark, paired.get(mark.mark_id)) for mark in true)


def _fate(mark: Mark, found: Mark | None) -> MarkingFate:
    """Say what was made of one marking; a found one without a status is doubtful."""
    return MarkingFate(
        mark_id=mark.mark_id,
        text=mark.text,
        status=mark.status or "uncertain",
        found="missing" if found is None else found.status or "uncertain",
    )


# Versions


def _versions(run: _Run, scores: Sequence[PageScore]) -> dict[str, str]:
    """Return the version of every tool: those of a step that differ from page to page stand side by side."""
    steps: dict[str, set[str]] = {}
    for score in scores:
        if score.page_id not in run.lost:
            for step, made_by in _made_by(run.store, score.page_id.place):
                steps.setdefault(step, set()).add(made_by)
    tools = {"OpenCV": images.OPENCV_VERSION, "scanfix": metadata.version("scanfix")}
    return tools | {step: " | ".join(sorted(made)) for step, made in steps.items()}


def _made_by(store: Store, where: str) -> Iterator[tuple[str, str]]:
    """Give what made each step of a page; an engine says ``tesseract 5.3.0 eng:7d4322bd``."""
    yield "step ingest", store.read(where, PAGE).provenance.made_by
    yield "step clean", store.read(where, CLEAN).provenance.made_by
    yield "step mark", store.read(where, MARKS).provenance.made_by
    yield "step layout", store.read(where, TEXT).provenance.made_by
    parts = store.read(where, READING).provenance.made_by.split()
    yield ENGINE, " ".join(part for part in parts if ":" not in part)
    for language, _, digest in (part.partition(":") for part in parts if ":" in part):
        yield f"{LANGUAGE}{language}", digest


# Facts


def _facts(run: _Run, page_ids: Sequence[PageId]) -> tuple[FactResult, ...]:
    """Judge the facts, where there are any."""
    file = run.truth / FACTS
    if not file.is_file():
        return ()
    known = {page_id.place: page_id for page_id in page_ids if page_id not in run.lost}
    facts = read_facts(_truth(file), file=str(file))
    unknown = sorted({fact.page for fact in facts} - {page_id.place for page_id in page_ids})
    if unknown:
        raise GroundTruthError(f"{file}: {', '.join(unknown)}: no page of the ground truth. Mend the name there.")
    families = read_families(HERE)
    readings = {page: _published(run, known[page], families) for page in {fact.page for fact in facts} & known.keys()}
    return tuple(judge(fact, readings.get(fact.page), run.policy) for fact in facts)


def _published(run: _Run, page_id: PageId, families: Sequence[Family]) -> Reading:
    """Gather what the run published of a page."""
    file = run.out / f"{page_id.place}.md"
    transcript = notation.parse(_run_text(file), file=str(file), page_id=page_id)
    return reading_of(transcript, families)


def reading_of(transcript: Transcript, families: Sequence[Family]) -> Reading:
    """Gather what a transcript says, as facts are judged by it; known stamps give their fields."""
    return Reading(
        texts=(
            ("page", views.diplomatic(transcript)),
            ("body", views.body(transcript)),
            ("furniture", views.furniture(transcript)),
        ),
        markings=(*markings(transcript), *_struck_in_text(transcript)),
        stamps=tuple(_stamps(transcript, families)),
    )


def _stamps(transcript: Transcript, families: Sequence[Family]) -> Iterator[Attributes]:
    """Give what each stamp says: the fields that its known wording tells apart, and what its fence declares of them."""
    blocks = [block for block in transcript.blocks if block.kind == "stamp" and not block.is_absent]
    for block, event in zip(blocks, stamps(transcript, families), strict=True):
        yield (*event.fields, *block.attributes)


def _struck_in_text(transcript: Transcript) -> Iterator[Marking]:
    """Give the struck words of paragraphs; those of furniture are markings already."""
    for block in transcript.blocks:
        if block.kind in ("paragraph", "column", "table", "witness", "footnote"):
            for element in _elements(block.children):
                if element.name == "struck":
                    yield Marking(text=views.text_of(element.children), status="struck", block=block.kind)


def _elements(children: Sequence[Inline]) -> Iterator[Element]:
    """Give all elements of a stretch of text, also those within others."""
    for child in children:
        if isinstance(child, Element):
            yield child
            yield from _elements(child.children)
