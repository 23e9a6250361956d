"""从文件导入: a file becomes a draft with everything filled in; a bad one leaves nothing behind."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import publish
from tests.office.conftest import desk_of
from yangguang.directory.models import Person
from yangguang.publishing.models import Document

ADDRESS = "/office/files/from-file/"


def word_file(*, header: str = "") -> bytes:
    made = docx.Document()
    for text in (
        "关于示例的通知",
        "示财〔2017〕3号",
        "各区：",
        "<script>alert(1)</script>现印发给你们。",
        "市财政委",
        "2017年6月19日",
    ):
        made.add_paragraph(text)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def upload(person: Person, content: bytes, name: str = "示例.docx") -> object:
    file = SimpleUploadedFile(name, content)
    return desk_of(person).post(ADDRESS, {"file": file, "unit": person.unit_id or ""}, follow=True)


def test_a_word_file_fills_the_form_and_what_stayed_behind_is_told(insider: Person) -> None:
    response = upload(insider, word_file(header="内部资料"))
    document = Document.objects.get()
    assert (document.title, document.number, str(document.made_on)) == (
        "关于示例的通知",
        "示财〔2017〕3号",
        "2017-06-19",
    )
    assert (document.unit, document.live, document.edition) == (insider.unit, False, None)
    page = response.content.decode()  # type: ignore[attr-defined]
    assert "内部资料" in page
    assert "没有带入" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 500, "旧.docx", "另存为 .docx"),
        (b"%PDF-1.4 broken", "坏.pdf", "损坏"),
        (b"MZ", "程序.exe", "不认识的文件类型"),
        ("　\n".encode(), "空.txt", "没有正文"),
    ],
)
def test_a_bad_file_is_one_sentence_and_leaves_nothing(
    insider: Person, content: bytes, name: str, sentence: str
) -> None:
    response = upload(insider, content, name)
    assert sentence in response.content.decode()  # type: ignore[attr-defined]
    assert not Document.objects.exists()


def test_an_editor_cannot_import_for_another_unit(insider: Person, colleague: Person) -> None:
    file = SimpleUploadedFile("示例.docx", word_file())
    desk_of(insider).post(ADDRESS, {"file": file, "unit": colleague.unit_id})
    assert Document.objects.get().unit == insider.unit


def test_an_index_number_in_the_text_is_not_taken_and_told(insider: Person) -> None:
    there = publish(unit=insider.unit)
    response = upload(insider, f"关于示例的通知\n\n索引号：{there.index_no}\n\n现印发。".encode(), "示例.txt")
    document = Document.objects.exclude(pk=there.pk).get()
    assert document.index_no != there.index_no
    assert f"正文里写着索引号“{there.index_no}”" in response.content.decode()  # type: ignore[attr-defined]
