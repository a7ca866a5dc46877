"""The events workshop: what became of a document, told from the marks of its pages.

Pure: it is given marks and text, and returns a `scanfix.model.event.History`.
"""

from scanfix.events.rollup import roll_up
from scanfix.events.seen import PageSeen

__all__ = ["PageSeen", "roll_up"]
