"""Web pages: the article of the page, its tables and notes; scripts, styles and navigation do not count."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from yangguang.publishing.formats.reading.found import Pieces
from yangguang.rules.encodings import decode_page
from yangguang.rules.official_text.numbering import chapter_level, number_level
from yangguang.rules.official_text.tables import Cell, write_table
from yangguang.rules.plan_table import Unreadable

_DROPPED = re.compile(
    "script|style|noscript|template|head|select|textarea|svg|object|embed|iframe|button|input|form|nav"
)
_AROUND = re.compile("header|footer|aside")
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|"
    "header|hr|html|li|main|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
# Where the content systems of government sites put the article, most telling first.
_PLACES = (
    "//*[@id='UCAP-CONTENT']",
    "//*[@id='zoom' or @id='Zoom' or @id='zoomcon']",
    "//*[contains(concat(' ', @class, ' '), ' TRS_Editor ') or contains(@class, 'trs_editor')]",
    "//*[@id='ArticleContent' or @id='articleContent' or @id='content_body' or @id='news_content']",
    "//article",
    "//main",
)
_DATA = re.compile(r"data:image/(png|jpeg);base64,(.*)", re.DOTALL)
LARGEST_SPAN = 200


def read_html(data: bytes) -> Pieces:
    """Read the article in document order."""
    from lxml import etree, html

    try:
        root = html.fromstring(decode_page(data))
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("网页里没有内容；请在浏览器中另存为完整网页后再试") from error
    pieces = Pieces(title=_meta(root, "ArticleTitle"), issuer=_meta(root, "ContentSource"))
    article = _article(root)
    _Page(pieces, whole=article is root).read(article)
    return pieces


def _meta(root: Any, name: str) -> str:
    found = root.xpath(f"//meta[@name='{name}']/@content")
    return " ".join(str(found[0]).split()) if found else ""


def _article(root: Any) -> Any:
    for place in _PLACES:
        found = root.xpath(place)
        if len(found) == 1 and len("".join(found[0].itertext()).strip()) > 50:
            return found[0]
    return root


class _Page:
    """Walks the elements; a line ends where a browser would end it."""

    def __init__(self, pieces: Pieces, *, whole: bool) -> None:
        self._pieces = pieces
        self._whole = whole
        self._line = ""
        self._tables = 0

    def read(self, root: Any) -> None:
        self._walk(root, 0)
        self._end_line(0)

    def _walk(self, element: Any, level: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or self._is_skipped(tag) or _is_hidden(element):
            self._tell(element)
            return
        if tag == "table" and element.find(".//table") is None and _is_data(element):
            self._end_line(level)
            self._table(element)
            return
        if tag == "img":
            self._picture(element)
            return
        if re.fullmatch(r"h[1-6]", tag):
            self._end_line(level)
            level = int(tag[1])
        block = _BLOCKS.fullmatch(tag) is not None
        if block:
            self._end_line(0)
        elif tag == "br":
            self._line += "\n"
        if tag == "li":
            self._line += _list_number(element)
        self._line += _squeezed(element.text or "")
        for child in element:
            self._walk(child, level)
            self._line += _squeezed(child.tail or "")
        if block:
            self._end_line(level)

    def _is_skipped(self, tag: str) -> bool:
        """Never part of the text; what stands around it only where no article was found."""
        around = self._whole and _AROUND.fullmatch(tag) is not None
        return around or _DROPPED.fullmatch(tag) is not None

    def _tell(self, element: Any) -> None:
        if element.tag in ("iframe", "object", "embed", "svg"):
            self._pieces.notice("嵌入内容", f"网页里嵌入的内容（{element.tag}）没有带入", self._place())
        elif element.tag in ("script", "form"):
            kind = "脚本" if element.tag == "script" else "表单"
            if not any(notice.kind == kind for notice in self._pieces.notices):
                self._pieces.notice(kind, f"网页里的{kind}没有带入")

    def _end_line(self, level: int) -> None:
        text = "\n".join(_trimmed(line) for line in self._line.split("\n") if _trimmed(line))
        self._line = ""
        if not text:
            return
        if level > 1 and "\n" not in text and not number_level(text) and not chapter_level(text):
            text = f"{'#' * min(level - 1, 4)} {text}"
        self._pieces.blocks.append(text)

    def _picture(self, image: Any) -> None:
        data = _DATA.fullmatch(str(image.get("src", "")))
        said = str(image.get("alt") or image.get("title") or "")
        try:
            content = base64.b64decode(data[2], validate=False) if data else b""
        except (binascii.Error, ValueError):
            content = b""
        if data and content:
            self._end_line(0)
            self._pieces.blocks.append(
                self._pieces.picture(content, "jpg" if data[1] == "jpeg" else "png", said)
            )
        else:
            told = said or str(image.get("src", ""))[-60:]
            self._pieces.notice(
                "图片", f"图片“{told}”不在网页文件里，没有带入：请作为附件上传", self._place()
            )

    def _place(self) -> str:
        return f"第{len(self._pieces.blocks) + 1}段"

    def _table(self, table: Any) -> None:
        self._tables += 1
        caption = table.find("caption")
        if caption is not None:
            self._line = _trimmed(" ".join(caption.itertext()))
            self._end_line(0)
        rows = [
            [
                Cell(self._cell(cell), _span(cell, "rowspan"), _span(cell, "colspan"))
                for cell in row
                if cell.tag in ("td", "th")
            ]
            for row in table.iter("tr")
        ]
        text = write_table([row for row in rows if row])
        if text.strip():
            self._pieces.blocks.append(text if "\t" in text else text.replace("\u2028", "\n"))

    def _cell(self, cell: Any) -> str:
        before, blocks = self._line, self._pieces.blocks
        self._line, self._pieces.blocks = "", []
        self._walk_inside(cell)
        text = "\n".join(self._pieces.blocks)
        self._line, self._pieces.blocks = before, blocks
        return text

    def _walk_inside(self, cell: Any) -> None:
        self._line += _squeezed(cell.text or "")
        for child in cell:
            self._walk(child, 0)
            self._line += _squeezed(child.tail or "")
        self._end_line(0)


def _is_data(table: Any) -> bool:
    """A table with more than one cell in some row; one that only frames the page holds a single cell."""
    return any(sum(cell.tag in ("td", "th") for cell in row) > 1 for row in table.iter("tr"))


def _list_number(item: Any) -> str:
    """The number that a browser shows before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start", "1")
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdigit() else 1) + before}."


def _squeezed(text: str) -> str:
    """Blanks as a browser shows them; a line end between two Han characters shows as nothing worth keeping."""
    text = re.sub(r"(?<=[^\x00-\xff])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\xff])", "", text)
    return re.sub(r"[ \t\r\n\f\u2028\u2029]+", " ", text)


def _trimmed(line: str) -> str:
    return re.sub(r"[\s\u3000\xa0]+", " ", line).strip()


def _span(element: Any, name: str) -> int:
    text = str(element.get(name, "1")).strip()
    return max(1, min(int(text), LARGEST_SPAN)) if text.isdigit() else 1


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None
