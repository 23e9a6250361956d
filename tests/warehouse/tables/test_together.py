"""Rows of many tables in one question, against a question to each."""

from yangguang.rules.tables.query import Compare, Op, TableQuery
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables import reading, together, writing
from yangguang.warehouse.tables.stored import Stored
from yangguang.warehouse.tables.together import Wanted

from .drawn import FIELDS, REGISTER, ROWS

OTHER = (Field("holder", "持有人"), Field("sum", "金额", Type.NUMBER), Field("at", "时间", Type.DATETIME))
OTHER_ROWS = [("宝安", -0.1, None), ("罗湖", 12345.678901, None), ("宝安", None, None)]


def test_rows_found_together_are_those_found_one_by_one() -> None:
    waters = Stored.public(writing.write(ROWS, fields=FIELDS, key=("code",)).sha256, REGISTER)
    other = Stored(writing.write(OTHER_ROWS, fields=OTHER, key=()).sha256, OTHER)
    wanted = [
        Wanted(version, column, value, fields)
        for version, column, fields in (
            (waters, "area", FIELDS),
            (other, "holder", OTHER),
            (other, "holder", OTHER[1:2]),
        )
        for value in ("宝安", "罗湖", "没有的", "' OR ''='")
    ]
    apart = [
        reading.page(
            one.version,
            TableQuery(
                columns=tuple(field.name for field in one.fields),
                where=Compare(one.column, Op.EQ, one.value),
            ),
        ).rows
        for one in wanted
    ]
    assert together.find(wanted) == apart
    assert [len(rows) for rows in apart][4:6] == [2, 1]


def test_nothing_wanted_is_nothing_found() -> None:
    assert together.find([]) == []
