"""What the archive prints over the scan of a page: redaction boxes with their codes, release banners."""

from collections.abc import Iterator
from dataclasses import replace

from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Edge, Redaction
from scanfix.facsimile.printed import hiding, overprint
from scanfix.facsimile.truth.record import Cover, Printed, PrintedBanner
from scanfix.facsimile.typed.typewriter import Typewriter
from scanfix.images import GrayImage
from scanfix.model.geometry import Box

_EDGES: tuple[Edge, ...] = ("head", "foot")


def overprint_page(pixels: GrayImage, printed: Printed, typewriter: Typewriter, look: Look) -> Printed:
    """Print redactions, then their codes, then banners on a scan (it is changed in place); return what was printed."""
    covers = [_cover(pixels, place, asked, look, is_placed=False) for place, asked in _withheld(printed, typewriter)]
    covers += [_cover(pixels, place, asked, look, is_placed=True) for place, asked in _placed(printed, look)]
    printed = hiding.hide(replace(printed, covers=tuple(cover for cover in covers if cover.box.area)))
    printed = replace(printed, covers=_beside(pixels, printed.covers, look))
    banner = printed.document.banner
    if banner is None:
        return printed
    banners = []
    for edge in _EDGES:
        words = overprint.print_banner(pixels, banner, edge, look=look)
        banners.append(PrintedBanner(banner=banner, edge=edge, box=words.box, strip=words.strip))
    return replace(printed, banners=tuple(banners))


def _withheld(printed: Printed, typewriter: Typewriter) -> Iterator[tuple[Box, Redaction]]:
    """Give the places of withheld words and of withheld fields of stamps, and how they are covered."""
    for block in printed.blocks:
        for row in block.rows:
            for stretch in row.stretches:
                if stretch.run.style == "withheld":
                    place = typewriter.cells(row.typed, start=stretch.start, end=stretch.end)
                    yield printed.to_page.quad(place).box, _asked(stretch.run.code)
    for stamp in printed.stamps:
        whole = printed.to_page.after(stamp.to_sheet)
        for box in stamp.hidden:
            yield whole.quad(box).box, _asked("")


def _asked(code: str) -> Redaction:
    """Ask for the box that words are withheld under; only its style and code count."""
    return Redaction(page=0, x_in=0.0, y_in=0.0, width_in=0.0, height_in=0.0, code=code)


def _placed(printed: Printed, look: Look) -> Iterator[tuple[Box, Redaction]]:
    """Give the boxes that the document places on the page or in its gaps: upright, however the sheet lies."""
    document = printed.document
    for asked in document.redactions:
        if asked.page == printed.page_id.number:
            yield _upright(printed, asked, asked.y_in, look.dpi), asked
    for gap in printed.gaps:
        if gap.gap.redaction is not None:
            top_in = document.sheet.top_in + gap.row * document.machine.row_in
            yield _upright(printed, gap.gap.redaction, top_in, look.dpi), gap.gap.redaction


def _upright(printed: Printed, asked: Redaction, top_in: float, dpi: int) -> Box:
    """Return the box on the scan whose middle lies where it was asked for on the sheet."""
    x, y = printed.to_page.point((asked.x_in + asked.width_in / 2) * dpi, (top_in + asked.height_in / 2) * dpi)
    across, down = asked.width_in * dpi / 2, asked.height_in * dpi / 2
    return Box(left=round(x - across), top=round(y - down), right=round(x + across), bottom=round(y + down))


def _cover(pixels: GrayImage, place: Box, asked: Redaction, look: Look, *, is_placed: bool) -> Cover:
    """Cover a place of the scan."""
    place = place.clip(width=pixels.shape[1], height=pixels.shape[0])
    inner = asked.code if asked.code_stands == "inside" else ""
    code_box = overprint.cover(pixels, place, code=inner, look=look, style=asked.style)
    return Cover(
        box=place,
        code=asked.code,
        code_box=code_box,
        style=asked.style,
        code_stands=asked.code_stands,
        is_placed=is_placed,
    )


def _beside(pixels: GrayImage, covers: tuple[Cover, ...], look: Look) -> tuple[Cover, ...]:
    """Print the codes that stand in the margin."""
    found: list[Cover] = []
    taken: list[Box] = []
    for cover in covers:
        if cover.code and cover.code_stands == "margin":
            words = overprint.print_code(pixels, cover.code, beside=cover.box, taken=taken, look=look)
            taken.append(words.strip)
            found.append(replace(cover, code_box=words.box, strip=words.strip))
        else:
            found.append(cover)
    return tuple(found)
