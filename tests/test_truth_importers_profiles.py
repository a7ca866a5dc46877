"""Profiles tell what brackets and italics mean: by themselves where a source declares its signs, or when asked for."""

from pathlib import Path

import pytest
from imported import DECLARED, blocks, imported, inline, layered, plain, said

from scanfix.errors import SettingsError
from scanfix.truth.importers.profiles import GENERAL, Sign, choose, packaged

LAYERS = {
    "the *first* treaty": "the {++first++} treaty",
    "the [first] treaty": "the {--first--} treaty",
    "it *will* [would] yield": "it {~~would~>will~~} yield",
    "it [would] *will* yield": "it {~~would~>will~~} yield",
    "it [would]*will* yield": "it {~~would~>will~~} yield",
    "it *will*, [would] yield": "it {++will++}, {--would--} yield",
    "it [would] *will* [might] yield": "it {~~would~>will~~} {--might--} yield",
    "*so that Tessin [against Karsovia] may*": "{++so that Tessin {--against Karsovia--} may++}",
    "a base [place d'armes-trans.] for": "a base {>>tr: place d'armes-trans.<<} for",
    "for Jan Orlan [Ian Orlane] who": "for Jan Orlan {>>tr: Ian Orlane<<} who",
    "the draft, [FIRST DRAFT TELEGRAM] then": "the draft, {>>ed: FIRST DRAFT TELEGRAM<<} then",
    "on 8[7] October": "on 8{>>ed: 7<<} October",
    "in [part?] of": "in [part?] of",
    "I ask: [shall we fear this?] no": "I ask: {--shall we fear this?--} no",
    "left out [...] here": "left out […] here",
}


@pytest.mark.parametrize("source", LAYERS)
def test_declared_layers_are_told_apart(source: str) -> None:
    assert layered(source) == LAYERS[source]


def test_two_halves_of_a_split_bracket_are_no_substitution() -> None:
    written = layered("*one [two* three] four")
    assert written.startswith("{++one {--two--}++}{>>ed: check: brackets")
    assert written.endswith("<<}{-- three--} four")


def test_before_the_declaration_brackets_are_the_editors() -> None:
    text = (
        "[This message was sent on 8[7] May and found in Tessin.] see below\n\nby VKh [high line] at noon [first]\n\n"
    )
    first, second, declared = blocks(text + DECLARED)
    assert plain(first.children).startswith(r"{>>ed: This message was sent on 8\[7\] May and found in Tessin.<<} see")
    assert "VKh {>>tr: high line<<} at noon first{>>ed: check:" in plain(second.children)
    assert plain(declared.children) == DECLARED


def test_versions_of_a_text_begin_with_a_witness() -> None:
    found = blocks(f"Final Message of Orlan\n\nOne.\n\nDraft Message of Orlan ({DECLARED})\n\nTwo.")
    assert [(block.kind, block.attribute("id")) for block in found] == [
        ("witness", "final"), ("paragraph", None), ("witness", "draft"), ("paragraph", None),
    ]  # fmt: skip


def test_a_declaration_may_run_over_lines_and_paragraphs() -> None:
    lines = ["ITALICISED passages  inserted and", "", "bracketed passages", "deleted by hand."]
    chosen = choose(None, lines)
    assert (chosen.profile.name, chosen.declared_from) == ("draft-layers", 4)


def test_half_a_declaration_is_none() -> None:
    assert choose(None, ["italicized passages inserted"]).profile.name == GENERAL


def test_a_profile_that_is_asked_for_holds_for_the_whole_text() -> None:
    assert inline("the *first* [second] treaty", profile="draft-layers") == "the {~~second~>first~~} treaty"
    assert imported("one", profile="draft-layers").profile == "draft-layers"


def test_a_profile_of_ones_own_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        'name = "own"\ndescription = "Karsovian minutes"\n'
        '[[rule]]\nname = "supplied"\nmeaning = "supplied"\nmax_words = 1\n'
        '[[rule]]\nname = "printed"\nmeaning = "printed"\nmin_words = 3\n'
        '[[rule]]\nname = "by the editor"\nsign = "*"\nmeaning = "editor"\nequals = ["emphasis added"]\n'
        '[[rule]]\nname = "doubt"\nsign = "*"\nmeaning = "check"\nafter = "digit"\n',
        encoding="utf-8",
    )
    text = "it [is] [as it was] [or so] *emphasis added* 3*x*"
    assert inline(text, profile=str(file)) == (
        r'it [+is+] \[as it was\] or so{>>ed: check: "or so" stands in brackets: doubtful, supplied, or printed?<<} '
        '{>>ed: emphasis added<<} 3*x*{>>ed: check: "x" stands in italics: doubtful, supplied, or printed?<<}'
    )
    assert imported(text, profile=str(file)).profile == "own"


def test_tags_are_italics_too() -> None:
    assert layered("the <i>first</i> <em>treaty</em>") == "the {++first++} {++treaty++}"


def test_an_unknown_profile_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(SettingsError, match=r'no profile "nobody"\. Known: draft-layers, general; or give the path'):
        imported("one", profile="nobody")


def test_a_profile_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        imported("one", profile=str(tmp_path / "none.toml"))


@pytest.mark.parametrize("content", [b"\xff", b"name = ", b'name = "x"', b'name = "x"\ndescription = ""\nother = 1'])
def test_a_malformed_profile_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"broken\.toml: not a profile"):
        imported("one", profile=str(file))


def test_packaged_profiles_have_names_of_their_own_and_say_what_they_are() -> None:
    found = packaged()
    assert [profile.name for profile in found] == ["draft-layers", "general"]
    assert all(profile.description for profile in found)
    assert all(len({rule.name for rule in profile.rule}) == len(profile.rule) for profile in found)


def test_the_rule_that_decided_is_named() -> None:
    assert said(f"{DECLARED}\n\nthe [first] treaty", "brackets deleted by hand") == ["[first]"]
    rule = choose("draft-layers", []).rule_for(Sign(sign="*", inner="x", before="", line=1))
    assert rule is not None
    assert rule.name == "italics inserted by hand"


@pytest.mark.parametrize(
    "declaration",
    [
        "Words added in pencil are printed in italics, and words crossed out in pencil stand in square brackets.",
        "[Translator's note: In this draft, italics are insertions inserted by hand; brackets hold what was deleted.]",
    ],
)
def test_layers_may_be_declared_in_other_words(declaration: str) -> None:
    result = imported(f"{declaration}\n\nWe *gladly* left [with thanks to all].")
    assert result.profile == "draft-layers"
    note, text = result.placed.pages[0].blocks
    assert plain(text.children) == "We {++gladly++} left {--with thanks to all--}."
    assert "{--" not in plain(note.children)


@pytest.mark.parametrize(
    "text", ["Italics added.", "Italics were inserted. Nothing was deleted.", "[deleted] *inserted*"]
)
def test_other_talk_of_italics_and_brackets_declares_no_layers(text: str) -> None:
    assert imported(f"{text}\n\nWe *gladly* left.").profile == "general"


def test_what_editors_always_say_in_brackets_was_deleted_by_no_hand() -> None:
    assert layered("He [sic] left [illegible]. [signed] A. B.") == "He {>>sic<<} left [?]. {>>ed: signed<<} A. B."
