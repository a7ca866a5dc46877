"""Strokes through letters: found as straight runs of ink that go on where letters stop.

The letters' box is searched at every angle for the longest straight run. A run is a stroke through the letters when
it is long for their height, thin where no letter lies behind it, and passes through their body: an underline, a rule
or the edge of a redaction box runs outside, and the bar of an E, F, H or T ends with its letter.
"""

from scanfix.marks.strike.judging import find_strokes, judge
from scanfix.marks.strike.stroke import Stroke, Verdict

__all__ = ["Stroke", "Verdict", "find_strokes", "judge"]
