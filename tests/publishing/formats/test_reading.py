"""Files → official text: what stands in a file arrives, and what does not arrive is told."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from yangguang.publishing.formats.reading import Found, Unreadable, read_bytes, read_path
from yangguang.rules.official_text import parse

HEAD = ("示例市财政委员会文件", "示财〔2017〕3号", "关于印发《示例》的", "通知", "各区：")
END = ("市财政委员会", "2017年6月19日")


def word() -> "docx.document.Document":
    return docx.Document()


def read_word(document: "docx.document.Document") -> Found:
    written = io.BytesIO()
    document.save(written)
    return read_bytes(written.getvalue(), "示例.docx")


def told(found: Found) -> str:
    return " ".join(map(str, found.notices))


def png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "png")
    return written.getvalue()


class TestWord:
    def test_head_body_and_signature_come_out_as_fields(self) -> None:
        document = word()
        for text in (*HEAD, "现印发给你们。", *END):
            document.add_paragraph(text)
        found = read_word(document)
        assert (found.title, found.number) == ("关于印发《示例》的通知", "示财〔2017〕3号")
        assert (found.issuers, str(found.made_on)) == (("市财政委员会",), "2017-06-19")
        assert found.body.startswith("各区：\n\n现印发给你们。")
        assert not found.notices

    def test_merged_cells_come_out_merged(self) -> None:
        document = word()
        document.add_paragraph("正文。")
        table = document.add_table(3, 3)
        for y in range(3):
            for x in range(3):
                table.cell(y, x).text = f"{y}{x}"
        table.cell(0, 0).merge(table.cell(1, 0)).text = "指标"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "2016年"
        block = next(block for block in parse(read_word(document).body) if block.kind == "table")
        first = [(cell.text, cell.rows, cell.columns) for cell in block.table.cells[0]]
        assert first == [("指标", 2, 1), ("2016年", 1, 2)]
        assert block.rows[2] == ("20", "21", "22")

    def test_automatic_numbers_and_heading_styles_are_written_out(self) -> None:
        document = word()
        document.add_paragraph("前言。")
        document.add_heading("背景", 1)
        document.add_paragraph("甲。", style="List Number")
        document.add_paragraph("乙。", style="List Number")
        assert read_word(document).body.split("\n\n")[1:] == ["# 背景", "1.甲。", "2.乙。"]

    def test_pictures_become_attachments_and_headers_are_told_of(self) -> None:
        document = word()
        document.add_paragraph("正文。")
        document.add_picture(io.BytesIO(png()))
        document.sections[0].header.paragraphs[0].text = "内部资料"
        document.sections[0].footer.paragraphs[0].text = "第 1 页"
        found = read_word(document)
        assert [(picture.name, picture.content) for picture in found.pictures] == [("图1.png", png())]
        assert "![图1](图1.png)" in found.body
        assert "内部资料" in told(found)
        assert "第 1 页" not in told(found)

    def test_hidden_text_is_left_out_and_told_of(self) -> None:
        document = word()
        paragraph = document.add_paragraph("公开的")
        run = paragraph.add_run("不公开的")
        run.font.hidden = True
        run.font.size = Pt(9)
        found = read_word(document)
        assert "不公开的" not in found.body
        assert "隐藏" in told(found)

    def test_deleted_revisions_stay_out_and_inserted_ones_are_told_of(self) -> None:
        document = word()
        document.add_paragraph("第一段")
        found = read_word(
            _with_body(
                document,
                "<w:p><w:ins w:id='1' w:author='x'><w:r><w:t>加的。</w:t></w:r></w:ins>"
                "<w:del w:id='2' w:author='x'><w:r><w:delText>删的。</w:delText></w:r></w:del></w:p>",
            )
        )
        assert "加的。" in found.body
        assert "删的" not in found.body
        assert "修订" in told(found)


def _with_body(document: "docx.document.Document", xml: str) -> "docx.document.Document":
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document.element.body.insert(1, parse_xml(xml.replace("<w:p>", f"<w:p {space}>", 1)))
    return document


class TestWebPages:
    def test_the_article_is_taken_and_scripts_are_not(self) -> None:
        page = """<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="标题在这里">
        <meta name="ContentSource" content="市财政委"></head><body><nav>首页</nav><div id="zoom">
        <p>第一段，足够长，是为了让正文被认出来，而不是导航、页脚或者别的什么东西，五十字以上才算。</p><script>alert(1)</script>
        <table><tr><th rowspan="2">甲</th><th>乙</th></tr><tr><td>丙</td></tr></table>
        <p onclick="x()">第二段<br>另起一行</p></div><footer>版权</footer></body></html>"""
        found = read_bytes(page.encode(), "页.html")
        assert (found.title, found.issuers) == ("标题在这里", ("市财政委",))
        assert "首页" not in found.body
        assert "alert" not in found.body
        assert "甲\t乙\n^^\t丙" in found.body
        assert "第二段\n另起一行" in found.body
        assert "脚本" in told(found)

    def test_a_page_in_gb2312_is_read(self) -> None:
        page = '<meta charset="gb2312"><p>关于示例的通知</p><p>正文在这里。</p>'
        assert read_bytes(page.encode("gb18030"), "页.htm").body == "正文在这里。"


def draw(lines: list[tuple[float, float, str]], *, size: float = 16, pages: int = 1) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    for number in range(pages):
        canvas.setFont("STSong-Light", size)
        for x, y, text in lines:
            canvas.drawString(x, A4[1] - y, text)
        canvas.drawString(280, 40, f"— {number + 1} —")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


class TestPdf:
    def test_lines_are_joined_to_paragraphs_and_page_numbers_dropped(self) -> None:
        full = "为了示例制定本办法各单位要认真贯彻执行各项规定把工作做"
        content = draw(
            [(112, 120, full[:26]), (80, 149, full + "好"), (80, 178, "实做细。"), (112, 207, "第二段。")]
        )
        found = read_bytes(content, "示例.pdf")
        assert found.body.split("\n\n") == [full[:26] + full + "好实做细。", "第二段。"]

    def test_what_repeats_at_the_edge_of_every_page_is_dropped_and_told_of(self) -> None:
        content = draw([(80, 50, "某某单位内部资料"), (112, 150, "这一页上有一段正文。")], pages=4)
        found = read_bytes(content, "示例.pdf")
        assert "内部资料" not in found.body
        assert "内部资料" in told(found)
        assert found.body.count("这一页上有一段正文。") == 4

    def test_two_columns_are_read_one_after_the_other(self) -> None:
        left = [(60, 120 + 20 * row, f"左栏第{row}行的文字在这里。") for row in range(20)]
        right = [(320, 120 + 20 * row, f"右栏第{row}行的文字在这里。") for row in range(20)]
        found = read_bytes(draw([*left, *right], size=12), "示例.pdf")
        assert found.body.index("左栏第19行") < found.body.index("右栏第0行")
        assert "2 栏" in told(found)

    def test_a_scan_is_refused_with_the_remedy(self) -> None:
        with pytest.raises(Unreadable, match="OCR"):
            read_bytes(draw([], size=1).replace(b"\xe2\x80\x94", b""), "扫描.pdf")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("旧.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "另存为 .docx"),
        ("坏.docx", b"PK\x03\x04" + b"broken", "损坏"),
        ("坏.pdf", b"%PDF-1.7 nothing", "损坏"),
        ("假.pdf", b"hello", "不是有效的 PDF"),
        ("假.html", b"%PDF-1.7", "改回扩展名"),
        ("旧.doc", b"x", "另存为 .docx"),
        ("程序.exe", b"x", "不认识的文件类型"),
        ("空.txt", b" \n", "空的"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_that_names_it(
    name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Unreadable, match=sentence) as refused:
        read_bytes(content, name)
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 250_000_000)
    with pytest.raises(Unreadable, match="解压后过大"):
        read_bytes(written.getvalue(), "炸弹.docx")


def test_an_archive_of_too_many_parts_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", b"")
    with pytest.raises(Unreadable, match="10001 个部分"):
        read_bytes(written.getvalue(), "很多.docx")


def test_an_encrypted_pdf_is_refused_with_the_remedy() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    written = io.BytesIO()
    canvas = Canvas(written, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "text enough to read")
    canvas.save()
    with pytest.raises(Unreadable, match="已加密"):
        read_bytes(written.getvalue(), "密.pdf")


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(Unreadable, match="2000 MB"):
        read_path(path)


def test_a_text_without_empty_lines_has_a_paragraph_on_each_line() -> None:
    found = read_bytes("关于示例的通知\n第一段。\n甲\t乙\n1\t2\n第二段。".encode("gb18030"), "示例.txt")
    assert found.body.split("\n\n") == ["第一段。", "甲\t乙\n1\t2", "第二段。"]
