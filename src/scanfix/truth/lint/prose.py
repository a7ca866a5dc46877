"""What the linter knows of English prose: how sentences begin and end, and what is no prose at all."""

import re

from scanfix.model.transcript import MASK
from scanfix.truth.lint.manuscript import NOTED, Passage
from scanfix.truth.lint.words import vocabulary

# Fewer words may be a heading, a date or a name that needs no stop.
_FEWEST = 8
# Longer than this, many capitals are names, not a title.
_LONGEST_TITLE = 40
_TITLE_SHARE = 0.6
_LONGEST_SIGNATURE = 25
_LISTED_WORDS = 7
_LONGEST_ABBREVIATION = 4
_LABEL = re.compile(r"(?:[-–—•]\s+)?(?:\(?(?P<text>\d{1,3}|[a-z]|[ivxl]+)[.)]|\((?P<inner>\d{1,3}|[a-z]|[ivxl]+)\))\s")
# A short bracket may follow the stop: "(SECRET)", "(Page 1)".
_ENDED = re.compile(rf"""(?:[.!?:;…{MASK}][\s"'”’»)\]*†‡]*(?:\s\([^()]{{1,40}}\))?|:-+|[-–—_=.]{{2,}}|[—–])$""")
_STOPPED = re.compile(rf"""[.!?…{MASK}][\s"'”’»)\]*†‡]*$""")
_FAREWELL = re.compile(
    r"(?:respectfully|sincerely|faithfully|truly|cordially|obediently|servant|greetings|regards)(?: yours)?,?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:on the authori[sz]ation of|on behalf of|for the government of|\(signed\)|signed:|/s/|s/)", re.IGNORECASE
)
_CLOSING = re.compile(r"(?:done|given|signed) (?:in|at) |in (?:witness|faith|testimony) whereof\b", re.IGNORECASE)
_DASHED = re.compile(r"[-–—•]\s")
_LOWER = re.compile(r"(?:[-–—]\s+)?[\"'“‘«]?(?P<word>[a-zà-ÿ][\w'’-]*)(?P<rest>[.)]?)")
# Words that begin a name or a note in lower case.
_SMALL_STARTS = vocabulary("cc bcc encl enc copy per attn de du da di della des von van zu el al ibn bin ter")
# No title has them, but in capitals.
_CLAUSE_WORDS = vocabulary(
    "is are was were has have had be been will would shall should may might can could must do does did that which who "
    "this these it they we he she you"
)
# The soft hyphen, the space and the joiners without width, the word joiner, the mark of byte order.
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")


def label(text: str) -> str | None:
    """Return the number or letter under which an item of a list starts: ``3. ``, ``(b) ``, ``- a. ``."""
    found = _LABEL.match(text)
    return (found["text"] or found["inner"]) if found else None


def is_dashed(text: str) -> bool:
    """Whether a text starts with a dash and a space, as items of a list do, and words put in."""
    return bool(_DASHED.match(_bare(text)))


def starts_lower(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: in lower case, and under no letter of a list."""
    found = None if label(text) else _LOWER.match(_bare(text))
    if found is None or found["word"] in _SMALL_STARTS:
        return False
    return not found["rest"] or len(found["word"]) > _LONGEST_ABBREVIATION


def is_open(text: str) -> bool:
    """Whether a sentence begins in a text and does not end there; a heading, list or signature is no sentence."""
    plain = _bare(text)
    is_sentence = len(plain.split()) >= _FEWEST and not is_title(plain) and not _is_listing(text)
    return is_sentence and not ends(plain) and not _FAREWELL.search(plain) and not is_signature(plain)


def ends(text: str) -> bool:
    """Whether a text ends with a stop, a gap, or a sign that leads on to a list."""
    return bool(_ENDED.search(_bare(text)))


def is_stopped(text: str) -> bool:
    """Whether the last sentence of a text is over."""
    return bool(_STOPPED.search(_bare(text)))


def is_title(text: str) -> bool:
    """Whether most of the longer words of a short text are capitalised, and nothing in it makes a clause."""
    plain = _bare(text)
    words = _LONG_WORD.findall(plain)
    capitals = sum(word[0].isupper() for word in words)
    is_clause = not _CLAUSE_WORDS.isdisjoint(plain.split())
    return len(plain.split()) <= _LONGEST_TITLE and capitals >= _TITLE_SHARE * len(words) and not is_clause


def is_signature(text: str) -> bool:
    """Whether somebody signs here; a sentence that begins so and comes to its stop is no signature."""
    plain = _bare(text)
    return bool(_SIGNED.match(plain)) and not is_stopped(plain) and len(plain.split()) <= _LONGEST_SIGNATURE


def is_closing(text: str) -> bool:
    """Whether a text is the formula that closes a treaty or deed."""
    return bool(_CLOSING.match(_bare(text)))


def is_heading(passage: Passage) -> bool:
    """Whether a passage is a short title; what an item's number leads is none."""
    text = _bare(passage.text)
    return len(text.split()) <= _LONGEST_TITLE and not label(text) and not ends(text) and is_title(text)


def unmarked(text: str, end: int) -> bool:
    """Whether no editor's note stands right after a stretch that ends at ``end``."""
    return not text[end:].lstrip().startswith(NOTED)


def _is_listing(text: str) -> bool:
    """Whether a text is an address or a list: lines that all have a label, or are short and begin with a capital."""
    lines = [line.strip() for line in text.split("\n")]
    return len(lines) > 1 and all(label(line) or _is_listed(line) for line in lines)


def _is_listed(line: str) -> bool:
    """Whether a line may be part of an address or list."""
    return len(line.split()) <= _LISTED_WORDS and (line[:1].isupper() or line[:1].isdigit())


def _bare(text: str) -> str:
    """Return a text without editors' notes and signs that nobody sees, on one line."""
    return " ".join(text.replace(NOTED, " ").translate(_UNSEEN).split())
