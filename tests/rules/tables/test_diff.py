"""Two drawn tables, and what changed between them."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yangguang.rules.tables.diff import Cell, Change, Counts, Kind, changes, counted
from yangguang.rules.tables.outcome import Value

COLUMNS = ("no", "name", "state")
Row = Mapping[str, Value]


def table(drawing: str) -> list[Row]:
    """Rows as `no name state`, an empty cell as `.`."""
    return [
        dict(zip(COLUMNS, [None if word == "." else word for word in line.split()], strict=True))
        for line in drawing.split("/")
        if line.strip()
    ]


# before | after | what is told: + added, - gone, ~ changed with its cells
KEYED = """
1 甲 好            | 1 甲 好            |
                   | 1 甲 好            | +1
1 甲 好            |                    | -1
1 甲 好            | 1 乙 好            | ~1 name:甲>乙
1 甲 .             | 1 乙 好            | ~1 name:甲>乙 state:.>好
1 甲 好            | 1 甲 .             | ~1 state:好>.
1 甲 好 / 2 乙 好  | 2 乙 好 / 1 甲 好  |
3 丙 好 / 1 甲 好  | 2 乙 好 / 1 甲 坏  | ~1 state:好>坏, +2, -3
10 甲 好           | 9 甲 好            | -10, +9
"""
SIGNS = {Kind.ADDED: "+", Kind.GONE: "-", Kind.CHANGED: "~"}


def drawn(change: Change) -> str:
    cells = [f"{cell.column}:{cell.before or '.'}>{cell.after or '.'}" for cell in change.cells]
    return " ".join([f"{SIGNS[change.kind]}{change.key[0]}", *cells])


@pytest.mark.parametrize("line", KEYED.strip().splitlines())
def test_rows_are_matched_by_their_key_and_come_in_its_order(line: str) -> None:
    before, after, told = (part.strip() for part in line.split("|"))
    found = changes(table(before), table(after), columns=COLUMNS, key=("no",))
    assert ", ".join(map(drawn, found)) == told


def test_without_a_key_equal_rows_are_matched_one_to_one() -> None:
    before, after = table("1 甲 . / 1 甲 . / 2 乙 好"), table("2 乙 好 / 1 甲 . / 2 乙 好 / . 丙 好")
    found = changes(before, after, columns=COLUMNS)
    assert [(each.kind, tuple((each.after or each.before or {}).values())) for each in found] == [
        (Kind.ADDED, ("2", "乙", "好")),
        (Kind.ADDED, (None, "丙", "好")),
        (Kind.GONE, ("1", "甲", None)),
    ]
    assert counted(found) == Counts(added=2, gone=1)


def test_columns_that_only_one_table_has_are_not_compared() -> None:
    before, after = table("1 甲 好"), table("1 甲 坏")
    assert changes(before, after, columns=("no", "name"), key=("no",)) == ()


def test_a_figure_written_with_more_zeros_is_the_same_figure() -> None:
    found = changes([{"sum": Decimal("1.50")}], [{"sum": Decimal("1.5")}], columns=("sum",))
    assert found == ()


ANY_TABLE = some.dictionaries(some.integers(0, 6), some.none() | some.sampled_from("xyz"), max_size=6).map(
    lambda cells: [{"no": number, "name": name} for number, name in cells.items()]
)


@given(ANY_TABLE, ANY_TABLE)
def test_the_changes_make_the_newer_table_of_the_older(old: list[Row], new: list[Row]) -> None:
    rows = {row["no"]: dict(row) for row in old}
    for change in changes(old, new, columns=("no", "name"), key=("no",)):
        if change.kind is Kind.GONE:
            assert rows.pop(change.key[0]) == change.before
        elif change.kind is Kind.ADDED:
            assert change.key[0] not in rows
            rows[change.key[0]] = dict(change.after or {})
        else:
            for cell in change.cells:
                assert rows[change.key[0]][cell.column] == cell.before
                rows[change.key[0]][cell.column] = cell.after
    assert rows == {row["no"]: dict(row) for row in new}


@given(ANY_TABLE, ANY_TABLE)
def test_backwards_what_was_added_is_gone(old: list[Row], new: list[Row]) -> None:
    turned = {Kind.ADDED: Kind.GONE, Kind.GONE: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}
    there = changes(old, new, columns=("no", "name"), key=("no",))
    back = changes(new, old, columns=("no", "name"), key=("no",))
    assert back == tuple(
        Change(
            turned[each.kind],
            each.key,
            each.after,
            each.before,
            tuple(Cell(cell.column, cell.after, cell.before) for cell in each.cells),
        )
        for each in there
    )
