"""Student's t for whole degrees of freedom, and the smallest change that a sample can show."""

from math import atan, cos, pi, sin, sqrt

# Of a two-sided test at 5 %, and the share of true changes that it should find (Cohen 1988 made four of five usual).
CONFIDENCE = 0.975
POWER = 0.8


def student_quantile(share: float, freedom: int) -> float:
    """Return the value below which ``share`` of Student's distribution lies.

    Parameters
    ----------
    share
        0.5 to below 1.
    freedom
        Degrees of freedom, from 1.

    Notes
    -----
    The distribution in closed form: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4; inverted by halving.
    """
    low, high = 0.0, 1.0
    while _central(high, freedom) < 2 * share - 1:
        low, high = high, 2 * high
    # 60 halvings leave less than the last digit of a double.
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _central(middle, freedom) < 2 * share - 1 else (low, middle)
    return high


def smallest_detectable(error: float, documents: int) -> float:
    """Return the change that is shown with a power of 80 % by a two-sided test at 5 %.

    Parameters
    ----------
    error
        The difference's standard error.
    documents
        How many documents were compared, from 2.
    """
    freedom = documents - 1
    return error * (student_quantile(CONFIDENCE, freedom) + student_quantile(POWER, freedom))


def two_sided(t: float, freedom: int) -> float:
    """Return the probability of a value as far from 0 as ``t`` (from 0), on either side."""
    return 1 - _central(t, freedom)


def _central(t: float, freedom: int) -> float:
    """Return the probability of a value between ``-t`` and ``t``."""
    angle = atan(t / sqrt(freedom))
    is_odd = freedom % 2
    term, total = (cos(angle), 0.0) if is_odd else (1.0, 0.0)
    for step in range(2 + is_odd, freedom + 1, 2):
        total += term
        term *= cos(angle) ** 2 * (step - 1) / step
    return 2 / pi * (angle + sin(angle) * total) if is_odd else sin(angle) * total
