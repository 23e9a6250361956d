"""Word documents in the look of GB/T 9704-2012, by the fonts that Chinese offices have; the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from docx import Document as new_document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from yangguang.publishing.formats.typesetting.docx_notes import Footnotes
from yangguang.publishing.formats.typesetting.paper import Paper, notes_of, runs_of
from yangguang.rules.official_text import Block, Kind

TITLE, BODY, HEAVY, KAI = "方正小标宋简体", "仿宋", "黑体", "楷体"
RED = RGBColor(0xD7, 0x00, 0x0F)
LINE = Pt(28.9)
HEADING_FONTS = {1: HEAVY, 2: KAI, 3: BODY, 4: BODY}
# The earliest day that a zip archive can tell: the files in it carry no time of their own.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_docx(paper: Paper) -> bytes:
    """Set the paper. Control signs, which XML cannot hold, never are in official text."""
    writer = _Writer(paper)
    writer.write()
    return writer.bytes()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._document = new_document()
        self._notes = notes_of(paper.blocks)
        self._numbers: dict[str, int] = {}
        self._footnotes = Footnotes(self._document)
        self._set_up()

    def write(self) -> None:
        paper = self._paper
        if paper.mark:
            self._line(paper.mark, HEAVY, Pt(12), color=RED)
        if paper.has_letterhead:
            self._letterhead()
        self._line(paper.title, TITLE, Pt(22), align=ALIGN.CENTER, line=Pt(35), after=Pt(20), style="Title")
        for block in paper.blocks:
            self._block(block)
        for mark, text in self._notes.items():
            if mark not in self._numbers:
                self._line(f"[{mark}] {text}", BODY, Pt(16), indent=2)
        for name, value in paper.colophon:
            self._line(f"{name}：{value}", BODY, Pt(9), line=Pt(14))

    def bytes(self) -> bytes:
        """The archive, with its entries in order and without the time of day."""
        self._footnotes.close()
        made = dt.datetime.fromtimestamp(self._paper.made, dt.UTC)
        properties = self._document.core_properties
        properties.title, properties.author = self._paper.title, "、".join(self._paper.organs)
        properties.created = properties.modified = made.replace(tzinfo=None)
        properties.comments, properties.last_modified_by, properties.revision = "", "", 1
        written = io.BytesIO()
        self._document.save(written)
        fixed = io.BytesIO()
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                target.writestr(
                    zipfile.ZipInfo(entry.filename, LONG_AGO), source.read(entry), zipfile.ZIP_DEFLATED
                )
        return fixed.getvalue()

    def _set_up(self) -> None:
        section = self._document.sections[0]
        section.start_type = WD_SECTION.NEW_PAGE
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        self._document.settings.odd_and_even_pages_header_footer = True
        _page_number(section.footer.paragraphs[0], ALIGN.RIGHT)
        _page_number(section.even_page_footer.paragraphs[0], ALIGN.LEFT)
        normal = self._document.styles["Normal"]
        normal.font.size = Pt(16)
        _font(normal, BODY)
        for level in range(1, 5):
            style = self._document.styles[f"Heading {level}"]
            style.font.size, style.font.bold, style.font.italic = Pt(16), False, False
            style.font.color.rgb = RGBColor(0, 0, 0)
            _font(style, HEADING_FONTS[level])
        title = self._document.styles["Title"]
        title.font.color.rgb = RGBColor(0, 0, 0)
        for border in title.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)

    def _letterhead(self) -> None:
        organs = self._paper.organs
        longest = max(map(len, organs)) + 2
        size = Pt(min(48, 430 // longest))
        for place, organ in enumerate(organs):
            tail = "文件" if place == len(organs) - 1 else ""
            self._line(organ + tail, TITLE, size, align=ALIGN.CENTER, color=RED, line=Pt(size.pt * 1.3))
        number = self._line(self._paper.number, BODY, Pt(16), align=ALIGN.CENTER, before=Pt(24), after=Pt(40))
        border = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", "D7000F")):
            bottom.set(qn(f"w:{name}"), value)
        border.append(bottom)
        number._p.get_or_add_pPr().append(border)

    def _block(self, block: Block) -> None:
        if block.kind is Kind.TABLE:
            self._table(block)
        elif block.kind is Kind.PICTURE:
            self._picture(block)
        elif block.kind is not Kind.FOOTNOTE:
            self._text(block)

    def _text(self, block: Block) -> None:
        font, size, align, indent, style = BODY, Pt(16), ALIGN.JUSTIFY, 2.0, None
        if block.kind is Kind.HEADING:
            font, style = HEADING_FONTS[block.level], f"Heading {block.level}"
            align, indent = (ALIGN.CENTER, 0.0) if block.is_centred else (ALIGN.LEFT, 2.0)
        elif block.kind is Kind.TITLE:
            font, size, align, indent = TITLE, Pt(22), ALIGN.CENTER, 0.0
        elif block.kind is Kind.SIGNATURE:
            align, indent = ALIGN.RIGHT, 0.0
        elif block.kind in (Kind.ADDRESSEE, Kind.ANNEX):
            indent, font = 0.0, HEAVY if block.kind is Kind.ANNEX else BODY
        paragraph = self._paragraph(style, align, indent, size)
        if block.kind is Kind.SIGNATURE:
            paragraph.paragraph_format.right_indent = Pt(64)
        if block.kind is Kind.ANNEX:
            paragraph.paragraph_format.page_break_before = True
        for kind, text in runs_of(block, self._notes, self._numbers):
            if kind == "break":
                paragraph.add_run().add_break()
            elif kind == "note":
                self._footnotes.add(paragraph, text)
            elif kind == "again":
                paragraph.add_run(text).font.superscript = True
            else:
                run = paragraph.add_run(text)
                run.font.size = size
                _font(run, KAI if kind == "lead" else font)

    def _line(
        self,
        text: str,
        font: str,
        size: Pt,
        *,
        align: Any = ALIGN.LEFT,
        color: RGBColor | None = None,
        line: Pt = LINE,
        before: Pt | None = None,
        after: Pt | None = None,
        indent: float = 0,
        style: str | None = None,
    ) -> Any:
        paragraph = self._paragraph(style, align, indent, size)
        paragraph.paragraph_format.line_spacing = line
        paragraph.paragraph_format.space_before = before or Pt(0)
        paragraph.paragraph_format.space_after = after or Pt(0)
        run = paragraph.add_run(text)
        run.font.size = size
        if color is not None:
            run.font.color.rgb = color
        _font(run, font)
        return paragraph

    def _paragraph(self, style: str | None, align: Any, indent: float, size: Pt) -> Any:
        paragraph = self._document.add_paragraph(style=style)
        form = paragraph.paragraph_format
        form.alignment, form.line_spacing = align, LINE if size.pt <= 16 else Pt(35)
        form.space_before = form.space_after = Pt(0)
        form.first_line_indent = Pt(size.pt * indent)
        return paragraph

    def _table(self, block: Block) -> None:
        rows = block.table.cells
        table = self._document.add_table(len(rows), block.table.width, style="Table Grid")
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(rows):
            x = 0
            for cell in row:
                while (x, y) in taken:
                    x += 1
                taken.update((x + dx, y + dy) for dx in range(cell.columns) for dy in range(cell.rows))
                place = table.cell(y, x)
                if cell.rows > 1 or cell.columns > 1:
                    place = place.merge(table.cell(y + cell.rows - 1, x + cell.columns - 1))
                _fill(place, cell.lines)
        for y in range(block.table.head_rows):
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            table.rows[y]._tr.get_or_add_trPr().append(mark)
        self._paragraph(None, ALIGN.LEFT, 0, Pt(9))

    def _picture(self, block: Block) -> None:
        content = self._paper.picture(block.file)
        if content is not None:
            paragraph = self._paragraph(None, ALIGN.CENTER, 0, Pt(16))
            paragraph.paragraph_format.line_spacing = 1.0
            try:
                shape = paragraph.add_run().add_picture(io.BytesIO(content))
                if shape.width > Mm(156):
                    shape.height = int(shape.height * Mm(156) / shape.width)
                    shape.width = Mm(156)
            except Exception:  # noqa: S110 - whatever a broken picture raises, its caption tells of it
                pass
        self._line(block.caption, BODY, Pt(12), align=ALIGN.CENTER)


def _fill(cell: Any, lines: list[str]) -> None:
    for place, text in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.font.size = Pt(10.5)
        _font(run, BODY)


def _font(owner: Any, name: str) -> None:
    """Name the font for Latin and for East Asian signs: Word keeps them apart."""
    owner.font.name = name
    fonts = owner.element.get_or_add_rPr().get_or_add_rFonts()
    for old in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(old), None)
    fonts.set(qn("w:eastAsia"), name)


def _page_number(paragraph: Any, align: Any) -> None:
    """“— 1 —”, 四号, at the outer side."""
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    paragraph.add_run("— ").font.size = Pt(14)
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)
    paragraph.add_run(" —").font.size = Pt(14)
