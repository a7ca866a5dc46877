"""Documents of several pages: arrows where paragraphs run on, and a text that people can read."""

from scanfix.model.mark import Evidence
from scanfix.model.page import PageId
from scanfix.model.transcript import Transcript
from scanfix.truth import document, notation
from scanfix.truth.joining import Join

WIDE = "The harbour was closed at noon and nobody could say when it would"


def pages(*texts: str) -> list[Transcript]:
    return [
        notation.parse(text, file="memo.md", page_id=PageId(scan_id="memo", number=number))
        for number, text in enumerate(texts, start=1)
    ]


def join(page: int, *, before: int = 0, after: int = 0, is_joined: bool = True, catchword: int | None = None) -> Join:
    return Join(
        page_id=PageId(scan_id="memo", number=page),
        before=before,
        after=after,
        is_joined=is_joined,
        confidence=0.9,
        evidence=(Evidence(name="start", value=0.0),),
        catchword=catchword,
    )


def test_arrows_stand_where_a_paragraph_runs_on_and_nowhere_else() -> None:
    whole = document.joined(pages("one", "two", "three"), [join(1), join(2, is_joined=False)])
    assert notation.write_document(whole) == (
        "<!-- page 1 -->\n\none ⟶\n\n<!-- page 2 -->\n\n⟵ two\n\n<!-- page 3 -->\n\nthree\n"
    )


def test_what_is_written_can_be_read_back() -> None:
    whole = document.joined(pages("one", "two", "three"), [join(1), join(2)])
    assert notation.parse_document(notation.write_document(whole), file="x", scan_id="memo") == whole


def test_a_catchword_becomes_furniture_of_its_page() -> None:
    whole = document.joined(pages("one\n\ntwo", "two three"), [join(1, catchword=1)])
    assert [block.kind for block in whole[0].blocks] == ["paragraph", "catchword"]
    assert document.reading(whole) == "one two three"


def test_a_page_that_could_not_be_read_is_said_to_be_lost() -> None:
    lost = document.lost(PageId(scan_id="memo", number=2))
    assert notation.write_document([lost]) == "<!-- page 2 -->\n\n[lost: page 2]\n"
    assert document.reading([*pages("one"), lost]) == "one"


def test_a_paragraph_is_whole_over_a_page_and_past_the_footnote_between() -> None:
    first = f"{WIDE}\nopen again, for the engi- ⟶\n\n[^1]: A note."
    text = document.reading(pages(first, "⟵ neer had left.\n\nThe end."))
    assert text == f"{WIDE} open again, for the engineer had left.\n\n1 A note.\n\nThe end."


def test_a_word_broken_at_a_page_s_end_keeps_the_hyphen_the_document_gives_it() -> None:
    assert document.reading(pages(f"{WIDE} to- ⟶", "⟵ day it did not.\n\nOr to-day.")).startswith(f"{WIDE} to-day it")


def test_lines_of_the_paper_s_width_flow_and_lines_ended_on_purpose_stay() -> None:
    address = "Mr. A. Writer\n12 Quay Street\nThe Port"
    text = document.reading(pages(f"{address}\n\n{WIDE}\nopen again. {WIDE}\nbe so."))
    assert text == f"{address}\n\n{WIDE} open again. {WIDE} be so."


def test_a_first_line_that_is_set_in_flows_and_a_salutation_does_not() -> None:
    text = document.reading(pages(f"{WIDE}\n\nComment: nobody knows\n{WIDE}\n\nDear Sir,\n{WIDE}"))
    assert text == f"{WIDE}\n\nComment: nobody knows {WIDE}\n\nDear Sir,\n{WIDE}"


def test_a_narrow_quotation_flows_by_its_own_width() -> None:
    quotation = "the port is closed\nand shall be opened\nwhen the wind falls\nto a breeze; until\nthen no ship sails"
    text = document.reading(pages(f"{WIDE}\n\n{WIDE}\n\n{quotation}"))
    assert text.split("\n\n")[2] == quotation.replace("\n", " ")


def test_rows_of_a_table_stay_rows_and_struck_words_are_out() -> None:
    text = document.reading(
        pages(f"{WIDE} ~~not~~ open.\n\n::: table\nwheat 12-\nrye 9\n:::\n\n::: stamp\nSECRET\n:::")
    )
    assert text == f"{WIDE} open.\n\nwheat 12-\nrye 9"


def test_a_rest_without_a_start_stands_alone_and_nothing_reads_as_nothing() -> None:
    assert document.reading(pages("⟵ rest.")) == "rest."
    assert document.reading(pages("::: head\nSECRET\n:::")) == ""
