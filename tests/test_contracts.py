"""Each import contract is broken once, in a copy, to see that it fails."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BREACHES = {
    "Floors: an import may only point down": ("src/scanfix/layout/order.py", "from scanfix.ocr import ENGINES"),
    "Flows are the roof": ("src/scanfix/batch.py", "import prefect"),
    "Flows know no workshop, no store, no pixels": ("flows/_tasks.py", "import scanfix.ocr"),
    "The model is standard library only": ("src/scanfix/model/page.py", "import pydantic"),
    "cv2 stays with pixels": ("src/scanfix/ocr/tesseract.py", "import cv2"),
    "jiwer stays in scoring.edits": ("src/scanfix/scoring/page.py", "import jiwer"),
    "pytesseract stays in ocr, pdf2image in intake, pebble in workers": (
        "src/scanfix/pipeline.py",
        "import pytesseract",
    ),
    "The press: what is asked for, drawn, scanned and told": (
        "src/scanfix/facsimile/scanned/tone.py",
        "from scanfix.facsimile.typed import wear",
    ),
    "No workshop opens the store": ("src/scanfix/report/html.py", "import scanfix.store"),
}


def lint(root: Path) -> str:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    done = subprocess.run([str(program), "--no-cache"], cwd=root, capture_output=True, text=True, env=environment)
    return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("src", "flows"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_has_a_breach_here() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert {contract["name"] for contract in contracts["contracts"]} == set(BREACHES)


def test_all_contracts_hold(copy: Path) -> None:
    assert f"Contracts: {len(BREACHES)} kept, 0 broken." in lint(copy)


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_found(copy: Path, name: str) -> None:
    file, line = BREACHES[name]
    with (copy / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    assert f"{name} BROKEN" in lint(copy)


def test_a_new_module_must_choose_its_floor(copy: Path) -> None:
    (copy / "src" / "scanfix" / "homeless.py").write_text('"""No floor."""\n', encoding="utf-8")
    assert "Floors: an import may only point down BROKEN" in lint(copy) or "homeless" in lint(copy)
