"""Documents drawn at random after kinds of real ones: what machine, what paper, what scanner, what marks.

Each kind's ranges were set beside the development pages that it is modelled on (``benchmarks.press``).
"""

from collections.abc import Callable, Mapping

from scanfix.errors import SettingsError
from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.dice import Dice
from scanfix.facsimile.kinds import bulletins, manuscripts, typescripts
from scanfix.facsimile.kinds.chance import Chance

KINDS: Mapping[str, Callable[[str, Chance], Document]] = {
    "photocopy": typescripts.photocopy,
    "speckled": typescripts.speckled,
    "letter": typescripts.letter,
    "photostat": typescripts.photostat,
    "carbon": typescripts.carbon,
    "bulletin": bulletins.bulletin,
    "manuscript": manuscripts.manuscript,
}
# The kinds whose figures are held against real pages'.
SETTINGS = ("photocopy", "speckled", "carbon", "bulletin")


def draw(kind: str, *, seed: int, index: int) -> Document:
    """Draw the ``index``-th document (from 0) of a kind.

    Raises
    ------
    SettingsError
        There is no such kind.
    """
    if kind not in KINDS:
        raise SettingsError(f"facsimile: no kind of document {kind!r}. There are: {', '.join(KINDS)}.")
    scan_id = f"{kind}-{index + 1:04d}"
    return KINDS[kind](scan_id, Chance(Dice(seed=seed, scan_id=scan_id, page=0)))
