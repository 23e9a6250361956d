"""A made-up plan as a ruled table in four kinds of files, and the least that opening each takes."""

import io
from collections.abc import Callable
from typing import IO

Rows = list[tuple[str, str, str]]
HEADING = ("工作任务", "具体要求", "牵头落实单位")
UNITS = ("市示例财政局", "市示例统计局", "市示例教育局", "市示例民政局")
NUMERALS = "一二三四五六七八九十"


def rows(tasks: int) -> Rows:
    """So many tasks, ten to an area."""
    found = []
    for number in range(tasks):
        area = NUMERALS[number // 10 % 10] if tasks <= 100 else f"第{number // 10 + 1}项"
        text = f"{number % 10 + 1}.按月在政府网站公开第{number}类示例信息，及时发布有关政策文件和解读材料。"
        found.append((f"{area}、推进示例领域{number // 10}信息公开", text, UNITS[number % 4]))
    return found


def docx(rows: Rows) -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph("示例市2017年政务公开工作要点分工方案")
    table = document.add_table(rows=len(rows) + 1, cols=3)
    for line, cells in zip(table.rows, [HEADING, *rows], strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def xlsx(rows: Rows) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["示例市2017年政务公开工作要点分工方案"])
    for row in [HEADING, *rows]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def html(rows: Rows) -> bytes:
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADING, *rows]]
    title = "<h1>示例市2017年政务公开工作要点分工方案</h1>"
    return f"<meta charset=utf-8>{title}<table>{''.join(lines)}</table>".encode()


def pdf(rows: Rows) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("plain", fontName="STSong-Light", fontSize=9, wordWrap="CJK")
    cells = [[Paragraph(text, style) for text in row] for row in [HEADING, *rows]]
    table = Table(cells, colWidths=(120, 240, 90), repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    file = io.BytesIO()
    title = Paragraph("示例市2017年政务公开工作要点分工方案", style)
    SimpleDocTemplate(file).build([title, table])
    return file.getvalue()


def open_docx(file: IO[bytes]) -> int:
    from docx import Document

    return sum(len(cell.text) for table in Document(file).tables for row in table.rows for cell in row.cells)


def open_xlsx(file: IO[bytes]) -> int:
    from openpyxl import load_workbook

    sheets = load_workbook(file).worksheets
    return sum(
        len(str(cell)) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
    )


def open_html(file: IO[bytes]) -> int:
    from lxml import html as parser

    return sum(len(cell.text_content()) for cell in parser.fromstring(file.read()).iter("td"))


def open_pdf(file: IO[bytes]) -> int:
    import pdfplumber

    with pdfplumber.open(file) as document:
        found = (
            cell
            for page in document.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
        )
        return sum(len(cell or "") for cell in found)


MAKERS: dict[str, Callable[[Rows], bytes]] = {"docx": docx, "xlsx": xlsx, "html": html, "pdf": pdf}
PEERS: dict[str, Callable[[IO[bytes]], int]] = {
    "docx": open_docx,
    "xlsx": open_xlsx,
    "html": open_html,
    "pdf": open_pdf,
}
