"""Options that several commands share."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scanfix import settings as configuration
from scanfix.settings import Loaded

Config = Annotated[
    Path | None, typer.Option("--config", help="Settings file; default config/scanfix.toml where there is one.")
]
Machine = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of tables.")]
Languages = Annotated[str | None, typer.Option("--languages", help="Tesseract's codes, such as eng,fra.")]
Truth = Annotated[
    Path, typer.Option("--truth", help="Ground truth: <scan_id>/p0001.md and, for marks, p0001.marks.json.")
]


class Policy(StrEnum):
    """How texts are made comparable before they are scored."""

    RAW = "raw"
    ARCHIVAL = "archival"
    SEARCH = "search"


class Profile(StrEnum):
    """How much is read twice."""

    FAST = "fast"
    BALANCED = "balanced"
    BEST = "best"


def load(config: Path | None, flags: Mapping[str, object]) -> Loaded:
    """Load the settings from all origins."""
    return configuration.load(config, os.environ, flags)
