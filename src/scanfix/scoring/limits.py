"""What the gate allows: ``config/gate.toml``."""

import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from scanfix.errors import SettingsError
from scanfix.settings import Slice

DEFAULT_FILE = Path("config/gate.toml")


class GateLimits(Slice):
    """The gate's margins and hard bounds; rates are shares (0.003 is 0.3 points)."""

    cer_margin: float = Field(default=0.003, ge=0, lt=1, description="A rise of the CER that is let pass")
    wer_margin: float = Field(default=0.005, ge=0, lt=1, description="A rise of the WER that is let pass")
    page_cer_rise: float = Field(default=0.1, gt=0, allow_inf_nan=False, description="No page's CER may rise by more")
    repetition: float = Field(
        default=0.2, gt=0, le=1, description="No page may repeat itself by more than that share beyond its truth"
    )
    significance: float = Field(
        default=0.05, gt=0, lt=1, description="Adjusted p-values below it make a kind of token or page a warning"
    )
    draws: int = Field(default=10_000, ge=10_000, le=1_000_000, description="Draws of the bootstrap")
    seed: int = Field(default=20261121, ge=0, description="Of the draws: the same runs give the same figures")
    allow_engine_change: bool = Field(
        default=False, description="Compare runs of two engine or language-data versions instead of refusing"
    )


def read_limits(file: Path | None) -> GateLimits:
    """Read the limits.

    Parameters
    ----------
    file
        A TOML file that must exist; ``None`` takes ``config/gate.toml`` of the working folder where there is one.

    Raises
    ------
    SettingsError
        The file cannot be read, or has a wrong name or value.
    """
    chosen = file or (DEFAULT_FILE if DEFAULT_FILE.is_file() else None)
    if chosen is None:
        return GateLimits()
    try:
        return GateLimits.model_validate(tomllib.loads(chosen.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(f"{chosen}: cannot be read ({error.strerror}). Name another with --limits.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{chosen}: no valid TOML ({error}). Mend it there.") from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        raise SettingsError(f"{chosen}: {faults}. Known names: {', '.join(GateLimits.model_fields)}.") from error
