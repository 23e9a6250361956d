"""What files hide is found; a clean file passes; what cannot be read is said."""

import io
import zipfile
from typing import Any

import docx
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from yangguang.publishing.scanning import scan_file
from yangguang.rules.scan import Finding, Kind, Severity

ID = "11010519491231002X"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def kinds(found: list[Finding]) -> set[Kind]:
    return {finding.kind for finding in found}


def workbook() -> Workbook:
    book = Workbook()
    book.active.title = "名单"
    for row in (("姓名", "金额"), ("张某", 1200), ("李某", 800)):
        book.active.append(row)
    return book


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_clean_workbook_passes() -> None:
    assert scan_file("名单.xlsx", saved(workbook())) == []


def test_numbers_in_cells_are_found_at_their_cell_even_as_numbers() -> None:
    book = workbook()
    book.active["C2"], book.active["D3"] = ID, 13800138000
    found = scan_file("名单.xlsx", saved(book))
    assert [(each.kind, each.place.cell) for each in found] == [(Kind.ID_NUMBER, "C2"), (Kind.MOBILE, "D3")]
    assert found[0].words.startswith("附件“名单.xlsx”，工作表“名单”，C2 格：公民身份号码 110")


@pytest.mark.parametrize(
    ("hide", "kind"),
    [
        (lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True), Kind.HIDDEN_CELLS),
        (lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True), Kind.HIDDEN_CELLS),
        (lambda sheet: sheet.column_dimensions.group("A", "B", hidden=True), Kind.HIDDEN_CELLS),
        (lambda sheet: setattr(sheet["A1"], "comment", Comment("内部意见", "某")), Kind.COMMENT),
    ],
)
def test_what_a_sheet_hides_keeps_it_back(hide: Any, kind: Kind) -> None:
    book = workbook()
    hide(book.active)
    (finding,) = scan_file("名单.xlsx", saved(book))
    assert (finding.kind, finding.severity) == (kind, Severity.BLOCK)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_found_and_an_empty_one_is_not(state: str) -> None:
    book = workbook()
    book.create_sheet("空").sheet_state = state
    assert scan_file("表.xlsx", saved(book)) == []
    kept = book.create_sheet("底稿")
    kept["A1"], kept.sheet_state = "内部", state
    assert kinds(scan_file("表.xlsx", saved(book))) == {Kind.HIDDEN_SHEET}


def test_links_to_other_files_and_the_author_are_asked_about() -> None:
    book = workbook()
    book.properties.creator = "某某处张某"
    content = io.BytesIO(saved(book))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<x/>")
    found = scan_file("表.xlsx", content.getvalue())
    assert kinds(found) == {Kind.EXTERNAL_LINK, Kind.METADATA}
    assert {finding.severity for finding in found} == {Severity.ASK}


def word() -> Any:
    made = docx.Document()
    made.core_properties.author = ""
    made.add_paragraph("第一段。")
    made.add_paragraph("第二段。")
    return made


def wrapped(paragraph: Any, name: str) -> None:
    """Put the paragraph's first run into a tracked change."""
    run = paragraph.runs[0]._r
    change = run.makeelement(f"{{{W}}}{name}", {f"{{{W}}}author": "某"})
    run.addprevious(change)
    change.append(run)


def test_a_clean_word_file_passes() -> None:
    assert scan_file("通知.docx", saved(word())) == []


@pytest.mark.parametrize("change", ["ins", "moveTo"])
def test_tracked_changes_keep_a_word_file_back(change: str) -> None:
    made = word()
    wrapped(made.paragraphs[1], change)
    (finding,) = scan_file("通知.docx", saved(made))
    assert (finding.kind, finding.severity, finding.place.paragraph) == (
        Kind.TRACKED_CHANGE,
        Severity.BLOCK,
        2,
    )


def test_deleted_text_that_is_still_inside_is_found_and_scanned() -> None:
    made = word()
    made.paragraphs[0].runs[0].text = f"身份证 {ID}"
    wrapped(made.paragraphs[0], "del")
    for text in made.element.iter(f"{{{W}}}t"):
        if ID in text.text:
            text.tag = f"{{{W}}}delText"
    assert kinds(scan_file("通知.docx", saved(made))) == {Kind.TRACKED_CHANGE, Kind.ID_NUMBER}


def test_comments_hidden_text_and_tables_of_a_word_file() -> None:
    made = word()
    made.paragraphs[0].runs[0].font.hidden = True
    made.add_comment(made.paragraphs[1].runs[0], text="这里再核一下", author="某")
    made.add_table(1, 1).cell(0, 0).text = ID
    assert kinds(scan_file("通知.docx", saved(made))) == {Kind.COMMENT, Kind.HIDDEN_TEXT, Kind.ID_NUMBER}


def pdf(**drawn: Any) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setAuthor(drawn.get("author", ""))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 700, drawn.get("text", "第一段，全文公开。"))
    if "white" in drawn:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 600, drawn["white"])
    if "note" in drawn:
        canvas.textAnnotation(drawn["note"], Rect=[10, 10, 50, 50])
    canvas.showPage()
    if drawn.get("empty_page"):
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_clean_pdf_passes() -> None:
    assert scan_file("通知.pdf", pdf()) == []


@pytest.mark.parametrize(
    ("drawn", "kind", "severity"),
    [
        ({"text": f"张某 {ID}"}, Kind.ID_NUMBER, Severity.BLOCK),
        ({"author": "张某"}, Kind.METADATA, Severity.ASK),
        ({"white": "看不见的话"}, Kind.HIDDEN_TEXT, Severity.ASK),
        ({"note": "内部意见"}, Kind.COMMENT, Severity.BLOCK),
        ({"empty_page": True}, Kind.UNREADABLE, Severity.ASK),
    ],
)
def test_what_a_pdf_carries(drawn: dict[str, Any], kind: Kind, severity: Severity) -> None:
    (finding,) = scan_file("通知.pdf", pdf(**drawn))
    assert (finding.kind, finding.severity) == (kind, severity)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("坏.docx", b"not a zip"),
        ("坏.xlsx", b"PK\x03\x04broken"),
        ("坏.pdf", b"%PDF-1.7 broken"),
        ("旧.doc", b"\xd0\xcf\x11\xe0"),
        ("包.zip", b"PK"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, content: bytes) -> None:
    (finding,) = scan_file(name, content)
    assert (finding.kind, finding.severity) == (Kind.UNREADABLE, Severity.ASK)
    assert name in finding.words


def test_a_csv_is_read_cell_by_cell() -> None:
    content = f"姓名,证件号\n张某,{ID}\n".encode("gb18030")
    assert kinds(scan_file("名单.csv", content)) == {Kind.ID_NUMBER}
    assert scan_file("图.png", b"\x89PNG") == []
