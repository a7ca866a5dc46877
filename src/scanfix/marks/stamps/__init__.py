"""Known stamps: located by fragments of their wordings, read line by line, field by field.

Families are data (`scanfix.families`, the folder `marks.stamps`). Fragments in the page's lines and in rows that no
line explains vote for places (`sites`); each place is turned level and read by both voices (`reading`); what was
filled in is cut out and read (`fillins`, `framings`), and its value chosen among all that may stand there (`spelled`,
`values`); check boxes are judged beside their siblings (`boxes`).
"""

from collections.abc import Generator, Sequence
from pathlib import Path

from scanfix import files
from scanfix.families import read_families
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.marks.stamps.boxes import ticks_of
from scanfix.marks.stamps.columns import columns_of
from scanfix.marks.stamps.fillins import FillIn, fill_ins
from scanfix.marks.stamps.found import Found, apart, marks_of
from scanfix.marks.stamps.fragments import Anchors
from scanfix.marks.stamps.framings import crops_of
from scanfix.marks.stamps.printed import printed
from scanfix.marks.stamps.reading import Impression, by_family, heard, impression_of, line_crops
from scanfix.marks.stamps.seeking import fragments_of
from scanfix.marks.stamps.sites import Place, places_of
from scanfix.model.mark import MarkKind
from scanfix.model.text import CropText
from scanfix.settings import MarksSettings, canonical


class StampDetector:
    """Finds the stamps of known families, their fields and check boxes."""

    made_by = "scanfix.stamp 2"
    kinds: frozenset[MarkKind] = frozenset({"stamp", "checkbox", "handwriting"})
    # Stamps are of the page.
    lies_on_scan = False
    # It needs no other's marks.
    comes_after = False

    def __init__(self, settings: MarksSettings) -> None:
        """Read the families of the settings' folder.

        Raises
        ------
        SettingsError
            The folder is not there, or a file in it is no family.
        """
        families = read_families(Path(settings.stamps))
        wordings = printed(families)
        self._anchors = Anchors(wordings)
        self._families = by_family(wordings)
        # The whole families would stand in every page's record.
        known = canonical([family.model_dump(mode="json") for family in families])
        self.recipe = canonical({"families": files.digest_of(known.encode())})

    def seek(self, view: View) -> Seeking:
        """Look for the stamps of a page (see `Detector.seek`)."""
        fragments = yield from fragments_of(view, self._anchors)
        stamps = yield from self._verified(view, places_of(fragments))
        columns = [columns_of(stamp) for stamp in stamps]
        ticks = [ticks_of(stamp, column) for stamp, column in zip(stamps, columns, strict=True)]
        fills = [
            fill_ins(stamp, column, [tick.box for tick in group])
            for stamp, column, group in zip(stamps, columns, ticks, strict=True)
        ]
        said = yield from _heard(fills)
        found = [
            Found(impression=stamp, columns=column, ticks=group, fills=fill, said=one)
            for stamp, column, group, fill, one in zip(stamps, columns, ticks, fills, said, strict=True)
        ]
        return tuple(mark for one in found for mark in marks_of(one))

    def _verified(
        self, view: View, places: Sequence[Place]
    ) -> Generator[Sequence[Wanted], Sequence[CropText], tuple[Impression, ...]]:
        """Read the lines of all places; give the stamps of which enough was read."""
        laid = [impression_of(view.frame, place) for place in places]
        crops = [line_crops(one) for one in laid]
        said = (yield [Wanted(image=crop) for group in crops for crop in group]) if laid else ()
        stamps, at = [], 0
        for one, group in zip(laid, crops, strict=True):
            stamps.append(heard(one, said[at : at + len(group)], self._families))
            at += len(group)
        return apart([one for one in stamps if one.is_verified])


def _heard(
    fills: Sequence[Sequence[FillIn]],
) -> Generator[Sequence[Wanted], Sequence[CropText], list[dict[str, list[CropText]]]]:
    """Have what was filled in read; give the readings of each stamp, field by field."""
    crops = [[crops_of(fill) for fill in group] for group in fills]
    said = iter((yield [crop for group in crops for several in group for crop in several]) if any(crops) else ())
    return [
        {fill.name: [next(said) for _ in several] for fill, several in zip(group, those, strict=True)}
        for group, those in zip(fills, crops, strict=True)
    ]
