from dataclasses import replace

import pytest

from scanfix.model.batch import PageFailure
from scanfix.model.geometry import Affine, Box, Quad
from scanfix.model.mark import Mark
from scanfix.model.page import CleanPage, ImageFile, PageId, Step
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, RegionKind, Word

BOX = Box(left=0, top=0, right=10, bottom=10)


def line(*words: tuple[str, float]) -> Line:
    made = tuple(Word(word_id=f"w{n}", text=text, box=BOX, confidence=sure) for n, (text, sure) in enumerate(words))
    return Line(line_id="l", box=BOX, words=made)


def page(*regions: tuple[RegionKind, Line]) -> PageText:
    made = tuple(Region(region_id="r", kind=kind, box=BOX, lines=(text,)) for kind, text in regions)
    return PageText(
        page_id=PageId(scan_id="memo", number=3),
        regions=made,
        provenance=Provenance(made_by="test 1", recipe="{}", inputs=()),
    )


def test_a_page_is_named_for_people_and_for_files() -> None:
    page_id = PageId(scan_id="memo 73-54", number=12)
    assert str(page_id) == "memo 73-54 p. 12"
    assert page_id.stem == "p0012"


def test_the_key_of_a_provenance_changes_with_each_of_its_parts() -> None:
    keys = {
        Provenance(made_by=tool, recipe=recipe, inputs=inputs).key
        for tool in ("a 1", "a 2")
        for recipe in ("{}", "[]")
        for inputs in ((), ("x",), ("x", "y"), ("xy",))
    }
    assert len(keys) == 16


def test_long_words_weigh_more_in_a_line_s_confidence() -> None:
    assert line(("intelligence", 1.0), ("ab", 0.3)).confidence == pytest.approx(0.9)
    assert line().confidence == 0


def test_the_body_is_running_text_without_furniture() -> None:
    text = page(("header", line(("SECRET", 0.1))), ("paragraph", line(("The", 1), ("Soviets", 0.9))))
    assert [body.text for body in text.body_lines] == ["The Soviets"]
    assert [word.text for word in text.words] == ["SECRET", "The", "Soviets"]
    assert text.body_confidence == pytest.approx(0.93)


def test_a_page_without_running_text_has_no_confidence() -> None:
    assert page(("header", line(("SECRET", 0.1)))).body_confidence is None


def test_a_field_that_was_not_read_is_none() -> None:
    mark = Mark(mark_id="m1", kind="banner", box=BOX, confidence=1, fields=(("date", "2019-03-14"),))
    assert mark.field("date") == "2019-03-14"
    assert mark.field("number") is None


def test_a_mark_moves_with_its_corners_and_without_them_with_its_box() -> None:
    quarter = Affine(a=0, b=-1, c=100, d=1, e=0, f=0)
    mark = Mark(mark_id="m1", kind="banner", box=Box(left=10, top=20, right=40, bottom=30), confidence=1)
    assert mark.moved(quarter).box.edges == (70, 10, 80, 40)
    turned = replace(mark, quad=Affine.identity().quad(mark.box)).moved(quarter)
    assert turned.box.edges == (70, 10, 80, 40)
    assert turned.quad == Quad(corners=((80, 10), (80, 40), (70, 40), (70, 10)))


def test_a_page_knows_how_far_it_was_levelled() -> None:
    image = ImageFile(path="p.png", sha256="0", width_px=1, height_px=1, dpi=300)
    clean = CleanPage(
        page_id=PageId(scan_id="memo", number=1),
        upright=image,
        clean=image,
        source_to_upright=Affine.identity(),
        steps=(Step(name="level", measured=(("clockwise_deg", -0.4),)),),
        provenance=Provenance(made_by="test 1", recipe="{}", inputs=()),
    )
    assert clean.levelled_deg == -0.4
    assert replace(clean, steps=()).levelled_deg == 0


@pytest.mark.parametrize(("number", "place"), [(None, "memo"), (4, "memo p. 4")])
def test_a_failure_says_where(number: int | None, place: str) -> None:
    failure = PageFailure(scan_id="memo", page_number=number, verb="read", error="E", message="", is_retryable=False)
    assert failure.place == place
