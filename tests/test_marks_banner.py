import pytest
from marks_drawn import Reader, blank, line, word

from scanfix.marks import DETECTORS, build, find_marks
from scanfix.marks.banner import BannerDetector, parse
from scanfix.marks.frame import turned
from scanfix.marks.release import agreed, is_hinted
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word
from scanfix.settings import MarksSettings

TEXT = "Approved for Release: 2019/03/14 C02733136"


@pytest.mark.parametrize(
    ("text", "action", "date", "number"),
    [
        (TEXT, "Approved for Release", "2019-03-14", "C02733136"),
        ("‘Approved for Re1ease: 2019/03/14 CO2733136 |", "Approved for Release", "2019-03-14", "C02733136"),
        (
            "Approved For Release 2002/08/16 : CIA-RDP79T00975A003800220001-5",
            "Approved for Release",
            "2002-08-16",
            "CIA-RDP79T00975A003800220001-5",
        ),
        (
            "Declassified in Part - Sanitized Copy Approved for Release 2014/01/23: CIARDP88G01332R001001150007-7",
            "Declassified in Part - Sanitized Copy Approved for Release",
            "2014-01-23",
            "CIA-RDP88G01332R001001150007-7",
        ),
        (
            "APPROVED FOR RELEASE: 08/31/2001 CIA-RDP86-00513R000928620016-7",
            "Approved for Release",
            "2001-08-31",
            "CIA-RDP86-00513R000928620016-7",
        ),
        ("Approved for Release: 2020/03/13 CO03160568", "Approved for Release", "2020-03-13", "C03160568"),
        ("Approved for Release: 2020/03/13 C00160568", "Approved for Release", "2020-03-13", "C00160568"),
        ("Approved for Release: 2020/03/13 C031605681", "Approved for Release", "2020-03-13", None),
        ("xxxx 2019/03/14 C02733136", None, "2019-03-14", "C02733136"),
        ("Approved for Release: 2019/13/44 C0273", "Approved for Release", None, None),
        ("// .| Approved for Release: 2O19/O3/I4 C02733136", "Approved for Release", "2019-03-14", "C02733136"),
        (
            "Declassified and approved for release by NSA on 09-03-2014 pursuantto E.O. 13526",
            "Declassified and Approved for Release by NSA on",
            "2014-09-03",
            None,
        ),
        (
            "[104-10332-10023] [2025 RELEASE UNDER THE PRESIDENT JOHN F. KENNEDY ASSASSINATION RECORDS ACT OF 1992]",
            "Release under the President John F. Kennedy Assassination Records Act of 1992",
            "2025",
            "104-10332-10023",
        ),
        ("UNCLASSIFIED Case No. F-2012-29186 Doc No. C05522900 Date: 11/30/2015", None, "2015-11-30", "C05522900"),
        ("RELEASE IN PART", "Release in Part", None, None),
    ],
)
def test_fields_are_read_or_absent(text: str, action: str | None, date: str | None, number: str | None) -> None:
    banner = parse(text)
    assert banner is not None
    assert (banner.action, banner.date, banner.number) == (action, date, number)


def test_an_order_and_a_case_are_fields_of_their_own() -> None:
    nsa = parse("Declassified and approved for release by NSA on 09-03-2014 pursuantto E.O. 13526")
    state = parse("UNCLASSIFIED Case No. F-2012-29186 Doc No. C05522900 Date: 11/30/2015")
    assert nsa is not None
    assert state is not None
    assert dict(nsa.said)["authority"].value == "E.O. 13526"
    assert dict(state.said)["case"].value == "F-2012-29186"


def test_of_several_readings_each_field_is_taken_as_most_have_it() -> None:
    texts = (TEXT, "Approved for Release: 2019/03/14 CO2733135", "2019/03/11 C02733136")
    banner, sure = agreed([read for text in texts if (read := parse(text))])
    assert (banner.text, banner.date, banner.number) == (TEXT, "2019-03-14", "C02733136")
    assert sure["number"] > 0.9
    alone, unsure = agreed([read for text in texts[1:] if (read := parse(text))])
    assert alone.number == "C02733136"
    assert unsure["number"] < 0.7 < sure["date"]


@pytest.mark.parametrize(("text", "is_one"), [("Approved For 17 C0", True), ("C02733136", True), ("page 3", False)])
def test_a_piece_of_a_banner_is_worth_a_second_reading(text: str, is_one: object) -> None:
    assert is_hinted(text) == is_one


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the paper was approved for release",
        "CENTRAL INTELLIGENCE BULLETIN",
        "14 March 2019",
        "C02733136",
        "2019/03/14",
    ],
)
def test_other_lines_are_no_banners(text: str) -> None:
    assert parse(text) is None


def test_confidence_grows_with_the_fields_that_were_read() -> None:
    texts = ("Approved for Release", "Approved for Release: 2019/03/14", TEXT)
    confidences = [banner.confidence for text in texts if (banner := parse(text)) is not None]
    assert confidences == sorted(set(confidences))
    assert len(confidences) == 3


def test_banners_at_head_and_foot_are_found_and_the_text_between_is_not() -> None:
    page = blank()
    head = word(page, TEXT, left=700, bottom=95, scale=1.0, thickness=2)
    foot = word(page, TEXT, left=700, bottom=3270, scale=1.0, thickness=2)
    word(page, TEXT, left=700, bottom=1500, scale=1.0, thickness=2)
    reader = Reader({TEXT: head})
    marks = find_marks(page, dpi=300, read=reader, detectors=(BannerDetector(MarksSettings()),))
    assert [mark.field("position") for mark in marks] == ["top", "bottom"]
    assert [mark.box.iou(box) > 0.8 for mark, box in zip(marks, (head, foot), strict=True)] == [True, True]
    assert {mark.field("number") for mark in marks} == {"C02733136"}
    assert {mark.text for mark in marks} == {TEXT}
    assert {mark.status for mark in marks} == {None}
    assert reader.calls == 1


def test_a_banner_amid_a_hatched_frame_keeps_its_box() -> None:
    page = blank()
    for x in range(60, 2500, 60):
        line(page, (x, 100), (x + 45, 60), thickness=12)
    page[55:105, 680:1900] = 255
    box = word(page, TEXT, left=700, bottom=95, scale=1.0, thickness=2)
    (mark,) = find_marks(page, dpi=300, read=Reader({TEXT: box}), detectors=(BannerDetector(MarksSettings()),))
    assert mark.box.iou(box) > 0.8


def test_a_wide_gap_after_the_colon_does_not_part_a_banner() -> None:
    page = blank()
    first = word(page, "Approved for Release:", left=700, bottom=95, scale=1.2, thickness=3)
    second = word(page, "2019/03/14 C02733136", left=first.right + 44, bottom=95, scale=1.2, thickness=3)
    reader = Reader({TEXT: Box.around((first, second))})
    (mark,) = find_marks(page, dpi=300, read=reader, detectors=(BannerDetector(MarksSettings()),))
    assert mark.box.iou(Box.around((first, second))) > 0.9


def test_a_banner_over_the_first_line_is_found_by_the_words_of_the_page_and_each_field_has_its_place() -> None:
    page = blank()
    box = word(page, TEXT, left=700, bottom=395, scale=1.0, thickness=2)
    half = Box(left=box.left, top=box.top, right=box.left + box.width // 2, bottom=box.bottom)
    line_of = Line(line_id="l1", box=half, words=(Word(word_id="w1", text=TEXT[:25], box=half, confidence=0.9),))
    detectors = (BannerDetector(MarksSettings()),)
    (mark,) = find_marks(page, dpi=300, read=Reader({TEXT: box}), detectors=detectors, lines=(line_of,))
    assert mark.box.iou(box) > 0.8
    places = {entry.name: entry.box for entry in mark.evidence}
    assert set(places) == {"field.action", "field.date", "field.number", "field.position"}
    ends = [place.right for name in ("action", "date", "number") if (place := places[f"field.{name}"])]
    assert ends == sorted(ends)
    assert abs(ends[-1] - box.right) <= 2
    assert find_marks(page, dpi=300, read=Reader({TEXT: box}), detectors=detectors) == ()


def test_a_banner_whose_last_letters_touch_something_is_read_again_with_more_room() -> None:
    page = blank()
    box = word(page, TEXT, left=700, bottom=95, scale=1.0, thickness=2)
    room = Box(left=0, top=0, right=box.width + 2 * round(2.5 * box.height), bottom=1)
    reader = Reader({TEXT[:30]: box, TEXT: room})
    (mark,) = find_marks(page, dpi=300, read=reader, detectors=(BannerDetector(MarksSettings()),))
    assert (mark.field("number"), reader.calls) == ("C02733136", 2)


def test_every_detector_of_the_table_can_be_built_and_names_its_version() -> None:
    detectors = build(MarksSettings(detectors=tuple(DETECTORS)))
    assert [detector.made_by.split()[0] for detector in detectors] == [f"scanfix.{name}" for name in DETECTORS]
    assert all(detector.made_by.split()[1].isdigit() for detector in detectors)


def test_a_banner_printed_on_a_leaning_scan_is_found_after_the_page_was_levelled() -> None:
    scan = blank()
    box = word(scan, TEXT, left=700, bottom=95, scale=1.0, thickness=2)
    levelled, to_levelled = turned(scan, clockwise_deg=1.2)
    reader = Reader({TEXT: box})
    found = find_marks(levelled, dpi=300, read=reader, detectors=build(MarksSettings()), levelled_deg=1.2)
    assert [mark.text for mark in found] == [TEXT]
    assert found[0].moved(to_levelled.inverse()).box.iou(box) > 0.8
