"""Strings and elements spelt as the notation writes them: the other direction of ``truth.inline``."""

from collections.abc import Callable, Sequence

from scanfix.model.transcript import Element, ElementName, Inline

# Parts two signs that would run together; it means nothing.
_NOTHING = "{}"
_PAIRS: dict[ElementName, tuple[str, str]] = {
    "inserted": ("{++", "++}"),
    "deleted": ("{--", "--}"),
    "handwriting": ("{hw:", "}"),
    "circled": ("{circled: ", "}"),
    "supplied": ("[+", "+]"),
    "underline": ("<u>", "</u>"),
}
_STARS: dict[ElementName, str] = {"italic": "*", "bold": "**"}
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\~*[]{}<⟵⟶"})
_RAW_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\[]<"})
# How a doubtful word may begin that would make its bracket another sign.
_CLAIMED = ("+", "^", "lost:", "REDACTED")


def spell(children: Sequence[Inline]) -> str:
    """Return strings and elements in the notation."""
    text = ""
    for child in children:
        written = _string(child, text) if isinstance(child, str) else _element(child)
        text += _NOTHING + written if text.endswith("*") and written.startswith("*") else written
    return text


def _string(text: str, before: str) -> str:
    r"""Escape the signs of the notation; a colon after ``[^1]`` would make a footnote of it."""
    escaped = text.translate(_ESCAPES)
    return f"\\{escaped}" if before.endswith("]") and escaped.startswith(":") else escaped


def _element(element: Element) -> str:
    """Return an element in the notation."""
    if element.name in _PAIRS:
        opening, closing = _PAIRS[element.name]
        return f"{opening}{spell(element.children)}{closing}"
    if element.name in _STARS:
        return _starred(element)
    return _SPELLINGS[element.name](element)


def _starred(element: Element) -> str:
    """Return ``*italic*`` or ``**bold**``; its stars must touch something that is neither star nor white space."""
    stars, inner = _STARS[element.name], spell(element.children)
    opening = _NOTHING if not inner or inner[0] == "*" or inner[0].isspace() else ""
    closing = _NOTHING if inner and (inner[-1] == "*" or inner[-1].isspace()) else ""
    return f"{stars}{opening}{inner}{closing}{stars}"


def _struck(element: Element) -> str:
    """Return ``~~text~~{by=type shape=x}``."""
    attributes = " ".join(f"{name}={value}" for name, value in element.attributes)
    return f"~~{spell(element.children)}~~" + (f"{{{attributes}}}" if attributes else "")


def _substitution(element: Element) -> str:
    """Return ``{~~old~>new~~}``."""
    old, new = (spell(part.children) for part in element.children if isinstance(part, Element))
    return f"{{~~{old}~>{new}~~}}"


def _unclear(element: Element) -> str:
    """Return ``[word?]``."""
    inner = spell(element.children)
    is_count = inner.endswith("w") and inner[:-1].isdecimal()
    is_claimed = not inner or is_count or inner.startswith(_CLAIMED)
    return f"[{_NOTHING if is_claimed else ''}{inner}?]"


def _illegible(element: Element) -> str:
    """Return ``[?]`` or ``[3w?]``."""
    words = element.attribute("words")
    return f"[{words}w?]" if words else "[?]"


def _lost(element: Element) -> str:
    """Return ``[lost: ~1 line]``, or ``[lost]`` where nobody knows how much."""
    extent = element.attribute("extent")
    return f"[lost: {extent.translate(_RAW_ESCAPES)}]" if extent else "[lost]"


def _redacted(element: Element) -> str:
    """Return ``[REDACTED (b)(3)]``."""
    code = element.attribute("code")
    return f"[REDACTED {code.translate(_RAW_ESCAPES)}]" if code else "[REDACTED]"


def _note(element: Element) -> str:
    """Return ``{>>ed: …<<}`` or ``{>>sic<<}``; what a note says is plain text."""
    kind = element.attribute("kind")
    text = "".join(child for child in element.children if isinstance(child, str)).translate(_RAW_ESCAPES)
    return f"{{>>{kind}<<}}" if kind == "sic" else f"{{>>{kind}: {text}<<}}"


_SPELLINGS: dict[ElementName, Callable[[Element], str]] = {
    "struck": _struck,
    "substitution": _substitution,
    "unclear": _unclear,
    "illegible": _illegible,
    "omitted": lambda _: "[…]",
    "lost": _lost,
    "redacted": _redacted,
    "note": _note,
    "reference": lambda element: f"[^{element.attribute('label')}]",
}
