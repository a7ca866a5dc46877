"""Random numbers by name: what one thing on a page draws does not change when another is added or left out."""

from zlib import crc32

import numpy as np
from numpy.random import Generator


class Dice:
    """The random numbers of one page.

    Parameters
    ----------
    seed
        Of everything.
    scan_id
        The document.
    page
        Counts from 1.
    """

    def __init__(self, *, seed: int, scan_id: str, page: int) -> None:
        self._document = [seed, crc32(scan_id.encode())]
        self._page = page

    @property
    def habits(self) -> Generator:
        """The numbers of the document's machine: the same on each of its pages."""
        return np.random.default_rng(self._document)

    def of(self, name: str, index: int = 0) -> Generator:
        """Return the numbers of the ``index``-th thing of a name on the page."""
        return np.random.default_rng([*self._document, self._page, crc32(name.encode()), index])
