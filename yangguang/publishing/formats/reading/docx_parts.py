"""The parts of a Word file other than its body, and how its elements nest."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from yangguang.warehouse.archive import parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WRAPPERS = (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag")
TITLE = -1


def blocks_in(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those in content controls and insertions included."""
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            yield from blocks_in(element)


def rows_in(table: Any) -> Iterator[Any]:
    """The rows of a table, deleted ones left out."""
    for element in table:
        if element.tag == f"{W}tr" and element.find(f"{W}trPr/{W}del") is None:
            yield element
        elif element.tag in _WRAPPERS:
            yield from rows_in(element)


def cells_in(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in _WRAPPERS:
            yield from cells_in(element)


def value(element: Any) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def number_of(element: Any, default: int) -> int:
    text = value(element)
    return min(int(text), 200) if text.isdigit() else default


def heading_styles(styles: Any) -> dict[str, int]:
    """Style id → heading level from 1; TITLE for the style of titles."""
    levels: dict[str, int] = {}
    for style in styles.findall(f"{W}style") if styles is not None else ():
        label = value(style.find(f"{W}name")).lower()
        outline = number_of(style.find(f"{W}pPr/{W}outlineLvl"), 9)
        key = style.get(f"{W}styleId", "")
        if label == "title":
            levels[key] = TITLE
        elif label.startswith(("heading ", "标题 ")) and label[-1].isdigit():
            levels[key] = int(label[-1])
        elif outline < 4:
            levels[key] = outline + 1
    return levels


def note_texts(part: Any) -> dict[str, str]:
    """The texts of footnotes or endnotes by their id; the separators that Word keeps among them left out."""
    if part is None:
        return {}
    return {
        note.get(f"{W}id", ""): " ".join(
            "".join(text.text or "" for text in paragraph.iter(f"{W}t")).strip()
            for paragraph in note.iter(f"{W}p")
        ).strip()
        for note in part
        if note.get(f"{W}type", "normal") == "normal"
    }


def relations(archive: zipfile.ZipFile) -> dict[str, str]:
    """Relation id → the part's name in the archive; outside targets left out."""
    part = parsed(archive, "word/_rels/document.xml.rels", "docx")
    if part is None:
        return {}
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("word", relation.get("Target", ""))
        ).removeprefix("/")
        for relation in part
        if relation.get("TargetMode") != "External"
    }


def running_texts(archive: zipfile.ZipFile) -> list[str]:
    """What headers and footers say, page numbers aside."""
    found: list[str] = []
    names = sorted(
        name
        for name in archive.namelist()
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
    )
    for name in names[:12]:
        part = parsed(archive, name, "docx")
        text = "".join(element.text or "" for element in part.iter(f"{W}t")).strip()
        if text.strip("—–-－ 0123456789第页共/") and text not in found:
            found.append(text)
    return found
