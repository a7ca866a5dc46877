import json
from pathlib import Path

import pytest

from scanfix import settings
from scanfix.errors import SettingsError


def test_later_origins_win_and_are_told(tmp_path: Path) -> None:
    file = tmp_path / "scanfix.toml"
    file.write_text('[ocr]\nlanguages = ["deu"]\ntimeout_s = 9\n[run]\nworkers = 3\n', encoding="utf-8")
    loaded = settings.load(
        file,
        {"SCANFIX_OCR__LANGUAGES": "fra", "SCANFIX_RUN__ATTEMPTS": "4", "HOME": "x"},
        {"run.workers": 1, "ocr.engine": None},
    )
    assert loaded.settings.ocr.languages == ("fra",)
    assert loaded.settings.ocr.timeout_s == 9
    assert loaded.settings.run.workers == 1
    assert loaded.settings.run.attempts == 4
    assert loaded.origins == {
        "ocr.languages": "environment",
        "ocr.timeout_s": "file",
        "run.workers": "flag",
        "run.attempts": "environment",
    }


def test_languages_may_be_written_with_commas_or_plus_signs() -> None:
    for text in ("eng,fra", "eng+fra"):
        assert settings.load(None, {}, {"ocr.languages": text}).settings.ocr.languages == ("eng", "fra")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[ocr]\nlanguage = 'eng'\n", r"ocr\.language.*scanfix\.toml"),
        ("[ocr]\ntimeout_s = -1\n", r"ocr\.timeout_s"),
        ("[odd]\na = 1\n", r"odd"),
        ("workers = 1\n", r"workers stands outside a section"),
        ("[ocr\n", r"no valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "scanfix.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        settings.load(file, {}, {})


def test_a_wrong_flag_is_said_to_be_one() -> None:
    with pytest.raises(SettingsError, match=r"run\.workers.*from flag"):
        settings.load(None, {}, {"run.workers": "many"})


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml.*--config"):
        settings.load(tmp_path / "none.toml", {}, {})


def test_without_a_file_of_its_own_the_working_folder_s_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "scanfix.toml").write_text("[run]\nattempts = 7\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCANFIX_RUN__WORKERS", "5")
    chosen = settings.load_here(None, {})
    assert (chosen.run.attempts, chosen.run.workers) == (7, 5)


def test_a_recipe_is_json_in_one_form() -> None:
    recipe = settings.CleanSettings().recipe
    assert json.loads(recipe)["max_skew_deg"] == 12
    assert recipe == settings.CleanSettings().recipe
    assert " " not in recipe


def test_the_committed_settings_name_every_setting_with_its_default() -> None:
    loaded = settings.load(Path(__file__).parent.parent / "config" / "scanfix.toml", {}, {})
    assert loaded.settings == settings.Settings()
    named = {
        f"{section}.{name}"
        for section, content in settings.Settings().model_dump(exclude_none=True).items()
        for name in content
    }
    assert set(loaded.origins) == named
