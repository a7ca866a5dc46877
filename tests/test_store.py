import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pydantic import TypeAdapter

from scanfix import images
from scanfix.errors import StoreError
from scanfix.model.page import ImageFile
from scanfix.model.provenance import Provenance
from scanfix.store import Kind, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    text: str
    pictures: tuple[ImageFile, ...] = ()


NOTE = Kind(name="note", adapter=TypeAdapter(Note), images=lambda note: note.pictures)
PLAIN = Kind(name="plain", adapter=TypeAdapter(int))


def made(version: int = 1) -> Provenance:
    return Provenance(made_by=f"test {version}", recipe="{}", inputs=("x",))


def never() -> Note:
    raise AssertionError


def test_a_value_is_made_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.once("memo/p0001", NOTE, made(), lambda: Note(text="a")) == Note(text="a")
    assert Store(tmp_path).once("memo/p0001", NOTE, made(), never) == Note(text="a")


def test_another_version_makes_it_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.once("memo/p0001", NOTE, made(1), lambda: Note(text="a"))
    assert store.find("memo/p0001", NOTE, made(2)) is None
    assert store.once("memo/p0001", NOTE, made(2), lambda: Note(text="b")).text == "b"


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"key": 1}'])
def test_a_damaged_record_is_made_again(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path)
    store.keep("memo", NOTE, made(), Note(text="a"))
    (tmp_path / "memo" / "note.json").write_text(damage, encoding="utf-8")
    assert store.find("memo", NOTE, made()) is None
    with pytest.raises(StoreError, match=r"note\.json"):
        store.read("memo", NOTE)


def test_a_value_that_was_altered_is_not_believed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep("memo", NOTE, made(), Note(text="a"))
    file = tmp_path / "memo" / "note.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"a"', '"b"'), encoding="utf-8")
    assert store.find("memo", NOTE, made()) is None
    with pytest.raises(StoreError, match="damaged"):
        store.read("memo", NOTE)


def test_a_value_whose_image_changed_or_is_gone_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    picture = images.write_png(store.folder("memo") / "p.png", np.zeros((4, 4), np.uint8), dpi=300)
    store.keep("memo", NOTE, made(), Note(text="a", pictures=(picture,)))
    assert store.find("memo", NOTE, made()) is not None
    Path(picture.path).write_bytes(b"other")
    assert store.find("memo", NOTE, made()) is None
    Path(picture.path).unlink()
    assert store.find("memo", NOTE, made()) is None


def test_a_store_that_was_moved_finds_its_images(tmp_path: Path) -> None:
    store = Store(tmp_path / "here")
    picture = images.write_png(store.folder("memo") / "p.png", np.zeros((4, 4), np.uint8), dpi=300)
    store.keep("memo", NOTE, made(), Note(text="a", pictures=(picture,)))
    (tmp_path / "here").rename(tmp_path / "there")
    found = Store(tmp_path / "there").find("memo", NOTE, made())
    assert found is not None
    assert found.pictures[0].path == str(tmp_path / "there" / "memo" / "p.png")
    assert "here" not in (tmp_path / "there" / "memo" / "note.json").read_text(encoding="utf-8")


def test_a_value_can_be_read_however_it_was_made(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep("memo", PLAIN, made(3), 7)
    assert store.read("memo", PLAIN) == 7
    assert json.loads((tmp_path / "memo" / "plain.json").read_bytes())["made_by"] == "test 3"
