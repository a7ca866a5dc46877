"""The phenomena that archival transcriptions show: the notation holds each, and every view gives it its own way.

The cases are numbered as in the design's list of 42 (``domain.md`` 1.3); the prose is ours.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from scanfix.families import read_families
from scanfix.model.page import PageId
from scanfix.model.transcript import MASK, Transcript
from scanfix.truth import notation, views
from scanfix.truth.markings import markings
from scanfix.truth.redactions import redactions
from scanfix.truth.stamps import stamps

FAMILIES = read_families(Path(__file__).parent.parent / "config" / "stamps")


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is written, and what the views give for the first page that has any; ``reading`` is the body unless told."""

    text: str
    body: str = ""
    reading: str | None = None
    masked: str | None = None
    diplomatic: str | None = None
    furniture: str = ""
    markings: tuple[tuple[str, str], ...] = ()
    stamps: tuple[dict[str, str], ...] = ()
    redacted: tuple[tuple[str, ...], ...] = ()


RETAINED = "\n".join(next(one for one in FAMILIES if one.family == "uk-retained-copy").wording[0].lines)
REVIEWED = {
    "doc_no": "31",
    "no_change": "unchecked",
    "declassified": "checked",
    "changed_to": "none",
    "next_review": "",
    "date": "",
    "reviewer": "",
}

CASES: dict[str, Case] = {
    "01 a struck classification marking": Case(
        text="::: head\n~~SECRET~~{shape=rising}\n:::", furniture="SECRET", markings=(("SECRET", "struck"),)
    ),
    "02 an unstruck marking, and the common noun": Case(
        text="::: head\nSECRET\n:::\n\nthe secret of the ferry",
        body="the secret of the ferry",
        furniture="SECRET",
        markings=(("SECRET", "active"),),
    ),
    "03 a struck caveat on a line of its own": Case(
        text="::: head\n~~SECRET~~\n~~SECURITY INFORMATION~~{shape=double}\n:::",
        furniture="SECRET\nSECURITY INFORMATION",
        markings=(("SECRET", "struck"), ("SECURITY INFORMATION", "struck")),
    ),
    "04 a struck copy status": Case(
        text="::: stamp family=copy-status\n~~RECORD COPY~~\n:::",
        diplomatic="RECORD COPY",
        markings=(("RECORD COPY", "struck"),),
        stamps=({},),
    ),
    "05 one stroke through a heading and its paragraphs": Case(
        text="~~CAUTION~~{shape=x id=k1}\n\n~~Readers in Tessin return\nthis paper.~~{shape=x id=k1}\n\nIt goes on.",
        body="CAUTION\n\nReaders in Tessin return\nthis paper.\n\nIt goes on.",
        reading="It goes on.",
    ),
    "06 a head that is absent is said to be": Case(
        text="::: head none\n\nKarsovia agrees.\n\n::: foot\n~~SECRET~~\n:::",
        body="Karsovia agrees.",
        furniture="SECRET",
        markings=(("SECRET", "struck"),),
    ),
    "07 the foot of a page and the head of the next are alike": Case(
        text="one\n\n::: foot\n~~SECRET~~\n:::\n\n<!-- page 2 -->\n\n::: head\n~~SECRET~~\n:::\n\ntwo",
        body="one",
        furniture="SECRET",
        markings=(("SECRET", "struck"),),
    ),
    "08 a page number that looks like a list item": Case(
        text="::: pageno\n- 4 -\n:::\n\n- a list item", body="- a list item", furniture="- 4 -"
    ),
    "09 an exemption code alone in the margin": Case(
        text="::: margin id=m1\n(b) (3)\n:::\n\nThe office of [REDACTED] in Tessin",
        body="The office of in Tessin",
        masked=f"The office of {MASK} in Tessin",
        furniture="(b) (3)",
        redacted=(("(b) (3)", "(b)(3)"),),
    ),
    "10 a note that the paper is superseded": Case(
        text="::: handwriting\nReplaced by 14-61\n:::", diplomatic="Replaced by 14-61"
    ),
    "11 reference numbers stay as they are printed": Case(
        text="---\nreference: K.P.(51) 77\n---\nK. P. (51) 77, N O T E - 3, FO 9/1 (formerly 2/4)",
        body="K. P. (51) 77, N O T E - 3, FO 9/1 (formerly 2/4)",
    ),
    "12 dates stay as they are printed": Case(
        text="---\ndate: 1951-04\n---\nApril, 1951, or 3rd April 1951, or 4-3-51",
        body="April, 1951, or 3rd April 1951, or 4-3-51",
    ),
    "13 a stamp whose original is retained": Case(
        text=f"::: stamp family=uk-retained-copy\n{RETAINED}\n:::", diplomatic=RETAINED, stamps=({},)
    ),
    "14 the same stamp with its left edge lost": Case(
        text="::: stamp family=uk-retained-copy read=partial\n[lost] ORIGINAL HAS BEEN KEPT\n[lost]TMENT UNDER "
        "SECTION {>>ed: the wording has DEPARTMENT<<}\n:::",
        diplomatic="ORIGINAL HAS BEEN KEPT\nTMENT UNDER SECTION",
        stamps=({},),
    ),
    "15 a stamp splits a paragraph in the middle of a page": Case(
        text="The ferry was ⟶\n\n::: stamp family=copy-status\nFILE COPY\n:::\n\n⟵ late that day.",
        body="The ferry was\nlate that day.",
        diplomatic="The ferry was\n\nFILE COPY\n\nlate that day.",
        stamps=({},),
    ),
    "16 a stamp with check boxes": Case(
        text="::: stamp family=cia-reviewer id=s1\nDOCUMENT NO. {hw:31}\nNO CHANGE IN CLASS. ☐\n☒ DECLASSIFIED\n"
        "CLASS. CHANGED TO: TS S C {circled: none}\nNEXT REVIEW DATE:\n:::",
        diplomatic="DOCUMENT NO. 31\nNO CHANGE IN CLASS. ☐\n☒ DECLASSIFIED\nCLASS. CHANGED TO: TS S C\n"
        "NEXT REVIEW DATE:",
        stamps=(REVIEWED,),
    ),
    "17 a box stands before its words or after them": Case(
        text="::: stamp family=cia-reviewer\nDOCUMENT NO. 31\n☐ NO CHANGE IN CLASS.\nDECLASSIFIED ☒\n"
        "CLASS. CHANGED TO: TS S C {circled: none}\n:::",
        diplomatic="DOCUMENT NO. 31\n☐ NO CHANGE IN CLASS.\nDECLASSIFIED ☒\nCLASS. CHANGED TO: TS S C",
        stamps=(REVIEWED,),
    ),
    "18 a choice without boxes": Case(
        text="::: stamp family=cia-reviewer\nCLASS. CHANGED TO: TS {circled: S} C\n:::",
        diplomatic="CLASS. CHANGED TO: TS S C",
        stamps=(dict.fromkeys(REVIEWED, "") | {"changed_to": "S"},),
    ),
    "19 a hand fills a stamp in": Case(
        text="::: stamp family=cia-reviewer\nDATE: {hw:4-2-80} REVIEWER: {hw:[3w?]}\n:::",
        diplomatic="DATE: 4-2-80 REVIEWER:",
        stamps=(dict.fromkeys(REVIEWED, "") | {"date": "4-2-80"},),
    ),
    "20 a handwritten note that the editor announces": Case(
        text="::: handwriting place=foot\nSent by wire {>>ed: radio<<} at 9 hours.\n:::",
        diplomatic="Sent by wire at 9 hours.",
    ),
    "21 an author's strike in running text": Case(
        text="limit the delay to ~~their boats~~ what the boats have caused",
        body="limit the delay to their boats what the boats have caused",
        reading="limit the delay to what the boats have caused",
    ),
    "22 a hand's insertion": Case(
        text="the {++smallest++} boats", body="the boats", reading="the smallest boats", masked=f"the {MASK} boats"
    ),
    "23 a hand's deletion": Case(
        text="sending {--to Tessin--} a boat", body="sending to Tessin a boat", reading="sending a boat"
    ),
    "24 a substitution, of a word and inside one": Case(
        text="Karsovia {~~would~>will~~} b{~~e~>i~~}d",
        body="Karsovia would bed",
        reading="Karsovia will bid",
        masked=f"Karsovia would {MASK} be{MASK}d",
        diplomatic="Karsovia would will beid",
    ),
    "25 a deletion inside an insertion": Case(
        text="{++a new ferry. {--In such *a small* port--} It is late.++}",
        reading="a new ferry. It is late.",
        masked=MASK,
        diplomatic="a new ferry. In such a small port It is late.",
    ),
    "26 two witnesses of one text": Case(
        text="::: witness id=final\nThe boats will *not* sail.\n:::\n\n::: witness id=draft\nThe boats sail.\n:::",
        body="The boats will not sail.\n\nThe boats sail.",
    ),
    "27 an elision in either of its forms": Case(
        text="The boats […] sail [...].", body="The boats sail .", masked=f"The boats {MASK} sail {MASK}."
    ),
    "28 uncertain words and supplied words": Case(
        text="They [believe?] it [+is+] so.", body="They believe it so.", masked="They believe it so."
    ),
    "29 a translator's notes and glosses": Case(
        text="the bridgehead {>>tr: literally, place of arms<<} held", body="the bridgehead held"
    ),
    "30 an editor's note with a bracket inside": Case(
        text="{>>ed: Copied on 8[7] May; the rest is left out.<<}\nThe boats sail.", body="The boats sail."
    ),
    "31 footnotes under every sign": Case(
        text="one[^1] two[^*] three[^**]\n\n[^1]: A note.\n\n[^*]: Another.\n\n[^**]: A third.",
        body="one1 two* three**\n\n1 A note.\n\n* Another.\n\n** A third.",
    ),
    "32 a footnote in the middle of a sentence": Case(
        text="and in spring,[^*] ⟶\n\n[^*]: By the old calendar.\n\n<!-- page 2 -->\n\n⟵ after the thaw,",
        body="and in spring,*\n\n* By the old calendar.",
    ),
    "33 a printed rule above the notes": Case(
        text="The boats sail.[^1]\n\n\\---\n\n[^1]: A note.", body="The boats sail.1\n\n---\n\n1 A note."
    ),
    "34 two columns in logical order": Case(
        text="::: column n=1\nArticle 5 holds for five ⟶\n:::\n\n::: column n=2\n⟵ years more.\n:::",
        body="Article 5 holds for five\nyears more.",
    ),
    "35 a page ends inside a sentence": Case(
        text="the interests ⟶\n\n<!-- page 2 -->\n\n⟵ of the port", body="the interests"
    ),
    "36 a page ends between two sentences of a paragraph": Case(
        text="They sailed. ⟶\n\n<!-- page 2 -->\n\n⟵ Moreover, they came back.", body="They sailed."
    ),
    "37 text is lost at a join": Case(
        text="In March [lost: ~1 line]\nwe thought it unlikely.",
        body="In March\nwe thought it unlikely.",
        masked=f"In March {MASK}\nwe thought it unlikely.",
    ),
    "38 numbers and dashes of lists are text": Case(
        text="1. one\n3. three\na. sub\n- a. both\n- only the port can say.\n1) run 2) in",
        body="1. one\n3. three\na. sub\n- a. both\n- only the port can say.\n1) run 2) in",
    ),
    "39 headings and run-in heads": Case(
        text="::: paragraph role=heading\n**Article 1**\n:::\n\n2. <u>Ferries.</u> They sail.\n\n# as printed",
        body="Article 1\n\n2. Ferries. They sail.\n\n# as printed",
    ),
    "40 what archives say about a paper is no text of it": Case(
        text="---\ncitation: Tessin Port Office, box 4\nlanguages: [eng]\nsource: <https://example.org/4>\n---\nText.",
        body="Text.",
    ),
    "41 quotes, dashes, dots and boxes stay as they are": Case(
        text="“a” ‘b’ \"c\" 'd' — … – ☐ ☒ é", body="“a” ‘b’ \"c\" 'd' — … – ☐ ☒ é"
    ),
    "42 the page's own slips, and what to check": Case(
        text="They publickly{>>sic<<} sail 2nn{>>ed: check<<}", body="They publickly sail 2nn"
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


def document(case: Case) -> tuple[Transcript, ...]:
    return notation.parse_document(case.text, file="memo.md", scan_id="memo")


def test_there_are_forty_two_phenomena() -> None:
    assert [int(name[:2]) for name in CASES] == list(range(1, 43))


def test_what_is_read_is_written_and_read_alike(case: Case) -> None:
    pages = document(case)
    assert notation.parse_document(notation.write_document(pages), file="memo.md", scan_id="memo") == pages


def test_the_body_is_what_an_engine_can_see(case: Case) -> None:
    page = document(case)[0]
    assert views.body(page) == views.as_typed(page) == case.body


def test_a_reference_masks_what_it_cannot_say(case: Case) -> None:
    page = document(case)[0]
    assert views.for_scoring(page, "body") == (case.body if case.masked is None else case.masked)


def test_reading_is_what_the_author_left(case: Case) -> None:
    assert views.reading(document(case)[0]) == (case.body if case.reading is None else case.reading)


def test_the_diplomatic_view_holds_every_word_of_the_page(case: Case) -> None:
    page = document(case)[0]
    seen = views.diplomatic(page)
    if case.diplomatic is None:
        assert set(f"{case.body} {case.furniture}".split()) <= set(seen.split())
    else:
        assert seen == case.diplomatic


def test_furniture_is_what_stands_around_the_text(case: Case) -> None:
    assert views.furniture(document(case)[0]) == case.furniture


def test_markings_are_told_with_their_status(case: Case) -> None:
    told = markings(document(case)[0])
    assert tuple((marking.text, marking.status) for marking in told) == case.markings


def test_stamps_are_told_with_their_fields(case: Case) -> None:
    assert tuple(dict(event.fields) for event in stamps(document(case)[0], FAMILIES)) == case.stamps


def test_redactions_are_told_with_their_codes(case: Case) -> None:
    told = redactions(document(case)[0])
    assert tuple((one.code, *one.codes) for one in told) == case.redacted


def test_the_halves_of_a_paragraph_on_two_pages_say_so() -> None:
    first, second = document(CASES["36 a page ends between two sentences of a paragraph"])
    assert first.blocks[-1].joins_next
    assert second.blocks[0].joins_previous
    assert second.page_id == PageId(scan_id="memo", number=2)
