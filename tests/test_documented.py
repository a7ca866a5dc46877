"""The README names every command, setting, tool and exit code; set-up installs every face; modules keep their size."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from scanfix.cli import app
from scanfix.errors import ExitCode
from scanfix.facsimile import kinds
from scanfix.facsimile.asked import faces
from scanfix.marks import DETECTORS
from scanfix.ocr import ENGINES
from scanfix.settings import Settings
from scanfix.truth.importers.profiles import packaged
from scanfix.truth.lint import RULES

ROOT = Path(__file__).parent.parent
PROFILES = [profile.name for profile in packaged()]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SYSTEM_PACKAGES = (ROOT / ".ci" / "system-packages").read_text(encoding="utf-8")
MODULES = sorted(path for top in ("src", "flows", "tests", "benchmarks") for path in (ROOT / top).rglob("*.py"))


def commands(group: TyperGroup, prefix: str = "") -> Iterator[tuple[str, TyperCommand]]:
    for name, sub in group.commands.items():
        if isinstance(sub, TyperGroup):
            yield from commands(sub, f"{prefix}{name} ")
        elif isinstance(sub, TyperCommand):
            yield f"{prefix}{name}", sub


def test_the_readme_names_every_command_and_option() -> None:
    for name, sub in commands(typer.main.get_group(app)):
        row = next((line for line in README.splitlines() if line.startswith(f"| `scanfix {name}")), "")
        assert row, name
        for parameter in sub.params:
            for option in parameter.opts:
                assert not option.startswith("--") or f"`{option}" in row, (name, option)


def test_the_readme_names_every_setting() -> None:
    for section, content in Settings().model_dump().items():
        for name in content:
            assert f"`{section}.{name}`" in README, f"{section}.{name}"


def test_the_readme_names_every_exit_code() -> None:
    for code in ExitCode:
        assert f"| {code.value} |" in README, code


@pytest.mark.parametrize("name", [*DETECTORS, *ENGINES, *RULES, *PROFILES, *kinds.KINDS])
def test_the_readme_names_every_tool_of_the_tables(name: str) -> None:
    assert f"`{name}`" in README


def test_setup_installs_every_typeface_of_the_press() -> None:
    installed = re.search(r"^wanted=\(([^)]*)\)", SYSTEM_PACKAGES, flags=re.MULTILINE)
    assert installed
    assert set(faces.DEBIAN_PACKAGES) <= set(installed[1].split())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_keep_their_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name
