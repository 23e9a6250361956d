"""What is refused, and that the sentence names the file and a remedy."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.plan.readers.drawing import prose, table, to_bytes
from yangguang.plan.readers import read_bytes, read_file
from yangguang.rules.plan_table import Unreadable

LETTER = prose("""
江城市人民政府办公室关于印发政务公开工作要点的通知（样例）
各区人民政府，市政府各部门：
现将《2018年政务公开工作要点》印发给你们，请认真贯彻执行。
江城市人民政府办公室
2018年3月2日
""")


def _inflating() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 100_000_000)
    return buffer.getvalue()


def _scanned() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    return buffer.getvalue()


def _locked() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "plan")
    canvas.save()
    return buffer.getvalue()


def _blank_book() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def _blank_document() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


EMPTY_TABLE = ["江城市任务表（样例）", table("工作任务 | 责任单位")]
BROKEN = b"PK\x03\x04" + b"\x00" * 300
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

REFUSED = {
    "an empty file": ("a.txt", b"", "空"),
    "an empty workbook": ("a.xlsx", _blank_book(), "没有内容"),
    "an empty document": ("a.docx", _blank_document(), "没有读到"),
    "an empty page": ("a.html", b"<html></html>", "没有"),
    "an empty table": ("a.docx", to_bytes(EMPTY_TABLE, "docx"), "没有读到"),
    "an empty sheet with a header": ("a.xlsx", to_bytes(EMPTY_TABLE, "xlsx"), "没有读到"),
    "a covering letter": ("a.txt", to_bytes(LETTER, "txt"), "没有读到"),
    "a covering letter in Word": ("a.docx", to_bytes(LETTER, "docx"), "没有读到"),
    "a covering letter in PDF": ("a.pdf", to_bytes(LETTER, "pdf"), "没有读到"),
    "old Word": ("a.doc", OLD_OFFICE, "另存为 .docx"),
    "old Excel": ("a.xls", OLD_OFFICE, "另存为 .xlsx"),
    "WPS": ("a.wps", OLD_OFFICE, "另存为 .docx"),
    "a locked Word file": ("a.docx", OLD_OFFICE, "密码"),
    "a locked PDF": ("a.pdf", _locked(), "密码"),
    "a scanned PDF": ("a.pdf", _scanned(), "文字识别"),
    "a broken zip": ("a.docx", BROKEN, "损坏"),
    "a broken workbook": ("a.xlsx", BROKEN, "损坏"),
    "a broken PDF": ("a.pdf", b"%PDF-1.4\nnothing", "损坏"),
    "a PDF cut short": ("a.pdf", to_bytes(LETTER, "pdf")[:700], "PDF"),
    "a document cut short": ("a.docx", to_bytes(LETTER, "docx")[:5000], "损坏"),
    "a workbook called a document": ("a.docx", _blank_book(), "Word"),
    "a document called a workbook": ("a.xlsx", _blank_document(), "损坏"),
    "a Word file called text": ("a.txt", _blank_document(), "扩展名"),
    "a picture": ("a.png", b"\x89PNG", "不认识"),
    "no ending": ("plan", b"text", "不认识"),
    "bytes that are no text": ("a.txt", b"\x00\x81\xff\x00\xfe\xff\x80\x00" * 9, "a.txt"),
    "a zip that inflates absurdly": ("a.docx", _inflating(), "过大"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_sentence_with_the_file_and_a_remedy(name: str) -> None:
    file, data, word = REFUSED[name]
    with pytest.raises(Unreadable) as refusal:
        read_bytes(data, file)
    sentence = str(refusal.value)
    assert sentence.startswith(f"{file}：")
    assert word in sentence
    assert "请" in sentence
    assert "\n" not in sentence


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="不存在"):
        read_file(tmp_path / "nothing.docx")
    with pytest.raises(Unreadable, match="文件夹"):
        read_file(tmp_path)
