"""What SQL counts for the quality of a version is what the rules count row by row."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as some
from pytest_django import Settings

from yangguang.rules.tables.quality import RowFacts
from yangguang.rules.tables.quality import count as slowly
from yangguang.rules.tables.schema import Check, Descriptor, Field, Kind, Type
from yangguang.warehouse.tables import quality
from yangguang.warehouse.tables.stored import Stored
from yangguang.warehouse.tables.writing import write

FIELDS = (
    Field("no", "编号", required=True, max_length=2),
    Field("kind", "类别", enum=("甲", "乙")),
    Field("n", "数量", Type.INTEGER, minimum=0, maximum=3),
    Field("sum", "金额", Type.NUMBER, minimum=-0.5),
    Field("code", "信用代码", check=Check.USCC),
    Field("id", "证件", check=Check.ID_NUMBER),
    Field("up", "上级", pattern="[0-9]{3}"),
)
KEYED = Descriptor("r", "示例", Kind.LIST, FIELDS, primary_key=("no", "kind"))
ROWS = some.tuples(
    some.sampled_from(["1", "2", "333", None]),
    some.sampled_from(["甲", "丙", None]),
    some.sampled_from([0, 3, 4, -1, None]),
    some.sampled_from([Decimal("-0.5"), Decimal("-0.51"), Decimal("7"), None]),
    some.sampled_from(["91440300708461136T", "914403007084611360", "X", None]),
    some.sampled_from(["11010519491231002X", "110105194912310021", None]),
    some.sampled_from(["001", "１２３", "12", None]),
)


@pytest.mark.parametrize("keyed", [True, False])
@trying(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(rows=some.lists(ROWS, max_size=12))
def test_sql_counts_as_the_rules_do(keyed: bool, rows: list[tuple[Any, ...]]) -> None:
    register = KEYED if keyed else replace(KEYED, primary_key=())
    written = write(rows, fields=FIELDS, key=register.primary_key)
    assert quality.count(Stored.public(written.sha256, register), register) == slowly(register, rows)


def test_columns_that_are_reported_only_are_not_counted(settings: Settings) -> None:
    register = replace(KEYED, fields=(*FIELDS[:2], replace(FIELDS[2], reporting=True)), primary_key=("n",))
    written = write([("1", "甲"), ("1", "甲"), ("1", None)], fields=FIELDS[:2])
    # The key is not public: rows are alike where all of their public cells are.
    assert quality.count(Stored.public(written.sha256, register), register) == RowFacts(3, 2, 2, 5, 5)


def test_a_file_that_is_gone_is_an_error_and_no_crash_of_the_engine() -> None:
    with pytest.raises(FileNotFoundError):
        quality.count(Stored.public("0" * 64, KEYED), KEYED)
