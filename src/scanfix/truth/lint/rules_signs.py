"""Signs of the notation and of the page: what the parser refuses, odd halves, brackets, quotes, open questions."""

import re
from collections.abc import Iterator
from dataclasses import replace

from scanfix.truth.lint.findings import Rule
from scanfix.truth.lint.manuscript import NOTED, Manuscript, Passage, Spot, elements, flat, shortened
from scanfix.truth.lint.prose import unmarked

_CHECK = "check"
_UNBALANCED = "unbalanced"
_LONGEST_BRACKET = 400
_SHOWN = 40
# A pair of brackets, with pairs inside it: "[as told on 8[7] May]".
_PAIR = re.compile(rf"\[(?:[^\[\]]|\[[^\[\]]*\]){{0,{_LONGEST_BRACKET}}}\]")
# What can only be half of a sign: a star before a word, a tag, tildes, the braces of the notation.
_HALF = re.compile(
    r"(?<![^\s(\[“\"'])\*{1,2}(?=[^\s*])|~~|</?[a-zA-Z]+/?>|\{(?:\+\+|--|~~|>>|hw:)|(?:\+\+|--|~~|<<)\}|[\[\]]"
)
_STRAIGHT, _CURLY = re.compile(r"[\"']"), re.compile(r"[“”‘’]")


def _find_unbalanced(manuscript: Manuscript) -> Iterator[Spot]:
    """Find halves of signs in the text, and what an importer noted of them."""
    for passage in manuscript.passages:
        yield from (spot for spot in _open_questions(passage) if _UNBALANCED in spot.excerpt)
        covered = [match.span() for match in _PAIR.finditer(passage.text)]
        for match in _halves(passage.text):
            is_paired = match.group() in "[]" and any(start <= match.start() < end for start, end in covered)
            if not is_paired and unmarked(passage.text, match.end()):
                yield passage.at(
                    match.start(),
                    match.end(),
                    message=f'"{match.group()}" has no other half',
                    suggestion="look at the image: write the other half, or take this one out",
                )


def _halves(text: str) -> Iterator[re.Match[str]]:
    """Give what may be half a sign; a star opens only where none closes after it, and at the start it marks a note."""
    for match in _HALF.finditer(text):
        stars = match.group()
        is_star = stars.startswith("*")
        is_closed = re.search(rf"(?<=\S){re.escape(stars)}(?!\w)", text[match.end() :])
        if not (is_star and (is_closed or match.start() == 0)):
            yield match


def _find_left_to_check(manuscript: Manuscript) -> Iterator[Spot]:
    """Find what an importer or an editor has left for somebody to look at."""
    for passage in manuscript.passages:
        yield from (spot for spot in _open_questions(passage) if _UNBALANCED not in spot.excerpt)


def _open_questions(passage: Passage) -> Iterator[Spot]:
    """Give the spots of editor's notes that ask for a look; their excerpt is the note."""
    notes = [one for one in elements(passage.block.children) if one.name == "note" and one.attribute("kind") != "tr"]
    signs = [at for at, character in enumerate(passage.text) if character == NOTED]
    for element, at in zip(notes, signs, strict=True):
        note = flat(element.children)
        if note.startswith(_CHECK):
            question = note.removeprefix(_CHECK).strip(" :") or "an editor's question"
            start, end = _word_at(passage.text, at)
            spot = passage.at(
                start,
                end,
                message=f"left to check: {question}",
                suggestion="look at the image, then say what it is, and take the note out",
            )
            yield replace(spot, excerpt=note)


def _word_at(text: str, at: int) -> tuple[int, int]:
    """Return the stretch that a note is about: the word before its sign, or the sign alone."""
    before = text[:at].rstrip().replace(NOTED, " ")
    found = re.search(r"\S+$", before)
    return found.span() if found else (at, at + 1)


def _find_brackets(manuscript: Manuscript) -> Iterator[Spot]:
    """Find brackets that stand in the text as they are."""
    for passage in manuscript.passages:
        for match in _PAIR.finditer(passage.text):
            if unmarked(passage.text, match.end()):
                yield passage.at(
                    match.start(),
                    match.end(),
                    message=f"a bracket that does not say what it means: {shortened(match.group(), _SHOWN)}",
                    suggestion='"[word?]" doubtful, "[+word+]" supplied, "{--word--}" deleted, "{>>tr: …<<}" a note; '
                    'printed brackets get "{>>ed: printed<<}" after them',
                )


def _find_mixed_quotes(manuscript: Manuscript) -> Iterator[Spot]:
    """Find the first quote of the rarer kind."""
    found = {
        name: [(passage, match) for passage in manuscript.passages for match in pattern.finditer(passage.text)]
        for name, pattern in (("straight", _STRAIGHT), ("curly", _CURLY))
    }
    if all(found.values()):
        rarer, commoner = sorted(found, key=lambda name: len(found[name]))
        passage, match = found[rarer][0]
        yield passage.at(
            match.start(),
            match.end(),
            message=f"{len(found[rarer])} {rarer} quotes among {len(found[commoner])} {commoner} ones",
            suggestion="write them as the page has them; a typewriter has straight ones only",
        )


RULES = (
    Rule(
        name="syntax",
        severity="error",
        about="transcriber",
        summary="The file is not in the notation; the parser says where and how to mend it.",
        caught="The ferry [of Halm",
        left_alone="The ferry [of Halm?]",
        find=None,
    ),
    Rule(
        name="strike-over-blank-line",
        severity="error",
        about="transcriber",
        summary="A strike runs over an empty line; each paragraph gets its own.",
        caught="~~Not to be opened\n\nbefore May.~~",
        left_alone="~~Not to be opened~~\n\n~~before May.~~",
        find=None,
    ),
    Rule(
        name="rule-in-text",
        severity="error",
        about="transcriber",
        summary="A bare --- stands in the text, where it could be a rule, front matter or a page break.",
        caught="The ferry of Halm\n---\nis closed.",
        left_alone="The ferry of Halm\n\\---\nis closed.",
        find=None,
    ),
    Rule(
        name="unbalanced-signs",
        severity="error",
        about="transcriber",
        summary="Half of a pair: an odd star, tag, tilde or bracket.",
        caught=r"The ferry is \*closed to all boats \<i>but ours.",
        left_alone=r"The ferry is closed.\* It is \*not\* for sale." + "\n\n" + r"\* A note.",
        find=_find_unbalanced,
    ),
    Rule(
        name="left-to-check",
        severity="warning",
        about="unknown",
        summary="A note asks for a look at the image, and nobody has answered it.",
        caught="The ferry{>>ed: check: italic or inserted?<<} is closed.",
        left_alone="The ferry{>>ed: printed in italic<<} is closed.",
        find=_find_left_to_check,
    ),
    Rule(
        name="unclassified-bracket",
        severity="warning",
        about="unknown",
        summary="A bracket in the text does not say whether it is doubtful, supplied, deleted, a note, or printed.",
        caught=r"The ferry \[of Halm\] is closed.",
        left_alone="The ferry [+of Halm+] is closed.",
        find=_find_brackets,
    ),
    Rule(
        name="mixed-quotes",
        severity="note",
        about="transcriber",
        summary="Straight and curly quotes in one document.",
        caught='The "Ragna Holm" and the “Tessin” lie at Halm.',
        left_alone='The "Ragna Holm" and the "Tessin" lie at Halm.',
        find=_find_mixed_quotes,
    ),
)
