"""The test matrix as drawn: truth boxes against the ink, the manifest against the marks files, the same bytes again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matrices import SEED, bare, entries_of, known, marks_of, page_with, planned, pressed

from scanfix import files
from scanfix.errors import ScanfixError, ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.marking import Marking
from scanfix.facsimile.matrix import drawing, finding, manifest
from scanfix.facsimile.matrix.draft import Draft, Wanted
from scanfix.facsimile.matrix.manifest import Entry
from scanfix.facsimile.matrix.pages import PagePlan
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.truth import marks_file, notation

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

# Far off the sheet: an element that was moved there is not drawn, and nothing else changes.
AWAY_IN = 60.0
NEAR_PX = 2


def box_of_change(one: GrayImage, other: GrayImage, near: Box) -> Box:
    """Return the box of the pixels by which two pages differ, around a place."""
    around = near.grow(40).clip(width=one.shape[1], height=one.shape[0])
    here = (slice(around.top, around.bottom), slice(around.left, around.right))
    rows, columns = np.nonzero(np.abs(one[here].astype(int) - other[here]) > 100)
    return Box(
        left=around.left + int(columns.min()),
        top=around.top + int(rows.min()),
        right=around.left + int(columns.max()) + 1,
        bottom=around.top + int(rows.max()) + 1,
    )


def without(draft: Draft, wanted: Wanted) -> Draft:
    """Return a page without a specimen: what it is drawn with is moved off the sheet."""
    if wanted.kind == "classification":
        marking = letters_of(draft, wanted)
        index = draft.markings.index(marking)
        draft.markings[index] = replace(marking, x_in=AWAY_IN)
    elif wanted.kind == "stamp":
        draft.stamps = [replace(one, x_in=AWAY_IN) if one.family == wanted.text else one for one in draft.stamps]
    elif wanted.kind == "redaction":
        nearest = min(draft.redactions, key=lambda one: abs(one.y_in + one.height_in / 2 - wanted.y_in))
        draft.redactions[draft.redactions.index(nearest)] = replace(nearest, y_in=AWAY_IN)
    else:
        nearest_thing = min(draft.things, key=lambda one: abs(one.y_in + one.height_in / 2 - wanted.y_in))
        draft.things[draft.things.index(nearest_thing)] = replace(nearest_thing, y_in=AWAY_IN)
    return draft


def letters_of(draft: Draft, wanted: Wanted) -> Marking:
    """Return the marking of a specimen."""
    height = draft.sheet.height_in
    return min(
        (one for one in draft.markings if one.text == wanted.text),
        key=lambda one: abs((height - one.at_in if one.edge == "foot" else one.at_in) - wanted.y_in),
    )


def is_marked(position: str, **levels: str) -> Callable[[Specimen], bool]:
    """Choose a struck marking by its levels."""
    wanted = {"position": position, "conflict": "none", **levels}
    return lambda one: one.is_positive and all(one.level(name) == level for name, level in wanted.items())


@pytest.mark.parametrize(
    ("choose", "kind"),
    [
        (is_marked("head"), "sheet"),
        (is_marked("foot", scan="skew-left-5"), "sheet"),
        (is_marked("margin"), "sheet"),
        (is_marked("body", scan="skew-right-2"), "sheet"),
        (is_marked("stamp"), "sheet"),
        (is_marked("cover"), "cover"),
        (lambda one: one.level("lookalike") == "boxed", "sheet"),
        (lambda one: one.level("occlusion") == "free" and one.level("rotation") == "15", "stamps"),
        (lambda one: one.level("occlusion") == "free" and one.level("rotation") == "90", "stamps"),
        (lambda one: one.level("covered") == "word" and one.level("cover") == "black", "boxes"),
        (lambda one: one.level("lookalike") == "map" and one.section == "C", "boxes"),
    ],
)
def test_a_specimens_box_is_that_of_the_ink_it_adds(choose: Callable[[Specimen], bool], kind: str) -> None:
    page, one = page_with(choose, kind)
    draft = bare(page)
    wanted = next(found for found in draft.wanted if found.specimen.name in (one.name, f"{one.name}-1"))
    if wanted.kind == "classification":
        # A mark's box is that of the letters: the stroke's ends are no part of it.
        marking = letters_of(draft, wanted)
        draft.markings[draft.markings.index(marking)] = replace(marking, stroke=None, dress="none")
    whole = pressed(draft.document)
    entry = finding.entry_of(whole, draft.document, wanted)
    change = box_of_change(whole.pixels, pressed(without(draft, wanted).document).pixels, entry.box)
    assert max(abs(a - b) for a, b in zip(change.edges, entry.box.edges, strict=True)) <= NEAR_PX


@pytest.fixture(scope="module")
def few() -> tuple[PagePlan, ...]:
    """Return a few pages of every section, cheap ones."""
    chosen: list[PagePlan] = []
    for kind in ("sheet", "cover", "clean", "stamps", "boxes"):
        chosen += [page for page in planned() if page.kind == kind and page.scan in ("bilevel-200", "grey")][:1]
    return tuple(chosen)


def draw(
    out: Path, pages: tuple[PagePlan, ...], *, workers: int = 1, show: Callable[[int, int], None] | None = None
) -> drawing.Drawn:
    """Draw some pages."""
    return drawing.draw_pages(
        out,
        pages,
        seed=SEED,
        families=known(),
        write_truth=notation.write,
        write_marks=marks_of,
        workers=workers,
        show=show,
    )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, few: tuple[PagePlan, ...]) -> tuple[Path, drawing.Drawn]:
    """Draw a few pages in two processes."""
    out = tmp_path_factory.mktemp("matrix")
    return out, draw(out, few, workers=2)


def test_one_process_draws_the_bytes_of_two(
    tmp_path: Path, drawn: tuple[Path, drawing.Drawn], few: tuple[PagePlan, ...]
) -> None:
    out, by_two = drawn
    shown: list[tuple[int, int]] = []
    by_one = draw(tmp_path, few, show=lambda number, count: shown.append((number, count)))
    assert by_one.entries == by_two.entries
    for path in by_two.files:
        assert (tmp_path / path.relative_to(out)).read_bytes() == path.read_bytes()
    assert shown[-1] == (len(few), len(few))


def test_a_matrix_drawn_over_another_holds_nothing_of_it_and_leaves_other_files(
    tmp_path: Path, few: tuple[PagePlan, ...]
) -> None:
    name = few[0].scan_id
    old = (f"scans/{name}.bmp", "scans/matrix-b-0999.png", "ground_truth/matrix-b-0999/p0001.md")
    others = ("scans/mine.png", "ground_truth/mine/p0001.md", "notes.txt")
    for path in (*old, *others):
        files.write_text(tmp_path / path, "old")
    made = draw(tmp_path, few[:1])
    found = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {*made.files, *(tmp_path / path for path in others)}


def test_a_matrix_stays_where_a_face_to_draw_another_is_missing(
    tmp_path: Path, few: tuple[PagePlan, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write_text(tmp_path / manifest.NAME, "")
    known_faces = {str(name): face for name, face in faces.FACES.items()}
    monkeypatch.setattr(faces, "FACES", known_faces | {"absent": faces.Face(file="absent.otf")})
    with pytest.raises(ToolMissingError, match="apt-get install"):
        draw(tmp_path, few[:1])
    assert [path.name for path in tmp_path.iterdir()] == [manifest.NAME]


def test_a_drawing_that_breaks_off_leaves_no_manifest_of_the_one_before(
    tmp_path: Path, few: tuple[PagePlan, ...]
) -> None:
    files.write_text(tmp_path / manifest.NAME, "")
    files.write_text(tmp_path / manifest.SUMMARY, "{}")

    def break_off(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw(tmp_path, few[:1], show=break_off)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ground_truth", "scans"]


def test_workers_that_are_interrupted_finish_their_pages_and_begin_no_others(tmp_path: Path) -> None:
    cheap = tuple(page for page in planned() if page.scan == "bilevel-200")[:14]

    def break_off(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw(tmp_path, cheap, workers=2, show=break_off)
    # At most one is done, two are being drawn, and three wait in the pool's own queue.
    assert 1 <= len(list((tmp_path / drawing.SCANS).iterdir())) <= 8
    assert list(tmp_path.rglob(".tmp-*")) == []


def test_the_manifest_says_what_was_drawn(drawn: tuple[Path, drawing.Drawn]) -> None:
    out, made = drawn
    assert manifest.read(out / manifest.NAME) == made.entries
    assert len(list((out / drawing.SCANS).iterdir())) == made.pages
    assert f'"specimens": {len(made.entries)}' in (out / manifest.SUMMARY).read_text(encoding="utf-8")


def test_every_specimens_mark_is_in_the_marks_file_with_its_status(drawn: tuple[Path, drawing.Drawn]) -> None:
    out, made = drawn
    for entry in made.entries:
        path = out / drawing.TRUTH / entry.page / "p0001.marks.json"
        marks = {mark.mark_id: mark for mark in marks_file.read(path.read_text(encoding="utf-8"), file=path.name).marks}
        if entry.mark_id:
            mark = marks[entry.mark_id]
            assert (mark.box, mark.status or "none") == (entry.box, entry.status)
        else:
            assert entry.status == "none"


def test_every_transcript_is_in_the_notation(drawn: tuple[Path, drawing.Drawn]) -> None:
    out, _ = drawn
    for path in (out / drawing.TRUTH).rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        page_id = PageId(scan_id=path.parent.name, number=1)
        assert notation.write(notation.parse(text, file=path.name, page_id=page_id)) == text


def entries_on(choose: Callable[[Specimen], bool], kind: str = "sheet") -> tuple[Entry, tuple[Entry, ...]]:
    """Return the first specimen chosen, and all of its page."""
    page, one = page_with(choose, kind)
    _, entries = entries_of(bare(page))
    return next(entry for entry in entries if entry.specimen.startswith(one.name)), entries


def test_a_stroke_that_only_grazes_is_uncertain() -> None:
    grazed, _ = entries_on(lambda one: one.stratum == "graze" and one.level("text") == "serif")
    assert grazed.status == "uncertain"


def test_what_the_typist_crossed_out_is_struck() -> None:
    typed, _ = entries_on(lambda one: one.stratum == "typed")
    assert (typed.status, typed.level("cause")) == ("struck", "typist")


def test_of_two_lines_the_one_that_is_not_struck_is_a_look_alike() -> None:
    _, entries = entries_on(lambda one: one.level("text") == "two-second" and one.stratum == "horizontal")
    lines = {entry.level("line"): entry for entry in entries if entry.level("text") == "two-second"}
    assert (lines["1"].status, lines["1"].is_positive, lines["1"].level("lookalike")) == (
        "active",
        False,
        "line-beside",
    )
    assert (lines["2"].status, lines["2"].is_positive, lines["2"].level("cause")) == ("struck", True, "deletion-1953")


def test_a_paragraph_is_struck_as_a_whole() -> None:
    block, _ = entries_on(lambda one: one.stratum == "block")
    assert (block.status, block.box.width > 500) == ("struck", True)


def test_behind_an_unstruck_marking_that_bleeds_stands_a_struck_one() -> None:
    front, entries = entries_on(lambda one: one.level("lookalike") == "bleed")
    back = next(entry for entry in entries if entry.specimen == f"{front.specimen}-back")
    assert (front.status, back.status) == ("active", "struck")
    assert front.box.top == pytest.approx(back.box.top, abs=3)


@pytest.mark.parametrize("kind", ["footnote-rule", "table-rule", "signed-name", "rubbed-out", "crossbars", "fold"])
def test_look_alikes_are_not_struck(kind: str) -> None:
    entry, _ = entries_on(lambda one: one.level("lookalike") == kind, "sheet")
    assert entry.status in ("none", "active")


def test_a_stamp_in_no_catalogue_is_unknown_and_its_boxes_are_read_where_it_has_some() -> None:
    unknown, _ = entries_on(lambda one: one.level("family") == "unknown", "stamps")
    boxed, _ = entries_on(lambda one: one.level("boxes") == "one-cross" and one.level("occlusion") == "free", "stamps")
    assert (unknown.family, unknown.is_positive) == ("unknown", True)
    assert "checked" in dict(boxed.fields).values()


@pytest.mark.parametrize("kind", ["seal", "letterhead", "signature"])
def test_what_is_no_stamp_has_no_family(kind: str) -> None:
    entry, _ = entries_on(lambda one: one.level("lookalike") == kind and one.section == "B", "stamps")
    assert (entry.family, entry.is_positive) == ("none", False)


@pytest.mark.parametrize("kind", ["table", "form", "exempt-pages", "boxed-note", "hatch"])
def test_frames_are_not_withheld_places(kind: str) -> None:
    entry, _ = entries_on(lambda one: one.level("lookalike") == kind and one.section == "C", "boxes")
    assert (entry.mark_id, entry.is_positive) == ("", False)


def test_a_specimen_that_is_not_on_its_page_is_an_error() -> None:
    page, one = page_with(lambda one: one.stratum == "clean", "clean")
    draft = bare(page)
    draft.want(one, "stamp", (1.0, 1.0), "received")
    with pytest.raises(ScanfixError, match="has no stamp 'received'"):
        finding.entry_of(pressed(draft.document), draft.document, draft.wanted[-1])
