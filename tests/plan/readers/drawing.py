"""Plans drawn as text → files in five formats, so that every layout can be tried in each.

A table is drawn with bars. In a cell ^ means merged with the cell above, < merged with the cell to the
left, / a line end inside the cell. A document is a list of paragraphs and drawn tables.
"""

import io
from dataclasses import dataclass

import docx
import openpyxl
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import SimpleDocTemplate, Table

from yangguang.rules.plan_table import PlanReading

FORMATS = ("txt", "docx", "xlsx", "html", "pdf")


@dataclass(frozen=True)
class Drawn:
    """A table: texts by row and column; `down`/`right` cells are covered by another."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)

    def cells(self) -> list[tuple[int, int, int, int, str]]:
        """(row, column, rows, columns, text) of each cell that is not covered."""
        found = []
        for y, row in enumerate(self.rows):
            for x, text in enumerate(row):
                if text in ("^", "<"):
                    continue
                down, across = 1, 1
                while x + across < len(row) and row[x + across] == "<":
                    across += 1
                while y + down < len(self.rows) and self.rows[y + down][x] == "^":
                    down += 1
                found.append((y, x, down, across, text.replace("/", "\n")))
        return found


Document = list[str | Drawn]


def table(drawing: str) -> Drawn:
    """Read a drawing; its first and last lines may be blank."""
    lines = [line.strip() for line in drawing.strip().splitlines() if line.strip()]
    return Drawn(tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines))


def prose(drawing: str) -> Document:
    """One paragraph for each non-blank line."""
    return [line.strip() for line in drawing.strip().splitlines() if line.strip()]


def to_bytes(document: Document, ending: str) -> bytes:
    """The document as a file of the given format."""
    return {"txt": _txt, "docx": _docx, "xlsx": _xlsx, "html": _html, "pdf": _pdf}[ending](document)


def _txt(document: Document) -> bytes:
    lines: list[str] = []
    for block in document:
        if isinstance(block, str):
            lines += [block, ""]
            continue
        texts = {(y, x): text for y, x, _, _, text in block.cells()}
        for y in range(len(block.rows)):
            lines += ["\t" + texts.get((y, x), "") for x in range(block.width)] + [""]
    return "\n".join(lines).encode()


def _docx(document: Document) -> bytes:
    file = docx.Document()
    for block in document:
        if isinstance(block, str):
            file.add_paragraph(block)
            continue
        made = file.add_table(len(block.rows), block.width)
        for y, x, down, across, text in block.cells():
            cell = made.cell(y, x)
            if down > 1 or across > 1:
                cell = cell.merge(made.cell(y + down - 1, x + across - 1))
            cell.text = text
    return _saved(file)


def _xlsx(document: Document) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    row = 1
    width = max((block.width for block in document if isinstance(block, Drawn)), default=1)
    for block in document:
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            if width > 1:
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row += 1
            continue
        for y, x, down, across, text in block.cells():
            sheet.cell(row + y, x + 1, text)
            if down > 1 or across > 1:
                sheet.merge_cells(
                    start_row=row + y, end_row=row + y + down - 1, start_column=x + 1, end_column=x + across
                )
        row += len(block.rows)
    return _saved(book)


def _html(document: Document) -> bytes:
    parts = ["<!doctype html><meta charset=utf-8><title>页</title><script>var a = '市财政局牵头';</script>"]
    for block in document:
        if isinstance(block, str):
            parts.append(f"<p>{block}</p>")
            continue
        parts.append("<table>")
        for y in range(len(block.rows)):
            parts.append("<tr>")
            for _, _, down, across, text in [cell for cell in block.cells() if cell[0] == y]:
                inner = text.replace("\n", "<br>")
                parts.append(f"<td rowspan={down} colspan={across}>{inner}</td>")
            parts.append("</tr>")
        parts.append("</table>")
    return "\n".join(parts).encode()


def _pdf(document: Document) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK", firstLineIndent=22
    )
    head = ParagraphStyle("head", parent=body, alignment=1, firstLineIndent=0)
    small = ParagraphStyle("cell", parent=body, firstLineIndent=0, fontSize=10, leading=13)
    story: list[object] = []
    for place, block in enumerate(document):
        if isinstance(block, str):
            story.append(PdfParagraph(block, head if place == 0 else body))
            continue
        data = [["" for _ in range(block.width)] for _ in block.rows]
        style: list[tuple[object, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
        for y, x, down, across, text in block.cells():
            data[y][x] = PdfParagraph(text.replace("\n", "<br/>"), small)  # type: ignore[call-overload]
            if down > 1 or across > 1:
                style.append(("SPAN", (x, y), (x + across - 1, y + down - 1)))
        story.append(Table(data, colWidths=_column_widths(block), style=style, repeatRows=0))
    return _built(story)


def _column_widths(drawn: Drawn) -> list[float]:
    """Wide where the texts are long."""
    longest = [1.0] * drawn.width
    for _, x, _, across, text in drawn.cells():
        if across == 1:
            longest[x] = max(longest[x], min(len(text), 24))
    return [480 * max(value, 4) / sum(max(v, 4) for v in longest) for value in longest]


def _built(story: list[object]) -> bytes:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, leftMargin=57, rightMargin=57).build(story)
    return buffer.getvalue()


def _saved(file: object) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def outlined(reading: PlanReading) -> str:
    """Areas, tasks and leads of a reading, drawn as the tests draw what they expect."""
    lines = []
    for area in reading.areas:
        lines.append(f"{area.number} {area.name}")
        lines += [
            f"  {task.id} {task.text.replace(chr(10), '')} = {'、'.join(task.leads)}{' ↑' if task.lead_inherited else ''}"
            for task in area.tasks
        ]
    return "\n".join(lines)
