"""Small page images with Chinese on them, and PDF files made of them."""

from pathlib import Path

import mplfonts
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = Path(mplfonts.__file__).parent / "fonts" / "NotoSerifCJKsc-Regular.otf"


def draw_page(*lines: str, size: tuple[int, int] = (1000, 320)) -> Image.Image:
    image = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), 40)
    for number, line in enumerate(lines):
        pen.text((60, 40 + 70 * number), line, font=font, fill="black")
    return image


def draw_table(rows: int, columns: int, *, skip: tuple[tuple[int, int], ...] = ()) -> np.ndarray:
    """A ruled grid without letters, in grey; `skip` leaves out the rule under these (row, column) places."""
    image = Image.new("L", (1200, 160 + rows * 60), "white")
    pen = ImageDraw.Draw(image)
    for column in range(columns + 1):
        pen.line([(100 + column * 250, 80), (100 + column * 250, 80 + rows * 60)], fill=0, width=2)
    for row in range(rows + 1):
        for column in range(columns):
            if (row - 1, column) not in skip:
                ends = [(100 + column * 250, 80 + row * 60), (350 + column * 250, 80 + row * 60)]
                pen.line(ends, fill=0, width=2)
    return np.asarray(image)
