"""The format of a source is found out by its content."""

import pytest

from scanfix.truth import importers

ALTO = (
    b'<alto><Layout><Page><PrintSpace><TextBlock ID="b1"><TextLine><String CONTENT="ferry"/></TextLine></TextBlock>'
    b"</PrintSpace></Page></Layout></alto>"
)
PAGE = (
    b'<PcGts><Page><TextRegion id="r1"><TextLine id="l1"><TextEquiv><Unicode>ferry</Unicode></TextEquiv></TextLine>'
    b"</TextRegion></Page></PcGts>"
)
HOCR = (
    b'<html><body><div class="ocr_page"><p class="ocr_par"><span class="ocr_line">ferry</span></p></div></body></html>'
)


@pytest.mark.parametrize(
    ("data", "profile"),
    [(ALTO, "alto"), (PAGE, "page"), (HOCR, "hocr"), (b"**ferry**", "general"), (b"ferry", "plain")],
)
def test_whatever_its_name_a_source_is_read_by_what_it_is(data: bytes, profile: str) -> None:
    imported = importers.read(data, file="memo.bin", scan_id="memo")
    assert imported.profile.startswith(profile)
    assert "ferry" in str(imported.placed.pages[0].blocks[0].children)
