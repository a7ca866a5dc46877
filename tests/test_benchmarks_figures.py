"""The comparison with peers says why words are wrong, which pages are worse, and who stands on the curve."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rich.console import Console
from rich.table import Table

from benchmarks import believed, causes, corpus, costs, rates, sheet, worse
from benchmarks.causes import Examined
from benchmarks.corpus import TextPage, TrueLine
from benchmarks.measure import Cost
from benchmarks.peers import Reading, merge
from scanfix.model.geometry import Affine, Box
from scanfix.model.page import CleanPage, ImageFile, PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, RegionKind, Word
from scanfix.pipeline import CLEAN, STORE_FOLDER, TEXT
from scanfix.store import Store

MADE = Provenance(made_by="test 1", recipe="{}", inputs=())
TRUTH = """the port of Tessin is shut
and the pilots of 1953 wait
for the harvest that is late
nobody was surprised at all"""
READ = """tle port of Tessin is shnt
and the ~ pilots of 1958 wait
forthe harvest that is late
RECEIVED MAY"""


def text_page(image: Path, reference: str = TRUTH) -> TextPage:
    lines = tuple(
        TrueLine(text=line, box=Box(left=50, top=100 * index, right=550, bottom=100 * index + 40))
        for index, line in enumerate(reference.split("\n"))
    )
    return TextPage(name="memo", group="ehri-en", kind="letter", image=image, dpi=300, reference=reference, lines=lines)


def region(kind: RegionKind, text: str, *, confidence: float) -> Region:
    lines = []
    for row, line in enumerate(text.split("\n")):
        words = tuple(
            Word(
                word_id=f"{kind}{row}-{column}",
                text=word,
                box=Box(left=50 + 80 * column, top=100 * row, right=120 + 80 * column, bottom=100 * row + 40),
                confidence=confidence,
            )
            for column, word in enumerate(line.split())
        )
        lines.append(Line(line_id=f"{kind}{row}", box=Box.around(word.box for word in words), words=words))
    return Region(region_id=kind, kind=kind, box=Box.around(line.box for line in lines), lines=tuple(lines))


def examine(folder: Path, *, read: str = READ, apart: str = "", witness: str = "", confidence: float = 0.9) -> Examined:
    """Leave what a run leaves of a page, and examine it."""
    image = folder / "memo.png"
    Image.fromarray(np.full((500, 700), 220, np.uint8)).save(image)
    page_id = PageId(scan_id="memo", number=1)
    upright = ImageFile(path=str(image), sha256="0" * 64, width_px=700, height_px=500, dpi=300)
    clean = CleanPage(
        page_id=page_id, upright=upright, clean=upright, source_to_upright=Affine.identity(), steps=(), provenance=MADE
    )
    regions = [region("paragraph", read, confidence=confidence)]
    regions += [region("other", apart, confidence=confidence)] if apart else []
    store = Store(folder / STORE_FOLDER)
    store.keep(page_id.place, TEXT, MADE, PageText(page_id=page_id, regions=tuple(regions), provenance=MADE))
    store.keep(page_id.place, CLEAN, MADE, clean)
    return causes.examine(text_page(image), read, run=folder, witness=witness)


def reading(system: str, text: str, *, cpu_s: float = 1.0, run: Path | None = None) -> Reading:
    cost = Cost(wall_s=cpu_s, cpu_s=cpu_s, peak_mb=100, exit_code=0)
    return Reading(system=system, cost=cost, texts={"memo": text}, runs={"memo": run} if run else {})


def shown(table: Table) -> str:
    console = Console(width=170, file=StringIO())
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def test_every_error_has_one_cause(tmp_path: Path) -> None:
    read = "\n".join(READ.split("\n")[:3])
    assert examine(tmp_path, read=read).tally == {
        "letters": 2,
        "digits": 1,
        "invented word": 1,
        "lost word space": 2,
        "lost line": 5,
    }


def test_a_line_that_layout_took_for_furniture_is_told_from_one_that_was_never_read(tmp_path: Path) -> None:
    read = "\n".join(READ.split("\n")[:3])
    lost = examine(tmp_path, read=read)
    apart = examine(tmp_path, read=read, apart="nobody was surprised at all")
    assert (lost.tally["lost line"], lost.tally["kept apart by layout"]) == (5, 0)
    assert (apart.tally["lost line"], apart.tally["kept apart by layout"]) == (0, 5)


def test_a_line_that_is_not_in_the_reference_is_furniture(tmp_path: Path) -> None:
    assert examine(tmp_path, read=f"{TRUTH}\nRECEIVED MAY").tally == {"furniture let in": 2}


def test_where_a_witness_reads_the_same_and_scanfix_is_sure_the_truth_is_doubtful(tmp_path: Path) -> None:
    read = TRUTH.replace("port", "part")
    assert examine(tmp_path, read=read, witness=read, confidence=0.99).tally == {"truth doubtful": 1}
    assert examine(tmp_path, read=read, witness=read, confidence=0.6).tally == {"letters": 1}
    assert examine(tmp_path, read=read, witness=TRUTH, confidence=0.99).tally == {"letters": 1}


def test_a_page_that_the_run_lost_is_one_lost_text(tmp_path: Path) -> None:
    examined = causes.examine(text_page(tmp_path / "memo.png"), "", run=tmp_path, witness=TRUTH)
    assert examined.tally == {"lost line": 23}
    scores = rates.score([examined.page], [reading("scanfix", ""), reading("tesseract", TRUTH)])
    assert "the page failed; 23 more words missing (of 23: 23 were not read" in " ".join(
        shown(worse.table("scanfix", scores, [examined])).split()
    )


def test_a_page_that_is_worse_is_listed_with_its_cause_in_words(tmp_path: Path) -> None:
    read = "\n".join(TRUTH.split("\n")[:3])
    examined = examine(tmp_path, read=read, apart="nobody was")
    scores = rates.score([examined.page], [reading("scanfix", read), reading("tesseract", TRUTH)])
    listed = shown(worse.table("scanfix", scores, [examined]))
    assert "1 of 1 pages are worse" in listed
    ours, bare = scores.archival["scanfix", "memo"], scores.archival["tesseract", "memo"]
    assert (
        worse.why(examined, ours, bare)
        == "5 more words missing (of 5: 2 stand in a region of the kind other, 3 were not read at all)"
    )


def test_a_line_that_is_misread_where_it_was_kept_apart_is_found_there(tmp_path: Path) -> None:
    read = "\n".join(TRUTH.split("\n")[:3])
    examined = examine(tmp_path, read=read, apart="nodody wos surprlsed at all")
    assert examined.homes == {"other": 5}


def test_a_page_that_is_not_worse_is_not_listed(tmp_path: Path) -> None:
    examined = examine(tmp_path, read=TRUTH)
    scores = rates.score([examined.page], [reading("scanfix", TRUTH), reading("tesseract", READ)])
    assert "0 of 1 pages are worse" in shown(worse.table("scanfix", scores, [examined]))


def test_ratios_are_those_to_bare_tesseract_of_the_same_run(tmp_path: Path) -> None:
    page = text_page(tmp_path / "memo.png")
    half = TRUTH.replace("port", "part")
    scores = rates.score([page], [reading("scanfix", half), reading("tesseract", half.replace("shut", "shnt"))])
    row = next(line for line in shown(rates.table("ehri-en", [page], scores)).split("\n") if "scanfix" in line)
    assert [cell.strip() for cell in row.split("│")][-2] == "0.50"


def test_a_system_stands_on_the_curve_where_no_cheaper_one_makes_as_few_errors(tmp_path: Path) -> None:
    page = text_page(tmp_path / "memo.png")
    readings = [
        reading("scanfix best", TRUTH, cpu_s=9),
        reading("scanfix fast", TRUTH, cpu_s=2),
        reading("tesseract", READ, cpu_s=1),
    ]
    lines = shown(costs.trade_off(rates.score([page], readings))).split("\n")
    on_curve = {line.split("│")[2].strip(): line.split("│")[-1].strip() for line in lines if line.count("│") > 3}
    assert on_curve == {"tesseract": "yes", "scanfix fast": "yes", "scanfix best": ""}


def test_the_costs_of_sets_add_up_and_the_peak_is_the_highest() -> None:
    one, other = reading("tesseract", "a", cpu_s=2), reading("tesseract", "b", cpu_s=3)
    other = replace(other, texts={"letter": "b"}, cost=replace(other.cost, peak_mb=300, exit_code=6))
    whole = merge([one, other])
    assert whole.cost == Cost(wall_s=5, cpu_s=5, peak_mb=300, exit_code=6)
    assert whole.texts == {"memo": "a", "letter": "b"}


def test_figures_are_recorded_as_counts(tmp_path: Path) -> None:
    page = text_page(tmp_path / "memo.png")
    record = costs.record(rates.score([page], [reading("tesseract", TRUTH)]))
    assert set(record) == {"costs", "groups"}
    assert "'hits': 23" in str(record["groups"])


def test_confidences_are_judged_by_set(tmp_path: Path) -> None:
    table = shown(believed.table("scanfix", [examine(tmp_path, read=TRUTH, confidence=0.9)]))
    assert "0.100" in next(line for line in table.split("\n") if "ehri-en" in line)


def test_the_sheet_shows_the_worst_lines_with_their_pictures_and_nothing_as_markup(tmp_path: Path) -> None:
    html = sheet.sheet("scanfix", [examine(tmp_path, read=READ.replace("shnt", "<b>shnt</b>"))])
    assert html.count("<article>") == 2
    assert html.count("data:image/jpeg;base64,") == 2
    assert "<b>" not in html


def test_a_line_that_was_not_read_is_shown_where_the_truth_has_it(tmp_path: Path) -> None:
    examined = examine(tmp_path, read="\n".join(TRUTH.split("\n")[:3]))
    html = sheet.sheet("scanfix", [examined])
    assert html.count("data:image/jpeg;base64,") == 1
    nowhere = replace(examined, page=replace(examined.page, lines=()))
    assert "The place of this line is not known" in sheet.sheet("scanfix", [nowhere])


@pytest.mark.parametrize(
    ("group", "name", "kind"),
    [
        ("ehri-en", "EHRI-DR-1_01", "despatch"),
        ("ehri-en", "EHRI-ET-1_01", "carbon testimony"),
        ("ehri-en", "EHRI-BF-1_01", "letter"),
        ("ehri-de", "EHRI-BF-1_01", "German typescript"),
    ],
)
def test_the_kind_of_a_page_is_told_by_its_set_and_name(tmp_path: Path, group: str, name: str, kind: str) -> None:
    folder = tmp_path / "corpus" / group
    folder.mkdir(parents=True)
    (folder / f"{name}.jpg").write_bytes(b"")
    (folder / f"{name}.gt.txt").write_text("the port\n", encoding="utf-8")
    (folder / f"{name}.lines.tsv").write_text("10\t20\t300\t60\t55\tthe port\n", encoding="utf-8")
    (tmp_path / "work").mkdir()
    (page,) = corpus.text_pages(tmp_path / "corpus", tmp_path / "work", [group])
    assert (page.kind, page.languages) == (kind, corpus.LANGUAGES[group])
    assert page.lines == (TrueLine(text="the port", box=Box(left=10, top=20, right=300, bottom=60)),)
