"""Large csv files: what the engine finds is what the rules find row by row, and nothing is guessed."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as some
from pytest_django import Settings

from yangguang.rules.tables.cells import Doubtful, Percent, Serial
from yangguang.rules.tables.checking import Layout, Row, check_rows
from yangguang.rules.tables.headings import heading_at
from yangguang.rules.tables.query import TableQuery
from yangguang.rules.tables.report import Report
from yangguang.rules.tables.schema import Check, Descriptor, Field, ForeignKey, Intake, Kind, Measure, Type
from yangguang.warehouse.tables import lines, loading, reading
from yangguang.warehouse.tables.loading import Loaded, Taking
from yangguang.warehouse.tables.stored import Stored

GOOD_CODE = "91440300708461136T"
FIELDS = (
    Field("no", "编号"),
    Field("who", "名称", required=True, max_length=4),
    Field("kind", "类别", enum=("甲", "乙")),
    Field("n", "数量", Type.INTEGER, minimum=0, maximum=100),
    Field("sum", "金额", Type.NUMBER, minimum=-0.5, unit="万元"),
    Field("day", "日期", Type.DATE, minimum="2017-01-01"),
    Field("code", "信用代码", check=Check.USCC, unique=True),
    Field("up", "上级", pattern="[0-9]{3}"),
    Field("id", "证件", check=Check.ID_NUMBER, reporting=True),
)
NAMES = [field.name for field in FIELDS]
REGISTER = Descriptor(
    "r",
    "示例",
    Kind.LIST,
    FIELDS,
    primary_key=("no",),
    foreign_keys=(ForeignKey(("up",), "", ("no",)), ForeignKey(("kind",), "kinds", ("kind",))),
    missing_values=("", "—"),
)
KNOWN = {"kinds": frozenset({("甲",)})}
CLEAN = [
    ["007", "李四", "甲", "3", "1.50", "2017-06-19", GOOD_CODE, "001", ""],
    ["001", "张三", "", "0", "", "2017-01-01", "", "", "11010519491231002X"],
]


def as_csv(rows: Sequence[Sequence[str]], end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue()


def load(
    folder: Path,
    rows: Sequence[Sequence[str]] | bytes,
    register: Descriptor = REGISTER,
    columns: Sequence[str] | None = None,
    **more: Any,
) -> Loaded:
    names = columns or register.names
    file = folder / "in.csv"
    file.write_bytes(rows if isinstance(rows, bytes) else as_csv([list(names), *rows]).encode())
    return loading.load_csv(file, Taking(register, names, **more))


def slowly(rows: Sequence[Sequence[str]], layout: Layout) -> Report:
    taken = (Row(number, dict(zip(NAMES, row, strict=True))) for number, row in enumerate(rows, 2))
    return check_rows(REGISTER, taken, layout, known=KNOWN)


def shown(loaded: Loaded, register: Descriptor = REGISTER) -> list[tuple[Any, ...]]:
    assert loaded.whole is not None
    return reading.page(Stored.public(loaded.whole.public.sha256, register), TableQuery()).rows


CELLS = (
    some.sampled_from(["1", "01", " 1", "", "１", "2"]),
    some.sampled_from(
        ["张三", "张三李四王", "", "—", " 李四 ", "a\nb", "电话13800138000", "123", "住\u200b所"]
    ),
    some.sampled_from(["甲", "乙", "丙", "", "甲 "]),
    some.sampled_from(["3", "-1", "101", "1,000", "三", "1.0", "", "007"]),
    some.sampled_from(["1.5", "-1", "0.10", "1e3", "5元", "1亿元", "", "２.５"]),
    some.sampled_from(["2017-06-19", "2017年6月19日", "2016-12-31", "2017-02-30", "19/6/2017", ""]),
    some.sampled_from([GOOD_CODE, GOOD_CODE[:-1] + "A", "123", "", GOOD_CODE.lower()]),
    some.sampled_from(["001", "1", "", "abc"]),
    some.sampled_from(["11010519491231002X", "110105194912310021", ""]),
)


@trying(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=some.lists(some.tuples(*CELLS), min_size=1, max_size=8), unit=some.sampled_from(["", "亿元"]))
def test_a_file_is_found_right_and_wrong_as_row_by_row(
    tmp_path: Path, rows: list[tuple[str, ...]], unit: str
) -> None:
    layout = Layout("表", {"no": "A"}, {"sum": unit} if unit else {})
    loaded, twin = load(tmp_path, rows, layout=layout, known=KNOWN), slowly(rows, layout)
    assert sorted(loaded.report.problems, key=repr) == sorted(twin.problems, key=repr)
    assert sorted(loaded.report.changes, key=repr) == sorted(twin.changes, key=repr)
    assert sorted(loaded.report.warnings, key=repr) == sorted(twin.warnings, key=repr)
    counts = (loaded.report.problem_count, loaded.report.change_count, loaded.rows)
    assert counts == (twin.problem_count, twin.change_count, len(twin.rows))
    assert (loaded.whole is not None) is twin.passed


SERIES = Descriptor(
    "s",
    "示例",
    Kind.SERIES,
    (
        Field("month", "月份", Type.YEARMONTH),
        Field("place", "地点"),
        Field("n", "数量", Type.NUMBER, maximum=9),
    ),
    primary_key=("place",),
    intake=Intake.PERIOD,
    period="month",
    measure=Measure("place", 3, "座"),
)


@trying(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=some.lists(
        some.tuples(
            some.sampled_from(["2017-08", "2017年8月", "2017-09", "八月", ""]),
            some.sampled_from(["甲", "乙", " 丙", ""]),
            some.sampled_from(["1", "10", "无", ""]),
        ),
        max_size=9,
    )
)
def test_rows_of_another_period_and_counts_are_found_as_row_by_row(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    report = load(tmp_path, rows, SERIES, period="2017-08").report
    taken = (Row(number, dict(zip(SERIES.names, row, strict=True))) for number, row in enumerate(rows, 2))
    twin = check_rows(SERIES, taken, period="2017-08")
    assert sorted(report.problems, key=repr) == sorted(twin.problems, key=repr)
    assert (report.counts, report.row_count) == (twin.counts, twin.row_count)


TYPED: tuple[some.SearchStrategy[object], ...] = (
    some.sampled_from(["1", "a\nb", "\x01i5", "\ud800", None, 7, 1.5]),
    some.sampled_from(["张三", 3.0, True, dt.date(2017, 6, 1)]),
    some.sampled_from(["甲", 1, Percent(0.5), None]),
    some.sampled_from([3.0, 3.5, -0.0, 10**20, "3", True, float("nan"), float("inf"), 5e-324, None]),
    some.sampled_from(
        [0.1 + 0.2, 1e15, 123456.789, Percent(0.5), Doubtful(0.5), -0.25, 0.0, "1.5", Serial(42905.0)]
    ),
    some.sampled_from(
        [
            dt.datetime.fromisoformat("2017-06-19"),
            dt.date(2017, 6, 19),
            Serial(42905.0),
            Serial(60.0),
            42905.0,
        ]
    ),
    some.sampled_from([GOOD_CODE, 91440300708461136.0, None]),
    some.sampled_from([1, "001", dt.time(9, 30), dt.timedelta(hours=1), None]),
    some.sampled_from(["11010519491231002X", None]),
)


@trying(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=some.lists(some.tuples(*TYPED), min_size=4, max_size=12), unit=some.sampled_from(["", "亿元"]))
def test_typed_cells_are_found_right_and_wrong_as_row_by_row(
    rows: list[tuple[object, ...]], unit: str
) -> None:
    layout = Layout("表", {"no": "A"}, {"sum": unit} if unit else {})
    found = loading.load_cells(
        enumerate(rows, 5), Taking(REGISTER, NAMES, layout, KNOWN, watched=[{"no": "1"}], keep=False)
    )
    taken = (Row(number, dict(zip(NAMES, row, strict=True))) for number, row in enumerate(rows, 5))
    twin = check_rows(REGISTER, taken, layout, known=KNOWN)
    for told in ("problems", "changes", "warnings"):
        assert sorted(getattr(found.report, told), key=repr) == sorted(getattr(twin, told), key=repr)
    assert bool(found.met) is any(row[0] == "1" for row in twin.rows)


# name | what stands above the data, and where it begins | rows of the file | rows seen | rows left out
FORMS = {
    "plain": ('编号,名称\n1,甲\n2,"乙, 丙"\n', {}, [(2, "1", "甲"), (3, "2", "乙, 丙")], {}),
    "title and heading of two lines": (
        '示例表,\n"编\n号",名称\n1,甲\n',
        {"lines": 3, "rows": 2},
        [(3, "1", "甲")],
        {},
    ),
    "blank line": ("编号,名称\n1,甲\n\n2,乙\n", {}, [(2, "1", "甲"), (4, "2", "乙")], {3: "blank"}),
    "short row": ("编号,名称\n1\n2,乙\n", {}, [(2, "1", None), (3, "2", "乙")], {}),
    "semicolons": ("编号;名称\n1;甲\n", {"separator": ";"}, [(2, "1", "甲")], {}),
    "total and repeated heading": (
        "编号,名称\n1,甲\n编 号,名称\n2,乙\n合 计,2\n",
        {},
        [(2, "1", "甲"), (4, "2", "乙")],
        {3: "heading", 5: "total"},
    ),
    "cells with lines, and blank ones": (
        '编号,名称\n1,"甲\n\n乙"\n\n',
        {},
        [(2, "1", "甲\n\n乙")],
        {3: "blank"},
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_row_keeps_its_number_whatever_stands_around_it(tmp_path: Path, name: str) -> None:
    text, form, seen, out = FORMS[name]
    file = tmp_path / "in.csv"
    file.write_text(text, encoding="utf-8")
    register = Descriptor("r", "示例", Kind.LIST, (Field("a", "编号"), Field("b", "名称", required=True)))
    heading = heading_at([["编号", "名称"]], 0, 0)
    told = replace(heading, last_row=int(form.get("rows", 1)) - 1)  # type: ignore[call-overload]
    loaded = loading.load_csv(file, Taking(register, ["a", "b"]), heading=told, form=lines.Form(**form))  # type: ignore[arg-type]
    assert {row + 1: kind.value for kind, rows in loaded.left_out.items() for row in rows} == out
    assert [(one.row, one.field) for one in loaded.report.problems] == [
        (row, "b") for row, _, b in seen if not b
    ]
    if loaded.whole:
        assert [row[1:] for row in shown(loaded, register)] == [tuple(row[1:]) for row in seen]


def test_clean_cells_become_a_version_in_the_order_of_the_key(tmp_path: Path) -> None:
    loaded = load(tmp_path, CLEAN)
    assert shown(loaded) == [
        (1, "001", "张三", None, 0, None, dt.date(2017, 1, 1), None, None),
        (2, "007", "李四", "甲", 3, 1.5, dt.date(2017, 6, 19), GOOD_CODE, "001"),
    ]
    assert loaded.whole is not None
    assert loaded.whole.reporting is not None
    assert [facts.name for facts in loaded.whole.reporting.columns] == NAMES


@pytest.mark.parametrize("encoded", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_letters_of_every_common_encoding_are_read(tmp_path: Path, encoded: str) -> None:
    content = as_csv([NAMES, *CLEAN], end="\r\n").encode(encoded)
    assert shown(load(tmp_path, content)) == shown(load(tmp_path, CLEAN))


def test_cells_hold_quotes_commas_and_lines(tmp_path: Path) -> None:
    register = Descriptor("r", "示例", Kind.LIST, (Field("a", "甲"), Field("b", "乙")))
    loaded = load(tmp_path, [["x\ny", 'say "no", then']], register)
    assert shown(loaded, register) == [(1, "x\ny", 'say "no", then')]


def test_without_a_key_the_order_of_the_file_stands_whatever_is_read_anew(tmp_path: Path) -> None:
    register = Descriptor("r", "示例", Kind.LIST, (Field("a", "甲"), Field("b", "乙")))
    rows = [[f" {number}" if number % 3 else f"{number}", "x"] for number in range(5000, 0, -1)]
    loaded = load(tmp_path, rows, register)
    assert loaded.whole is not None
    version = Stored.public(loaded.whole.public.sha256, register)
    found = reading.page(version, TableQuery(columns=("a",), limit=5000)).rows
    assert [row[0] for row in found] == [row[0].strip() for row in rows]


def test_a_problem_keeps_the_whole_file_back(tmp_path: Path, settings: Settings) -> None:
    settings.STORE_ROOT = tmp_path / "store"
    loaded = load(tmp_path, [*CLEAN, ["008", "", "", "", "", "", "", "", ""]])
    assert loaded.whole is None
    assert [(one.row, one.field, one.message) for one in loaded.report.problems] == [(4, "who", "没有填写")]
    assert list(settings.STORE_ROOT.iterdir()) == []


def test_more_problems_than_are_listed_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("texts", "checks"):
        monkeypatch.setattr(f"yangguang.warehouse.tables.{module}.MOST_LISTED", 2)
    register = replace(REGISTER, foreign_keys=(ForeignKey(("kind",), "kinds", ("kind",)),))
    rows = [["1", "", "乙", "x", "", "", "", "", ""]] * 5
    report = load(tmp_path, rows, register, known=KNOWN).report
    assert len(report.problems) == 2
    # In each of five rows a name is missing, a number is none, a kind is unknown; four repeat the key.
    assert report.problem_count == 19


def test_a_column_that_is_not_in_the_file_is_empty_and_others_are_left_out(tmp_path: Path) -> None:
    report = load(tmp_path, [["1", "x"]], columns=["no", ""]).report
    assert [(one.row, one.field, one.message) for one in report.problems] == [(2, "who", "没有填写")]


UNREADABLE = {
    "a row that is too long": (b"a,b\n1,2,3\n", "第 2 行比表头多出 1 格"),
    "quotes that are no pair": (b'a,b\n1,2\n"1,2\n', "第 3 行不是正确的 CSV"),
    "a zero byte": (b"a,b\n1,\x00\n", "不是文本文件"),
    "an Excel file": (b"PK\x03\x04 rest", "按 .xlsx 上传"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0 rest", "按 .xlsx 上传"),
    "letters of no encoding": (b"a,b\n\xff\xff,\xff\n", "另存为"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_table_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    content, words = UNREADABLE[name]
    register = Descriptor("r", "示例", Kind.LIST, (Field("a", "甲"), Field("b", "乙")))
    with pytest.raises(lines.Unreadable, match=words):
        load(tmp_path, content, register)


def test_rows_join_the_version_before_by_their_key(tmp_path: Path) -> None:
    register = Descriptor("r", "示例", Kind.LIST, FIELDS[:2], intake=Intake.UPSERT, primary_key=("no",))
    first = load(tmp_path, [["1", "张三"], ["2", "李四"]], register)
    assert first.whole is not None
    again = load(tmp_path, [["2", "王五"], ["3", "赵六"]], register, previous=first.whole.public.sha256)
    assert shown(again, register) == [(1, "1", "张三"), (2, "2", "王五"), (3, "3", "赵六")]
