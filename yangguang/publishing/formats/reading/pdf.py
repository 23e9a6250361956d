"""PDF files with a text layer: columns, paragraphs joined again, ruled tables, footnotes."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from itertools import pairwise
from typing import Any

from yangguang.publishing.formats.reading.found import Pieces
from yangguang.publishing.formats.reading.pdf_lines import (
    Line,
    cell_lines,
    column_edges,
    is_page_number,
    joined,
    lines_of,
    notes_among,
)
from yangguang.rules.official_text.tables import Cell, write_table
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.ruling import grid

MOST_PAGES = 1000


def read_pdf(data: bytes) -> Pieces:
    """Read the pages in order; a scanned file has no text layer and is refused."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    # pdfminer logs a warning for every odd font; a user can do nothing about them.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise Unreadable(
                    f"共 {len(document.pages)} 页，超过 {MOST_PAGES} 页；请拆成几份，或作为附件发布"
                )
            return _Pages().read(document.pages)
    except Unreadable:
        raise
    except RecursionError:
        raise
    except Exception as error:
        # pdfminer lets any error of a malformed file through (struct, index, assertion).
        if isinstance(error, PDFPasswordIncorrect) or (
            isinstance(error, PdfminerException) and isinstance(error.args[0], PDFPasswordIncorrect)
        ):
            raise Unreadable("PDF 已加密；请去掉密码后重新导出") from error
        raise Unreadable("PDF 结构已损坏；请重新导出为 PDF") from error


class _Pages:
    def __init__(self) -> None:
        self._pieces = Pieces()
        self._lines: list[Line | str] = []
        self._signs = 0

    def read(self, pages: list[Any]) -> Pieces:
        for page in pages:
            self._page(page)
            page.close()
        if self._signs < 10:
            raise Unreadable("PDF 没有文字层（多半是扫描件）；请先做文字识别（OCR），或改用 Word 原稿")
        self._drop_running_lines(len(pages))
        self._pieces.blocks = joined(self._lines)
        return self._pieces

    def _page(self, page: Any) -> None:
        place = f"第{page.page_number}页"
        self._signs += len(page.chars)
        if page.images:
            self._pieces.notice("图片", f"本页有 {len(page.images)} 幅图片没有带入：请作为附件上传", place)
        page = page.dedupe_chars()
        tables = sorted(
            (table for table in page.find_tables() if len(table.cells) > 1), key=lambda table: table.bbox[1]
        )
        boxes = [table.bbox for table in tables]
        found: list[tuple[float, Line | str]] = []
        edges = column_edges(page, boxes)
        if len(edges) > 2:
            self._pieces.notice("分栏", f"本页按 {len(edges) - 1} 栏读取：请核对先后", place)
        for column, (left, right) in enumerate(pairwise(edges)):
            lines, notes = notes_among(lines_of(page, boxes, left, right))
            for note in notes:
                self._pieces.footnotes.append(f"[^{page.page_number}-{note[0]}]: {note[1]}")
            for line in lines:
                text = _signed(line, page.page_number, {note[0] for note in notes})
                found.append((column * 100_000 + line.top, line.saying(text)))
        found += [(table.bbox[1], self._table(page, table, place)) for table in tables]
        self._lines.extend(line for _, line in sorted(found, key=lambda pair: pair[0]))

    def _table(self, page: Any, table: Any, place: str) -> str:
        ruled = grid(table.cells)
        rows: list[list[tuple[int, Cell]]] = [[] for _ in range(ruled.rows)]
        texts = cell_lines(page, table.cells)
        for one in ruled.boxes:
            cell = Cell(_unwrapped(texts[one.box]), one.rows, one.columns)
            rows[one.row].append((one.column, cell))
        return write_table([[cell for _, cell in sorted(row, key=lambda pair: pair[0])] for row in rows])

    def _drop_running_lines(self, pages: int) -> None:
        """A line that stands alike on most pages is a header or footer."""
        texts = Counter(line.text for line in self._lines if isinstance(line, Line) and line.at_edge)
        running = {text for text, count in texts.items() if count >= max(3, pages * 0.6)}
        for text in sorted(running):
            self._pieces.notice("页眉页脚", f"每页重复的“{text[:60]}”没有带入")
        self._lines = [
            line
            for line in self._lines
            if not isinstance(line, Line)
            or not ((line.at_edge and line.text in running) or is_page_number(line))
        ]


def _signed(line: Line, page: int, marks: set[str]) -> str:
    """The line with the raised figures that belong to the page's footnotes as signs `[^3-1]`."""
    return re.sub(
        r"\[\^([^\]]+)\]", lambda found: f"[^{page}-{found[1]}]" if found[1] in marks else found[1], line.text
    )


def _unwrapped(lines: list[str]) -> str:
    """The lines of a cell as one text: a cell's width cut them, not its writer."""
    text = "\n".join(lines)
    return re.sub(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])", "", text).replace("\n", " ")
