"""What kind of thing a word is part of: a date, a number, a reference number, a name, a marking.

Rules and a list of months, no trained model, so that the same text always has the same kinds. What they miss: numbers
that are spelt out; months and years that stand alone (a name, a number); names at the start of a sentence, and those
written in small letters; a heading in title case counts as names. A word has one kind, the first that fits:

marking
    The words of a marking, as given, in that case.
reference number
    Letters and digits of an office's file: ``C.P.(50) 201``, ``FO 371/1023``, ``NIE - 58``, ``NO. 73-54``.
date
    A day and month, a month and year, or all three, in words or figures.
number
    Any other word with a digit in it.
name
    A capitalised word that does not begin a sentence; among words of small letters also one of capitals only.
other
    Everything else.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

TokenKind = Literal["marking", "reference number", "date", "number", "name", "other"]

_MONTHS = (
    "jan(?:uary|vier|uar)? feb(?:ruary|ruar)? f[ée]v(?:rier)? mar(?:ch|s)? m[äa]rz apr(?:il)? avr(?:il)? may mai june? "
    "jui(?:n|llet) juni july? juli aug(?:ust)? ao[ûu]t sept?(?:ember|embre)? o[ck]t(?:ober|obre)? "
    "nov(?:ember|embre)? de[cz](?:ember)? d[ée]c(?:embre)?"
)
_MONTH = rf"(?:{'|'.join(_MONTHS.split())})\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.)?"
# A span of days: 30-31 August.
_DAYS = rf"{_DAY}(?:\s?-\s?{_DAY})?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)\b"
_SHORT_YEAR = rf"(?:{_YEAR}|'?\d\d\b)"
_DATE = re.compile(
    rf"(?<!\w)(?:{_DAYS},?\s(?:of\s)?{_MONTH}(?:,?\s{_SHORT_YEAR})?"
    rf"|{_MONTH}\s{_DAYS}(?!\d)(?:,?\s{_YEAR})?"
    rf"|{_MONTH},?\s{_YEAR}"
    rf"|{_YEAR}-\d\d-\d\d"
    r"|\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d))(?![\w])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?<![\w])(?:CIA-?\s?RDP[\w-]*\d"
    # C.P.(50) 201, C.O.S. (51) 12
    r"|(?:[A-Z]\.\s?){1,5}\(\d{2,4}\)\s?\d+"
    # FO 371/1023, CAB 129/40
    r"|[A-Z]{1,6}\s?\d+(?:/\d+)+"
    # NIE - 58, NIE-58, SNIE 10-3-61, HR 70-2
    r"|[A-Z]{2,5}\s?-\s?\d+(?:[-/]\d+)*|[A-Z]{2,6}\s\d+(?:-\d+)+"
    # NO. 73-54, No. 12, E.O. 13526; a lower-case "no" is a word
    r"|(?:N[Oo]s?\.|N[Rr]\.|N°|№|E\.O\.)\s?\d[\w/-]*)(?!\w)"
)
# Do not end a sentence, and belong to the name after them.
_TITLES = re.compile("Mrs?|Ms|Dr|Prof|Gen|Col|Lt|Capt|Maj|Sgt|Adm|Amb|Sen|Rep|Gov|Pres|Hon|St|Mme|Mlle|MM|Cde")
# Begin sentences, and after a heading or a list's number nothing says that one begins.
_FUNCTION_WORDS = re.compile(
    "the|this|that|these|those|and|but|for|nor|yet|with|from|into|upon|about|after|before|since|until|while|when|where|"
    "which|who|whose|what|why|how|there|here|then|thus|his|her|its|our|their|your|she|they|you|him|them|are|was|were|"
    "has|had|have|not|all|any|both|each|some|such|only|also|although|because|however|on|in|at|by|of|to|an|as|is|it|he|"
    "we|if|or|so|no|be|my|me|us|do",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", ":", ";")
_QUOTES = "\"'([{«„“‘"
_SIGNS = _QUOTES + ".,;:!?)]}»”’-"
_INITIALS = re.compile(r"(?:[A-Z]\.)+")


def token_kinds(words: Sequence[str], *, markings: Collection[str] = ()) -> tuple[TokenKind, ...]:
    """Say of each word what it is part of.

    Parameters
    ----------
    words
        The words of a text in order, as a policy that keeps case gives them.
    markings
        Wordings of markings: ``"TOP SECRET"``.
    """
    text = " ".join(words)
    kinds: list[TokenKind | None] = [None] * len(words)
    found: list[tuple[TokenKind, re.Pattern[str]]] = [("reference number", _REFERENCE), ("date", _DATE)]
    if markings:
        found.insert(0, ("marking", _any_of(markings)))
    at = _word_at(words)
    for kind, pattern in found:
        for match in pattern.finditer(text):
            for index in range(at[match.start()], at[match.end() - 1] + 1):
                kinds[index] = kinds[index] or kind
    names = _names(words)
    return tuple(kind or _plain(word, is_name) for kind, word, is_name in zip(kinds, words, names, strict=True))


def _word_at(words: Sequence[str]) -> list[int]:
    """Say of each character of the words, joined by single spaces, to which word it belongs."""
    return [index for index, word in enumerate(words) for _ in range(len(word) + 1)]


def _any_of(markings: Collection[str]) -> re.Pattern[str]:
    """Return a pattern for wordings, the longest first; white space between their words may be any."""
    longest = sorted({" ".join(text.split()) for text in markings if text.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _plain(word: str, is_name: bool) -> TokenKind:  # noqa: FBT001 - zipped with its word
    """Return the kind of a word that is part of nothing larger."""
    if any(sign.isdigit() for sign in word):
        return "number"
    return "name" if is_name else "other"


def _names(words: Sequence[str]) -> Iterator[bool]:
    """Say of each word whether it is taken for (a part of) a name."""
    begins = True
    for index, word in enumerate(words):
        bare = word.strip(_SIGNS)
        is_title = _TITLES.fullmatch(bare) is not None or _INITIALS.fullmatch(word.lstrip(_QUOTES)) is not None
        if is_title:
            # "A. The first" begins a list; "A. Talbot" is a person: what follows decides.
            after = words[index + 1] if index + 1 < len(words) else ""
            yield _is_capitalised(after) or _INITIALS.fullmatch(after) is not None
        else:
            yield not begins and _is_capitalised(word) and not _is_heading(words, index)
        begins = word.rstrip("\"')]}»”’").endswith(_ENDS) and not is_title


def _is_capitalised(word: str) -> bool:
    """Whether a word of more than one letter begins with a capital, and is not one that only begins a sentence."""
    bare = word.strip(_SIGNS)
    return bare[:1].isupper() and len(bare) > 1 and not _FUNCTION_WORDS.fullmatch(bare)


def _is_heading(words: Sequence[str], index: int) -> bool:
    """Whether a word stands in a run of words in capitals, as headings and markings do; a lone one is a name: NATO."""
    around = (*words[max(0, index - 1) : index], *words[index + 1 : index + 2])
    return words[index].isupper() and any(word.isupper() and len(word) > 1 for word in around)
