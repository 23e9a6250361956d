"""The canonical form: a pattern that accepts exactly what is read unchanged, in Python and in the engine."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.tables import canonical
from yangguang.rules.tables.cells import Cell, read_cell
from yangguang.rules.tables.schema import Check, Field, Type

FIELDS = [
    *(Field("a", "甲", kind) for kind in Type),
    Field("a", "甲", Type.STRING, pattern="[0-9A-Z]+"),
    Field("a", "甲", Type.STRING, check=Check.USCC),
]
NEAR = st.one_of(
    st.text(max_size=12),
    st.text("0123456789.-+,:T 年月日亿万元%是否truefals\u3000\u200bＡ０（）aX\n\r", max_size=20),
    st.from_regex(r"-?[0-9]{1,17}(\.[0-9]{1,17})?", fullmatch=True),
    st.from_regex(r"[0-3][0-9]{3}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.from_regex(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]", fullmatch=True),
    st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).map(str),
)


def values(kind: Type) -> st.SearchStrategy[Any]:
    days = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))
    return {
        Type.STRING: st.text("深圳市南山区ABC 019（）,", min_size=1).map(str.strip).filter(bool),
        Type.INTEGER: st.integers(-(10**18) + 1, 10**18 - 1),
        Type.NUMBER: st.decimals(-999999, 999999, places=6).map(
            lambda value: Decimal(canonical.write(value))
        ),
        Type.BOOLEAN: st.booleans(),
        Type.DATE: days,
        Type.DATETIME: st.datetimes(dt.datetime(1000, 1, 1), dt.datetime(2999, 12, 31)).map(  # noqa: DTZ001
            lambda moment: moment.replace(microsecond=0)
        ),
        Type.YEARMONTH: days.map(lambda day: day.isoformat()[:7]),
        Type.YEAR: st.integers(1000, 2999),
    }[kind]


@given(st.sampled_from(FIELDS), NEAR)
def test_the_pattern_accepts_exactly_what_is_read_unchanged(field: Field, text: str) -> None:
    cell = read_cell(text, field)
    unchanged = isinstance(cell, Cell) and cell.change is None and text != ""
    assert bool(re.fullmatch(canonical.pattern(field), text)) == unchanged
    if unchanged:
        assert cell.text == text  # type: ignore[union-attr]


@given(st.sampled_from(FIELDS), NEAR)
def test_what_was_read_is_read_again_without_a_change(field: Field, text: str) -> None:
    cell = read_cell(text, field)
    if isinstance(cell, Cell) and cell.value is not None:
        assert read_cell(cell.text, field) == Cell(cell.value)


@given(st.data(), st.sampled_from(FIELDS[: len(Type)]))
def test_a_value_written_is_read_back(data: st.DataObject, field: Field) -> None:
    value = data.draw(values(field.type))
    assert read_cell(canonical.write(value), field) == Cell(value)


@given(st.lists(NEAR.filter(lambda text: "\0" not in text), min_size=1, max_size=20))
def test_the_engine_reads_the_patterns_as_python_does(texts: list[str]) -> None:
    with duckdb.connect() as engine:
        for field in FIELDS:
            pattern = canonical.pattern(field)
            rows = engine.execute(
                "SELECT regexp_full_match(t, ?) FROM (SELECT unnest(?::VARCHAR[]) AS t)", [pattern, texts]
            ).fetchall()
            assert [found for (found,) in rows] == [bool(re.fullmatch(pattern, text)) for text in texts]


@given(st.lists(NEAR, min_size=1, max_size=10))
def test_a_canonical_cell_is_cast_by_the_engine_to_the_value_that_is_read(texts: list[str]) -> None:
    types = {Type.INTEGER: "BIGINT", Type.NUMBER: "DOUBLE", Type.DATE: "DATE", Type.DATETIME: "TIMESTAMP"}
    with duckdb.connect() as engine:
        for kind, sql in types.items():
            field = Field("a", "甲", kind)
            for text in texts:
                if re.fullmatch(canonical.pattern(field), text):
                    (value,) = engine.execute(f"SELECT CAST(? AS {sql})", [text]).fetchone() or ()
                    cell = read_cell(text, field)
                    assert isinstance(cell, Cell)
                    assert value == (float(cell.text) if kind is Type.NUMBER else cell.value)
                    if kind is Type.NUMBER:
                        assert Decimal(repr(value)) == cell.value
