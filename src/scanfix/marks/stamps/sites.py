"""Where stamps must lie: fragments vote for the place of their wording.

A generalised Hough transform over recognised text, after Roy, Pal and Lladós, Document seal detection using GHT and
character proximity graphs, Pattern Recognition 44 (2011): each fragment says where its stamp's first line must begin,
and fragments of different lines that say the same are a stamp.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from scanfix.marks.stamps.fragments import Fragment
from scanfix.marks.stamps.patches import turned_by
from scanfix.marks.stamps.printed import Printed
from scanfix.model.geometry import Box, Point

# Capitals of stamps, pixels at 300 dpi: 0.055 inch is 16, 0.15 is 45; readings blur a fragment's width by a letter.
_LOWEST_PX, _HIGHEST_PX = 11.0, 62.0
# Fragments agree when one lies where the other expects it: across in capitals, and that share of the distance more;
# down in steps of the stamp's lines, of which the last of the reviewer's stamp is half as high again.
_ACROSS, _ACROSS_SHARE = 2.0, 0.15
_DOWN, _DOWN_SHARE = 0.55, 0.3
_TURN_DEG = 9.0
# What makes a stamp likely enough to be looked at: letters of several lines, or nearly all of a wording's.
_LEAST_LETTERS, _LEAST_SHARE = 13, 0.62
_LEAST_LETTERS_ALONE = 8
# One line alone of several is looked at where it has that share of the wording's letters.
_LEAST_PART = 0.3
# Words of a sentence make most of a line that is not a stamp's.
_LEAST_STANDING = 0.6
_MOST_SITES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where a stamp may lie.

    ``origin`` is where its first line begins, seen level (`patches.turned_by` of ``angle_deg``), in pixels;
    ``capital_px`` the height of its capitals; ``letters`` how many of its printed letters were read.
    """

    printed: Printed
    origin: Point
    capital_px: float
    angle_deg: float
    fragments: tuple[Fragment, ...]
    letters: int

    @property
    def step_px(self) -> float:
        """The distance of its lines."""
        return self.printed.family.press.leading * self.capital_px

    @property
    def level_box(self) -> Box:
        """Where it lies, seen level."""
        x, y = self.origin
        width = max(line.left + line.width for line in self.printed.lines) * self.capital_px
        return Box.of(
            (x, y - self.capital_px, x + width, y + (len(self.printed.lines) - 1) * self.step_px + self.capital_px)
        )

    @property
    def corners(self) -> tuple[Point, ...]:
        """The corners of its place in the frame."""
        return turned_by(self.angle_deg).inverse().quad(self.level_box).corners

    @property
    def box(self) -> Box:
        """The upright box around its place in the frame."""
        xs, ys = zip(*self.corners, strict=True)
        return Box.of((min(xs), min(ys), max(xs), max(ys)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Sites of rival wordings at one place, the likeliest first."""

    sites: tuple[Site, ...]


def places_of(fragments: Iterable[Fragment]) -> tuple[Place, ...]:
    """Find the places on which fragments agree, the likeliest first."""
    by_wording: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        if _LOWEST_PX <= fragment.capital_px <= _HIGHEST_PX:
            by_wording.setdefault(id(fragment.printed), []).append(fragment)
    sites = [site for group in by_wording.values() for site in _sites(group) if _is_likely(site)]
    sites.sort(key=_rank, reverse=True)
    places: list[list[Site]] = []
    for site in sites:
        home = next((place for place in places if _is_there(site, place[0])), None)
        if home is not None:
            home.append(site)
        elif len(places) < _MOST_SITES:
            places.append([site])
    return tuple(Place(sites=tuple(place)) for place in places)


def _rank(site: Site) -> tuple[float, float]:
    """Order sites: more letters first, then the wording of which less is missing."""
    return site.letters, site.letters / site.printed.letters


def _sites(fragments: Sequence[Fragment]) -> list[Site]:
    """Group the fragments of one wording into stamps that they agree on."""
    left = sorted(fragments, key=lambda one: (-one.letters, -one.share))
    sites = []
    while left:
        group = _agreeing(left[0], left)
        sites.append(_site(group))
        left = [one for one in left if one not in group and not _covers(group, one)]
    return sites


def _agreeing(seed: Fragment, others: Sequence[Fragment]) -> list[Fragment]:
    """Choose the fragments that lie where the seed expects them, one a printed run."""
    chosen = [seed]
    for one in others:
        is_new = all(one.line is not other.line or abs(one.start - other.start) > 1 for other in chosen)
        if is_new and _agree(seed, one):
            chosen.append(one)
    return chosen


def _agree(seed: Fragment, one: Fragment) -> bool:
    """Tell whether a fragment lies where another one expects it."""
    apart = (one.angle_deg - seed.angle_deg + 180) % 360 - 180
    if abs(apart) > _TURN_DEG:
        return False
    height = seed.capital_px
    x, y = _centre(seed, seed.angle_deg)
    u, v = _centre(one, seed.angle_deg)
    across = (_middle(one) - _middle(seed)) * height
    lines = one.line.number - seed.line.number
    step = seed.printed.family.press.leading * height
    return (
        abs(u - x - across) <= _ACROSS * height + _ACROSS_SHARE * abs(across)
        and abs(v - y - lines * step) <= (_DOWN + _DOWN_SHARE * abs(lines)) * step
    )


def _centre(fragment: Fragment, angle_deg: float) -> Point:
    """Return the middle of a fragment, seen level."""
    return turned_by(angle_deg).point(*fragment.to_frame.point(*fragment.box.centre))


def _middle(fragment: Fragment) -> float:
    """Return the middle of a fragment from the stamp's left, in capitals."""
    return fragment.line.left + (fragment.start + fragment.end) / 2


def _covers(group: Sequence[Fragment], one: Fragment) -> bool:
    """Tell whether the reading of a fragment is used already."""
    return any(one.to_frame == other.to_frame and one.box.share_inside(other.box) > 0.5 for other in group)


def _site(group: Sequence[Fragment]) -> Site:
    """Fit a stamp's place to the fragments that agree on it."""
    seed = group[0]
    angle = max(group, key=lambda one: (one.angle_deg != 0.0, one.letters)).angle_deg
    weighty = [one for one in group if 2 * one.letters >= seed.letters]
    height = float(median(one.capital_px for one in weighty))
    step = seed.printed.family.press.leading * height
    centres = [_centre(one, angle) for one in weighty]
    x = median(centre[0] - _middle(one) * height for centre, one in zip(centres, weighty, strict=True))
    y = median(centre[1] - one.line.number * step for centre, one in zip(centres, weighty, strict=True))
    return Site(
        printed=seed.printed,
        origin=(float(x), float(y)),
        capital_px=height,
        angle_deg=angle,
        fragments=tuple(group),
        letters=sum(one.letters for one in group),
    )


def _is_likely(site: Site) -> bool:
    """Tell whether a stamp there is worth a look."""
    lines = {one.line.number for one in site.fragments}
    standing = max(one.share for one in site.fragments)
    is_whole = site.letters >= _LEAST_SHARE * site.printed.letters and standing >= _LEAST_STANDING
    askew = any(one.angle_deg != 0.0 for one in site.fragments)
    is_part = site.letters >= _LEAST_PART * site.printed.letters and standing >= _LEAST_STANDING
    is_long = site.letters >= _LEAST_LETTERS and (len(lines) > 1 or is_part)
    return is_long or is_whole or (askew and site.letters >= _LEAST_LETTERS_ALONE and standing >= _LEAST_STANDING)


def _is_there(site: Site, other: Site) -> bool:
    """Tell whether two sites are rivals for one place: the fragments of one lie in the other."""
    return (
        any(
            one.to_frame == two.to_frame
            and (one.box.share_inside(two.box) > 0.5 or two.box.share_inside(one.box) > 0.5)
            for one in site.fragments
            for two in other.fragments
        )
        or site.box.iou(other.box) > 0.5
    )
