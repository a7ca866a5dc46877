"""The benchmark of marks takes pages of a run, finds their marks anew, and times, repeats and arranges them."""

import json
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from marks_drawn import blank, word
from rich.console import Console

from benchmarks.corpus import TextPage
from benchmarks.marks import __main__ as command
from benchmarks.marks import costs, pages, reading, seeking
from benchmarks.marks.figures import Share
from benchmarks.marks.pages import Known
from benchmarks.measure import Cost
from scanfix import images
from scanfix.errors import GroundTruthError, ToolFailedError
from scanfix.model.geometry import Affine, Box
from scanfix.model.page import CleanPage, Page, PageId, PageSource
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, Word
from scanfix.pipeline import CLEAN, PAGE, READING, STORE_FOLDER, VOTED
from scanfix.store import Store

MADE = Provenance(made_by="test 1", recipe="{}", inputs=())
SAID = "nobody was surprised at all"


@pytest.fixture
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stay in this process: a fresh one takes seconds to load the voices."""
    for module in (seeking, reading):
        monkeypatch.setattr(module, "pool", ThreadPoolExecutor)


def kept(run: Path, name: str, group: str = "cib") -> Known:
    """Keep a page in a run's store, as if it had been read: a struck marking's place, and one line of text."""
    store, page_id = Store(run / STORE_FOLDER), PageId(scan_id=name, number=1)
    drawn = blank(width=1200, height=900)
    word(drawn, SAID, left=100, bottom=500, scale=1.2, thickness=3)
    folder = store.folder(page_id.place)
    folder.mkdir(parents=True)
    image = images.write_png(folder / "page.png", drawn, dpi=300)
    source = PageSource(page_id=page_id, file=image.path, sha256=image.sha256, page=1)
    page = Page(page_id=page_id, source=source, image=image, dpi_source="file", provenance=MADE)
    way = Affine.of([[1.0, 0.0, 10.0], [0.0, 1.0, 20.0]])
    clean = CleanPage(page_id=page_id, upright=image, clean=image, source_to_upright=way, steps=(), provenance=MADE)
    store.keep(page_id.place, PAGE, MADE, page)
    store.keep(page_id.place, CLEAN, MADE, clean)
    for kind in (READING, VOTED):
        store.keep(page_id.place, kind, MADE, PageText(page_id=page_id, regions=(region(),), provenance=MADE))
    return Known(group=group, name=name, run=run)


def region() -> Region:
    words = tuple(
        Word(
            word_id=f"w{n}",
            text=text,
            box=Box(left=100 + 130 * n, top=460, right=220 + 130 * n, bottom=510),
            confidence=0.9,
        )
        for n, text in enumerate([*SAID.split(), "DECLASSIFIED"])
    )
    box = Box.around(word.box for word in words)
    return Region(region_id="r1", kind="paragraph", box=box, lines=(Line(line_id="l1", box=box, words=words),))


@pytest.mark.usefixtures("_here")
def test_marks_are_found_on_kept_pages_and_brought_to_the_scan(tmp_path: Path) -> None:
    page = kept(tmp_path / "cib", "cib_1-p001")
    (judged,) = seeking.judge([page], detectors=("banner",), workers=1)
    keyword = judged.by_baseline["B4s DECLASSIFIED read"]
    # The way from the scan to the upright page shifts by 10 and 20.
    assert [mark.box.edges[:2] for mark in keyword] == [(90, 440)]
    assert judged.dpi == 300
    assert judged.found == ()


@pytest.mark.usefixtures("_here")
def test_a_page_that_breaks_a_detector_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [kept(tmp_path / "cib", f"cib_{n}-p001") for n in (1, 2)]
    whole = seeking.sought

    def sought(page: Known, detectors: tuple[str, ...]) -> seeking.Sought:
        if page is known[0]:
            raise IndexError("no line")
        return whole(page, detectors)

    monkeypatch.setattr(seeking, "sought", sought)
    broken, fine = seeking.judge(known, detectors=("banner",), workers=1)
    assert "IndexError" in broken.broke
    assert broken.found == ()
    assert fine.broke == ""


def test_a_second_run_in_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    known = [kept(tmp_path / "cib", "cib_1-p001")]
    (row,) = costs.twice(known, detectors=("banner",), number=2).rows
    assert row == ("pages", Share(part=1, whole=1), 0, None)


@pytest.mark.usefixtures("_here")
def test_the_running_text_is_arranged_with_and_without_the_new_marks(tmp_path: Path) -> None:
    known = [kept(tmp_path / "cib", f"cib_{n}-p001") for n in (1, 2)]
    found = list(seeking.judge(known, detectors=("banner",), workers=1))
    texts = [
        TextPage(name=page.name, group="cib", kind="bulletin", image=Path(), dpi=300, reference=SAID) for page in known
    ]
    (row,) = costs.words(found, texts, workers=1).rows
    assert row[:3] == ("cib", 2, 10)
    assert row[3] == row[4]
    assert row[5:8] == (0.0, 0.0, 0.0)


@pytest.mark.usefixtures("_here")
@pytest.mark.live
def test_reading_and_marks_are_timed_from_nothing(tmp_path: Path) -> None:
    known = [kept(tmp_path / "cib", "cib_1-p001")]
    (row,) = costs.time(known, detectors=("banner",), number=3).rows
    assert row[:2] == ("cib", 1)
    assert isinstance(row[2], float)
    assert row[2] > 0


def test_a_page_that_was_not_read_is_left_out_with_a_word(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "ehri-en").mkdir(parents=True)
    for name in ("a", "b"):
        (corpus / "ehri-en" / f"{name}.jpg").write_bytes(b"")
    kept(tmp_path / "run" / "ehri-en", "a", "ehri-en")
    out = StringIO()
    found = pages.gather(
        Console(file=out, width=200),
        sets=("ehri-en",),
        where=corpus,
        matrix=tmp_path,
        run=tmp_path / "run",
        out=tmp_path,
        number=None,
    )
    assert [page.name for page in found] == ["a"]
    assert "1 of 2 pages" in out.getvalue()


def test_a_set_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    console, there = Console(file=StringIO()), tmp_path
    with pytest.raises(GroundTruthError, match="--corpus"):
        pages.gather(console, sets=("ehri-en",), where=there, matrix=there, run=None, out=there, number=1)


@pytest.mark.parametrize("exit_code", [0, 6])
def test_only_the_chosen_pages_are_read_and_a_failed_run_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exit_code: int
) -> None:
    corpus, commands = tmp_path / "corpus", []
    (corpus / "ehri-en").mkdir(parents=True)
    for name in ("a", "b", "c"):
        (corpus / "ehri-en" / f"{name}.jpg").write_bytes(b"")

    def run(command: list[str], *, log: Path) -> Cost:
        commands.append([Path(part).name for part in command if part.endswith(".jpg")])
        log.touch()
        return Cost(wall_s=0, cpu_s=0, peak_mb=0, exit_code=exit_code)

    monkeypatch.setattr("benchmarks.measure.run", run)

    def gather() -> tuple[Known, ...]:
        console = Console(file=StringIO())
        return pages.gather(console, sets=("ehri-en",), where=corpus, matrix=tmp_path, run=None, out=tmp_path, number=1)

    if exit_code:
        with pytest.raises(ToolFailedError, match="exit code 6"):
            gather()
    else:
        # The stand-in read nothing: the page is left out.
        assert gather() == ()
    assert commands == [["a.jpg"]]


def test_lines_of_a_transcript_with_hands_between_them_find_their_places(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"")
    (tmp_path / "a.gt.raw.txt").write_text("Une ligne\n~~~ ~~~\nune ⟦autre⟧ ligne\nla fin\n", encoding="utf-8")
    placed = ((0, "Une ligne"), (30, "une autre ligne"), (60, "la fin"))
    rows = "\n".join(f"10\t{top}\t90\t{top + 20}\t0\tx\tMainZone\t{text}" for top, text in placed)
    (tmp_path / "a.lines.tsv").write_text(rows, encoding="utf-8")
    (page,) = pages._struck(tmp_path, tmp_path)
    assert [(line.box.top, line.is_struck) for line in page.lines] == [(0, False), (30, True), (60, False)]


def test_zones_of_stamps_are_true_stamps(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"")
    (tmp_path / "a.zones.tsv").write_text("MainZone\t0\t0\t9\t9\nStampZone\t10\t20\t30\t40\n", encoding="utf-8")
    (page,) = pages._zoned(tmp_path, tmp_path)
    assert [(mark.kind, mark.box.edges) for mark in page.marks] == [("stamp", (10, 20, 30, 40))]


@pytest.mark.usefixtures("_here")
def test_the_command_writes_tables_counts_and_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus" / "cib"
    corpus.mkdir(parents=True)
    kept(tmp_path / "run" / "cib", "cib_1-p001")
    marks = [{"kind": "classification", "text": "SECRET", "status": "struck", "box": [400, 100, 700, 150]}]
    truth = {"size": [1200, 900], "dpi": 300, "complete": True, "marks": marks}
    (corpus / "cib_1-p001.json").write_text(json.dumps(truth), encoding="utf-8")
    options = ["--corpus", str(tmp_path / "corpus"), "--run", str(tmp_path / "run"), "--out", str(tmp_path / "out")]
    few = ["--sets", "cib", "--detectors", "banner", "--twice", "0", "--timed", "0", "--workers", "1"]
    monkeypatch.setattr("sys.argv", ["bench-marks", *options, *few])
    monkeypatch.setattr("benchmarks.corpus.text_pages", lambda *_: ())
    command.main()
    record = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    (table,) = [one for one in record["figures"] if one["title"].startswith("cib markings, 1 pages")]
    recall = table["rows"][0]["recall"]
    assert (recall["part"], recall["whole"], recall["rate"]) == (0, 1, 0.0)
    assert "--sets cib" in table["rows"][0]["command"]
    assert "classification missed" in (tmp_path / "out" / "failures.html").read_text(encoding="utf-8")
    assert "cib markings" in (tmp_path / "out" / "bench.txt").read_text(encoding="utf-8")
