"""Files as officials keep them, real ones, read and checked."""

import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from tests.registers.conftest import WATER
from yangguang.registers import intake
from yangguang.registers.intake.checking import chosen, letters
from yangguang.rules.tables.schema import Descriptor, read

REGISTER = read(WATER)
HEADING = ["月份", "水源名称", "水质类别", "达标率（%）"]
ROWS = [["2017-08", "甲水库", "Ⅱ类", 100], ["2017-08", "乙水库", "Ⅲ类", 99.5]]


def book(*rows: list[Any], merges: tuple[str, ...] = (), others: int = 0) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "八月"
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    for number in range(others):
        workbook.create_sheet(f"说明{number}").append(["本表由示例单位填报"])
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def csv_of(encoding: str, mark: str = ",") -> bytes:
    lines = [HEADING, *[[str(cell) for cell in row] for row in ROWS]]
    return "\r\n".join(mark.join(line) for line in lines).encode(encoding)


def json_of(wrapped: bool) -> bytes:
    found: Any = [dict(zip(["month", "source", "grade", "rate"], row, strict=True)) for row in ROWS]
    return json.dumps({"data": found} if wrapped else found, ensure_ascii=False).encode()


def checked_by(
    sheets: tuple[intake.Sheet, ...], register: Descriptor, choices: intake.Choices
) -> intake.Checked:
    """By the rules, and with the same findings by the engine."""
    sheet = chosen(sheets, choices)
    slow = intake.check_sheet(sheet, register, choices)
    fast = intake.check_sheet(sheet, register, choices, many=0)
    assert fast.left_out == slow.left_out
    for told in ("problems", "changes", "warnings", "counts"):
        found, twin = getattr(fast.report, told), getattr(slow.report, told)
        assert sorted(found, key=repr) == sorted(twin, key=repr)
    assert fast.report.row_count == slow.report.row_count
    return slow


VALUES = (
    ("2017-08", "甲水库", "Ⅱ类", Decimal(100)),
    ("2017-08", "乙水库", "Ⅲ类", Decimal("99.5")),
)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("plain.xlsx", lambda: book(HEADING, *ROWS)),
        ("several-sheets.xlsx", lambda: book(HEADING, *ROWS, others=2)),
        (
            "title-and-unit.xlsx",
            lambda: book(["2017年8月水源水质"], ["填报单位：示例单位"], HEADING, *ROWS, merges=("A1:D1",)),
        ),
        ("note-below.xlsx", lambda: book(HEADING, *ROWS, ["注：示例数据"])),
        ("utf-8.csv", lambda: csv_of("utf-8")),
        ("with-mark.csv", lambda: csv_of("utf-8-sig")),
        ("gbk.csv", lambda: csv_of("gb18030")),
        ("tabs.txt", lambda: csv_of("utf-8", "\t")),
        ("semicolons.csv", lambda: csv_of("utf-8", ";")),
        ("list.json", lambda: json_of(False)),
        ("wrapped.json", lambda: json_of(True)),
    ],
)
def test_the_same_rows_come_out_of_every_kind_of_file(name: str, make: Callable[[], bytes]) -> None:
    sheets = intake.read(make(), name)
    proposed = intake.propose(sheets, REGISTER)
    assert proposed.sure, proposed
    checked = checked_by(sheets, REGISTER, proposed.choices)
    assert checked.report.passed, checked.report.problems
    assert checked.report.rows == VALUES


def test_every_problem_is_told_at_once_with_its_place_and_remedy() -> None:
    data = book(
        ["标题"], HEADING, ["2017-08", "甲水库", "优", 100], ["八月", "", "Ⅱ类", "很高"], ROWS[1], ROWS[1]
    )
    sheets = intake.read(data, "wrong.xlsx")
    report = checked_by(sheets, REGISTER, intake.propose(sheets, REGISTER).choices).report
    places = {(one.sheet, one.row, one.column) for one in report.problems}
    assert {("八月", 3, "C"), ("八月", 4, "A"), ("八月", 4, "B"), ("八月", 4, "D")} <= places
    assert any("第 5 行重复" in one.message for one in report.problems)
    assert all(one.remedy for one in report.problems)


def test_a_total_row_is_left_out_and_said() -> None:
    sheets = intake.read(book(HEADING, *ROWS, ["合计", "2座", "", ""]), "total.xlsx")
    checked = checked_by(sheets, REGISTER, intake.propose(sheets, REGISTER).choices)
    assert checked.left_out == {"合计行": [4]}
    assert len(checked.report.rows) == 2


def test_what_a_person_chose_before_is_proposed_again() -> None:
    heading = ["时间", "名字", "水质类别", "比例"]
    sheets = intake.read(book(heading, *ROWS), "strange.xlsx")
    first = intake.propose(sheets, REGISTER)
    assert not first.sure
    chosen = {"时间": "month", "名字": "source", "水质类别": "grade", "比例": "rate"}
    remembered = {intake.reading.fingerprint(first.heading.names): chosen}
    again = intake.propose(sheets, REGISTER, remembered=remembered)
    assert again.choices.columns == ("month", "source", "grade", "rate")
    assert again.sure


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.csv", b"", "空的"),
        ("blank.csv", b"\n\n", "空的"),
        ("program.exe", b"MZ", "不接受 .exe"),
        ("broken.xlsx", b"PK\x03\x04broken", "损坏"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "加密"),
        ("not.json", b"{", "JSON"),
        ("number.json", b"[1, 2]", "对象的列表"),
        ("quotes.csv", '月份,"水源\n'.encode(), "引号"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str, data: bytes, told: str) -> None:
    with pytest.raises(intake.Unreadable, match=told):
        intake.read(data, name)


def test_a_file_without_any_heading_is_refused() -> None:
    sheets = intake.read(book([1, 2, 3], [4, 5, 6]), "numbers.xlsx")
    with pytest.raises(intake.Unreadable, match="表头"):
        intake.propose(sheets, REGISTER)


def test_days_of_a_workbook_stay_days() -> None:
    register = read(
        {
            **WATER,
            "kind": "list",
            "measure": None,
            "period": None,
            "intake": "replace",
            "schema": {
                "fields": [
                    {"name": "on", "title": "日期", "type": "date"},
                    {"name": "code", "title": "编号", "type": "string"},
                ]
            },
        }
    )
    sheets = intake.read(book(["日期", "编号"], [dt.date(2017, 8, 1), "0012"]), "days.xlsx")
    report = checked_by(sheets, register, intake.propose(sheets, register).choices).report
    assert report.rows == ((dt.date(2017, 8, 1), "0012"),)


@pytest.mark.parametrize(("place", "label"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_spreadsheets_call_them(place: int, label: str) -> None:
    assert letters(place) == label
