"""What a field says, decided among all that may stand there, over all crops of it together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex

from scanfix.families import StampField
from scanfix.marks.stamps.spelling import Logs, bounds, fits
from scanfix.marks.stamps.vocabulary import is_listed, likeliest
from scanfix.model.text import Spelling

# A crop in which a text is not seen at all counts no more than that (in natural logarithms), and of the crops the
# better ones are heard: some show remains of print, others thin a fine pen away.
_UNSEEN, _HEARD = -12.0, 0.7
# Crops of one writing are no witnesses apart: all together count as three.
_WITNESSES = 3.0
# Years that are not known of a family are that much less likely, once.
_UNKNOWN_YEAR = -0.67


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a text must reach: its share among its rivals (0 to 1), its fit over the crops heard, and in the best."""

    share: float
    fit: float
    best: float


# Found on 26 covers and half of the drawn stamps. A month's letters hold a date where figures alone would not; a number
# may be any, so that it must be read as it stands.
_BARS = {
    "named": Bar(share=0.97, fit=-3.0, best=-2.5),
    "date": Bar(share=0.97, fit=-1.2, best=-0.8),
    "year": Bar(share=0.95, fit=-4.0, best=-0.8),
    "number": Bar(share=0.98, fit=-0.9, best=-0.2),
}
# What everything around shows is longer and plainly read: then the field's own ink was cut.
_PLAIN, _AGAINST = -1.5, -5.0
# A lone stroke may be anything.
_STROKE = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """The text that fits a field best.

    ``share`` is its probability among its rivals, ``fit`` how well it is spelled over the crops heard, ``best`` in the
    best of them (see `spelling.fits`); ``is_cut`` where the surroundings say that it goes on.
    """

    text: str
    share: float
    fit: float
    best: float
    is_cut: bool = False

    @property
    def confidence(self) -> float:
        """Its share, less for signs that were hardly seen, 0 to 1."""
        return round(self.share * float(np.exp(min(0.0, self.fit) / len(self.text))), 3)

    def is_sure(self, field: StampField) -> bool:
        """Tell whether it may be taken, whatever was read most surely."""
        bar = self._bar(field)
        return self.is_likeliest(field) and self.fit >= bar.fit and self.best >= bar.best and self.text != _STROKE

    def is_likeliest(self, field: StampField) -> bool:
        """Tell whether it may be taken where it was also read."""
        return self.share >= self._bar(field).share and not self.is_cut

    def _bar(self, field: StampField) -> Bar:
        """Return what it must reach."""
        has_letters = any(sign.isalpha() for sign in self.text)
        return _BARS["named" if field.kind == "date" and has_letters else field.kind]


def spelled(ways: Sequence[Sequence[Spelling]], around: Spelling | None, field: StampField) -> Spelled | None:
    """Find the text that fits a field best; ``None`` where its texts cannot be listed or nothing was asked.

    Parameters
    ----------
    ways
        Crops of the writing as it stands, and of it turned level: the way that fits better is taken.
    around
        The crop of everything there.
    """
    found = [_best(crops, field) for crops in ways if crops] if is_listed(field) else []
    if not found:
        return None
    best = max(found, key=lambda one: one.fit)
    return _cut(best, around, field) if around is not None and field.kind == "number" else best


def _best(crops: Sequence[Spelling], field: StampField) -> Spelled:
    """Find the text that fits some crops best."""
    words = likeliest(
        field, lambda part: np.maximum([bounds(one, part) for one in crops], _UNSEEN).mean(axis=0, dtype=np.float64)
    )
    each = np.maximum([fits(one, words) for one in crops], _UNSEEN)
    heard = -(-len(crops) * _HEARD // 1)
    fit: Logs = np.sort(each, axis=0)[-int(heard) :].mean(axis=0) + np.array([_prior(word, field) for word in words])
    number = int(fit.argmax())
    share = 1.0 / float(np.exp(_WITNESSES * (fit - fit[number])).sum())
    return Spelled(text=words[number], share=share, fit=float(fit[number]), best=float(each[:, number].max()))


def _prior(word: str, field: StampField) -> float:
    """Return what is taken off a text whose year is not known of the family."""
    if field.kind == "number":
        return 0.0
    year = regex.findall(r"\d+", word)[-1]
    first, last = field.years
    is_known = any(first <= century + int(year) <= last for century in ((0,) if len(year) > 2 else (1900, 2000)))
    return 0.0 if is_known else _UNKNOWN_YEAR


def _cut(one: Spelled, around: Spelling, field: StampField) -> Spelled:
    """Mark a number that the surroundings show to be longer."""
    whole = _best((around,), field)
    goes_on = len(whole.text) > len(one.text) and whole.fit >= _PLAIN
    is_cut = goes_on and float(fits(around, (one.text,))[0]) <= _AGAINST
    return Spelled(text=one.text, share=one.share, fit=one.fit, best=one.best, is_cut=is_cut)
