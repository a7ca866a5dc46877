"""What stands at a marking and is no stroke through it: conflicts of struck ones, look-alikes at unstruck ones."""

from collections.abc import Callable, Mapping
from math import cos, radians, sin

from scanfix.facsimile.asked.marking import Dress, Note, NoteKind, Redaction, Thing, ThingKind
from scanfix.facsimile.matrix.draft import Draft
from scanfix.facsimile.matrix.lettering import Span

# Look-alikes that are drawn round the marking by itself.
DRESSES: Mapping[str, Dress] = {
    "underlined": "underline",
    "overlined": "overline",
    "boxed": "box",
    "ruled": "rules",
    "dashes": "dashes",
}
_HOLE_IN = 0.26  # a quarter-inch punch
_PIECES, _PIECE_IN = 8, 0.42  # of a crease
_BOX_IN = 0.55  # withheld names and numbers beside a marking


def surround(draft: Draft, level: str, span: Span) -> None:
    """Draw what a level asks for; nothing for levels that ask for nothing here."""
    if level in _DRAWN:
        _DRAWN[level](draft, span)


def _redaction(draft: Draft, span: Span) -> None:
    """Withhold what followed the marking."""
    _box(draft, span.right + 0.03, span)


def _redaction_edge(draft: Draft, span: Span) -> None:
    """Withhold what followed, and a little of the last letter with it."""
    _box(draft, span.right - 0.12 * span.height, span)


def _box(draft: Draft, x_in: float, span: Span) -> None:
    """Print a box over the scan beside a marking."""
    draft.redactions.append(
        Redaction(
            page=1,
            x_in=round(x_in, 4),
            y_in=round(span.top - 0.06, 4),
            width_in=_BOX_IN,
            height_in=round(span.height + 0.12, 4),
        )
    )


def _hole(draft: Draft, span: Span) -> None:
    """Punch through the first letter's edge."""
    _thing(draft, "hole", span.left - 0.8 * _HOLE_IN, span.middle[1] - _HOLE_IN / 2, _HOLE_IN, _HOLE_IN)


def _hatch(draft: Draft, span: Span) -> None:
    """Hatch a frame close round a marking."""
    wide, high = span.right - span.left, span.height
    _thing(draft, "hatch", span.left - 0.3, span.top - 0.22, wide + 0.6, high + 0.44)


def _rule(draft: Draft, span: Span) -> None:
    """Print a rule close under a marking."""
    _thing(draft, "rule", span.left - 0.3, span.bottom + 0.04, span.right - span.left + 0.6, 0.012)


def _rule_edge(draft: Draft, span: Span) -> None:
    """Print a rule that touches the feet of the letters."""
    _thing(draft, "rule", span.left - 0.3, span.bottom - 0.01, span.right - span.left + 0.6, 0.012)


def _signature(draft: Draft, span: Span) -> None:
    """Sign so that the flourish runs into the last letters."""
    size = max(0.22, 1.1 * span.height)
    _note(draft, "signature", span.right - 0.9 * size, span.bottom + 0.12, size)


def _tick(draft: Draft, span: Span) -> None:
    """Tick a marking at its first letter."""
    _note(draft, "tick", span.left - 0.12, span.bottom + 0.02, max(0.2, 1.2 * span.height))


def _initials(draft: Draft, span: Span) -> None:
    """Write initials over the last letters of a marking."""
    letters = "".join(draft.pick("ABCDEFGHJKLMPRSTW") for _ in range(2))
    _note(draft, "initials", span.right - 0.25, span.top + 0.03, 0.16, text=letters)


def _bracket(draft: Draft, span: Span) -> None:
    """Bracket a marking at its left."""
    _note(draft, "bracket", span.left - 0.05, span.bottom + 0.06, span.height + 0.12)


def _crease(draft: Draft, span: Span) -> None:
    """Crumple the paper aslant across a marking: a thin grey line that breaks off and bends, as no pen's does."""
    x, y = span.middle
    turn = draft.between(14.0, 28.0) * (1 if draft.generator.uniform() < 0.5 else -1)
    missing = int(draft.generator.integers(_PIECES))
    for piece in range(_PIECES):
        along = (piece - (_PIECES - 1) / 2) * _PIECE_IN
        left = x + along * cos(radians(turn)) - _PIECE_IN / 2
        middle = y - along * sin(radians(turn)) + draft.between(-0.03, 0.03)
        bent = round(turn + draft.between(-16.0, 16.0), 3)
        if piece != missing:
            draft.things.append(
                Thing(
                    page=1,
                    kind="rule",
                    x_in=round(left, 4),
                    y_in=round(middle, 4),
                    width_in=round(_PIECE_IN * draft.between(0.7, 1.05), 4),
                    height_in=0.01,
                    turn_deg=bent,
                    ink="pencil",
                )
            )


def _fold(draft: Draft, span: Span) -> None:
    """Fold the sheet along the middle of a marking."""
    _thing(draft, "fold", 0.15, span.middle[1] - 0.02, draft.sheet.width_in - 0.3, 0.04)


def _scratch(draft: Draft, span: Span) -> None:
    """Scratch the film down through a marking."""
    x = draft.between(span.left, span.right)
    _thing(draft, "rule", x, 0.1, 0.01, draft.sheet.height_in - 0.2)


def _clip(draft: Draft, span: Span) -> None:
    """Clip papers over the first letters."""
    _thing(draft, "clip", span.left + 0.05, span.top - 0.45, 0.24, 0.9)


def _staple(draft: Draft, span: Span) -> None:
    """Staple through the first letters."""
    turn = draft.between(-40.0, 40.0)
    draft.things.append(
        Thing(
            page=1,
            kind="staple",
            x_in=round(span.left - 0.1, 4),
            y_in=round(span.middle[1] - 0.03, 4),
            width_in=0.45,
            height_in=0.06,
            turn_deg=turn,
        )
    )


def _map(draft: Draft, span: Span) -> None:
    """Draw a map behind a marking: its coast and its graticule run under the letters."""
    wide = span.right - span.left + 1.2
    _thing(draft, "map", span.middle[0] - wide / 2, span.middle[1] - 0.75, wide, 1.5)


def _thing(draft: Draft, kind: ThingKind, x_in: float, y_in: float, width_in: float, height_in: float) -> None:
    """Put something level on the sheet."""
    draft.things.append(
        Thing(
            page=1,
            kind=kind,
            x_in=round(x_in, 4),
            y_in=round(y_in, 4),
            width_in=round(width_in, 4),
            height_in=round(height_in, 4),
        )
    )


def _note(draft: Draft, kind: NoteKind, x_in: float, y_in: float, size_in: float, *, text: str = "") -> None:
    """Let a hand draw something."""
    draft.notes.append(
        Note(
            page=1,
            kind=kind,
            x_in=round(x_in, 4),
            y_in=round(y_in, 4),
            size_in=round(size_in, 4),
            text=text,
        )
    )


_DRAWN: Mapping[str, Callable[[Draft, Span], None]] = {
    "redaction": _redaction,
    "redaction-edge": _redaction_edge,
    "hole": _hole,
    "hatch": _hatch,
    "rule": _rule,
    "rule-edge": _rule_edge,
    "signature": _signature,
    "tick": _tick,
    "initials": _initials,
    "bracket": _bracket,
    "crease": _crease,
    "fold": _fold,
    "scratch": _scratch,
    "clip": _clip,
    "staple": _staple,
    "map": _map,
}
