"""Tables of words, written as a line of text."""


def vocabulary(line: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(line.split())
