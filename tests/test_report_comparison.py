"""Reference and output side by side: what is shown, said and marked, in one file that needs no other."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import compared
import pytest

from scanfix.model.comparison import DifferenceKind
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts, PageScore
from scanfix.model.transcript import MASK
from scanfix.report import comparison
from scanfix.report.comparison import ComparedPage, worst_first
from scanfix.scoring.page import score_page
from scanfix.scoring.policy import POLICIES

NASTY = "<script>alert('x')</script>&\"quoted\""
VOID = {"meta", "input", "img", "br"}


class Reader(HTMLParser):
    """Collects tags with their attributes, and the words; a tag that is closed out of order fails."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(word for word in self.words if word)

    def named(self, tag: str, look: str) -> list[dict[str, str]]:
        """Return the attributes of the tags of a class."""
        return [more for name, more in self.tags if name == tag and look in more.get("class", "").split()]


def differences(*pages: ComparedPage) -> list[dict[str, str]]:
    return [more for more in Reader(compared.report(*pages)).named("span", "d") if "data-kind" in more]


def test_every_tag_is_closed_in_order() -> None:
    assert (
        Reader(compared.report(compared.page("the port", "the part"), compared.page("a", "", problem="lost"))).open
        == []
    )


def test_a_difference_is_told_by_its_class_its_kind_and_in_words() -> None:
    found = differences(compared.page("the port of Tessin lies north", "tle port Tessin lies up north"))
    assert [(more["class"], more["data-kind"]) for more in found] == [
        ("w d substitute", "substitution"),
        ("w d delete", "deletion"),
        ("w d insert", "insertion"),
    ]
    assert [more["aria-label"] for more in found] == [
        "substituted: reference “the”, output “tle”",
        "missing: reference “of”",
        "invented: output “up”",
    ]


@pytest.mark.parametrize(
    ("reference", "read", "label"),
    [
        ("Copy", "copy", "substituted (case only): reference “Copy”, output “copy”"),
        ("year,", "year.", "substituted (punctuation only): reference “year,”, output “year.”"),
        ("May 21", "May", "missing (numbers): reference “21”"),
        ("of the", "ofthe", "substituted (split or joined): reference “of␣the”, output “ofthe”"),
    ],
)
def test_the_words_of_a_difference_name_its_kind(reference: str, read: str, label: str) -> None:
    (found,) = differences(compared.page(reference, read))
    assert found["title"] == label


def test_each_sort_of_difference_has_a_sign_of_its_own() -> None:
    html = compared.report(compared.page("the port of Tessin lies north", "tle port Tessin lies up north"))
    assert re.search(r'<span aria-hidden="true">of</span><span aria-hidden="true">▼</span>', html)
    assert re.search(r'<span aria-hidden="true">▲</span><span aria-hidden="true">up</span>', html)
    assert '.d.substitute > span:last-child::before { content: "◆"' in html
    assert "th<mark>e" not in html
    assert "t<mark>h</mark>e" in html
    assert "t<mark>l</mark>e" in html


def test_what_the_reference_cannot_know_is_hatched_and_no_difference() -> None:
    page = compared.page(f"paid {MASK} crowns", "paid 30 crowns")
    reader = Reader(compared.report(page))
    (masked,) = (more for more in reader.named("span", "masked") if "title" in more)
    assert masked["title"] == "not counted: reference “▒”, output “30”"
    assert differences(page) == []
    assert MASK not in reader.text


def test_a_line_stands_under_its_part_of_the_picture() -> None:
    html = compared.report(compared.page("the port\nof Tessin is shut", "the port\nof Tesin is shut"))
    reader = Reader(html)
    cuts = [more for tag, more in reader.tags if tag == "svg" and more.get("aria-label") == "picture of the line"]
    # Lines are 60 px high, at 100 and 220 px, eight and sixteen letters wide; 18 px around.
    assert [more["viewbox"] for more in cuts] == ["82 82 196 96", "82 202 356 96"]
    assert [more["width"] for more in cuts] == ["61.25%", "100.00%"]
    assert reader.named("li", "line")[0]["class"] == "line"
    assert reader.named("li", "line")[1]["class"] == "line has"


def test_the_picture_of_a_page_is_in_the_file_once_and_in_the_frame_of_its_boxes() -> None:
    reader = Reader(compared.report(compared.page("the port\nof Tessin", "the port\nof Tesin")))
    pictures = [more for tag, more in reader.tags if tag == "image"]
    assert [(more["width"], more["height"]) for more in pictures] == [("1400", "1000")]
    assert base64.b64decode(pictures[0]["href"].removeprefix("data:image/jpeg;base64,")) == compared.picture()
    uses = [more["href"] for tag, more in reader.tags if tag == "use"]
    assert uses == ["#scan1"] * 3


def test_differences_are_marked_on_the_picture_too() -> None:
    page = compared.page("the port of Tessin lies north", "tle port Tessin lies up north")
    reader = Reader(compared.report(page))
    boxes = [(more["class"], more["x"], more["width"]) for more in reader.named("rect", "spot")]
    assert boxes == [("spot substitute", "96", "68"), ("spot insert", "516", "48")]
    (missed,) = reader.named("path", "spot")
    # At the end of "port", the word before it.
    assert missed["class"] == "spot delete"
    assert float(missed["d"].removeprefix("M").split()[0]) == pytest.approx(260 - 0.22 * 96)
    assert [more["data-of"] for more in differences(page)] == ["0", "2", "5"]


def test_a_missed_word_at_the_start_is_marked_before_the_next_word() -> None:
    reader = Reader(compared.report(compared.page("3. Tessin", "Tessin")))
    (missed,) = reader.named("path", "spot")
    assert float(missed["d"].removeprefix("M").split()[0]) == pytest.approx(100 - 0.22 * 96)


def test_where_no_word_has_a_place_nothing_is_marked_on_the_picture() -> None:
    page = compared.page("the port", "tle port")
    lines = tuple(replace(line, words=tuple(replace(words, box=None) for words in line.words)) for line in page.lines)
    reader = Reader(compared.report(replace(page, lines=lines)))
    assert len(reader.named("li", "has")) == 1
    assert reader.named("rect", "spot") == reader.named("path", "spot") == []


def test_a_line_that_was_not_read_is_a_row_without_a_picture() -> None:
    reader = Reader(compared.report(compared.page("COPY.\nthe port", "the port")))
    rows = reader.named("li", "line")
    assert [more["class"] for more in rows] == ["line has missed", "line"]
    assert "not read ▼ 1" in reader.text
    assert sum(more.get("aria-label") == "picture of the line" for tag, more in reader.tags if tag == "svg") == 1


def test_a_masked_line_that_was_not_read_is_not_reproached() -> None:
    text = Reader(compared.report(compared.page(f"the port\n{MASK}", "the port"))).text
    assert "nothing read" in text
    assert "not read" not in text.replace("of which nothing was read", "")


def test_a_line_whose_place_is_not_known_says_so() -> None:
    page = compared.page("the port", "the port")
    elsewhere = replace(page, lines=tuple(replace(line, box=None) for line in page.lines))
    assert "The place of this line is not known." in Reader(compared.report(elsewhere)).text


def test_a_line_of_which_no_word_is_compared_says_so() -> None:
    assert (
        "No word that is compared begins on this line."
        in Reader(compared.report(compared.page("international", "inter-\nnational"))).text
    )


def test_a_page_that_was_read_rightly_says_so() -> None:
    assert "Nothing differs on this page." in Reader(compared.report(compared.page("the port", "the port"))).text
    assert "Nothing differs" not in Reader(compared.report(compared.page("the port", "the part"))).text


def test_a_page_without_output_says_why_and_shows_what_is_missing() -> None:
    reader = Reader(compared.report(compared.page("the port\nof Tessin", "", problem="tesseract was stopped.")))
    assert "No output: the whole reference counts as missing tesseract was stopped." in reader.text
    assert [more["class"] for more in reader.named("li", "line")] == ["line has missed"] * 2
    assert "Without pictures" not in reader.text


def test_pages_without_pictures_are_counted_and_lead_to_one() -> None:
    with_picture, without = compared.page("a", "b"), compared.page("c", "d", number=2, has_picture=False)
    text = Reader(compared.report(with_picture, without)).text
    assert "1 pages stand without pictures" in text
    assert text.count("Without pictures, to keep the file small") == 1
    assert "stand without pictures" not in Reader(compared.report(with_picture)).text


def test_the_summary_names_policy_view_versions_and_totals() -> None:
    text = Reader(compared.report(compared.page("the port of Tessin", "tle port"))).text
    for words in (
        "WER 75.00 %",
        "words 4",
        "right 1",
        "substituted 1",
        "missing 2",
        "invented 0",
        "archival/1",
        "body",
    ):
        assert words in text
    assert "read: tesseract 5" in text


def test_the_kinds_of_a_page_add_up_to_its_errors() -> None:
    page = compared.page("continue the Course of 1953 SECRET", "cont inue the course 1958 SECRFT", markings=("SECRET",))
    assert page.kinds == {"spacing": 2, "case": 1, "deletion": 1, "number": 1, "marking": 1}
    assert page.kinds.total() == page.score.words.errors
    text = Reader(compared.report(page)).text
    for words in ("split or joined 2", "case only 1", "missing words 1", "numbers 1", "markings 1"):
        assert words in text


def test_every_kind_of_the_model_can_be_filtered() -> None:
    reader = Reader(compared.report(compared.page("the port", "tle port")))
    boxes = [more["value"] for tag, more in reader.tags if tag == "input" and more.get("name") == "kind"]
    assert sorted(boxes) == sorted(get_args(DifferenceKind))


def score(name: str, *, hits: int, errors: int) -> PageScore:
    known = score_page(PageId(scan_id=name, number=1), reference="", hypothesis="", policy=POLICIES["archival"])
    return PageScore(
        page_id=known.page_id,
        policy=known.policy,
        words=EditCounts(hits=hits, insertions=errors),
        characters=known.characters,
        bag=known.bag,
    )


def test_the_worst_page_stands_first_and_one_without_reference_last_but_before_the_right_ones() -> None:
    scores = [score("right", hits=9, errors=0), score("none", hits=0, errors=3), score("bad", hits=2, errors=2),
              score("worse", hits=4, errors=8), score("large", hits=40, errors=40)]  # fmt: skip
    assert [one.page_id.scan_id for one in worst_first(scores)] == ["worse", "large", "bad", "none", "right"]


def test_the_table_leads_to_every_page_and_every_page_to_its_marks() -> None:
    pages = [compared.page("a", "b", scan_id="bulletin 3 #1"), compared.page("c", "c", number=12)]
    reader = Reader(compared.report(*pages))
    links = [more["href"] for tag, more in reader.tags if tag == "a"]
    assert links == [
        "report.html",
        "#bulletin%203%20%231/p0001",
        "#despatch/p0012",
        "bulletin 3 #1/report.html#p0001",
        "despatch/report.html#p0012",
    ]
    ids = {more["id"] for _, more in reader.tags if "id" in more}
    assert {"bulletin 3 #1/p0001", "despatch/p0012"} <= ids


def test_whatever_was_read_is_text_and_never_code() -> None:
    html = compared.report(compared.page(NASTY, f"{NASTY}2", scan_id=NASTY, problem=NASTY))
    assert html.count("<script>") == 1
    assert Reader(html).open == []


def test_nothing_is_loaded_and_only_our_own_script_may_run() -> None:
    html = compared.report(compared.page("the port", "tle part"))
    reader = Reader(html)
    policy = next(more["content"] for tag, more in reader.tags if tag == "meta" and "http-equiv" in more)
    for tag in ("script", "style"):
        (source,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:; ")
    for _, more in reader.tags:
        assert not any(more.get(name, "").startswith(("http", "//", "file:")) for name in ("src", "href"))
        assert not any(name.startswith("on") or name == "style" for name in more)
    assert not re.search(r"url\(|@import|https?://", html)


def test_without_a_script_nothing_is_hidden_but_its_controls() -> None:
    reader = Reader(compared.report(compared.page("the port", "tle part")))
    hidden = [more for _, more in reader.tags if "hidden" in more]
    assert hidden
    assert all("scripted" in more["class"] for more in hidden)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` or ``#rgb``, as WCAG 2 defines it."""
    digits = colour.removeprefix("#")
    pairs = [digits[i : i + 2] for i in (0, 2, 4)] if len(digits) == 6 else [2 * digit for digit in digits]
    parts = (int(pair, 16) / 255 for pair in pairs)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def schemes() -> list[dict[str, str]]:
    """Return the colours of the light and the dark scheme."""
    folder = Path(comparison.__file__).parent / "templates"
    found: list[dict[str, str]] = [{}, {}]
    for name in ("style.css", "comparison.css"):
        screen = (folder / name).read_text(encoding="utf-8").partition("@media print")[0]
        for scheme, block in zip(found, re.findall(r":root \{(.*?)\}", screen, flags=re.DOTALL), strict=True):
            scheme.update(re.findall(r"--([\w-]+): (#\w+)", block))
    return found


@pytest.mark.parametrize("scheme", schemes(), ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [("ink", "ground"), ("ink", "out"), ("ink", "paper"), ("soft", "ground"), ("soft", "paper"), ("soft", "out"),
     ("ink", "sub-ground"), ("ink", "del-ground"), ("ink", "ins-ground"), ("sub", "sub-ground"), ("del", "del-ground"),
     ("ins", "ins-ground"), ("sub", "ground"), ("del", "ground"), ("ins", "ground"), ("active", "ground"),
     ("struck", "paper"), ("link", "ground")],
)  # fmt: skip
def test_letters_stand_out_from_their_ground(ink: str, ground: str, scheme: dict[str, str]) -> None:
    dark, light = sorted((luminance(scheme[ink]), luminance(scheme[ground])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
