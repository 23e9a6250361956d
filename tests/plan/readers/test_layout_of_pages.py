"""What only real files have: rows cut by a page, page numbers, automatic numbers, styled headings."""

import io
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from tests.plan.readers.drawing import outlined
from yangguang.plan.readers import read_bytes

TITLE = "样例市政务公开工作要点（样例）"
UNITS = ("市财政局", "市卫生健康委", "市住房和城乡建设局")
THREE_TASKS = """1 财政公开
  1.1 公开预算。 = 市财政局
  1.2 公开决算。 = 市审计局
2 教育公开
  2.1 公开招生。 = 市教育局"""


def _page_number(canvas: Any, page: Any) -> None:
    canvas.setFont("STSong-Light", 9)
    canvas.drawCentredString(297, 30, f"— {page.page} —")


def _built(story: list[Any]) -> bytes:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(story, onFirstPage=_page_number, onLaterPages=_page_number)
    return buffer.getvalue()


def _style(name: str, size: int, **more: Any) -> ParagraphStyle:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return ParagraphStyle(
        name, fontName="STSong-Light", fontSize=size, leading=size * 1.4, wordWrap="CJK", **more
    )


@pytest.mark.parametrize("rows_may_split", [False, True])
def test_a_pdf_table_with_a_header_on_each_page_keeps_its_rows_whole(rows_may_split: bool) -> None:
    style = _style("cell", 10)
    rows, texts = [["序号", "工作任务", "具体要求", "牵头单位"]], []
    for number in range(12):
        area, place = divmod(number, 4)
        texts.append(f"第{number}项公开内容包括" + "财政收支情况和审计结果以及项目进展" * 6 + "等信息。")
        name = f"{'一二三'[area]}、领域{area}名称" if place == 0 else ""
        rows.append([str(number + 1), name, texts[-1], UNITS[area]])
    table = Table(
        [[Paragraph(cell, style) for cell in row] for row in rows],
        colWidths=[30, 80, 280, 70],
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
        splitInRow=int(rows_may_split),
        repeatRows=1,
    )
    reading = read_bytes(_built([Paragraph(TITLE, style), table]), "样例.pdf")
    assert [task.text for task in reading.tasks] == texts
    assert [(area.name, [task.leads for task in area.tasks]) for area in reading.areas] == [
        (f"领域{area}名称", [(UNITS[area],)] * 4) for area in range(3)
    ]
    assert reading.unplaced == ()


def test_pdf_paragraphs_go_on_over_page_ends_and_page_numbers_are_notes() -> None:
    body = _style("body", 14, firstLineIndent=28)
    story, texts = [Paragraph(TITLE, _style("head", 18, alignment=1))], []
    for area in range(4):
        story.append(Paragraph(f"{'一二三四'[area]}、推进领域{area}信息公开", body))
        for place in range(5):
            text = f"第{area}{place}项按月公开" + "全市预算收支情况和项目建设进展情况" * (2 + place) + "。"
            texts.append(text)
            group = "（市财政局牵头，市住房和城乡建设局、市卫生健康委员会按职责分工负责）"
            story.append(Paragraph(f"（{'一二三四五'[place]}）{text}{group}", body))
    reading = read_bytes(_built(story), "样例.pdf")
    assert [task.text for task in reading.tasks] == texts
    assert {task.leads for task in reading.tasks} == {("市财政局",)}
    notes = [line.text for line in reading.placed if line.role == "note"]
    assert notes == [f"— {number} —" for number in range(1, len(notes) + 1)]
    assert len(notes) > 1


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_the_automatic_numbers_of_word_are_read() -> None:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "%2.")
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for depth, text in (
        (0, "财政公开"),
        (1, "公开预算。（市财政局负责）"),
        (1, "公开决算。（市审计局负责）"),
        (0, "教育公开"),
        (1, "公开招生。（市教育局负责）"),
    ):
        paragraph = document.add_paragraph(text)._p.get_or_add_pPr()
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
        paragraph.append(parse_xml(number))
    assert outlined(read_bytes(_saved(document), "样例.docx")) == THREE_TASKS


def test_styled_headings_of_word_are_areas() -> None:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_heading("财政公开", 1)
    document.add_paragraph("公开预算。（市财政局负责）")
    document.add_paragraph("公开决算。（市审计局负责）")
    document.add_heading("教育公开", 1)
    document.add_paragraph("公开招生。（市教育局负责）")
    reading = read_bytes(_saved(document), "样例.docx")
    assert reading.title == TITLE
    assert outlined(reading) == THREE_TASKS


def test_headings_and_ordered_lists_of_a_page_are_areas_and_tasks() -> None:
    page = f"""<html><body><h1>{TITLE}</h1>
    <h2>财政公开</h2><ol><li>公开预算。（市财政局）</li><li>公开决算。（市审计局）</li></ol>
    <h2>教育公开</h2><ol><li>公开招生。（市教育局）</li></ol></body></html>"""
    reading = read_bytes(page.encode(), "样例.html")
    assert reading.title == TITLE
    assert outlined(reading) == THREE_TASKS
    assert [task.number for task in reading.tasks] == [1, 2, 1]


def test_a_page_with_layout_tables_and_a_data_sheet_is_read_by_its_plan_table() -> None:
    page = """<html><head><meta charset="gb2312"><title>x</title></head><body>
    <div><a>首页</a> &gt; <a>政府信息公开</a></div>
    <table><tr><td>文号：</td><td>青政办〔2018〕8号</td></tr>
    <tr><td>发布机构：</td><td>青山市人民政府办公室</td></tr></table>
    <h1>青山市2018年政务公开工作分工方案（样例）</h1>
    <table><tr><td><table><thead><tr><th>工作任务</th><th>具体要求</th><th>牵头单位</th></tr></thead>
    <tbody><tr><td rowspan=2>一、财政</td><td><p>1.公开预算。</p></td><td>市财政局</td></tr>
    <tr><td>2.公开决算。</td><td>市财政局</td></tr></tbody></table></td></tr></table>
    <div>打印本页 关闭窗口</div><script>document.write("市财政局牵头")</script></body></html>"""
    reading = read_bytes(page.encode("gb18030"), "样例.html")
    assert reading.title == "青山市2018年政务公开工作分工方案（样例）"
    assert (reading.number, reading.issuer) == ("青政办〔2018〕8号", "青山市人民政府办公室")
    assert outlined(reading) == "1 财政\n  1.1 公开预算。 = 市财政局\n  1.2 公开决算。 = 市财政局"


@pytest.mark.parametrize("header_again", [True, False])
@pytest.mark.parametrize("name_again", [True, False])
def test_merged_cells_of_a_pdf_go_on_over_the_page_end(header_again: bool, name_again: bool) -> None:
    """An area of seven tasks on two pages: its merged cell is cut, and empty (or named again) on the second."""
    style = _style("cell", 10)
    unit = "市财政局、市人力资源和社会保障局"
    rows = [[str(n + 1), "一、财政领域" if n == 0 else "", f"公开第{n}项预算。", unit] for n in range(7)]
    rows += [
        [str(n + 1), "二、住房领域" if n == 7 else "", f"公开第{n}项房源。", UNITS[2]] for n in range(7, 9)
    ]
    story: list[Any] = [Paragraph(TITLE, style)]
    for first, last in ((0, 4), (4, 9)):
        part = [list(row) for row in rows[first:last]]
        if first and name_again:
            part[0][1] = "一、财政领域"
        head = [["序号", "工作任务", "具体要求", "牵头单位"]] if header_again or not first else []
        spans = [("SPAN", (1, len(head)), (1, len(head) + min(last, 7) - first - 1))]
        if first:
            spans.append(("SPAN", (1, len(head) + 3), (1, len(head) + 4)))
        cells = [[Paragraph(cell, style) for cell in row] for row in head + part]
        grid = ("GRID", (0, 0), (-1, -1), 0.5, "black")
        story += [Table(cells, colWidths=[30, 80, 280, 80], style=[grid, *spans]), PageBreak()]
    reading = read_bytes(_built(story), "样例.pdf")
    assert [(area.name, len(area.tasks)) for area in reading.areas] == [("财政领域", 7), ("住房领域", 2)]
    assert {task.leads for task in reading.areas[0].tasks} == {("市财政局", "市人力资源和社会保障局")}
    assert {task.leads for task in reading.areas[1].tasks} == {("市住房和城乡建设局",)}
