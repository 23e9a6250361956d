"""Editions on paper: the same bytes each time, everything printed, nothing in a text acts as markup."""

import io
import re

import docx
import pypdfium2
import pytest
from PIL import Image

from tests.factories import make_unit, publish, revise
from yangguang.publishing.formats.reading import read_bytes
from yangguang.publishing.formats.typesetting import Paper, docx_of, paper_of, pdf_of
from yangguang.publishing.formats.typesetting.docx import write_docx
from yangguang.publishing.formats.typesetting.pdf import write_pdf
from yangguang.warehouse import store

BODY = """各区人民政府：

一、总体要求

（一）指导思想。坚持公开[^1]。

指标\t2016年\t<<
^^\t上半年\t下半年
收入\t10\t12

附件：1.任务分工表

示例市财政委员会
2017年6月19日

附件1

任务分工表

[^1]: 示例脚注。"""


def paper(**facts: object) -> Paper:
    given = {
        "title": "关于印发《示例方案》的通知",
        "number": "示财〔2017〕3号",
        "organs": ("示例市财政委员会",),
        "keywords": ("公开",),
        "mark": None,
        "body": BODY,
        "pictures": {},
        "colophon": (("索引号", "x-2017-00001（第 1 版）"),),
        "made": 1_500_000_000,
        **facts,
    }
    return Paper(**given)  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def test_everything_that_is_printed_stands_in_the_pdf() -> None:
    text = text_of(write_pdf(paper(mark="本文件已于2019年3月1日废止")))
    for printed in (
        *(
            "本文件已于2019年3月1日废止",
            "示例市财政委员会文件",
            "示财〔2017〕3号",
            "关于印发《示例方案》的通知",
        ),
        *("各区人民政府：", "一、总体要求", "坚持公开", "上半年", "附件：1.任务分工表", "示例脚注。", "—2—"),
    ):
        assert re.sub(r"\s", "", printed) in text, printed


def test_the_pdf_is_the_same_each_time_and_says_that_it_is_archival() -> None:
    first = write_pdf(paper())
    assert write_pdf(paper()) == first
    assert b"pdfaid:part>2<" in first.replace(b'pdfaid:part="2"', b"pdfaid:part>2<")
    assert b"NotoSerifCJKsc" in first
    assert b"SimHei" not in first


NASTY = '#import "x": * $x^2$ *粗* _斜_ `码` @引 <标> // 注 \\u{41} #read("/etc/passwd") "引号" \'\' {} [[ ]] ~ - + / 1. = 标题'


def test_nothing_in_a_text_acts_as_markup() -> None:
    text = text_of(
        write_pdf(
            paper(
                title=NASTY,
                organs=(NASTY[:20], "市统计局"),
                mark=NASTY,
                body=f"{NASTY}\n\n甲\t{NASTY}\n1\t2\n\n一、{NASTY[:30]}\n\n# {NASTY[:20]}\n\n正文[^1]。\n\n[^1]: {NASTY}",
                colophon=((NASTY, NASTY),),
            )
        )
    )
    assert text.count(re.sub(r"\s", "", '#read("/etc/passwd")')) >= 5
    assert "root:" not in text


def test_signs_that_no_font_holds_are_replaced_and_told_of() -> None:
    text = text_of(write_pdf(paper(body="笑脸😀和藏文ཀ。")))
    assert "笑脸〓和藏文〓。" in text
    assert "U+1F600" in text
    assert "U+0F40" in text


def test_a_long_table_goes_over_pages_with_its_head() -> None:
    rows = "\n".join(f"{number}\t{'长' * 60}" for number in range(80))
    text = text_of(write_pdf(paper(body=f"序号\t内容\n{rows}")))
    assert text.count("序号内容") >= 3
    assert text.count("长" * 60) == 80 or text.count("长") == 80 * 60


@pytest.mark.parametrize("body", ["", "[^1]: 只有脚注。", "![图](没有.png)", "\t", "一\t二"])
def test_odd_texts_are_set_too(body: str) -> None:
    assert write_pdf(paper(body=body, number="")).startswith(b"%PDF")
    assert write_docx(paper(body=body, number="")).startswith(b"PK")


class TestPictures:
    def test_a_picture_stands_on_the_page(self) -> None:
        written = io.BytesIO()
        Image.new("RGB", (40, 40), "blue").save(written, "png")
        kept = {"图1.png": store.put(written.getvalue())}
        body = "正文。\n\n![示意图](图1.png)"
        pdf = pypdfium2.PdfDocument(write_pdf(paper(body=body, pictures=kept)))
        kinds = [item.type for item in pdf[0].get_objects(max_depth=6)]
        pdf.close()
        assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds
        found = docx.Document(io.BytesIO(write_docx(paper(body=body, pictures=kept))))
        assert len(found.inline_shapes) == 1

    def test_a_broken_picture_is_told_by_its_caption(self) -> None:
        kept = {"图1.png": store.put(b"\x89PNG broken")}
        assert "示意图" in text_of(write_pdf(paper(body="![示意图](图1.png)", pictures=kept)))


class TestWord:
    def test_what_was_written_is_read_back(self) -> None:
        found = read_bytes(write_docx(paper(colophon=())), "示例.docx")
        assert (found.title, found.number) == ("关于印发《示例方案》的通知", "示财〔2017〕3号")
        assert found.body == BODY

    def test_the_file_is_the_same_each_time(self) -> None:
        assert write_docx(paper()) == write_docx(paper())

    def test_margins_and_fonts_are_those_of_the_standard(self) -> None:
        document = docx.Document(io.BytesIO(write_docx(paper())))
        section = document.sections[0]
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin.mm) for margin in margins if margin] == [37, 35, 28, 26]
        assert document.styles["Normal"].font.name == "仿宋"


@pytest.mark.django_db
class TestKept:
    def test_an_edition_is_set_once_and_each_edition_has_its_own(self) -> None:
        document = publish(unit=make_unit(), body="第一版的正文。", number="示财〔2017〕9号")
        first = pdf_of(paper_of(document.editions.get(number=1)))
        revise(document, on="2017-09-16", body="第二版的正文。")
        second = pdf_of(paper_of(document.editions.get(number=2)))
        assert "第一版的正文。" in text_of(first)
        assert "第二版的正文。" in text_of(second)
        assert pdf_of(paper_of(document.editions.get(number=1))) == first
        assert docx_of(paper_of(document.editions.get(number=1))) == docx_of(
            paper_of(document.editions.get(number=1))
        )

    def test_a_mark_makes_another_file(self) -> None:
        edition = publish(unit=make_unit(), body="正文。").editions.get()
        assert "废止" in text_of(pdf_of(paper_of(edition, "本文件已废止")))
        assert "废止" not in text_of(pdf_of(paper_of(edition)))
