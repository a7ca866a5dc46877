import pytest
from marks_drawn import Reader, blank, line, word

from scanfix.marks import DETECTORS, build, find_marks
from scanfix.marks.banner import BannerDetector, parse
from scanfix.marks.frame import turned
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
    ],
)
def test_fields_are_read_or_absent(text: str, action: str | None, date: str | None, number: str | None) -> None:
    banner = parse(text)
    assert banner is not None
    assert (banner.action, banner.date, banner.number) == (action, date, number)


@pytest.mark.parametrize("text", ["", "CENTRAL INTELLIGENCE BULLETIN", "14 March 2019", "C02733136", "2019/03/14"])
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


def test_every_detector_of_the_table_can_be_built_and_names_its_version() -> None:
    detectors = build(MarksSettings(detectors=tuple(DETECTORS)))
    assert [detector.made_by.split()[0] for detector in detectors] == [f"scanfix.{name}" for name in DETECTORS]
    assert all(detector.made_by.split()[1].isdigit() for detector in detectors)
    assert all(detector.recipe == "{}" for detector in detectors)


def test_a_banner_printed_on_a_leaning_scan_is_found_after_the_page_was_levelled() -> None:
    scan = blank()
    box = word(scan, TEXT, left=700, bottom=95, scale=1.0, thickness=2)
    levelled, to_levelled = turned(scan, clockwise_deg=1.2)
    reader = Reader({TEXT: box})
    found = find_marks(levelled, dpi=300, read=reader, detectors=build(MarksSettings()), levelled_deg=1.2)
    assert [mark.text for mark in found] == [TEXT]
    assert found[0].moved(to_levelled.inverse()).box.iou(box) > 0.8
