"""Ground truth made and kept: transcriptions of others imported, checked by the linter, shown in every view."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from scanfix import files
from scanfix.errors import GroundTruthError
from scanfix.families import Family, read_families
from scanfix.intake.identity import safe_name, tell_apart
from scanfix.model.transcript import Transcript
from scanfix.truth import folder, importers, lint, markings, notation, redactions, stamps, views
from scanfix.truth.importers.report import Imported, Outcome, report_json, report_text
from scanfix.truth.lint import sarif, text_output
from scanfix.truth.lint.findings import Finding
from scanfix.truth.placed import PlacedDocument

Show = Literal["diplomatic", "reading", "as_typed", "body", "furniture", "markings", "stamps", "redactions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """What became of one file: its pages and the counts of its decisions, or why it was refused."""

    source: Path
    scan_id: str
    pages: int = 0
    profile: str = ""
    counts: Mapping[Outcome, int]
    error: GroundTruthError | None = None


def import_files(
    paths: Sequence[Path], out: Path, *, profile: str | None, folder_of_stamps: Path, overwrite: bool
) -> Iterator[ImportedFile]:
    """Import transcriptions: ``OUT/<scan_id>/p0001.md`` a page, ``import.json`` and ``import.txt`` a document.

    A file that cannot be imported costs no other.

    Parameters
    ----------
    paths
        Files, a document each; of a folder, every file directly in it.
    out
        Folder of ground truth.
    profile
        Name or file of a profile of the source; ``None`` recognises it.
    folder_of_stamps
        Folder of known stamps.
    overwrite
        Whether pages that are there already, and differ, are replaced.

    Raises
    ------
    StoreError
        A file cannot be written.
    SettingsError
        There is no such profile, or a stamp family is malformed.
    GroundTruthError
        A path does not exist, or is a folder without files.
    """
    families = read_families(folder_of_stamps)
    sources = tuple(_files(paths, "*"))
    for source, scan_id in zip(sources, tell_apart([_scan_of(source) for source in sources]), strict=True):
        try:
            imported = importers.read(
                _bytes(source), file=str(source), scan_id=scan_id, profile=profile, families=families
            )
            _write(imported, out / scan_id, overwrite=overwrite)
        except GroundTruthError as error:
            yield ImportedFile(source=source, scan_id=scan_id, counts={}, error=error)
            continue
        yield ImportedFile(
            source=source,
            scan_id=scan_id,
            pages=len(imported.placed.pages),
            profile=imported.profile,
            counts=Counter(decision.outcome for decision in imported.decisions),
        )


def lint_paths(
    paths: Sequence[Path], *, folder_of_stamps: Path, only: Collection[str], ignore: Collection[str]
) -> tuple[Finding, ...]:
    """Look through transcripts with every rule of the linter.

    Parameters
    ----------
    paths
        ``.md`` files in the notation; any other file is read as ``import_files`` would read it, and its findings point
        into it as it is. Of a folder, every ``.md`` file under it.
    folder_of_stamps
        Folder of known stamps.
    only, ignore
        Names of the rules that count (all where there are none), and that do not.

    Raises
    ------
    GroundTruthError
        A path does not exist, or is a folder without ``.md`` files.
    SettingsError
        There is no such rule, or a stamp family is malformed.
    """
    families = read_families(folder_of_stamps)
    documents, refused = [], []
    for path in _files(paths, "**/*.md"):
        try:
            documents.append(_document(path, families))
        except GroundTruthError as error:
            refused.append(lint.refusal(error, file=str(path), text=_bytes(path).decode(errors="replace")))
    return lint.lint(documents, families=families, refused=refused, only=only, ignore=ignore)


def findings_text(findings: Sequence[Finding]) -> str:
    """Write findings for people and editors: ``file:line:column: …``."""
    return text_output.write(findings)


def findings_sarif(findings: Sequence[Finding]) -> str:
    """Write findings as SARIF 2.1.0."""
    return sarif.write(findings, rules=lint.RULES, version=version("scanfix"), root=Path.cwd())


def show(path: Path, view: Show, *, folder_of_stamps: Path) -> str:
    """Return a view of a transcript, page after page.

    Raises
    ------
    GroundTruthError
        The file is missing or malformed.
    SettingsError
        A stamp family is malformed.
    """
    families = read_families(folder_of_stamps)
    pages = _document(path, families).pages
    return "\n".join(f"{_VIEWS[view](page, families)}\n" for page in pages)


def _scan_of(source: Path) -> Path:
    """Name the scan that a transcription is of: OCR-D's ``memo.gt.txt`` stands beside ``memo.jpg``."""
    return source.with_name(source.name.replace(".gt.", "."))


def _write(imported: Imported, target: Path, *, overwrite: bool) -> None:
    """Write the pages of a document and the report of its import."""
    texts = {f"{page.page_id.stem}.md": notation.write(_own(page)) for page in imported.placed.pages}
    texts |= {"import.json": report_json(imported), "import.txt": report_text(imported)}
    there = {file.name for file in target.glob("*.md") if folder.page_of(file)}
    changed = sorted(
        name for name in there & set(texts) if _bytes(target / name).decode(errors="replace") != texts[name]
    )
    if changed and not overwrite:
        raise GroundTruthError(
            f"{target}: {', '.join(changed)} would change. Say --overwrite to replace them, or choose another --out."
        )
    if there - set(texts):
        raise GroundTruthError(
            f"{target}: {', '.join(sorted(there - set(texts)))} would stay from another import. Move them away first."
        )
    for name, text in texts.items():
        files.write_text(target / name, text)


def _own(page: Transcript) -> Transcript:
    """Give a page front matter that says which page it is."""
    named = (("scan", page.page_id.scan_id), ("page", str(page.page_id.number)))
    others = tuple(row for row in page.meta if row[0] not in {"scan", "page"})
    return Transcript(page_id=page.page_id, meta=(*named, *others), blocks=page.blocks)


def _files(paths: Sequence[Path], pattern: str) -> Iterator[Path]:
    """Give the files that are named, and those of named folders; hidden ones only where they are named."""
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.glob(pattern) if file.is_file() and not file.name.startswith("."))
            if not found:
                raise GroundTruthError(
                    f"{path}: holds no file {pattern}. Name another folder, or the files themselves."
                )
            yield from found
        elif path.exists():
            yield path
        else:
            raise GroundTruthError(f"{path}: there is no such file or folder. Mend the path.")


def _bytes(path: Path) -> bytes:
    """Read a file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise GroundTruthError(f"{path}: cannot be read ({error.strerror}). Mend its rights or the path.") from error


def _document(path: Path, families: Sequence[Family]) -> PlacedDocument:
    """Read a file in the notation, or one from elsewhere."""
    if path.suffix != ".md":
        scan_id = safe_name(path.stem)
        return importers.read(_bytes(path), file=str(path), scan_id=scan_id, profile=None, families=families).placed
    text = files.read_text(path, blame=GroundTruthError)
    page_id = folder.page_of(path.resolve())
    if page_id is None:
        return notation.parse_placed(text, file=str(path), scan_id=path.stem)
    return notation.parse_placed(text, file=str(path), scan_id=page_id.scan_id, number=page_id.number)


def _markings(page: Transcript, _families: Sequence[Family]) -> str:
    """List the markings of a page."""
    return "\n".join(f"{page.page_id} {one.block}: {one.status}: {one.text}" for one in markings.markings(page))


def _stamps(page: Transcript, families: Sequence[Family]) -> str:
    """List the stamps of a page with their fields."""
    rows = []
    for stamp in stamps.stamps(page, families):
        rows.append(f"{page.page_id} stamp {stamp.family or 'unknown'}: {' / '.join(stamp.lines)}")
        rows += [f"    {name}: {value or '–'}" for name, value in stamp.fields]
    return "\n".join(rows)


def _redactions(page: Transcript, _families: Sequence[Family]) -> str:
    """List the withheld areas of a page."""
    return "\n".join(
        f"{page.page_id} {one.block}: {one.extent}: {one.code or 'no code'}" for one in redactions.redactions(page)
    )


_VIEWS: Mapping[Show, Callable[[Transcript, Sequence[Family]], str]] = {
    "diplomatic": lambda page, _: views.diplomatic(page),
    "reading": lambda page, _: views.reading(page),
    "as_typed": lambda page, _: views.as_typed(page),
    "body": lambda page, _: views.body(page),
    "furniture": lambda page, _: views.furniture(page),
    "markings": _markings,
    "stamps": _stamps,
    "redactions": _redactions,
}
