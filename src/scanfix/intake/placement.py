"""What a PDF page draws: whether it is one scan and nothing else, and how the scan lies on the page.

The content stream is walked as a viewer would (PDF 32000-1:2008, 8 and 9), with only as much graphics state as the
question needs. Whatever is not understood counts as drawn: then poppler draws the page, which is never wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Matrix

# Pages that call more forms, or nest them deeper, are drawings (or bombs).
_MAX_FORMS = 200
_MAX_DEPTH = 12
_INVISIBLE_TEXT = 3
# Points by which a clip may cut into an image and still be taken for its edge: 1 pt is 4 px at 300 dpi.
_CLIP_SLACK_PT = 1.0

Operands = tuple[pikepdf.Object, ...]
Edges = tuple[float, float, float, float]
_EVERYWHERE: Edges = (-1e9, -1e9, 1e9, 1e9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An image and where it lies: ``matrix`` takes the unit square to points of the page, y upwards.

    ``image`` is ``None`` for an inline image; ``is_opaque`` tells whether it hides everything below it, ``under``
    whether something visible lies below it.
    """

    image: pikepdf.Object | None
    matrix: Matrix
    is_opaque: bool
    clip: Edges
    under: bool

    @property
    def edges(self) -> Edges:
        """The upright rectangle around the image: left, bottom, right, top."""
        return _around(self.matrix, (0.0, 0.0, 1.0, 1.0))

    @property
    def is_clipped(self) -> bool:
        """Tell whether the clip cuts a part of the image off."""
        left, bottom, right, top = self.edges
        slack = _CLIP_SLACK_PT
        return not (
            self.clip[0] <= left + slack
            and self.clip[1] <= bottom + slack
            and self.clip[2] >= right - slack
            and self.clip[3] >= top - slack
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All images of a page in drawing order, and whether anything visible was drawn after the last of them."""

    images: tuple[Placed, ...]
    is_bare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Graphics state, as far as it matters."""

    matrix: Matrix
    clip: Edges = _EVERYWHERE
    text_mode: int = 0
    is_opaque: bool = True
    fill_is_black: bool = True


@dataclass(slots=True)
class _Walk:
    """A walk through the content of one page.

    ``is_bare``: nothing visible since the last opaque image; ``is_clear``: everything was understood.
    """

    state: _State
    resources: pikepdf.Object
    images: list[Placed] = field(default_factory=list)
    is_bare: bool = True
    is_clear: bool = True
    stack: list[_State] = field(default_factory=list)
    path: list[Edges | None] = field(default_factory=list)
    is_clipping: bool = False
    forms: int = 0
    depth: int = 0


def look(page: pikepdf.Page) -> Drawing:
    """Walk through the content of a page.

    Raises
    ------
    pikepdf.PdfError
        The content cannot be parsed.
    """
    walk = _Walk(state=_State(matrix=Matrix()), resources=page.resources)
    _follow(walk, pikepdf.parse_content_stream(page))
    is_bare = walk.is_bare and walk.is_clear and not any(map(_is_visible, _annotations(page)))
    return Drawing(images=tuple(walk.images), is_bare=is_bare)


def _follow(
    walk: _Walk, content: Sequence[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]
) -> None:
    """Do what each instruction says."""
    for instruction in content:
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            _place(walk, None, is_opaque=False)
            continue
        act = _ACTS.get(str(instruction.operator))
        if act is not None:
            try:
                act(walk, tuple(instruction.operands))
            except (TypeError, ValueError, IndexError, KeyError, AttributeError):
                # Operands that are not what the operator wants: not understood.
                walk.is_clear = False


def _save(walk: _Walk, _: Operands) -> None:
    """``q``."""
    walk.stack.append(walk.state)


def _restore(walk: _Walk, _: Operands) -> None:
    """``Q``; one too many is common and does nothing."""
    if walk.stack:
        walk.state = walk.stack.pop()


def _concatenate(walk: _Walk, operands: Operands) -> None:
    """``cm``."""
    walk.state = replace(walk.state, matrix=_matrix(operands) @ walk.state.matrix)


def _set_text_mode(walk: _Walk, operands: Operands) -> None:
    """``Tr``."""
    walk.state = replace(walk.state, text_mode=int(operands[0]))


def _show_text(walk: _Walk, _: Operands) -> None:
    """``Tj`` and its sisters; OCR text under or over a scan is drawn invisibly."""
    if walk.state.text_mode != _INVISIBLE_TEXT:
        walk.is_bare = False


def _paint(walk: _Walk, operands: Operands) -> None:
    """Any operator that paints a path or a shading."""
    walk.is_bare = False
    _end_path(walk, operands)


def _add_rectangle(walk: _Walk, operands: Operands) -> None:
    """``re``."""
    left, bottom, width, height = (float(value) for value in operands)
    corners = (left, bottom, left + width, bottom + height)
    walk.path.append(_around(walk.state.matrix, corners) if _is_level(walk.state.matrix) else None)


def _add_curve(walk: _Walk, _: Operands) -> None:
    """Any operator that makes a path no rectangle."""
    walk.path.append(None)


def _clip(walk: _Walk, _: Operands) -> None:
    """``W``: the path becomes a clip when it ends."""
    walk.is_clipping = True


def _end_path(walk: _Walk, _: Operands) -> None:
    """``n``, and what painting does too."""
    if walk.is_clipping and walk.path:
        only = walk.path[0] if len(walk.path) == 1 else None
        # A clip that is no rectangle may hide anything.
        clip = (0.0, 0.0, 0.0, 0.0) if only is None else _common(walk.state.clip, only)
        walk.state = replace(walk.state, clip=clip)
    walk.is_clipping = False
    walk.path.clear()


def _set_fill(walk: _Walk, operands: Operands) -> None:
    """``g``, ``rg``, ``sc``, ``scn``: black in the common colour spaces is all zeros."""
    walk.state = replace(walk.state, fill_is_black=all(float(value) == 0 for value in operands))


def _set_fill_cmyk(walk: _Walk, operands: Operands) -> None:
    """``k``."""
    walk.state = replace(walk.state, fill_is_black=[float(value) for value in operands] == [0, 0, 0, 1])


def _set_graphics_state(walk: _Walk, operands: Operands) -> None:
    """``gs``: transparency, soft masks and blend modes make an image a part of something else."""
    state = walk.resources.ExtGState[str(operands[0])]
    is_opaque = (
        float(state.get("/ca", 1)) == 1
        and str(state.get("/BM", "/Normal")) in {"/Normal", "/Compatible"}
        and str(state.get("/SMask", "/None")) == "/None"
    )
    walk.state = replace(walk.state, is_opaque=walk.state.is_opaque and is_opaque)


def _begin_marked(walk: _Walk, operands: Operands) -> None:
    """``BDC``: optional content may be switched off, so a viewer must judge."""
    if str(operands[0]) == "/OC":
        walk.is_clear = False


def _do(walk: _Walk, operands: Operands) -> None:
    """``Do``: an image, or a form with a content of its own."""
    thing = walk.resources.XObject[str(operands[0])]
    if "/OC" in thing:
        walk.is_clear = False
    if thing.Subtype == pikepdf.Name.Image:
        _place(walk, thing, is_opaque=walk.state.is_opaque and _hides_all(walk, thing))
    elif thing.Subtype == pikepdf.Name.Form:
        _enter(walk, thing)


def _enter(walk: _Walk, form: pikepdf.Object) -> None:
    """Walk through a form; its state ends with it."""
    walk.forms += 1
    if walk.depth >= _MAX_DEPTH or walk.forms > _MAX_FORMS:
        walk.is_clear = False
        return
    outer = (walk.state, walk.resources, walk.stack)
    matrix = _matrix(tuple(form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))) @ walk.state.matrix
    left, bottom, right, top = (float(value) for value in form.BBox)
    clip = _common(walk.state.clip, _around(matrix, (left, bottom, right, top)))
    walk.state = replace(walk.state, matrix=matrix, clip=clip)
    walk.resources, walk.stack, walk.depth = form.get("/Resources", walk.resources), [], walk.depth + 1
    try:
        _follow(walk, pikepdf.parse_content_stream(form))
    finally:
        walk.state, walk.resources, walk.stack = outer
        walk.depth -= 1


def _place(walk: _Walk, image: pikepdf.Object | None, *, is_opaque: bool) -> None:
    """Note an image; what an opaque one covers cannot be seen any more, and the reader asks how much it covers."""
    walk.images.append(
        Placed(
            image=image,
            matrix=walk.state.matrix,
            is_opaque=is_opaque,
            clip=walk.state.clip,
            under=bool(walk.images) or not walk.is_bare,
        )
    )
    if is_opaque:
        walk.is_bare = True


def _hides_all(walk: _Walk, image: pikepdf.Object) -> bool:
    """Tell whether an image has no transparent place; a stencil counts where it is black and nothing lies below."""
    if bool(image.get("/ImageMask", False)):
        return walk.state.fill_is_black and walk.is_bare and not walk.images
    return "/SMask" not in image and "/Mask" not in image and int(image.get("/SMaskInData", 0)) == 0


def _annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    """List the annotations of a page."""
    annotations = page.obj.get("/Annots")
    return list(annotations) if isinstance(annotations, pikepdf.Array) else []


def _is_visible(annotation: pikepdf.Object) -> bool:
    """Tell whether an annotation draws something: links and pop-ups do not, hidden ones (flags 2 and 32) neither."""
    if not isinstance(annotation, pikepdf.Dictionary) or "/AP" not in annotation:
        return False
    is_hidden = bool(int(annotation.get("/F", 0)) & (2 | 32))
    return not is_hidden and str(annotation.get("/Subtype")) not in {"/Link", "/Popup"}


def _matrix(operands: Operands) -> Matrix:
    """Make a matrix of six numbers."""
    a, b, c, d, e, f = (float(value) for value in operands)
    return Matrix(a, b, c, d, e, f)


def _is_level(matrix: Matrix) -> bool:
    """Tell whether a rectangle stays an upright rectangle."""
    return (matrix.b == 0 and matrix.c == 0) or (matrix.a == 0 and matrix.d == 0)


def _around(matrix: Matrix, edges: Edges) -> Edges:
    """Return the upright rectangle around a mapped rectangle."""
    left, bottom, right, top = edges
    points = [matrix.transform((x, y)) for x in (left, right) for y in (bottom, top)]
    xs, ys = [float(x) for x, _ in points], [float(y) for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _common(one: Edges, other: Edges) -> Edges:
    """Return what two rectangles share."""
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


_ACTS: Mapping[str, Callable[[_Walk, Operands], None]] = {
    "q": _save,
    "Q": _restore,
    "cm": _concatenate,
    "gs": _set_graphics_state,
    "Do": _do,
    "BDC": _begin_marked,
    "Tr": _set_text_mode,
    **dict.fromkeys(("Tj", "TJ", "'", '"'), _show_text),
    "re": _add_rectangle,
    **dict.fromkeys(("m", "l", "c", "v", "y"), _add_curve),
    "n": _end_path,
    **dict.fromkeys(("W", "W*"), _clip),
    **dict.fromkeys(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"), _paint),
    **dict.fromkeys(("g", "rg", "sc", "scn"), _set_fill),
    "k": _set_fill_cmyk,
}
