"""Diffs of two versions against a slow twin that walks both lists."""

from typing import Any

from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as some

from tests.warehouse.tables.drawn import FIELDS, ROWS
from yangguang.rules.tables import diff as twin
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables import derived, diff, writing
from yangguang.warehouse.tables.diff import Change, Counts, Kind
from yangguang.warehouse.tables.stored import Stored

PAIR = (Field("k", "键", Type.INTEGER), Field("a", "甲"), Field("b", "乙", Type.INTEGER))
Row = tuple[int, str | None, int | None]


def side(rows: list[Any], fields: tuple[Field, ...] = PAIR, key: tuple[str, ...] = ("k",)) -> Stored:
    return Stored(writing.write(rows, fields=fields, key=key).sha256, fields, key)


def slowly(old: Stored, new: Stored, before: list[Any], after: list[Any]) -> tuple[Change, ...]:
    """What walking over both lists finds; the rows have the fields in their order."""
    sides = [
        [dict(zip([field.name for field in side.fields], row, strict=True)) for row in rows]
        for side, rows in ((old, before), (new, after))
    ]
    both = [field.name for field in new.fields if field in old.fields]
    return twin.changes(*sides, columns=both, key=new.key)


ANY_TABLE = some.dictionaries(
    some.integers(0, 9),
    some.tuples(some.none() | some.sampled_from("xyz"), some.none() | some.integers(0, 2)),
    max_size=8,
).map(lambda table: [(key, *rest) for key, rest in table.items()])
ANY_ROWS = some.lists(
    some.tuples(some.none() | some.sampled_from("xyz"), some.none() | some.integers(0, 2)), max_size=8
)


@trying(max_examples=20, deadline=None)
@given(ANY_TABLE, ANY_TABLE)
def test_the_diff_is_what_a_walk_over_both_lists_finds(old: list[Row], new: list[Row]) -> None:
    before, after = side(old), side(new)
    found = tuple(diff.every_change(before, after))
    assert found == slowly(before, after, old, new)
    assert diff.compare(before, after).counts == twin.counted(found)


@trying(max_examples=20, deadline=None)
@given(ANY_ROWS, ANY_ROWS)
def test_without_a_key_the_walk_finds_the_same_rows(old: list[Any], new: list[Any]) -> None:
    before, after = side(old, PAIR[1:], ()), side(new, PAIR[1:], ())
    found = tuple(diff.every_change(before, after))
    assert found == slowly(before, after, old, new)
    assert diff.compare(before, after).counts == twin.counted(found)


def test_a_version_does_not_differ_from_itself() -> None:
    same = side(ROWS, FIELDS, ("code",))
    assert diff.compare(same, same).counts == Counts()
    assert diff.changes(same, same) == []


def test_without_a_key_equal_rows_are_matched_and_counted() -> None:
    fields = (Field("a", "甲"),)
    old, new = (side([(word,) for word in words], fields, ()) for words in ("aabc", "abbd"))
    assert diff.compare(old, new).counts == Counts(added=2, gone=2)
    assert [(change.kind, change.after or change.before) for change in diff.every_change(old, new)] == [
        (Kind.ADDED, {"a": "b"}),
        (Kind.ADDED, {"a": "d"}),
        (Kind.GONE, {"a": "a"}),
        (Kind.GONE, {"a": "c"}),
    ]


def test_columns_of_one_side_are_named_and_a_changed_type_is_compared_as_text() -> None:
    old = side([(1, "2", 3)])
    new = side(
        [(1, 2, "n")], (Field("k", "键", Type.INTEGER), Field("a", "甲", Type.INTEGER), Field("c", "丙"))
    )
    found = diff.compare(old, new)
    assert (found.counts, found.columns_added, found.columns_gone) == (Counts(), ("c",), ("b",))


def test_pages_of_one_kind_follow_the_key() -> None:
    old, new = side([]), side([(number, None, None) for number in range(250)])
    page = diff.changes(old, new, kind=Kind.ADDED, limit=3, offset=100)
    assert [change.key for change in page] == [(100,), (101,), (102,)]
    assert diff.changes(old, new, kind=Kind.GONE) == []


def test_what_was_worked_out_can_be_dropped() -> None:
    old, new = side([(1, "a", 1)]), side([(1, "b", 1)])
    first: list[Change] = diff.changes(old, new)
    derived.drop()
    assert diff.changes(old, new) == first
