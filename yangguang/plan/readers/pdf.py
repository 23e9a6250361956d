"""PDF files with a text layer: ruled tables and lines of text, page by page."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from typing import Any

from yangguang.plan.readers.pdf_lines import is_page_number, paragraphs_of_page, text_lines
from yangguang.plan.readers.raw import RawCell, RawGrid, RawLine, RawParagraph, RawSource
from yangguang.rules.plan_table import Place, Unreadable
from yangguang.rules.ruling import Box, grid

MOST_PAGES = 500
_HANGING = "。，、；：！？）》”’.,;:!?)"


# Browsers write some characters to PDF as radicals; Unicode's NFKC leaves this block as it is.
_RADICALS = dict(
    zip(
        "⺁⺟⺠⺮⺼⻀⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂母民竹肉卝虎西见角贝车长镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


def read_pdf(data: bytes) -> RawSource:
    """Read the pages in order; a scanned file has no text layer and is refused."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    # pdfminer logs a warning for every odd font; a user can do nothing about them.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise Unreadable(f"共 {len(document.pages)} 页，超过 {MOST_PAGES} 页；请只保留方案本身")
            return _read(document.pages)
    except Unreadable:
        raise
    except Exception as error:
        # pdfminer lets any error of a malformed file through (struct, index, assertion, recursion).
        if isinstance(error, PDFPasswordIncorrect) or (
            isinstance(error, PdfminerException) and isinstance(error.args[0], PDFPasswordIncorrect)
        ):
            raise Unreadable("PDF 已加密；请去掉密码后重新导出") from error
        raise Unreadable("PDF 结构已损坏；请重新导出为 PDF") from error


def _read(pages: list[Any]) -> RawSource:
    source = RawSource()
    counter = _Counter()
    letters = 0
    for page in pages:
        letters += len(page.chars)
        source.blocks.extend(_page_blocks(page, counter))
        page.close()
    if letters < 10:
        raise Unreadable("PDF 没有文字层（多半是扫描件）；请先做文字识别（OCR），或改用 Word 原稿")
    return _joined_across_pages(source)


class _Counter:
    """Numbers lines and tables through the whole file."""

    def __init__(self) -> None:
        self.lines = 0
        self.tables = 0


def _page_blocks(page: Any, counter: _Counter) -> list[RawParagraph | RawGrid]:
    """Tables where they stand, and the text between them."""
    if _prints_twice(page):
        page = page.dedupe_chars()
    tables = [table for table in page.find_tables() if len(table.cells) > 1]
    tables.sort(key=lambda table: table.bbox[1])
    blocks: list[RawParagraph | RawGrid] = []
    lines = text_lines(page, [table.bbox for table in tables])
    for table in tables:
        above = [line for line in lines if line.bottom <= table.bbox[1] + 2]
        lines = [line for line in lines if line not in above]
        blocks.extend(paragraphs_of_page(above, page, counter))
        blocks.append(_grid(page, table, counter))
    blocks.extend(paragraphs_of_page(lines, page, counter))
    return blocks


def _prints_twice(page: Any) -> bool:
    """Whether some sign stands twice within a point, as drawn bold type does. Asking costs a tenth of mending."""
    for shift in (0.0, 0.5):
        places = {(char["text"], int(char["x0"] + shift), int(char["top"] + shift)) for char in page.chars}
        if len(places) < len(page.chars):
            return True
    return False


def _grid(page: Any, table: Any, counter: _Counter) -> RawGrid:
    counter.tables += 1
    ruled = grid(table.cells)
    places = [Place(row=row + 1, table=counter.tables, page=page.page_number) for row in range(ruled.rows)]
    texts = _texts_by_box(page, sorted(table.cells, key=lambda box: (box[1], box[0])))
    cells = []
    for one in ruled.boxes:
        lines = [RawLine(line, places[one.row]) for line in texts[one.box]]
        cells.append(RawCell(one.row, one.column, lines, one.rows, one.columns, wrapped=True))
    return RawGrid(cells, places, ruled.columns)


def _texts_by_box(page: Any, boxes: list[Box]) -> dict[Box, list[str]]:
    """The lines in each box. A stop that hangs over the right rule belongs to the sign before it."""
    from pdfplumber.utils import extract_text

    chars: dict[Box, list[Any]] = {box: [] for box in boxes}
    before: tuple[Any, Box] | None = None
    for char in page.chars:
        hangs = before and char["text"] in _HANGING and _touches(before[0], char)
        box = before[1] if before and hangs else _box_of(char, boxes)
        before = (char, box) if box else None
        if box:
            chars[box].append(char)
    lines = {
        box: extract_text(found, x_tolerance=2, y_tolerance=3).split("\n") for box, found in chars.items()
    }
    return {box: [clean(line) for line in found if line.strip()] for box, found in lines.items()}


def _touches(left: Any, right: Any) -> bool:
    return abs(left["top"] - right["top"]) < 3 and abs(left["x1"] - right["x0"]) < 2


def _box_of(char: Any, boxes: list[Box]) -> Box | None:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return next((box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)


def clean(line: str) -> str:
    """Without the blanks that justified setting leaves between Han characters, and without radicals as letters."""
    line = "".join(
        _RADICALS.get(sign) or (unicodedata.normalize("NFKC", sign) if "\u2e80" <= sign <= "\u2fdf" else sign)
        for sign in line
    )
    return re.sub(r"(?<=[^\x00-\xff])[ \u3000]+(?=[^\x00-\xff])", "", line).strip()


def _joined_across_pages(source: RawSource) -> RawSource:
    """A paragraph cut by a page break goes on on the next page."""
    joined = RawSource()
    for block in source.blocks:
        last = next((other for other in reversed(joined.blocks) if not is_page_number(other)), None)
        if isinstance(block, RawParagraph) and isinstance(last, RawParagraph) and _goes_on(last, block):
            last.lines.extend(block.lines)
        else:
            joined.blocks.append(block)
    return joined


def _goes_on(last: RawParagraph, block: RawParagraph) -> bool:
    before, after = last.lines[-1], block.lines[0]
    if before.place.page == after.place.page:
        return False
    full = len(before.text) >= 20 and not re.search(r"[。；：！？!?;:]$", before.text.strip())
    return full and not re.match(r"[\s\u3000]|[（(]?[一二三四五六七八九十\d]+[）)、.．]", after.text)
