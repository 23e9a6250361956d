"""Every edition can be had on paper."""

import re

import pypdfium2
import pytest
from django.test import Client

from tests.factories import publish, revise, withdraw
from yangguang.publishing.models import Document


@pytest.fixture
def document(db: None) -> Document:
    made = publish(body="第一版的正文。", number="示财〔2017〕9号", on="2017-09-15")
    revise(made, on="2017-09-16", body="第二版的正文。")
    return made


def text_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pdf))
    finally:
        pdf.close()


def test_the_newest_and_each_edition_are_served_as_pdf(client: Client, document: Document) -> None:
    newest = client.get(f"/documents/{document.index_no}.pdf")
    first = client.get(f"/documents/{document.index_no}/v/1.pdf")
    assert newest["Content-Type"] == "application/pdf"
    assert "第二版的正文。" in text_of(newest.content)
    assert "第一版的正文。" in text_of(first.content)
    assert newest["Content-Disposition"].endswith('-v2.pdf"')


def test_the_paper_of_a_day_is_that_of_the_edition_that_stood_then(
    client: Client, document: Document
) -> None:
    then = client.get(f"/documents/{document.index_no}.pdf?at=2017-09-15")
    assert "第一版的正文。" in text_of(then.content)
    assert client.get(f"/documents/{document.index_no}.pdf?at=2017-09-14").status_code == 404
    assert client.get(f"/documents/{document.index_no}.pdf?at=2017-09-40").status_code == 400


def test_a_file_that_the_reader_has_is_not_sent_again(client: Client, document: Document) -> None:
    address = f"/documents/{document.index_no}.docx"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_a_withdrawn_document_says_so_on_its_pages(client: Client, document: Document) -> None:
    withdraw(document, on="2017-10-09", reason="数字有误")
    told = text_of(client.get(f"/documents/{document.index_no}/v/1.pdf").content)
    assert "本文件已于2017年10月9日撤回：数字有误" in told


@pytest.mark.parametrize("ending", [".pdf", "/v/3.docx"])
def test_what_is_not_there_answers_404(client: Client, document: Document, ending: str) -> None:
    index_no = document.index_no if ending.startswith("/v") else "x-2017-00009"
    assert client.get(f"/documents/{index_no}{ending}").status_code == 404


def test_the_page_shows_official_text_and_offers_the_files(client: Client, db: None) -> None:
    body = "各区：\n\n一、要求\n\n认真[^1]。\n\n甲\t<<\n^^\t<<\n1\t2\n\n市财政委\n2017年6月19日\n\n[^1]: <b>注</b>。"
    made = publish(body=body)
    page = client.get(made.get_absolute_url()).content.decode()
    assert '<p class="addressee">各区：</p>' in page
    assert "<h2>一、要求</h2>" in page
    assert 'rowspan="2" colspan="2"' in page
    assert '<p class="signature">市财政委<br>2017年6月19日</p>' in page
    assert 'href="#note-1"' in page
    assert "&lt;b&gt;注&lt;/b&gt;" in page
    assert f"/documents/{made.index_no}/v/1.pdf" in page
