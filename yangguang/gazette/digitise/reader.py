"""Reads a page image with RapidOCR, offline: the models are inside its package."""

import logging
import warnings
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from yangguang.gazette.digitise.clean import upright, without_stamps
from yangguang.gazette.digitise.page import ReadPage
from yangguang.gazette.digitise.tables import ruled_tables, without_rules
from yangguang.rules.page_layout import Box, ReadLine, RuledTable, arrange

Image = NDArray[np.uint8]

DOUBTFUL = 0.75
"""Characters read with less confidence than this are marked."""
QUALITY = 85
"""JPEG quality of the kept page image."""


class Reader:
    """Holds the models: about 900 MB while it lives, so it has a process of its own (`worker`)."""

    def __init__(self, threads: int = 2) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from rapidocr import RapidOCR

            self._engine = RapidOCR(
                params={
                    "Global.log_level": "error",
                    "Global.use_cls": False,
                    "Global.max_side_len": 3600,
                    "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                }
            )
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)

    def read(self, image: Image) -> ReadPage:
        """Read a page in colour (BGR). The page kept is the upright one, so that boxes fit it."""
        page = upright(image)
        gray = without_stamps(page)
        tables = ruled_tables(gray)
        lines = self._lines(without_rules(gray, tables), tables)
        ordered, text = arrange(lines, tables, page.shape[0])
        kept = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
        return ReadPage(kept, page.shape[1], page.shape[0], ordered, text)

    def _lines(self, gray: Image, tables: list[RuledTable]) -> list[ReadLine]:
        result: Any = self._engine(
            cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR), return_word_box=True, return_single_char_box=True
        )
        if result.txts is None:
            return []
        found: list[ReadLine] = []
        for index, (text, score, corners) in enumerate(
            zip(result.txts, result.scores, result.boxes, strict=True)
        ):
            letters = result.word_results[index] if index < len(result.word_results) else ()
            found += _split(text, float(score), _box(corners), letters, tables)
        return found


def _split(text: str, score: float, box: Box, letters: Any, tables: list[RuledTable]) -> list[ReadLine]:
    """One line, or several where it runs over a table's rules."""
    if "".join(letter[0] for letter in letters) != text.replace(" ", ""):
        return [ReadLine(text, box, score)]
    read = [(letter[0], float(letter[1]), _box(letter[2])) for letter in letters]
    parts: dict[object, list[tuple[str, float, Box]]] = {}
    for letter in read:
        parts.setdefault(_cell_of(letter[2], tables), []).append(letter)
    if len(parts) == 1:
        return [ReadLine(text, box, score, _doubts(text, read))]
    return [
        ReadLine(
            "".join(one[0] for one in part),
            Box(part[0][2].left, box.top, part[-1][2].right, box.bottom),
            sum(one[1] for one in part) / len(part),
            _doubts("".join(one[0] for one in part), part),
        )
        for part in parts.values()
    ]


def _cell_of(box: Box, tables: list[RuledTable]) -> object:
    return next(
        (
            (id(table), cell.row, cell.column)
            for table in tables
            for cell in table.cells
            if cell.box.holds(box)
        ),
        None,
    )


def _doubts(text: str, letters: list[tuple[str, float, Box]]) -> tuple[tuple[int, int], ...]:
    """The places of doubtful letters in a text that may hold spaces between them; neighbours make one."""
    found: list[tuple[int, int]] = []
    at = 0
    for letter, score, _ in letters:
        at = text.index(letter, at)
        end = at + len(letter)
        if score < DOUBTFUL:
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], end)
            else:
                found.append((at, end))
        at = end
    return tuple(found)


def _box(corners: Any) -> Box:
    points = np.asarray(corners, dtype=float)
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))
