"""Struck words of the running text."""

from scanfix.marks.struck.detector import StrikeDetector

__all__ = ["StrikeDetector"]
