"""The free typefaces the press types, stamps and writes with, and the Debian packages they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from scanfix import files
from scanfix.errors import ToolMissingError

FaceName = Literal[
    "courier",
    "worn",
    "plain",
    "remington",
    "underwood",
    "elite",
    "thin",
    "bookman",
    "bookman-italic",
    "century",
    "century-bold",
    "roman",
    "roman-light",
    "roman-italic",
    "grotesque",
    "gothic",
    "sans",
    "sans-dark",
    "hand",
    "hand-quick",
    "hand-thin",
    "hand-script",
    "hand-capitals",
]

DEBIAN_PACKAGES = (
    "fonts-breip",
    "fonts-bwht",
    "fonts-cmu",
    "fonts-compagnon",
    "fonts-courier-prime",
    "fonts-dancingscript",
    "fonts-dkg-handwriting",
    "fonts-freefont-otf",
    "fonts-gnutypewriter",
    "fonts-rufscript",
    "fonts-urw-base35",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A font file and how it is used.

    ``weight_em`` is ink added round every outline: a ribbon strikes broader than the outlines of most digital faces.
    ``is_fixed`` says that every sign takes the same room; of a setting machine's face, every sign takes a whole number
    of units of ``unit_em``. ``lacks`` are signs that the file shows wrongly without saying so.
    """

    file: str
    weight_em: float = 0.0
    is_fixed: bool = False
    unit_em: float = 0.0
    lacks: str = ""


# The first seven have one pitch. "worn" draws brackets of every kind as strokes. "bookman" is set in units, as a
# VariTyper does.
FACES: Mapping[FaceName, Face] = {
    "courier": Face(file="Courier Prime.otf", weight_em=0.012, is_fixed=True),
    "worn": Face(file="GNUTypewriter.ttf", lacks="()[]{}<>`~^", is_fixed=True),
    "plain": Face(file="NimbusMonoPS-Regular.otf", weight_em=0.022, is_fixed=True),
    "remington": Face(file="Compagnon-Roman.otf", weight_em=0.012, is_fixed=True),
    "underwood": Face(file="Compagnon-Light.otf", weight_em=0.026, is_fixed=True),
    "elite": Face(file="cmuntt.ttf", weight_em=0.006, is_fixed=True),
    "thin": Face(file="FreeMono.otf", weight_em=0.026, is_fixed=True),
    "bookman": Face(file="URWBookman-Light.otf", weight_em=0.01, unit_em=0.05),
    "bookman-italic": Face(file="URWBookman-LightItalic.otf", weight_em=0.01, unit_em=0.05),
    "century": Face(file="C059-Roman.otf"),
    "century-bold": Face(file="C059-Bold.otf"),
    "roman": Face(file="NimbusRoman-Bold.otf"),
    "roman-light": Face(file="NimbusRoman-Regular.otf", weight_em=0.008),
    "roman-italic": Face(file="NimbusRoman-BoldItalic.otf"),
    "grotesque": Face(file="NimbusSans-Bold.otf"),
    "gothic": Face(file="URWGothic-Demi.otf"),
    "sans": Face(file="NimbusSans-Regular.otf"),
    "sans-dark": Face(file="NimbusSans-Regular.otf", weight_em=0.012),
    "hand": Face(file="Rufscript010.ttf", weight_em=0.004),
    "hand-quick": Face(file="dkg.ttf", weight_em=0.004),
    "hand-thin": Face(file="breipfont.ttf", weight_em=0.004),
    "hand-script": Face(file="DancingScript-Regular.otf", weight_em=0.004),
    "hand-capitals": Face(file="BecauseWeConnect-Regular.otf"),
}


@lru_cache(maxsize=64)
def font(name: FaceName, size_px: float) -> ImageFont.FreeTypeFont:
    """Open a face at a size (the em, in pixels).

    Raises
    ------
    ToolMissingError
        The face is not installed; the message has the command that installs all of them.
    """
    file = FACES[name].file
    try:
        # The basic layout places one sign after the other on every machine; Raqm is not everywhere.
        return ImageFont.truetype(file, size_px, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise ToolMissingError(
            f"facsimile: the typeface {file} is not installed. "
            f"Install the press's faces: apt-get install {' '.join(DEBIAN_PACKAGES)}"
        ) from error


def digests() -> Mapping[str, str]:
    """Return the sha256 of every face's file: pages drawn with the same files are the same pages.

    Raises
    ------
    ToolMissingError
        A face is not installed.
    """
    return {face.file: files.digest(Path(str(font(name, 10.0).path))) for name, face in FACES.items()}
