"""Binarisations: ink or paper for every pixel, by methods of the literature from one library (doxapy)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import doxapy
import numpy as np

from scanfix.images import GrayImage

# Thresholds look at about three letters around a pixel: fewer, and a thick stroke becomes its own background; more, and
# shadows are missed. Sauvola and Pietikäinen took 15 to 25 pixels at a lower-case height of 8 to 12.
_WINDOW_X_HEIGHTS = 3.0

_Methods = doxapy.Binarization.Algorithms


@dataclass(frozen=True, slots=True, kw_only=True)
class Binarisation:
    """A method of the library, its own parameters, and the paper it comes from."""

    method: doxapy.Binarization.Algorithms
    source: str
    has_window: bool = True
    parameters: Mapping[str, float] = field(default_factory=dict)


# Parameters are those of the papers.
BINARISATIONS: Mapping[str, Binarisation] = {
    "otsu": Binarisation(
        method=_Methods.OTSU,
        has_window=False,
        source="Otsu (1979), A threshold selection method from gray-level histograms",
    ),
    "sauvola": Binarisation(
        method=_Methods.SAUVOLA,
        parameters={"k": 0.2},
        source="Sauvola and Pietikäinen (2000), Adaptive document image binarization",
    ),
    "wolf": Binarisation(
        method=_Methods.WOLF,
        parameters={"k": 0.2},
        source="Wolf and Jolion (2004), Extraction and recognition of artificial text in multimedia documents",
    ),
    "nick": Binarisation(
        method=_Methods.NICK,
        parameters={"k": -0.2},
        source="Khurshid, Siddiqi, Faure and Vincent (2009), Comparison of Niblack inspired binarization methods",
    ),
    "isauvola": Binarisation(
        method=_Methods.ISAUVOLA,
        parameters={"k": 0.2},
        source="Hadjadj, Meziane, Cherfa, Cheriet and Setitra (2016), ISauvola: improved Sauvola's algorithm",
    ),
}


def binarise(image: GrayImage, how: Binarisation, *, x_height_px: float) -> GrayImage:
    """Make ink black and paper white.

    Parameters
    ----------
    image
        Grey page, shape (height, width), 0 ink to 255 paper.
    how
        One of ``BINARISATIONS``.
    x_height_px
        Height of lower-case letters, from which the window follows.

    Returns
    -------
    (height, width) uint8
        0 on ink, 255 on paper.
    """
    parameters = dict(how.parameters)
    if how.has_window:
        # The library halves the window: odd keeps it centred.
        parameters["window"] = 2 * round(_WINDOW_X_HEIGHTS * x_height_px / 2) + 1
    result = np.empty_like(image)
    binarisation = doxapy.Binarization(how.method)
    binarisation.initialize(np.ascontiguousarray(image))
    binarisation.to_binary(result, parameters)
    return result
