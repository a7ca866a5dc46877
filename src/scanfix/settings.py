"""Typed settings: one TOML file, one frozen model, loaded at the edge and passed down in slices.

Order of origins, later wins: defaults, file, environment (``SCANFIX_<SECTION>__<NAME>``), flags.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from scanfix.errors import SettingsError

DEFAULT_FILE = Path("config/scanfix.toml")
_PREFIX = "SCANFIX_"

Tree = dict[str, dict[str, object]]


class Slice(BaseModel):
    """A section of the settings; unknown names are refused, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def recipe(self) -> str:
        """Canonical JSON of the section, for provenance."""
        return canonical(self.model_dump(mode="json"))


class IntakeSettings(Slice):
    """How scans are opened."""

    default_dpi: float | None = Field(
        default=None, gt=0, description="Resolution of images that name none (or an absurd one); unset: assumed"
    )
    pdf_dpi: int = Field(default=300, ge=72, le=1200, description="Resolution at which drawn PDF pages are rendered")
    max_megapixels: float = Field(default=300.0, gt=0, description="Larger images are refused as bombs")
    max_pages: int = Field(default=5000, gt=0, description="Files with more pages are refused")
    tool_timeout_s: float = Field(default=120.0, gt=0, description="Limit for one poppler call")


class CleanSettings(Slice):
    """How pages are made upright and clean."""

    is_on: bool = Field(default=True, description="False hands the engine the upright page as it came")
    find_orientation: bool = Field(default=True, description="Turn pages that lie on a side or upside down")
    max_skew_deg: float = Field(default=12.0, ge=0, le=45, description="Larger angles are left alone")
    cut_borders: bool = Field(default=True, description="Paint dark scan borders white")
    flatten: bool = Field(default=True, description="Divide out an uneven background")
    remove_rules: bool = Field(default=True, description="Take underlines and frames out of what the engine reads")
    remove_specks: bool = Field(
        default=True, description="On two-tone pages, take specks away that stand far from letters"
    )
    binarisation: Literal["none", "otsu", "sauvola", "wolf", "nick", "isauvola"] = Field(
        default="none", description="How grey pages are made two-tone for the engine"
    )
    x_height_px: float = Field(default=24.0, gt=0, description="Lower-case height to which pages are brought")
    max_scale: float = Field(default=4.0, ge=1, description="Largest enlargement")


class MarksSettings(Slice):
    """Which detectors look at a page."""

    detectors: tuple[str, ...] = Field(
        default=("banner", "stamp", "classification", "withheld", "strike", "region"),
        description="Names in the DETECTORS table, in order",
    )
    stamps: Path = Field(default=Path("config/stamps"), description="Folder of known stamps, a family a file")


class OcrSettings(Slice):
    """How text is read."""

    engine: str = Field(default="tesseract", description="Name in the ENGINES table")
    languages: tuple[str, ...] = Field(default=("eng",), min_length=1, description="Tesseract's language codes")
    choose_language: bool = Field(
        default=True, description="With several languages, read each page in the one that it is written in"
    )
    profile: Literal["fast", "balanced", "best"] = Field(
        default="balanced", description="How much is read twice: fast nothing, balanced what pays, best everything"
    )
    second: Literal["auto", "rapid", "none"] = Field(
        default="auto", description="Second reader of lines; auto: RapidOCR's where the extra is installed"
    )
    page_segmentation: int = Field(default=3, ge=1, le=13, description="Tesseract's --psm")
    timeout_s: float = Field(default=180.0, gt=0, description="Limit for one call of the engine")

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Accept ``"eng,fra"`` and ``"eng+fra"``, as flags and the environment give them."""
        return tuple(value.replace("+", ",").split(",")) if isinstance(value, str) else value


class LayoutSettings(Slice):
    """How lines become regions."""

    is_on: bool = Field(default=True, description="False keeps the engine's own regions, all as paragraphs")
    min_confidence: float = Field(
        default=0.4, ge=0, le=1, description="Lines below it, outside the text, are taken for noise"
    )


class RunSettings(Slice):
    """How a batch is run."""

    workers: int = Field(default=0, ge=0, description="Pages read side by side; 0: one a core")
    pages_per_task: int = Field(default=16, ge=1, description="Pages in one Prefect task")
    page_timeout_s: float = Field(default=300.0, gt=0, description="Limit for one page; then its worker is killed")
    attempts: int = Field(default=2, ge=1, description="Tries for a page whose failure may pass")
    pages_per_worker: int = Field(default=200, ge=1, description="A worker is replaced after that many pages")
    flag_confidence: float = Field(default=0.75, ge=0, le=1, description="Pages below it wait for review")


class ReportSettings(Slice):
    """What reports look like."""

    picture_width_px: int = Field(default=1000, ge=200, description="Width of page pictures in HTML")
    picture_quality: int = Field(default=70, ge=1, le=100, description="JPEG quality of page pictures")


class Settings(Slice):
    """All settings."""

    intake: IntakeSettings = IntakeSettings()
    clean: CleanSettings = CleanSettings()
    marks: MarksSettings = MarksSettings()
    ocr: OcrSettings = OcrSettings()
    layout: LayoutSettings = LayoutSettings()
    run: RunSettings = RunSettings()
    report: ReportSettings = ReportSettings()


Origin = Literal["default", "file", "environment", "flag"]


class Loaded(BaseModel):
    """Settings, and where each value that is not a default came from (``"ocr.languages" -> "flag"``)."""

    model_config = ConfigDict(frozen=True)

    settings: Settings
    origins: dict[str, Origin]
    file: Path | None


def load(file: Path | None, environment: Mapping[str, str], flags: Mapping[str, object]) -> Loaded:
    """Load the settings from all origins.

    Parameters
    ----------
    file
        A TOML file that must exist; ``None`` takes ``config/scanfix.toml`` of the working folder where there is one.
    environment
        Usually ``os.environ``; names that do not start with ``SCANFIX_`` are passed over.
    flags
        ``"section.name" -> value``; ``None`` values are passed over.

    Raises
    ------
    SettingsError
        A file, name or value is wrong; the message names it and its origin.
    """
    chosen = file or (DEFAULT_FILE if DEFAULT_FILE.is_file() else None)
    tree: Tree = {}
    origins: dict[str, Origin] = {}
    _lay(tree, origins, _from_file(chosen) if chosen else {}, "file")
    _lay(tree, origins, _from_environment(environment), "environment")
    _lay(tree, origins, _from_flags(flags), "flag")
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as error:
        raise SettingsError(_explain(error, origins, chosen)) from error
    return Loaded(settings=settings, origins=origins, file=chosen)


def load_here(file: Path | None, flags: Mapping[str, object]) -> Settings:
    """Load the settings with the environment of this process, as the shells do.

    Raises
    ------
    SettingsError
        A file, name or value is wrong.
    """
    return load(file, os.environ, flags).settings


def canonical(value: object) -> str:
    """Write a value as JSON in one fixed form: sorted names, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _from_file(path: Path) -> Tree:
    """Read the sections of a TOML file."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}). Name another file with --config.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: no valid TOML ({error}).") from error
    for section, content in tree.items():
        if not isinstance(content, dict):
            raise SettingsError(f"{path}: {section} stands outside a section. Put it under [ocr], [run] or another.")
    return cast(Tree, tree)


def _from_environment(environment: Mapping[str, str]) -> Tree:
    """Read ``SCANFIX_SECTION__NAME`` variables; values are TOML where they parse, plain words otherwise."""
    tree: Tree = {}
    for variable, text in environment.items():
        section, _, name = variable.removeprefix(_PREFIX).lower().partition("__")
        if variable.startswith(_PREFIX) and name:
            tree.setdefault(section, {})[name] = _parse(text)
    return tree


def _parse(text: str) -> object:
    """Read a value as TOML, or take it as it is."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _from_flags(flags: Mapping[str, object]) -> Tree:
    """Turn ``"section.name"`` into sections."""
    tree: Tree = {}
    for path, value in flags.items():
        if value is not None:
            section, _, name = path.partition(".")
            tree.setdefault(section, {})[name] = value
    return tree


def _lay(tree: Tree, origins: dict[str, Origin], layer: Tree, origin: Origin) -> None:
    """Lay one origin over the earlier ones."""
    for section, content in layer.items():
        tree.setdefault(section, {}).update(content)
        origins.update({f"{section}.{name}": origin for name in content})


def _explain(error: ValidationError, origins: Mapping[str, Origin], file: Path | None) -> str:
    """Say which values are wrong, why, and where they came from."""
    lines = []
    for problem in error.errors():
        name = ".".join(str(part) for part in problem["loc"][:2])
        origin = origins.get(name, "file")
        where = f"{file}" if origin == "file" and file else origin
        lines.append(f"{name}: {problem['msg']} (from {where})")
    return "Settings: " + "; ".join(lines) + ". `scanfix doctor` lists every setting and its value."
