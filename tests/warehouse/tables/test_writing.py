"""Versions as Parquet: every value comes back, the same rows make the same file, a failure leaves nothing."""

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as some
from pytest_django import Settings

from tests.warehouse.tables.drawn import FIELDS, ROWS
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse import store
from yangguang.warehouse.tables import engine, writing

TEXT = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
NUMBER = some.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)
VALUES = {
    Type.STRING: TEXT,
    Type.INTEGER: some.integers(-(2**63), 2**63 - 1),
    Type.NUMBER: NUMBER,
    Type.BOOLEAN: some.booleans(),
    Type.DATE: some.dates(dt.date(1, 1, 1)),
    Type.DATETIME: some.datetimes(dt.datetime(1000, 1, 1)),  # noqa: DTZ001
    Type.YEARMONTH: some.just("2017-06"),
    Type.YEAR: some.integers(1, 9999),
}
ALL_TYPES = tuple(Field(kind.value, kind.value, kind) for kind in Type)
ANY_ROW = some.tuples(*(some.none() | VALUES[kind] for kind in Type))


def read(sha256: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute("SELECT * FROM read_parquet(?)", [str(store.path(sha256))]).fetchall()


def as_stored(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


@trying(max_examples=20, deadline=None)
@given(some.lists(ANY_ROW, max_size=8))
def test_every_value_comes_back_in_the_order_it_came(rows: list[tuple[Any, ...]]) -> None:
    written = writing.write(rows, fields=ALL_TYPES)
    assert written.rows == len(rows)
    assert read(written.sha256) == [tuple(map(as_stored, row)) for row in rows]


def test_a_number_of_fifteen_digits_is_kept_exactly() -> None:
    (row,) = read(
        writing.write([(Decimal("123456789012.345"),)], fields=[Field("n", "数", Type.NUMBER)]).sha256
    )
    assert Decimal(repr(row[0])) == Decimal("123456789012.345")


def test_with_a_key_the_same_rows_make_the_same_file_in_any_order() -> None:
    shuffled = random.Random(1).sample(ROWS, len(ROWS))
    written = [writing.write(rows, fields=FIELDS, key=("code",)) for rows in (ROWS, shuffled)]
    assert written[0] == written[1]
    assert [row[0] for row in read(written[0].sha256)] == sorted(row[0] for row in ROWS)


def test_without_a_key_the_order_of_the_file_stands() -> None:
    assert [row[0] for row in read(writing.write(ROWS[::-1], fields=FIELDS).sha256)] == [
        row[0] for row in ROWS[::-1]
    ]


def test_groups_of_rows_are_small_enough_for_a_page() -> None:
    rows = ((str(number),) for number in range(writing.ROW_GROUP + 1))
    written = writing.write(rows, fields=[Field("n", "号")])
    with duckdb.connect() as connection:
        groups = connection.execute(
            "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata(?) ORDER BY 1",
            [str(store.path(written.sha256))],
        ).fetchall()
    assert groups == [(0, writing.ROW_GROUP), (1, 1)]


def test_filled_cells_are_counted() -> None:
    written = writing.write(ROWS, fields=FIELDS)
    assert {facts.name: facts.filled for facts in written.columns} == {
        field.name: sum(row[at] is not None for row in ROWS) for at, field in enumerate(FIELDS)
    }


def test_a_row_of_another_length_is_refused_by_its_number() -> None:
    with pytest.raises(ValueError, match="第 2 行有 1 个值，应有 2 个"):
        writing.write([("a", "b"), ("c",)], fields=[Field("a", "甲"), Field("b", "乙")])


def test_a_full_disk_is_told_and_leaves_the_last_version_and_nothing_else(
    small_disk: Path, settings: Settings
) -> None:
    settings.STORE_ROOT = small_disk / "store"
    last = writing.write(ROWS, fields=FIELDS)
    wide = [Field("text", "文字")]
    with pytest.raises(engine.DiskFull, match="磁盘空间不足"):
        writing.write(((random.Random(seed).randbytes(500).hex(),) for seed in range(10_000)), fields=wide)
    assert store.stands(last.sha256)
    assert [file for file in settings.STORE_ROOT.rglob("*") if file.is_file()] == [store.path(last.sha256)]


def test_a_source_that_breaks_off_leaves_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.STORE_ROOT = tmp_path / "store"

    def broken() -> Iterator[tuple[str]]:
        yield ("a",)
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError):
        writing.write(broken(), fields=[Field("a", "甲")])
    assert list(settings.STORE_ROOT.iterdir()) == []
