"""Sample rows of the registers: marked, plausible, within their schema, the same on every machine."""

import datetime as dt
import json
import re
import tomllib
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from tests.plans.plan_text import FOLDER
from tests.plans.test_registers import duties_served
from yangguang.rules.tables.schema import Check, Descriptor, Field, Intake, Kind, Type, read
from yangguang.sample.registers import Place, catalogue_rows, datasets, periods_of, rows_of
from yangguang.sample.registers.enterprises import COUNT, enterprise

YEAR = 2017
REGISTERS = {
    file.stem: read(json.loads(file.read_text(encoding="utf-8")))
    for file in sorted((FOLDER / "registers").glob("*.json"))
}
PYTHON = {
    Type.STRING: str,
    Type.YEARMONTH: str,
    Type.INTEGER: int,
    Type.YEAR: int,
    Type.NUMBER: Decimal,
    Type.BOOLEAN: bool,
    Type.DATE: dt.date,
}
each_register = pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)


@cache
def year_of(name: str) -> tuple[tuple[str, list[dict[str, Any]]], ...]:
    """(period, rows) of every period of the year; of a daily register a week."""
    register = REGISTERS[name]
    spans = periods_of(register, YEAR)
    return tuple((span.key, rows_of(register, span.key)) for span in spans[: 52 if len(spans) < 60 else 7])


def fits(field: Field, value: Any) -> bool:
    if value is None:
        return not field.required
    bounds = [each for each in (field.minimum, field.maximum) if isinstance(each, (int, float))]
    return (
        type(value) is PYTHON[field.type]
        and (not field.enum or value in field.enum)
        and (not field.pattern or bool(re.fullmatch(field.pattern, value)))
        and (field.minimum is None or value >= bounds[0])
        and (field.maximum is None or value <= bounds[-1])
    )


@each_register
def test_every_cell_fits_its_column(register: Descriptor) -> None:
    for key, rows in year_of(register.name):
        assert rows, key
        for row in rows:
            assert tuple(row) == register.names
            assert [name for name in row if not fits(register.field(name), row[name])] == [], row


@each_register
def test_keys_are_unique_within_the_table_that_they_end_up_in(register: Descriptor) -> None:
    for _, rows in year_of(register.name):
        keys = [tuple(row[name] for name in register.primary_key) for row in rows]
        assert len(keys) == len(set(keys))
    if register.kind is Kind.CASES and register.intake is Intake.UPSERT:
        keys = [
            tuple(row[name] for name in register.primary_key)
            for _, rows in year_of(register.name)
            for row in rows
        ]
        assert len(keys) == len(set(keys))
    for field in register.fields:
        if field.unique:
            for _, rows in year_of(register.name):
                values = [row[field.name] for row in rows]
                assert len(values) == len(set(values))


@each_register
def test_rows_point_to_rows_that_are_there(register: Descriptor) -> None:
    for key in register.foreign_keys:
        there = {tuple(row[name] for name in key.there) for _, rows in year_of(key.register) for row in rows}
        here = {tuple(row[name] for name in key.fields) for _, rows in year_of(register.name) for row in rows}
        assert here <= there


@each_register
def test_rows_are_drawn_anew_alike_and_differ_from_unit_to_unit(register: Descriptor) -> None:
    span = periods_of(register, YEAR)[-1]
    once = rows_of(register, span.key, "福田区政府")
    assert once == rows_of(register, span.key, "福田区政府")
    assert once != rows_of(register, span.key, "罗湖区政府")


@each_register
def test_codes_of_bodies_are_right_and_nobody_has_a_personal_number(register: Descriptor) -> None:
    uscc = pytest.importorskip("stdnum.cn.uscc")
    for field in register.fields:
        values = [row[field.name] for _, rows in year_of(register.name) for row in rows]
        if field.check is Check.USCC:
            assert all(value is None or uscc.is_valid(value) for value in values)
            assert all(value is None or value[2:8] == "990000" for value in values)
        if field.check is Check.ID_NUMBER:
            assert set(values) == {None}


def test_an_enterprise_is_the_same_in_every_register() -> None:
    names = {enterprise(number).uscc: enterprise(number).name for number in range(COUNT)}
    assert len(names) == COUNT
    assert all(name.startswith("【示例】") for name in names.values())
    met = [
        (row["uscc"], row["enterprise_name"])
        for name in ("random-inspection-results", "key-polluters", "polluter-emissions", "safety-blacklist")
        for _, rows in year_of(name)
        for row in rows
    ]
    assert met
    assert {names[code] == name for code, name in met} == {True}


def test_one_month_has_ten_sources_of_water_and_the_others_eleven() -> None:
    counted = {
        key: len({row["source_name"] for row in rows}) for key, rows in year_of("drinking-water-sources")
    }
    assert [key for key, count in counted.items() if count != 11] == ["2017-09"]
    assert counted["2017-09"] == 10


def test_totals_and_sums_of_the_year_agree() -> None:
    months = dict(year_of("fiscal-budget"))
    so_far: dict[tuple[str, str], Decimal] = {}
    for rows in months.values():
        for row in rows:
            place = (row["direction"], row["subject"])
            so_far[place] = so_far.get(place, Decimal(0)) + row["amount_month"]
            assert row["amount_cumulative"] == so_far[place]
        for direction in ("收入", "支出"):
            parts = [row for row in rows if row["direction"] == direction]
            total, *others = parts
            assert total["subject"] == "合计"
            assert total["amount_month"] == sum(row["amount_month"] for row in others)


def test_the_steps_of_a_licence_follow_each_other() -> None:
    for _, rows in year_of("food-licensing"):
        for row in rows:
            steps = [row[name] for name in ("accepted_on", "examined_on", "decided_on")]
            reached = [step for step in steps if step is not None]
            assert reached == sorted(reached)
            assert steps[: len(reached)] == reached
            assert len(reached) == {"已受理": 1, "审查中": 2, "已办结": 3}[row["stage"]]


def test_a_licence_moves_on_from_day_to_day_and_few_are_late() -> None:
    """The year's receipts as they stood on five days, in the order of the days."""
    register = REGISTERS["food-licensing"]
    months = [span.key for span in periods_of(register, YEAR)]
    stood: dict[str, list[str]] = {}
    late = 0
    for day in (dt.date(YEAR, month, 15) for month in (2, 5, 8, 11, 12)):
        for row in (row for month in months for row in rows_of(register, month, on=day)):
            assert all(row[name] is None or row[name] <= day for name in ("accepted_on", "decided_on"))
            stood.setdefault(row["receipt_no"], []).append(row["stage"])
            open_late = row["decided_on"] is None and row["promised_on"] < day
            late += open_late
            assert not open_late or (day - row["promised_on"]).days < 45
    assert all(steps == sorted(steps, key=("已受理", "审查中", "已办结").index) for steps in stood.values())
    assert any(len(set(steps)) > 1 for steps in stood.values())
    assert 0 < late < len(stood) / 10


# --- six hundred


def places() -> list[Place]:
    units = tomllib.loads((FOLDER / "units.toml").read_text(encoding="utf-8"))
    districts, departments = (group["members"] for group in units["group"])
    return [
        Place(unit["slug"], unit["name"], unit["name"] in districts)
        for unit in units["unit"]
        if unit["name"] in (*districts, *departments)
    ]


def test_there_are_six_hundred_datasets_each_with_its_own_name_and_rows() -> None:
    made = list(datasets(REGISTERS, places()))
    print(f"{len(made)} datasets besides {len(REGISTERS)} registers")
    assert len(made) >= 600
    assert len({one.name for one in made} | REGISTERS.keys()) == len(made) + len(REGISTERS)
    assert len({one.title for one in made}) == len(made)
    for one in made[::23]:
        rows = rows_of(one, periods_of(one, YEAR)[-1].key)
        assert rows
        assert all(fits(field, row[field.name]) for row in rows for field in one.fields)


def test_none_of_them_is_taken_for_a_duty_of_its_unit() -> None:
    taken = {
        one.name: duties
        for one in datasets(REGISTERS, places())
        if (duties := duties_served(one.unit, one.kind, one.publication, one.keywords))
    }
    assert taken == {}


def test_a_district_has_rows_of_its_own_district_only() -> None:
    made = {one.name: one for one in datasets(REGISTERS, places())}
    rows = rows_of(made["social-assistance-futian"], "2017-08")
    assert {row["district"] for row in rows} == {"福田区"}
    assert len(rows) == 4


def test_the_catalogue_lists_every_dataset_once() -> None:
    made = list(datasets(REGISTERS, places()))
    catalogue = REGISTERS["open-data-catalogue"]
    rows = catalogue_rows(catalogue, made, "2017")
    assert catalogue.measure
    assert len({row["dataset_id"] for row in rows}) == len(made) >= catalogue.measure.count
    assert all(fits(field, row[field.name]) for row in rows for field in catalogue.fields)
