"""The verbs of the product, and the only place that puts workshops together.

``Bench.do`` takes one page the whole way: ingest, clean, read, mark, publish. Marks are found on the upright page,
before tonal cleaning, with what was read beside it. Every step is kept in the store under
``DIR/.scanfix``, so that a killed batch goes on where it was; what is published stands in ``DIR/<scan_id>``.
"""

import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from pydantic import TypeAdapter

from scanfix import clean, files, formats, images, intake, layout, marks
from scanfix.errors import ScanfixError, SettingsError
from scanfix.model.batch import PageFailure, PageSummary, Verb
from scanfix.model.mark import PageMarks
from scanfix.model.page import CleanPage, ImageFile, Page, PageSource
from scanfix.model.provenance import Provenance
from scanfix.model.text import PageText
from scanfix.ocr import ENGINES, CropVoices, Voices, language
from scanfix.settings import Settings, canonical
from scanfix.store import Kind, Store
from scanfix.truth import compose, notation, views

STORE_FOLDER = ".scanfix"

PAGE = Kind(name="page", adapter=TypeAdapter(Page), images=lambda page: (page.image,))
CLEAN = Kind(name="clean", adapter=TypeAdapter(CleanPage), images=lambda page: (page.upright, page.clean))
MARKS = Kind(name="marks", adapter=TypeAdapter(PageMarks))
READING = Kind(name="reading", adapter=TypeAdapter(PageText))
VOTED = Kind(name="voted", adapter=TypeAdapter(PageText))
TEXT = Kind(name="text", adapter=TypeAdapter(PageText))
# The picture for people lies beside the published files, outside the store: only its record is kept here.
PICTURE = Kind(name="picture", adapter=TypeAdapter(ImageFile))


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published of a page: its summary, and the digest of each file beside the name."""

    summary: PageSummary
    files: tuple[tuple[str, str], ...]


PUBLISHED = Kind(name="published", adapter=TypeAdapter(Published))
# Raised by hand when the published files change their form while the values stay.
_PUBLISHED_BY = "scanfix.publish 1"


def where(source: PageSource) -> str:
    """Return the page's place in the store and, without the store's folder, in the published layout."""
    return source.page_id.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The provenance of every step of a page, known before any is done."""

    page: Provenance
    clean: Provenance
    reading: Provenance
    voted: Provenance
    marks: Provenance
    text: Provenance
    published: Provenance

    @property
    def by_verb(self) -> dict[str, Provenance]:
        """The steps under the names that a page's record uses."""
        return {
            "ingest": self.page,
            "clean": self.clean,
            "read": self.reading,
            "vote": self.voted,
            "mark": self.marks,
            "layout": self.text,
        }


class Bench:
    """A work place: settings, store, engine and detectors, built once a process.

    Parameters
    ----------
    out
        The folder of the run's output.
    settings
        All settings.

    Raises
    ------
    ToolMissingError
        The engine or one of its languages is not installed.
    SettingsError
        An engine or detector is not in its table.
    """

    def __init__(self, out: Path, settings: Settings) -> None:
        if settings.ocr.engine not in ENGINES:
            raise SettingsError(
                f"ocr.engine: there is no engine {settings.ocr.engine!r}. Choose from {', '.join(sorted(ENGINES))}."
            )
        self.out = out
        self.store = Store(out / STORE_FOLDER)
        self.settings = settings
        self.engine = language.engine_for(ENGINES[settings.ocr.engine], settings.ocr)
        self.voices = Voices(settings.ocr)
        self.detectors = marks.build(settings.marks)
        self.read_crops = CropVoices(self.engine, self.voices.second)
        self._engine_made_by = self.engine.made_by
        self._crops_made_by = self.read_crops.made_by
        self._verb: Verb = "ingest"

    def chain(self, source: PageSource) -> Chain:
        """Say what every step of a page would be made of."""
        page = intake.provenance(source, self.settings.intake)
        cleaned = clean.provenance(page, self.settings.clean)
        reading = Provenance(made_by=self._engine_made_by, recipe=self.engine.recipe, inputs=(cleaned.key,))
        voted = Provenance(made_by=self.voices.made_by, recipe=self.voices.recipe, inputs=(reading.key,))
        found = Provenance(
            made_by=" + ".join((*(detector.made_by for detector in self.detectors), self._crops_made_by)),
            recipe="[" + ",".join(detector.recipe for detector in self.detectors) + "]",
            inputs=(cleaned.key, voted.key),
        )
        text = Provenance(made_by=layout.MADE_BY, recipe=self.settings.layout.recipe, inputs=(voted.key, found.key))
        recipe = canonical(
            {
                "flag_confidence": self.settings.run.flag_confidence,
                "languages": self.settings.ocr.languages,
                **self.settings.report.model_dump(mode="json"),
            }
        )
        published = Provenance(made_by=_PUBLISHED_BY, recipe=recipe, inputs=(text.key, Path(source.file).name))
        return Chain(
            page=page, clean=cleaned, reading=reading, voted=voted, marks=found, text=text, published=published
        )

    def kept(self, source: PageSource) -> PageSummary | None:
        """Return the summary of a page that is already done with these settings, ``None`` where work is left."""
        published = self.store.find(where(source), PUBLISHED, self.chain(source).published)
        if published is None or not all(files.is_whole(self.out / name, sha256) for name, sha256 in published.files):
            return None
        return replace(published.summary, state="kept")

    def do(self, source: PageSource) -> PageSummary:
        """Take one page the whole way; a failure is a value.

        The one place that catches everything: a bug on one page must not take the batch with it, so it is reported
        as that page's failure with its traceback.
        """
        start = monotonic()
        try:
            kept = self.kept(source)
            return kept or self._publish(source, start)
        except ScanfixError as error:
            failure = self._failure(source, error, trace="")
        except Exception as error:  # noqa: BLE001 - the rim of a page task, see above
            failure = self._failure(source, error, trace=traceback.format_exc())
        return PageSummary(page_id=source.page_id, state="failed", seconds=_since(start), failure=failure)

    def ingest(self, source: PageSource) -> Page:
        """Give the page as the archive has it."""
        self._verb = "ingest"
        folder = self.store.folder(where(source))
        wanted = self.chain(source).page
        return self.store.once(
            where(source), PAGE, wanted, lambda: intake.ingest(source, self.settings.intake, folder=folder)
        )

    def clean(self, source: PageSource) -> CleanPage:
        """Give the upright and the clean page."""

        def make() -> CleanPage:
            page = self.ingest(source)
            self._verb = "clean"
            folder = self.store.folder(where(source))
            return clean.clean_page(page, self.settings.clean, folder=folder, find_turn=self.engine.turn_deg)

        return self.store.once(where(source), CLEAN, self.chain(source).clean, make)

    def read_first(self, source: PageSource) -> PageText:
        """Give the page as the engine reads it alone."""

        def make() -> PageText:
            cleaned = self.clean(source)
            self._verb = "read"
            return PageText(page_id=source.page_id, regions=self.engine.read(cleaned.clean), provenance=wanted)

        wanted = self.chain(source).reading
        return self.store.once(where(source), READING, wanted, make)

    def vote(self, source: PageSource) -> PageText:
        """Give the page as both voices read it, with calibrated confidences, still in the engine's own paragraphs."""

        def make() -> PageText:
            first, cleaned = self.read_first(source), self.clean(source)
            self._verb = "read"
            regions = self.voices.vote(first.regions, cleaned)
            return PageText(page_id=source.page_id, regions=regions, provenance=wanted)

        wanted = self.chain(source).voted
        return self.store.once(where(source), VOTED, wanted, make)

    def mark(self, source: PageSource) -> PageMarks:
        """Find the marks on the upright page, before anything is cleaned away, with the help of what was read."""

        def make() -> PageMarks:
            voted, cleaned = self.vote(source), self.clean(source)
            self._verb = "mark"
            found = marks.find_marks(
                images.read_gray(cleaned.upright),
                dpi=cleaned.upright.dpi,
                read=self.read_crops,
                detectors=self.detectors,
                lines=tuple(voted.lines),
                levelled_deg=cleaned.levelled_deg,
            )
            return PageMarks(page_id=source.page_id, marks=found, provenance=wanted)

        wanted = self.chain(source).marks
        return self.store.once(where(source), MARKS, wanted, make)

    def read(self, source: PageSource) -> tuple[PageText, PageMarks]:
        """Give the text in its regions, and the marks bound to the words read in their places."""
        found = self.mark(source)
        voted, cleaned = self.vote(source), self.clean(source)
        wanted = self.chain(source).text
        regions, bound = layout.arrange(
            voted.regions,
            found.marks,
            height_px=cleaned.upright.height_px,
            settings=self.settings.layout,
        )
        text = self.store.once(
            where(source),
            TEXT,
            wanted,
            lambda: PageText(page_id=source.page_id, regions=regions, provenance=wanted),
        )
        return text, replace(found, marks=bound)

    def _publish(self, source: PageSource, start: float) -> PageSummary:
        """Do what is left of a page and write its files."""
        text, found = self.read(source)
        page, cleaned = self.ingest(source), self.clean(source)
        self._verb = "publish"
        chain = self.chain(source)
        flags = _flags(cleaned, found, text, self.settings)
        languages = language.of_page(text.regions, self.settings.ocr)
        transcript = compose.transcript_of(text, found, languages=languages)
        record = formats.page_json(
            page, cleaned, found, text, source_file=Path(source.file).name, flags=flags, made=chain.by_verb
        )
        stem = where(source)
        contents = {
            f"{stem}.json": record,
            f"{stem}.md": notation.write(transcript),
            f"{stem}.txt": views.body(transcript) + "\n",
        }
        for name, content in contents.items():
            files.write_text(self.out / name, content)
        summary = PageSummary(
            page_id=source.page_id,
            state="done",
            seconds=_since(start),
            words=sum(len(line.words) for line in text.body_lines),
            marks=len(found.marks),
            confidence=text.body_confidence,
            flags=flags,
        )
        picture = self._picture(source, cleaned, chain)
        digests = (
            *((name, files.digest_of(content.encode())) for name, content in contents.items()),
            (f"{stem}.jpg", picture.sha256),
        )
        self.store.keep(stem, PUBLISHED, chain.published, Published(summary=summary, files=digests))
        return summary

    def _picture(self, source: PageSource, cleaned: CleanPage, chain: Chain) -> ImageFile:
        """Write the page's picture for reports."""
        picture = images.write_picture(
            self.out / f"{where(source)}.jpg",
            images.read_gray(cleaned.upright),
            width_px=self.settings.report.picture_width_px,
            quality=self.settings.report.picture_quality,
        )
        self.store.keep(where(source), PICTURE, chain.published, picture)
        return picture

    def _failure(self, source: PageSource, error: Exception, *, trace: str) -> PageFailure:
        """Describe what went wrong."""
        is_ours = isinstance(error, ScanfixError)
        is_retryable = isinstance(error, ScanfixError) and error.is_retryable
        return PageFailure(
            scan_id=source.page_id.scan_id,
            page_number=source.page_id.number,
            verb=self._verb,
            error=type(error).__name__,
            message=str(error) if is_ours else f"{source.page_id}: a bug in scanfix ({error!r}). Please report it.",
            is_retryable=is_retryable,
            trace=trace,
        )


def _flags(cleaned: CleanPage, found: PageMarks, text: PageText, settings: Settings) -> tuple[str, ...]:
    """Say why a page should be looked at by a person; nothing where it need not."""
    confidence = text.body_confidence
    steps = {step.name for step in cleaned.steps}
    reasons = {
        "no-text": confidence is None,
        "low-confidence": confidence is not None and confidence < settings.run.flag_confidence,
        "strike-uncertain": any(mark.status == "uncertain" for mark in found.marks),
        "checkbox-unclear": any(mark.kind == "checkbox" and mark.field("state") == "unclear" for mark in found.marks),
        "orientation-unclear": "orientation-unclear" in steps,
    }
    return tuple(name for name, holds in reasons.items() if holds)


def _since(start: float) -> float:
    """Return the seconds since ``start``, to the millisecond."""
    return round(monotonic() - start, 3)
