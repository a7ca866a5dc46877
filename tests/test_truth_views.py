"""Each view takes from a transcript what it promises, and nothing else."""

import pytest

from scanfix.model.page import PageId
from scanfix.model.transcript import MASK, Marking, Transcript
from scanfix.truth import notation, views
from scanfix.truth.markings import is_wording, markings

PAGE = PageId(scan_id="memo", number=1)


def page(text: str) -> Transcript:
    return notation.parse(text, file="p0001.md", page_id=PAGE)


FULL = page("""::: banner
Approved for Release
:::
::: head
~~SECRET~~
:::
::: stamp
DOCUMENT NO. {hw:26}
:::
limit the damage to ~~their cause~~ which
has been caused[^*]

::: margin
3.5(c)
:::
::: handwriting
OK
:::
::: column
left
:::
::: table
1 2
:::
::: pageno
- 4 -
:::
[^*]: The minutes.
""")


def test_the_body_is_running_text_and_footnotes_with_struck_words_in() -> None:
    assert views.body(FULL) == (
        "limit the damage to their cause which\nhas been caused*\n\nleft\n\n1 2\n\n* The minutes."
    )


def test_reading_leaves_struck_words_out() -> None:
    assert views.reading(FULL).startswith("limit the damage to which\nhas been caused*\n\n")


def test_the_diplomatic_view_has_everything_in_order() -> None:
    assert views.diplomatic(FULL) == (
        "Approved for Release\n\nSECRET\n\nDOCUMENT NO. 26\n\nlimit the damage to their cause which\n"
        "has been caused*\n\n3.5(c)\n\nOK\n\nleft\n\n1 2\n\n- 4 -\n\n* The minutes."
    )


def test_furniture_is_what_stands_around_the_text() -> None:
    assert views.furniture(FULL) == "Approved for Release\n\nSECRET\n\n3.5(c)\n\n- 4 -"


ROWS = {
    # sign: diplomatic, reading, as typed and body
    "~~x~~": ("x", "", "x"),
    "~~x~~{by=type}": ("x", "", "x"),
    "{--x--}": ("x", "", "x"),
    "{++x++}": ("x", "x", MASK),
    "{hw:x}": ("x", "x", MASK),
    "{~~x~>y~~}": ("x y", "y", f"x {MASK}"),
    "b{~~x~>y~~}": ("bxy", "by", f"bx{MASK}"),
    "{~~x~>y~~}1": ("xy1", "y1", f"x{MASK}1"),
    "~~x~~{~~x~>y~~}": ("xx y", "y", f"xx {MASK}"),
    "[x?]": ("x", "x", "x"),
    "[?]": (MASK, MASK, MASK),
    "[3w?]": (MASK, MASK, MASK),
    "[…]": (MASK, MASK, MASK),
    "[lost: a line]": (MASK, MASK, MASK),
    "[REDACTED (b)(3)]": (MASK, MASK, MASK),
    "[+x+]": ("", "", ""),
    "{>>ed: x<<}": ("", "", ""),
    "{>>sic<<}": ("", "", ""),
    "<u>x</u>": ("x", "x", "x"),
    "*x*": ("x", "x", "x"),
    "**x**": ("x", "x", "x"),
    "{circled: x}": ("x", "x", "x"),
    "{circled: none}": ("", "", ""),
    "[^*]": ("*", "*", "*"),
    "{++x {--y--}++}": ("x y", "x", MASK),
}


@pytest.mark.parametrize("sign", ROWS)
def test_every_sign_has_its_place_in_every_view(sign: str) -> None:
    transcript = page(f"a {sign} b")
    diplomatic, reading, typed = (" ".join(f"a {text} b".split()) for text in ROWS[sign])
    assert views.for_scoring(transcript, "diplomatic") == diplomatic
    assert " ".join(views.for_scoring(transcript, "reading").split()) == reading
    assert views.for_scoring(transcript, "as_typed") == typed
    assert views.for_scoring(transcript, "body") == typed


def test_views_to_be_read_have_no_masks_and_no_lines_that_held_nothing_else() -> None:
    transcript = page("5. [REDACTED]\n[REDACTED]\nhas threatened [?] to\n\n[REDACTED]\n\nresign")
    assert views.body(transcript) == "5.\nhas threatened to\n\nresign"
    assert views.as_typed(transcript) == views.diplomatic(transcript) == views.body(transcript)
    assert views.for_scoring(transcript, "body") == (f"5. {MASK}\n{MASK}\nhas threatened {MASK} to\n\n{MASK}\n\nresign")


def test_lines_that_a_view_empties_vanish_and_so_do_blocks() -> None:
    assert views.reading(page("a\n~~b~~\nc\n\n~~d~~\n\n::: column\ne\n\n~~f~~\n\ng\n:::")) == "a\nc\n\ne\n\ng"


def test_the_halves_of_a_paragraph_around_a_stamp_stand_on_neighbouring_lines() -> None:
    halves = page("the ferry ⟶\n\n::: stamp\nFILE COPY\n:::\n\n⟵ was late.\n\nIt sailed.")
    assert views.body(halves) == "the ferry\nwas late.\n\nIt sailed."
    assert views.diplomatic(halves) == "the ferry\n\nFILE COPY\n\nwas late.\n\nIt sailed."


def test_an_absent_block_has_no_text() -> None:
    assert views.diplomatic(page("::: head none\n\na")) == "a"


def test_a_footnote_without_a_sign_is_just_its_text() -> None:
    assert views.body(page("::: footnote\na\n:::")) == "a"


def test_markings_are_told_in_order_with_their_status() -> None:
    transcript = page("""::: head
~~TOP SECRET~~ [REDACTED]
SECURITY  INFORMATION
:::
the secret council and ~~their cause~~

::: stamp
~~RECORD COPY~~
SECRET
:::
::: classification
CONTINUED CONTROL
{>>ed: faint<<}
THIS COPY ONLY
:::
::: foot
15 Jan 54 Current Bulletin Page 3
[TOP SECRET?]
CONFIDENTIAL {>>ed: strike uncertain<<}
S E C R E T ~~NOFORN~~{shape=x}
:::
""")
    assert markings(transcript) == (
        Marking(text="TOP SECRET", status="struck", block="head"),
        Marking(text="SECURITY INFORMATION", status="active", block="head"),
        Marking(text="RECORD COPY", status="struck", block="stamp"),
        Marking(text="CONTINUED CONTROL", status="active", block="classification"),
        Marking(text="THIS COPY ONLY", status="active", block="classification"),
        Marking(text="TOP SECRET", status="uncertain", block="foot"),
        Marking(text="CONFIDENTIAL", status="uncertain", block="foot"),
        Marking(text="S E C R E T", status="active", block="foot"),
        Marking(text="NOFORN", status="struck", block="foot"),
    )


@pytest.mark.parametrize("text", ["SECRET", "S E C R E T", "TOP  SECRET", "T O P S E C R E T", "TRÈS SECRET"])
def test_a_level_is_a_wording_also_when_spaced(text: str) -> None:
    assert is_wording(text)


@pytest.mark.parametrize("text", ["", "Secret", "SECRETARY", "secret council", "SECRET MEETING"])
def test_other_lines_are_no_wordings(text: str) -> None:
    assert not is_wording(text)
