"""Make a scanned page easy to read: upright, stamps out of the text, rules found. Works on pixels."""

from typing import cast

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Image = NDArray[np.uint8]

PAGE_WIDTH_MM = 210
SMALLEST_STAMP_MM = 22
MOST_SKEW = 5.0
"""Degrees. A page turned further was scanned wrongly."""


def upright(image: Image) -> Image:
    """The page turned so that its lines are level; left alone below a twentieth of a degree."""
    angle = skew(image)
    if abs(angle) < 0.05:
        return image
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    paper = tuple(float(value) for value in np.median(image.reshape(-1, image.shape[2]), axis=0))
    turned = cv2.warpAffine(
        image, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
    )
    return cast(Image, turned)


def skew(image: Image) -> float:
    """By how many degrees the page must be turned to be level: where rows of ink are sharpest apart."""
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, 1200 / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1] > 0
    if not 0.001 < ink.mean() < 0.5:
        return 0.0
    ys, xs = np.nonzero(ink)
    middle = ink.shape[1] / 2

    def sharpness(angle: float) -> float:
        """Of the rows' ink, each pixel shared between the two rows that it falls between."""
        at = (ys - (xs - middle) * np.tan(np.radians(angle)) + 0.2 * len(ink)).clip(0)
        row = np.floor(at).astype(int)
        share = at - row
        size = int(row.max()) + 3
        rows = np.bincount(row, 1 - share, size) + np.bincount(row + 1, share, size)
        return float(np.square(np.diff(np.convolve(rows, [0.25, 0.5, 0.25], "same"))).sum())

    coarse = max(np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.25), key=sharpness)
    fine = max(np.arange(coarse - 0.25, coarse + 0.26, 0.05), key=sharpness)
    # Only a clear gain counts: a page of pictures has no direction.
    return float(fine) if sharpness(fine) > 1.05 * sharpness(0.0) else 0.0


def without_stamps(image: Image) -> Image:
    """The page in grey with red stamps taken out; red letters (红头) stay."""
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    blue, green, red = (image[:, :, channel].astype(np.int16) for channel in range(3))
    is_red = ((red - np.maximum(blue, green)) > 35).astype(np.uint8)
    if is_red.mean() < 0.0005:
        return cast(Image, gray)
    per_mm = image.shape[1] / PAGE_WIDTH_MM
    reach = max(3, round(2.5 * per_mm))
    closed = cv2.morphologyEx(is_red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    for number in range(1, count):
        left, top, width, height = stats[number][:4]
        if min(width, height) < SMALLEST_STAMP_MM * per_mm or not 0.6 < width / height < 1.7:
            continue
        area = (slice(top, top + height), slice(left, left + width))
        gray[area] = _through_red(red[area], is_red[area], gray[area])
    return cast(Image, gray)


def _through_red(red: NDArray[np.int16], is_red: Image, gray: MatLike) -> Image:
    """What a red filter shows: the stamp as light as paper, black ink under it as dark as before."""
    stamp = float(np.percentile(red[is_red > 0], 25))
    near = cv2.dilate(is_red, np.ones((5, 5), np.uint8)) > 0
    lifted = np.clip((red - 30) * (255 / max(stamp - 40, 60)), 0, 255).astype(np.uint8)
    return np.where(near, lifted, gray)
