"""Typed pages for tests, drawn with Pillow's own face; a helper, not a test."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from scanfix.images import GrayImage

LINES = (
    "The delegation arrived on Tuesday and asked for a",
    "private meeting with the Deputy Minister. Nothing was",
    "said of the grain shipments, although both sides had",
    "prepared figures. Our source believes that a further",
    "meeting will be held before the harvest, and that the",
    "price will be the only question of importance to them.",
    "The Ministry of Transport has placed eleven trains at",
    "the disposal of the northern district since February.",
)


def page(
    lines: Sequence[str] = LINES, *, width: int = 1700, height: int = 1100, size: int = 44, top: int = 200
) -> GrayImage:
    """Draw lines of text, black on white, shape (height, width)."""
    sheet = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(sheet)
    face = ImageFont.load_default(size)
    for number, text in enumerate(lines):
        draw.text((200, top + number * size * 2), text, font=face, fill=0)
    return np.asarray(sheet, dtype=np.uint8).copy()


def turned(pixels: GrayImage, *, clockwise_deg: float) -> GrayImage:
    """Turn a page about its middle, with white corners."""
    sheet = Image.fromarray(pixels).rotate(-clockwise_deg, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(sheet, dtype=np.uint8).copy()
