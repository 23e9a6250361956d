"""PDF files: their text page by page, and properties, annotations, and text that is drawn unseen."""

import ctypes
from collections.abc import Iterator
from typing import Any

from yangguang.publishing.scanning.office import names_somebody
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.scan import Finding, Kind, Place, Severity, scan_text

_PROPERTIES = (("Author", "作者"),)
_WHITE = 250
"""From this brightness on, of 255, a colour is not seen on paper."""


def scan(name: str, content: bytes) -> list[Finding]:
    """Findings in a .pdf. A page without any text was scanned: that is told. Raises Unreadable."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("PDF 已损坏或者加了密码；请去掉密码，或者重新导出") from error
    try:
        told = document.get_metadata_dict()
        found = [
            Finding(Kind.METADATA, Severity.ASK, Place(file=name), f"{word} {told[key][:40]}")
            for key, word in _PROPERTIES
            if names_somebody(told.get(key, "").strip())
        ]
        for number in range(len(document)):
            page = document[number]
            found += _page(page, Place(file=name, page=number + 1))
            page.close()
        return found
    finally:
        document.close()


def _page(page: Any, place: Place) -> Iterator[Finding]:
    from pypdfium2 import raw

    text_page = page.get_textpage()
    text = text_page.get_text_bounded()
    for line in text.splitlines():
        for each in scan_text(line):
            yield Finding(each.kind, each.severity, place, each.value)
    if not text.strip():
        yield Finding(Kind.UNREADABLE, Severity.ASK, place, "（这一页没有文字，是扫描件）")
    noted = sum(_is_note(page, number) for number in range(raw.FPDFPage_GetAnnotCount(page)))
    if noted:
        yield Finding(Kind.COMMENT, Severity.BLOCK, place, f"{noted} 处")
    white = sum(_is_unseen(item) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    if white:
        yield Finding(Kind.HIDDEN_TEXT, Severity.ASK, place, f"{white} 处（与底色相同，或者设为不显示）")
    text_page.close()


def _is_note(page: Any, number: int) -> bool:
    """Whether an annotation is somebody's remark; links and form fields are not."""
    from pypdfium2 import raw

    annotation = raw.FPDFPage_GetAnnot(page, number)
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    raw.FPDFPage_CloseAnnot(annotation)
    return kind not in {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP}


def _is_unseen(item: Any) -> bool:
    from pypdfium2 import raw

    if raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _WHITE or alpha.value == 0
