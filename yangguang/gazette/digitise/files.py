"""Scanned files: which there are, how many pages each has, and a page's pixels. Broken ones get a sentence."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence

KINDS = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}
DPI = 200
MOST_PIXELS = 120_000_000
"""A page of A3 at 600 dpi has 70 million."""
LONGEST_SIDE = 3600
SHORTEST_SIDE = 1400
MOST_PAGES = 5000
_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)\D{1,6}?(\d{1,3})(?!\d)")


class Unreadable(Exception):
    """A file or a page cannot be read. The text says which, why, and what to do."""


@dataclass(frozen=True)
class Source:
    """An issue's files in reading order. Year and number are None where no name tells them."""

    year: int | None
    number: int | None
    files: tuple[Path, ...]


def sources(folder: Path) -> list[Source]:
    """The issues in a folder.

    Subfolders and PDF files whose names tell a year and a number (2003-05, 2003年第5期.pdf) are an issue
    each; otherwise all files of the folder are one.
    """
    here = [path for path in _sorted(folder) if path.is_file() and path.suffix.lower() in KINDS]
    named = [path for path in here if path.suffix.lower() == ".pdf" and _NAMED.search(path.stem)]
    found = [_named(path.stem, (path,)) for path in named]
    left = tuple(path for path in here if path not in named)
    for path in _sorted(folder):
        if path.is_dir() and not path.name.startswith("."):
            files = tuple(one for one in _sorted(path) if one.is_file() and one.suffix.lower() in KINDS)
            if files:
                found.append(_named(path.name, files))
    if left:
        found.append(_named(folder.resolve().name, left))
    return found


def _named(name: str, files: tuple[Path, ...]) -> Source:
    told = _NAMED.search(name)
    return Source(int(told[1]), int(told[2]), files) if told else Source(None, None, files)


def _sorted(folder: Path) -> list[Path]:
    """By name, numbers within names by their value: 2.png before 10.png."""
    return sorted(
        folder.iterdir(),
        key=lambda path: [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", path.name)],
    )


def count_pages(path: Path) -> int:
    """How many pages a file has. Raises Unreadable."""
    if path.suffix.lower() != ".pdf":
        with _image(path) as image:
            return int(getattr(image, "n_frames", 1))
    document = _pdf(path)
    try:
        count = len(document)
    finally:
        document.close()
    if not 1 <= count <= MOST_PAGES:
        raise Unreadable(f"{path.name} 有 {count} 页：应当有 1 至 {MOST_PAGES} 页，请检查文件或者分册扫描")
    return count


def page_pixels(path: Path, index: int) -> NDArray[np.uint8]:
    """A page (from 0) as BGR pixels, brought to a size that is read well. Raises Unreadable."""
    pixels = _of_pdf(path, index) if path.suffix.lower() == ".pdf" else _of_image(path, index)
    longest = max(pixels.shape[:2])
    scale = LONGEST_SIDE / longest if longest > LONGEST_SIDE else max(1.0, SHORTEST_SIDE / longest)
    if scale == 1.0:
        return pixels
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized: NDArray[Any] = cv2.resize(pixels, None, fx=min(scale, 2.5), fy=min(scale, 2.5), interpolation=way)
    return sized


def _pdf(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        if "assword" in str(problem) or "ecurity" in str(problem):
            raise Unreadable(f"{path.name} 有密码：请去掉密码另存后再试") from problem
        raise Unreadable(f"{path.name} 不是完好的 PDF：请重新扫描或者另存后再试") from problem
    except OSError as problem:
        raise Unreadable(
            f"{path.name} 打不开（{problem.strerror or '没有这个文件'}）：请检查文件后再试"
        ) from problem


def _of_pdf(path: Path, index: int) -> NDArray[np.uint8]:
    document = _pdf(path)
    try:
        page = document[index]
        width, height = (side * DPI / 72 for side in page.get_size())
        if width * height > MOST_PIXELS:
            raise Unreadable(
                f"{path.name} 第 {index + 1} 页太大（{width:.0f}×{height:.0f} 像素，上限 {MOST_PIXELS // 10**6} 百万）："
                "请按实际纸张尺寸另存后再试"
            )
        image = page.render(scale=DPI / 72).to_numpy()
    except pypdfium2.PdfiumError as problem:
        raise Unreadable(f"{path.name} 第 {index + 1} 页打不开：请重新扫描这一页") from problem
    finally:
        document.close()
    if image.ndim == 2 or image.shape[2] == 1:
        return cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    return np.ascontiguousarray(image[:, :, :3])


def _image(path: Path) -> Image.Image:
    # Pillow's own guard against huge images only warns at first; ours is asked before any pixel is read.
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(path)
    except (OSError, ValueError, SyntaxError) as problem:
        raise Unreadable(f"{path.name} 不是完好的图像：请重新扫描后再试") from problem
    if image.width * image.height > MOST_PIXELS:
        size = f"{image.width}×{image.height}"
        image.close()
        raise Unreadable(
            f"{path.name} 太大（{size} 像素，上限 {MOST_PIXELS // 10**6} 百万）：请按 300 dpi 重新扫描或者缩小后再试"
        )
    return image


def _of_image(path: Path, index: int) -> NDArray[np.uint8]:
    with _image(path) as image:
        try:
            frame = next(one for number, one in enumerate(ImageSequence.Iterator(image)) if number == index)
            colours = ImageOps.exif_transpose(frame).convert("RGB")
        except (OSError, ValueError, SyntaxError, StopIteration) as problem:
            raise Unreadable(f"{path.name} 第 {index + 1} 页读不全：请重新扫描这一页") from problem
    return np.ascontiguousarray(np.asarray(colours)[:, :, ::-1])
