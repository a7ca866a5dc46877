"""The reliability diagram: what confidences promise beside what came true, drawn so that it can be read without colour.

After Niculescu-Mizil and Caruana (2005), Predicting good probabilities with supervised learning, ICML.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scanfix.model.reliability import ConfidenceBin, Reliability

# Pixels at full size; the diagram shrinks with its page.
SIDE = 260
_HISTOGRAM = 60
# A bin of a single word among thousands is still seen.
_LEAST = 1.5


class Bar(NamedTuple):
    """A bin in the diagram, in pixels from the top left corner of the square.

    ``top`` is the height of the share right, ``promised`` that of the mean confidence; ``length`` is that of the
    bar below the square, which shows how many words there are.
    """

    bin: ConfidenceBin
    left: float
    width: float
    top: float
    promised: float
    length: float


def bars(reliability: Reliability) -> Iterator[Bar]:
    """Place the bins that have words."""
    most = max(one.words for one in reliability.bins)
    for one in reliability.bins:
        if one.share_right is not None and one.mean_confidence is not None:
            yield Bar(
                bin=one,
                left=SIDE * one.low,
                width=SIDE * (one.high - one.low),
                top=SIDE * (1 - one.share_right),
                promised=SIDE * (1 - one.mean_confidence),
                length=max(_LEAST, _HISTOGRAM * one.words / most),
            )


def describe(reliability: Reliability) -> str:
    """Say in a sentence what the diagram shows."""
    filled = [one for one in reliability.bins if one.words]
    gaps = [((one.confidence_sum - one.right) / one.words, one) for one in filled]
    gap, worst = max(gaps, key=lambda entry: abs(entry[0]) * entry[1].words)
    side = "too sure" if gap > 0 else "not sure enough"
    return (
        f"Share of right words by confidence, {reliability.words} words. The mean distance from the diagonal is "
        f"{100 * reliability.expected_error:.1f} points; most of it where confidence lies between {worst.low:.1f} and "
        f"{worst.high:.1f}: {100 * worst.right / worst.words:.0f} of 100 words are right there, "
        f"{100 * abs(gap):.1f} points {side}."
    )
