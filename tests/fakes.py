"""Settings and scans for tests of the shells; a helper, not a test."""

from pathlib import Path
from zlib import crc32

import numpy as np
import typed
from PIL import Image

from scanfix.settings import Settings

SETTINGS = Settings.model_validate({"run": {"workers": 2, "page_timeout_s": 60}})


def scan(folder: Path, name: str, *, pages: int = 1) -> Path:
    """Write a scan of typed pages; a TIFF may have several, each with other words first."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [
        Image.fromarray(typed.page([f"Page {number} of the {name}", *typed.LINES])) for number in range(1, pages + 1)
    ]
    path = folder / name
    if pages > 1:
        drawn[0].save(path, dpi=(300, 300), save_all=True, append_images=drawn[1:])
    else:
        drawn[0].save(path, dpi=(300, 300))
    return path


def blank(path: Path) -> Path:
    """Write a page with nothing on it."""
    Image.new("L", (900, 600), 255).save(path, dpi=(300, 300))
    return path


def bomb(path: Path) -> Path:
    """Write a PNG whose header claims 40,000 x 40,000 pixels; small on disk."""
    Image.fromarray(np.zeros((1, 1), np.uint8)).save(path)
    content = bytearray(path.read_bytes())
    content[16:24] = (40000).to_bytes(4, "big") * 2
    content[29:33] = crc32(content[12:29]).to_bytes(4, "big")
    path.write_bytes(content)
    return path


def files_under(folder: Path) -> dict[str, bytes]:
    """Return the published files of a run, but for those that show times: the summary and the reports."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".scanfix" not in path.parts and path.stem not in {"summary", "report"}
    }
