"""Word files (ISO/IEC 29500 WordprocessingML): text with automatic numbers, tables, notes, pictures."""

from __future__ import annotations

import zipfile
from typing import Any

from yangguang.publishing.formats.reading.docx_parts import (
    A,
    M,
    R,
    W,
    blocks_in,
    cells_in,
    heading_styles,
    note_texts,
    number_of,
    relations,
    rows_in,
    running_texts,
    value,
)
from yangguang.publishing.formats.reading.found import Pieces
from yangguang.rules.official_text.numbering import chapter_level, number_level
from yangguang.rules.official_text.tables import Cell, write_table
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.word_numbers import Numbering
from yangguang.warehouse.archive import open_archive, parsed

_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}rPr", f"{W}pPr", f"{W}footnotePr"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = {"png": "png", "jpg": "jpg", "jpeg": "jpg"}
_PIECES = {f"{W}noBreakHyphen": "-", f"{W}softHyphen": "", f"{W}cr": "\n", f"{W}ptab": " "}
LARGEST_PICTURE = 50_000_000


def read_docx(data: bytes) -> Pieces:
    """Read the body in its order: insertions as accepted, deletions left out, headers and footers told of."""
    archive = open_archive(data, "docx")
    document = parsed(archive, "word/document.xml", "docx")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise Unreadable("不是 Word 文档（缺少正文）；请在 Word 中打开后另存为 .docx")
    return _Document(archive, document).read(body)


class _Document:
    def __init__(self, archive: zipfile.ZipFile, document: Any) -> None:
        self._archive = archive
        self._pieces = Pieces()
        styles = parsed(archive, "word/styles.xml", "docx")
        self._headings = heading_styles(styles)
        self._numbering = Numbering(parsed(archive, "word/numbering.xml", "docx"), styles)
        self._relations = relations(archive)
        self._notes = {
            kind: note_texts(parsed(archive, f"word/{kind}s.xml", "docx")) for kind in ("footnote", "endnote")
        }
        self._tell_what_stays_behind(document)
        self._boxes: list[str] = []
        self._paragraphs = 0
        self._tables = 0
        self._lines_of_pictures: list[str] = []

    def read(self, body: Any) -> Pieces:
        for element in blocks_in(body):
            if element.tag == f"{W}p":
                self._paragraph(element)
            else:
                self._table(element)
        return self._pieces

    def _paragraph(self, element: Any) -> None:
        self._paragraphs += 1
        text = self._numbered(element)
        level = self._headings.get(value(element.find(f"{W}pPr/{W}pStyle")), 0)
        if level == -1 and text.strip() and not self._pieces.title:
            self._pieces.title = " ".join(text.split())
        if level > 0 and text.strip() and not number_level(text.strip()) and not chapter_level(text.strip()):
            text = f"{'#' * min(level, 4)} {' '.join(text.split())}"
        # A line end within a Word paragraph is a line end; a tab is a blank, for tabs make tables here.
        self._pieces.blocks.extend(block for block in [text, *self._taken()] if block.strip())

    def _taken(self) -> list[str]:
        """Pictures and text boxes that hung on what was just read."""
        taken = [*self._lines_of_pictures, *self._boxes]
        self._lines_of_pictures, self._boxes = [], []
        return taken

    def _numbered(self, element: Any) -> str:
        text = self._text(element)
        number = self._numbering.next(element) if text.strip() else ""
        gap = " " if number and number[-1].isascii() and not number.endswith(".") else ""
        return f"{number}{gap}{text}"

    def _table(self, table: Any) -> None:
        self._tables += 1
        rows: list[list[Cell]] = []
        open_merges: dict[int, tuple[int, int]] = {}
        for row in rows_in(table):
            line = [Cell("")] * number_of(row.find(f"{W}trPr/{W}gridBefore"), 0)
            column = len(line)
            for element in cells_in(row):
                across = number_of(element.find(f"{W}tcPr/{W}gridSpan"), 1)
                merge = element.find(f"{W}tcPr/{W}vMerge")
                text = self._cell(element)
                if merge is not None and value(merge) in ("", "continue") and column in open_merges:
                    at, place = open_merges[column]
                    above = rows[at][place]
                    joined = "\n".join(part for part in (above.text, text) if part)
                    rows[at][place] = Cell(joined, above.rows + 1, above.columns)
                else:
                    open_merges.pop(column, None)
                    if merge is not None:
                        open_merges[column] = (len(rows), len(line))
                    line.append(Cell(text, 1, across))
                column += across
            rows.append(line)
        text = write_table(rows)
        if "\t" not in text:
            # One column: a frame around text, no table.
            text = text.replace("\u2028", "\n")
        self._pieces.blocks.extend(block for block in [text, *self._taken()] if block.strip())

    def _cell(self, cell: Any) -> str:
        lines = []
        for element in blocks_in(cell):
            if element.tag == f"{W}p":
                lines.append(self._numbered(element).strip())
                continue
            self._pieces.notice("表中表", "表格里还有表格，里层的文字已并入所在单元格", f"表{self._tables}")
            lines.extend("　".join(self._cell(inner) for inner in cells_in(row)) for row in rows_in(element))
        return "\n".join(line for line in lines if line)

    def _text(self, element: Any) -> str:
        return "".join(self._piece(child) for child in element)

    def _piece(self, child: Any) -> str:
        tag = child.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT or tag == _FALLBACK:
            return ""
        if tag == f"{W}t" or tag == f"{M}t":
            return child.text or ""
        if tag == f"{W}tab":
            return "　"
        if tag == f"{W}br":
            return "" if child.get(f"{W}type") == "page" else "\n"
        if tag in _PIECES:
            return _PIECES[tag]
        if tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None:
            self._pieces.notice("隐藏文字", "隐藏的文字没有带入", f"第{self._paragraphs}段")
            return ""
        if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
            note = self._notes[kind].get(child.get(f"{W}id", ""))
            return self._pieces.footnote(note) if note else ""
        return self._embedded(child)

    def _embedded(self, child: Any) -> str:
        tag = child.tag
        if tag == f"{W}drawing" or tag == f"{W}pict":
            self._picture(child)
        if tag == f"{W}txbxContent":
            self._pieces.notice("文本框", "文本框里的文字已移到所在段落之后", f"第{self._paragraphs}段")
            self._boxes.extend(self._numbered(inner) for inner in child.iter(f"{W}p"))
            return ""
        if tag == f"{W}object":
            self._pieces.notice(
                "嵌入对象", "嵌入的对象（公式、表格等）没有带入，请作为附件上传", f"第{self._paragraphs}段"
            )
            return ""
        if tag == f"{M}oMath":
            self._pieces.notice("公式", "公式只带入了文字，没有版式：请核对", f"第{self._paragraphs}段")
        return self._text(child)

    def _picture(self, drawing: Any) -> None:
        place = f"第{self._paragraphs}段"
        references = [blip.get(f"{R}embed") for blip in drawing.iter(f"{A}blip")]
        references += [
            data.get(f"{R}id") for data in drawing.iter("{urn:schemas-microsoft-com:vml}imagedata")
        ]
        if (
            not references
            and drawing.find(f".//{A}graphicData") is not None
            and not drawing.findall(f".//{W}txbxContent")
        ):
            self._pieces.notice("图形", "图表或绘制的图形没有带入：请另存为 PNG 图片后作为附件上传", place)
        said = next((part.get("descr") or "" for part in drawing.iter() if part.get("descr")), "")
        for reference in references:
            target = self._relations.get(reference or "", "")
            ending = _PICTURES.get(target.rpartition(".")[2].lower())
            content = self._content(target) if ending else None
            if ending is None or content is None:
                told = target.rpartition("/")[2] or "外部链接"
                self._pieces.notice(
                    "图片", f"图片“{told}”没有带入：请另存为 PNG 或 JPEG 后作为附件上传", place
                )
                continue
            self._lines_of_pictures.append(self._pieces.picture(content, ending, said))

    def _content(self, target: str) -> bytes | None:
        try:
            if self._archive.getinfo(target).file_size > LARGEST_PICTURE:
                return None
            return self._archive.read(target)
        except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
            return None

    def _tell_what_stays_behind(self, document: Any) -> None:
        for text in running_texts(self._archive):
            self._pieces.notice("页眉页脚", f"页眉页脚“{text[:60]}”没有带入")
        if parsed(self._archive, "word/comments.xml", "docx") is not None:
            self._pieces.notice("批注", "批注没有带入")
        if next(document.iter(f"{W}del", f"{W}ins", f"{W}moveFrom"), None) is not None:
            self._pieces.notice("修订", "文件里有修订痕迹，已按“接受全部修订”带入：请核对")
