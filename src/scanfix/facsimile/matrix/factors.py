"""The factors of the matrix and their levels, by the names that the manifest uses.

Notes
-----
After ``domain.md`` 3.4 and 3.5 of the design: A1 to A8 are shape, coverage, width, text, position, conflict, scan and
cause; B1 to B6 family and wording, rotation, ink, occlusion, fill and boxes; C cover and code.
"""

from collections.abc import Mapping

SCANS = (
    "bilevel-200",
    "bilevel-300",
    "bilevel-400",
    "grey",
    "colour",
    "jpeg-50",
    "fax",
    "skew-left-2",
    "skew-right-2",
    "skew-left-5",
    "skew-right-5",
    "faint",
    "bleed",
    "fold",
    "speckle",
    "film",
)
WIDTHS = ("0.3", "0.6", "1", "2")
# "two-first", "two-second" and "two-both": markings of two lines, by which of them is struck.
TEXTS = ("serif", "italic", "wide-sans", "typed", "spaced", "two-first", "two-second", "two-both", "handwritten")
POSITIONS = ("head", "foot", "cover", "body", "stamp", "margin")
CONFLICTS = ("none", "banner", "redaction", "hole", "hatch", "rule", "signature")
WORDINGS = ("SECRET", "TOP SECRET", "CONFIDENTIAL", "RESTRICTED", "NATO SECRET")

LEVEL_SHAPES = ("horizontal-middle", "horizontal-high", "horizontal-low")
SLANT_SHAPES = ("rising-15-25", "rising-25-45", "falling")
OTHER_SHAPES = ("double", "x", "scribble", "bar", "strip")
BODY_SHAPES = ("horizontal-middle", "rising-15-25", "falling", "double", "x", "scribble", "bar")
PARTIAL_SHAPES = ("horizontal-middle", "rising-15-25", "rising-25-45", "falling", "double", "x")
TYPED_SHAPES = ("overtyped", "slashed")
WHOLE = ("over", "exact")
PART = ("partial", "letters")
BODY_TEXTS = ("mixed-case", "typed")

# What looks like a strike, the positions it can stand in, stratum by stratum of what it imitates.
EVERYWHERE = POSITIONS
_EDGES = ("head", "foot")
LOOKALIKES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "horizontal": {
        "unstruck": EVERYWHERE,
        "underlined": EVERYWHERE,
        "overlined": EVERYWHERE,
        "boxed": EVERYWHERE,
        "ruled": EVERYWHERE,
        "dashes": EVERYWHERE,
        "mid-dots": EVERYWHERE,
        "hyphens": EVERYWHERE,
        "fold": ("head", "cover", "body"),
        "banner-edge": _EDGES,
        "redaction-edge": EVERYWHERE,
        "rule-edge": EVERYWHERE,
        "legend": ("stamp",),
        "routing-slip": ("stamp",),
        "received-stamp": ("stamp",),
        "library-stamp": ("stamp",),
    },
    "diagonal": {
        "unstruck": EVERYWHERE,
        "signature": EVERYWHERE,
        "signed-name": ("text",),
        "tick": EVERYWHERE,
        "initials": EVERYWHERE,
        "crease": ("head", "foot", "cover", "body"),
        "hatch": EVERYWHERE,
        "map": ("cover",),
        "bleed": ("head", "foot", "cover", "body"),
        "clip": EVERYWHERE,
    },
    "partial": {
        "unstruck": EVERYWHERE,
        "tick": EVERYWHERE,
        "initials": EVERYWHERE,
        "hole": EVERYWHERE,
        "staple": EVERYWHERE,
        "redaction-edge": EVERYWHERE,
        "hyphens": EVERYWHERE,
        "scratch": EVERYWHERE,
        "struck-number": ("stamp",),
        "bracket": EVERYWHERE,
    },
    "body": {
        "plain": ("text",),
        "underlined-words": ("text",),
        "doubled-words": ("text",),
        "spaced-words": ("text",),
        "spaced-underlined-words": ("text",),
        "hyphen-fillers": ("text",),
        "dashed-words": ("text",),
        "leaders": ("text",),
        "form-line": ("text",),
        "crossbars": ("text",),
        "rubbed-out": ("text",),
        "table-rule": ("table",),
        "footnote-rule": ("footnote",),
    },
}

ROTATIONS = ("0", "3", "-3", "6", "-6", "15", "-15", "90", "180")
INKS = ("crisp", "faint-rows", "broken", "flooded", "colour", "bilevel")
OCCLUSIONS = ("free", "over-text", "cut-by-edge", "under-redaction", "overlapping", "repeated")
FILLS = ("empty", "typed", "handwritten", "crossing", "struck")
BOXES = ("none", "one-cross", "one-tick", "one-blob", "two", "broken", "circled")
# What is no stamp and looks like one.
NO_STAMPS = ("letterhead", "seal", "signature", "map")
UNKNOWN = "unknown"

COVERS = ("outlined", "double", "black", "grey", "cut")
CODES = ("none", "inside", "margin")
COVERED = ("line", "word", "paragraph", "in-text")
UNCOVERED = ("table", "form", "map", "boxed-note", "hatch", "exempt-pages")
