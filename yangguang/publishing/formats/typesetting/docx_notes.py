"""Footnotes in Word files, which python-docx cannot write: a part of their own (ISO/IEC 29500-1, 17.11)."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from lxml import etree

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Footnotes:
    """Collects the footnotes of one document; `close` writes their part."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._root = etree.Element(qn("w:footnotes"), nsmap={"w": nsmap["w"]})
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            note = self._note(number)
            note.set(qn("w:type"), kind)
            run = etree.SubElement(etree.SubElement(note, qn("w:p")), qn("w:r"))
            etree.SubElement(run, qn(f"w:{kind}"))
        self._count = 0

    def add(self, paragraph: Any, text: str) -> None:
        """Put a footnote's sign at the end of the paragraph, and its text among the notes."""
        self._count += 1
        note = etree.SubElement(self._note(self._count), qn("w:p"))
        sign = etree.SubElement(note, qn("w:r"))
        _raise(sign)
        etree.SubElement(sign, qn("w:footnoteRef"))
        written = etree.SubElement(etree.SubElement(note, qn("w:r")), qn("w:t"))
        written.text = f" {text}"
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._count))
        run._r.append(reference)

    def close(self) -> None:
        if not self._count:
            return
        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, blob, self._document.part.package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _note(self, number: int) -> Any:
        note = etree.SubElement(self._root, qn("w:footnote"))
        note.set(qn("w:id"), str(number))
        return note


def _raise(run: Any) -> None:
    align = etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:vertAlign"))
    align.set(qn("w:val"), "superscript")
