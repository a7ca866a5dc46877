"""The press beside augraphy (8.2): time a page, and whether ink stays where the truth has it.

augraphy wants an environment of its own (numba, scikit-learn): ``python3 -m venv DIR; DIR/bin/pip install augraphy
pydantic; PYTHONPATH=src:. DIR/bin/python -m benchmarks.press_augraphy``. Its default pipeline gets the press's typing
on blank paper; the press gets the same sheets with a scan of its own.
"""

import random
import sys
from dataclasses import replace
from time import process_time

import numpy as np

from scanfix.facsimile import kinds
from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.press import Facsimile, press

_SEED = 1956
_PAGES = 4
_BLANK = Look(dpi=300, tone=255, ink=0, ragged=0.0)


def main() -> None:
    """Time both on the same sheets and say what became of their size."""
    try:
        import matplotlib.font_manager  # noqa: F401  # augraphy uses it without importing it
        from augraphy import default_augraphy_pipeline
    except ImportError:
        sys.exit((__doc__ or "").strip())
    document = kinds.draw("photocopy", seed=_SEED, index=0)
    document = replace(document, looks=tuple(replace(look, dpi=300) for look in document.looks))
    own, own_s = _timed(document)
    blank, blank_s = _timed(replace(document, looks=(_BLANK,)))
    print(f"press: {own_s / len(own):.1f} s a page with its scan, {blank_s / len(blank):.1f} s typing on blank paper")
    for index, page in enumerate(blank[:_PAGES]):
        random.seed(index)
        np.random.seed(index)  # noqa: NPY002  # augraphy draws from the global state
        start = process_time()
        worn = default_augraphy_pipeline()(page.grey)
        cost_s = process_time() - start
        print(f"augraphy p. {index + 1}: {cost_s:.1f} s, {page.grey.shape} -> {worn.shape[:2]}")


def _timed(document: Document) -> tuple[tuple[Facsimile, ...], float]:
    """Press a document and return its pages and the processor time they took."""
    start = process_time()
    return press(document, seed=_SEED), process_time() - start


if __name__ == "__main__":
    main()
