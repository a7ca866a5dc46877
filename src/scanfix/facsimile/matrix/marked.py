"""Specimens that are markings: lettered, placed, struck or not, with what stands round them."""

from dataclasses import replace

from scanfix.facsimile.asked.marking import Marking, Place
from scanfix.facsimile.matrix import lettering, surroundings
from scanfix.facsimile.matrix.draft import Draft
from scanfix.facsimile.matrix.lettering import Span
from scanfix.facsimile.matrix.plan import Specimen

_OVER_BOTH = ("two-first", "two-both")


def put_marking(draft: Draft, specimen: Specimen, *, place: Place, at_in: tuple[float, float], room_in: float) -> Span:
    """Put a specimen's marking on the sheet with what surrounds it; return where its first line stands."""
    text, level = _text(specimen), specimen.level("lookalike")
    if level == "bleed":
        return _before_a_strike(draft, specimen, text, place=place, at_in=at_in, room_in=room_in)
    markings = lettering.lines(
        specimen,
        text=text,
        place=place,
        at_in=at_in,
        room_in=room_in,
        sheet_in=draft.sheet.height_in,
        generator=draft.generator,
    )
    dress = surroundings.DRESSES.get(level, "none")
    spans = []
    for number, marking in enumerate(replace(one, dress=dress) for one in markings):
        is_struck = specimen.is_positive and _is_struck(specimen, number)
        spans.append(_put(draft, _of_line(specimen, number, len(markings), is_struck=is_struck), marking))
    whole = Span(
        left=min(span.left for span in spans),
        top=spans[0].top,
        right=max(span.right for span in spans),
        bottom=spans[-1].bottom,
    )
    surroundings.surround(draft, level or specimen.level("conflict"), whole)
    return spans[0]


def _put(draft: Draft, specimen: Specimen, marking: Marking) -> Span:
    """Put one line on the sheet, struck where it is to be found, and remember it."""
    if specimen.is_positive:
        stroke = lettering.stroke_of(
            specimen, face=marking.face, capital_in=marking.capital_in, generator=draft.generator
        )
        marking = replace(marking, stroke=stroke)
    span = lettering.span_of(marking, sheet_in=draft.sheet.height_in)
    draft.markings.append(marking)
    draft.want(specimen, "classification", span.middle, marking.text)
    return span


def _is_struck(specimen: Specimen, number: int) -> bool:
    """Whether a line of a struck marking is struck."""
    text = specimen.level("text")
    if not text.startswith("two-"):
        return True
    return text in _OVER_BOTH if number == 0 else text in ("two-second", "two-both")


def _of_line(specimen: Specimen, number: int, count: int, *, is_struck: bool) -> Specimen:
    """Return the specimen of one line: a line left unstruck beside a struck one is a look-alike of its own."""
    if count == 1:
        return specimen
    levels = (*specimen.levels, ("line", str(number + 1)))
    if specimen.is_positive and not is_struck:
        levels = (*levels, ("lookalike", "line-beside"))
    return replace(specimen, name=f"{specimen.name}-{number + 1}", is_positive=is_struck, levels=levels)


def _text(specimen: Specimen) -> str:
    """Return the words of a specimen."""
    text = specimen.level("wording")
    if specimen.level("lookalike") == "mid-dots":
        return " ".join("·".join(word) for word in text.split(" "))
    if specimen.level("lookalike") == "hyphens":
        return f"{text} - NOFORN"
    return text


def _before_a_strike(
    draft: Draft, specimen: Specimen, text: str, *, place: Place, at_in: tuple[float, float], room_in: float
) -> Span:
    """Put an unstruck marking where the sheet's back shows a struck one: each stands where the other's mirror does."""
    middle = draft.sheet.width_in / 2
    away = max(0.6, at_in[0] - middle) if at_in[0] != middle else 0.28 * draft.sheet.width_in
    struck = Specimen(
        name=f"{specimen.name}-back",
        section="A",
        stratum="diagonal",
        is_positive=True,
        levels=(
            *((name, level) for name, level in specimen.levels if name != "lookalike"),
            ("cause", "declassification"),
            ("conflict", "none"),
            ("coverage", "over"),
            ("shape", "rising-15-25"),
            ("width", "1"),
        ),
    )
    spans = []
    for one, x_in in ((specimen, middle - away), (struck, middle + away)):
        (marking,) = lettering.lines(
            one,
            text=text,
            place=place,
            at_in=(round(x_in, 4), at_in[1]),
            room_in=min(room_in, 1.7 * away),
            sheet_in=draft.sheet.height_in,
            generator=draft.generator,
        )
        spans.append(_put(draft, one, marking))
    return spans[0]
