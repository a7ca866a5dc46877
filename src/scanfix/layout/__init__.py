"""Layout: running text, furniture and noise told apart, lines in reading order, paragraphs."""

from scanfix.layout.arrange import MADE_BY, arrange

__all__ = ["MADE_BY", "arrange"]
