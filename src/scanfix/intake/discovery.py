"""From paths that a person names to scans: which files are documents, and what became of the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from natsort import natsorted, ns

from scanfix.intake.identity import safe_name, tell_apart
from scanfix.model.batch import PageFailure
from scanfix.model.page import Scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """What was found: scans in order of their names, paths that failed, and paths passed over with the reason."""

    scans: tuple[Scan, ...] = ()
    failures: tuple[PageFailure, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(slots=True)
class _Basket:
    """Collects while paths are walked."""

    suffixes: frozenset[str]
    found: list[tuple[Path, tuple[Path, ...]]] = field(default_factory=list)
    failures: list[PageFailure] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)

    def fail(self, path: Path, message: str) -> None:
        """Note a path that cannot be used."""
        failure = PageFailure(
            scan_id=safe_name(path.name),
            page_number=None,
            verb="discover",
            error="ScanError",
            message=f"{path}: {message}",
            is_retryable=False,
        )
        self.failures.append(failure)

    def is_new(self, path: Path) -> bool:
        """Tell whether a file is met for the first time; a second time is noted as skipped."""
        real = path.resolve()
        if real in self.seen:
            self.skipped.append(f"{path} (named twice)")
            return False
        self.seen.add(real)
        return True

    def is_known(self, path: Path) -> bool:
        """Tell whether a reader knows the suffix; others are noted as skipped."""
        if path.suffix.lower() in self.suffixes:
            return True
        self.skipped.append(f"{path} (no scan by its suffix)")
        return False


def discover(paths: Sequence[Path], *, suffixes: frozenset[str]) -> Discovered:
    """Find the scans among paths; nothing raises for one bad path.

    Parameters
    ----------
    paths
        A file is one scan. Of a folder, each file directly in it is one scan, and each folder in it is one scan whose
        files are its pages in natural order (``p2`` before ``p10``).
    suffixes
        Suffixes that a reader knows, in lower case, with the dot.
    """
    basket = _Basket(suffixes=suffixes)
    for path in paths:
        _take(path.absolute(), basket)
    ids = tell_apart([path for path, _ in basket.found])
    scans = [
        Scan(scan_id=scan_id, files=tuple(str(file) for file in files))
        for scan_id, (_, files) in zip(ids, basket.found, strict=True)
    ]
    return Discovered(
        scans=tuple(natsorted(scans, key=lambda scan: (scan.scan_id, scan.files))),
        failures=tuple(basket.failures),
        skipped=tuple(basket.skipped),
    )


def _take(path: Path, basket: _Basket) -> None:
    """Take one path that a person named."""
    if _is_odd(path):
        basket.fail(path, "there is no such file or folder. Check the spelling, or mount the drive it lies on.")
    elif path.is_dir():
        _take_folder(path, basket)
    else:
        _take_file(path, basket)


def _take_file(path: Path, basket: _Basket) -> None:
    """Take a file as one scan."""
    if basket.is_known(path) and basket.is_new(path):
        basket.found.append((path, (path,)))


def _take_folder(folder: Path, basket: _Basket) -> None:
    """Take what lies directly in a folder."""
    for entry in _entries(folder, folder, basket):
        if entry.is_dir():
            _take_pages(entry, folder, basket)
        else:
            _take_file(entry, basket)


def _take_pages(folder: Path, root: Path, basket: _Basket) -> None:
    """Take a folder of page images as one scan."""
    pages = []
    for entry in _entries(folder, root, basket):
        if entry.is_dir():
            basket.skipped.append(f"{entry} (a folder in a folder of pages: name it by itself)")
        elif basket.is_known(entry) and basket.is_new(entry):
            pages.append(entry)
    if pages:
        basket.found.append((folder, tuple(pages)))


def _entries(folder: Path, root: Path, basket: _Basket) -> Iterator[Path]:
    """Give the visible entries of a folder in natural order; refuse links that lead out of ``root``."""
    try:
        entries = natsorted(folder.iterdir(), key=lambda entry: entry.name, alg=ns.IGNORECASE)
    except OSError as error:
        basket.fail(folder, f"the folder cannot be read ({error.strerror}). Check its permissions.")
        return
    inside = root.resolve()
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_odd(entry):
            basket.fail(entry, "a link that leads nowhere, or no regular file. Remove it, or restore what it names.")
        elif not (target := entry.resolve()).is_relative_to(inside):
            basket.fail(entry, f"a link that leads out of {root}, to {target}. Name the target itself to read it.")
        else:
            yield entry


def _is_odd(path: Path) -> bool:
    """Tell whether a path is neither a file nor a folder: gone, a dead link, a device, a loop of links."""
    return not (path.is_file() or path.is_dir())
