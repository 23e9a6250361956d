"""The compiled files: the same bytes each time, well formed, and nothing in a text is taken for markup."""

import datetime as dt
import io
import random
import zipfile
from dataclasses import replace

import cv2
import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.factories import SHANGHAI
from tests.gazette.conftest import BODY
from yangguang.gazette.compile.content import Content, Text
from yangguang.gazette.compile.epub import compile_epub
from yangguang.gazette.compile.pdf import compile_pdf
from yangguang.gazette.compile.web import article_of, compile_web

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
PICTURE = cv2.imencode(".png", np.full((20, 30, 3), 200, np.uint8))[1].tobytes()


def make_text(position: int = 1, **values: object) -> Text:
    given: dict[str, object] = {
        "position": position,
        "section": "市政府文件" if position < 3 else "统计数据",
        "title": f"第 {position} 份 <文件> & 通知",
        "byline": "示例〔2017〕1号",
        "issuers": ("市财政委",),
        "made_on": dt.date(2017, 6, 19),
        "body": BODY,
        "address": f"/documents/x-{position}/v/1/",
        "sha256": "0" * 64,
    }
    return Text(**{**given, **values})  # type: ignore[arg-type]


def make_content(*texts: Text) -> Content:
    return Content(
        title="示例市人民政府公报",
        year=2017,
        number=3,
        publisher="示例市人民政府办公厅",
        issued_at=dt.datetime(2017, 7, 31, 7, 30, tzinfo=SHANGHAI),
        texts=texts or (make_text(1), make_text(2), make_text(3)),
        picture=lambda _: PICTURE,
        is_sample=True,
    )


def pdf_text(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def epub_files(epub: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_issue_gives_the_same_bytes() -> None:
    content = make_content()
    assert compile_pdf(content).pdf == compile_pdf(make_content()).pdf
    assert compile_epub(content) == compile_epub(make_content())
    assert compile_web(content) == compile_web(make_content())
    assert compile_pdf(replace(content, number=4)).pdf != compile_pdf(content).pdf


def test_the_pdf_is_pdf_a_with_its_fonts_inside_and_no_other() -> None:
    pdf = compile_pdf(make_content()).pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    document = pypdfium2.PdfDocument(pdf)
    names = {
        item.get_font().get_base_name()
        for page in document
        for item in page.get_objects()
        if isinstance(item, pypdfium2.PdfTextObj)
    }
    document.close()
    assert names
    assert all("NotoSerifCJK" in name or "NotoSansCJK" in name for name in names)


def test_the_contents_page_tells_where_each_text_begins() -> None:
    printed = compile_pdf(make_content())
    pages = pdf_text(printed.pdf)
    assert len(pages) == printed.page_count
    assert printed.page_of == {1: 1, 2: 2, 3: 3}
    for position, number in printed.page_of.items():
        # Cover and contents come before page 1.
        page = pages[number + 1]
        assert f"第{position}份<文件>&通知" in page
        assert f"—{number}—" in page
        assert "示例市人民政府公报2017年第3期" in page
    assert "统计数据" in pages[printed.page_of[3] + 1]
    assert pages[0].count("示例市人民政府公报")


def test_nothing_in_a_text_is_typst() -> None:
    pages = "".join(pdf_text(compile_pdf(make_content()).pdf))
    assert '#settext(red)$x$*高度*<重视>&"落实"\\' in pages


def test_a_proof_is_marked_as_one() -> None:
    assert "样稿" in pdf_text(compile_pdf(replace(make_content(), is_proof=True)).pdf)[2]


def test_the_epub_begins_with_its_type_and_lists_all_that_it_holds() -> None:
    epub = compile_epub(
        make_content(make_text(body="![图](a.png)", pictures=(("a.png", "image/png", "ab" * 32),)))
    )
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert epub[30:58] == b"mimetypeapplication/epub+zip"
    files = epub_files(epub)
    package = etree.fromstring(files["EPUB/package.opf"])
    listed = {item.get("href"): item for item in package.iter(f"{OPF}item")}
    assert {f"EPUB/{name}" for name in listed} == {
        name for name in files if name.startswith("EPUB/") and not name.endswith("package.opf")
    }
    assert [item.get("href") for item in listed.values() if item.get("properties") == "nav"] == ["nav.xhtml"]
    ids = {item.get("id") for item in listed.values()}
    assert {ref.get("idref") for ref in package.iter(f"{OPF}itemref")} <= ids
    modified = package.find(f".//{OPF}meta[@property='dcterms:modified']")
    assert modified is not None
    assert modified.text == "2017-07-30T23:30:00Z"


def test_every_page_of_the_epub_is_well_formed_and_its_links_lead_somewhere() -> None:
    files = epub_files(compile_epub(make_content()))
    for name in [name for name in files if name.endswith(".xhtml")]:
        page = etree.fromstring(files[name])
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        for link in page.iter(f"{XHTML}a"):
            target, _, place = (link.get("href") or "").partition("#")
            assert not target or f"EPUB/{target}" in files
            assert not place or place in ids


@pytest.mark.parametrize("position", [1, 2, 3])
def test_an_article_is_cut_out_of_the_web_edition_as_it_stands(position: int) -> None:
    page = compile_web(make_content())
    article = article_of(page, position)
    assert article.encode() in page
    assert f"第 {position} 份 &lt;文件&gt; &amp; 通知" in article
    assert article.count("<article") == article.count("</article>") == 1
    with pytest.raises(ValueError, match="substring"):
        article_of(page, 4)


@given(st.text(max_size=200), st.text(min_size=1, max_size=40))
def test_any_text_gives_well_formed_pages(body: str, title: str) -> None:
    content = make_content(make_text(body=body, title=title))
    etree.fromstring(compile_web(content).split(b"\n", 1)[1])
    etree.fromstring(epub_files(compile_epub(content))["EPUB/text-1.xhtml"].split(b"\n", 2)[2])


def test_merged_cells_keep_their_spans() -> None:
    page = etree.fromstring(compile_web(make_content()).split(b"\n", 1)[1])
    spans = [cell.get("rowspan") for cell in page.iter(f"{XHTML}td") if cell.get("rowspan")]
    assert spans == ["2"] * 3


def test_the_order_of_texts_is_the_order_of_the_issue() -> None:
    texts = [make_text(number, title=f"文件{number}") for number in range(1, 9)]
    random.Random(1).shuffle(texts)
    placed = tuple(replace(text, position=number) for number, text in enumerate(texts, 1))
    page = compile_web(make_content(*placed)).decode()
    starts = [page.index(f"<h1>{text.title}</h1>") for text in placed]
    assert starts == sorted(starts)
