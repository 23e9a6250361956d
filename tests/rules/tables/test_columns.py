"""Columns of files proposed for fields: exact, alias, folded, similar; never two for one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.tables.columns import How, Proposal, alike, missing, propose
from yangguang.rules.tables.schema import read


def field(name: str, title: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "title": title, "type": kind, **more}


REGISTER = read(
    {
        "name": "subsidies",
        "title": "补贴",
        "kind": "list",
        "schema": {
            "fields": [
                field(
                    "unit_name", "单位名称", aliases=["企业名称", "获补单位"], constraints={"required": True}
                ),
                field("code", "统一社会信用代码", check="uscc"),
                field("amount", "资助金额", "number", unit="万元", aliases=["金额"]),
                field("income_month", "收入本月", "number", unit="万元"),
                field("income_total", "收入累计", "number", unit="万元"),
                field("share", "占比", "number", unit="%"),
                field("start_day", "开工日期", "date"),
                field("end_day", "竣工日期", "date"),
                field("remark", "备注"),
            ],
            "primaryKey": ["code"],
        },
    }
)

# heading | field | how | unit to convert from
ALONE = """
单位名称             | unit_name    | exact   |
unit_name            | unit_name    | exact   |
企业名称             | unit_name    | alias   |
单 位 名 称          | unit_name    | folded  |
单位名称（必填）     | unit_name    | folded  |
UNIT_NAME            | unit_name    | folded  |
获补单位名称         | unit_name    | similar |
统一社会信用代码号   | code         | similar |
社会统一信用代码     | code         | similar |
资助金额（万元）     | amount       | folded  |
资助金额（亿元）     | amount       | folded  | 亿元
资助金额(元)         | amount       | folded  | 元
金额/元              | amount       | folded  | 元
收入/本月            | income_month | folded  |
收入/累计（亿元）    | income_total | folded  | 亿元
占比（％）           | share        | folded  |
序号                 |              | none    |
所在辖区             |              | none    |
                     |              | none    |
"""


@pytest.mark.parametrize("line", ALONE.strip("\n").splitlines())
def test_a_heading_is_proposed_for_a_field_with_its_reason(line: str) -> None:
    heading, name, how, unit = (part.strip() for part in f"{line} |".split("|")[:4])
    (found,) = propose([heading], REGISTER)
    assert (found.field, found.how, found.unit) == (name, how, unit)
    assert (found.sure > 0) == bool(name)


def test_two_columns_never_get_one_field() -> None:
    found = propose(["企业名称", "获补单位"], REGISTER)
    assert [each.field for each in found] == ["", ""]
    assert all(each.rivals == ("unit_name",) and "请选定" in each.problem for each in found)


def test_the_surer_column_gets_the_field_and_the_other_is_told() -> None:
    found = propose(["单位名称", "企业名称"], REGISTER)
    assert found[0] == Proposal(0, "单位名称", "unit_name", How.EXACT, 1.0)
    assert (found[1].field, found[1].rivals) == ("", ("unit_name",))
    assert "单位名称" in found[1].problem


def test_a_heading_that_is_as_much_like_two_fields_is_left_to_a_person() -> None:
    (found,) = propose(["完工日期"], REGISTER)
    assert found.field == ""
    assert set(found.rivals) == {"start_day", "end_day"}
    assert (
        found.problem == "可能是竣工日期、开工日期，请选定"
        or found.problem == "可能是开工日期、竣工日期，请选定"
    )


def test_what_a_person_confirmed_is_proposed_again() -> None:
    remembered = {"完工日期": "end_day", "备注": "", "旧列": "no_such_field"}
    found = propose(["完工日期", "备注", "旧列"], REGISTER, remembered=remembered)
    assert [(each.field, each.how) for each in found] == [
        ("end_day", How.REMEMBERED),
        ("", How.REMEMBERED),
        ("", How.NONE),
    ]


def test_the_sheets_unit_counts_where_the_heading_states_none() -> None:
    found = propose(["金额", "收入本月（万元）", "占比", "单位名称"], REGISTER, sheet_units=("亿元",))
    assert [each.unit for each in found] == ["亿元", "", "", ""]


def test_a_unit_that_leads_nowhere_is_told() -> None:
    (found,) = propose(["资助金额（吨）"], REGISTER)
    assert found.field == "amount"
    assert "不能换算" in found.problem


def test_fields_that_must_be_given_and_have_no_column_are_named() -> None:
    assert [each.name for each in missing(propose(["备注"], REGISTER), REGISTER)] == ["unit_name", "code"]
    assert missing(propose(["单位名称", "统一社会信用代码"], REGISTER), REGISTER) == ()


@given(st.lists(st.text("单位企业名称金额（万亿元）日期开竣工 /a", max_size=8), max_size=8))
def test_whatever_the_headings_no_field_is_given_twice(names: list[str]) -> None:
    found = propose(names, REGISTER)
    assert [each.heading for each in found] == names
    given_fields = [each.field for each in found if each.field]
    assert len(given_fields) == len(set(given_fields))


@given(st.text(max_size=8), st.text(max_size=8))
def test_likeness_goes_both_ways_and_stays_between_nothing_and_all(first: str, second: str) -> None:
    assert alike(first, second) == pytest.approx(alike(second, first))
    assert 0 <= alike(first, second) <= 1
