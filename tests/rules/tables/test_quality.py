"""Tables drawn with their quality: every share counted by hand."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.cadence import CADENCES
from yangguang.rules.tables.outcome import Value
from yangguang.rules.tables.quality import (
    Part,
    Quality,
    RowFacts,
    Share,
    count,
    freshness_of,
    is_documented,
    quality,
)
from yangguang.rules.tables.schema import Descriptor, Field, Kind, Type

CALENDAR = shipped_calendar()
FIELDS = (
    Field("no", "编号", description="编号"),
    Field("state", "状态", description="状态", enum=("有效", "注销")),
    Field("sum", "金额", Type.NUMBER, description="合同金额", unit="万元", minimum=0),
    Field("person", "联系人", reporting=True),
)
REGISTER = Descriptor("permits", "许可", Kind.LIST, FIELDS, cadence="monthly", primary_key=("no",))
BY_ROW = Descriptor("permits", "许可", Kind.LIST, FIELDS)
DAY = dt.date(2017, 8, 31)


def rows(drawing: str) -> list[tuple[Value, ...]]:
    """Rows as `no state sum`, an empty cell as `.`."""
    found: list[tuple[Value, ...]] = []
    for line in drawing.split("/"):
        no, state, figure = [None if word == "." else word for word in line.split()]
        found.append((no, state, None if figure is None else Decimal(figure)))
    return found


# rows | complete | valid | unique
COUNTED = """
1 有效 3                         | 3/3 | 3/3 | 1/1
1 有效 . / 2 . .                 | 3/6 | 3/3 | 2/2
1 有效 3 / 2 无效 -1             | 6/6 | 4/6 | 2/2
1 有效 3 / 1 注销 4              | 6/6 | 6/6 | 1/2
1 有效 3 / 1 有效 3 / 2 有效 3   | 9/9 | 9/9 | 2/3
"""


def shares(found: Quality) -> dict[Part, str]:
    return {share.part: f"{share.met}/{share.of}" for share in found.shares}


@pytest.mark.parametrize("line", COUNTED.strip().splitlines())
def test_rows_are_counted_as_drawn(line: str) -> None:
    drawing, *told = (part.strip() for part in line.split("|"))
    facts = count(REGISTER, rows(drawing))
    found = shares(quality(facts, REGISTER, through=DAY, on=DAY, calendar=CALENDAR))
    assert [found[part] for part in (Part.COMPLETE, Part.VALID, Part.UNIQUE)] == told


def test_without_a_key_only_whole_rows_repeat_themselves() -> None:
    assert count(BY_ROW, rows("1 有效 3 / 1 注销 4")).distinct == 2
    assert count(BY_ROW, rows("1 有效 3 / 1 有效 3")).distinct == 1


# cadence | data through | asked on | next and due | working days of a cycle and overdue
FRESH = """
monthly     | 2017-07-31 | 2017-08-31 | 2017-08 2017-09-30   | 23 0
monthly     | 2017-07-31 | 2017-09-30 | 2017-08 2017-09-30   | 23 0
monthly     | 2017-07-31 | 2017-10-09 | 2017-08 2017-09-30   | 23 1
monthly     | 2017-07-10 | 2017-08-31 | 2017-08 2017-09-30   | 23 0
quarterly   | 2017-06-30 | 2017-11-03 | 2017Q3 2017-10-31    | 66 3
half_yearly | 2016-12-31 | 2017-08-31 | 2017H1 2017-08-31    | 123 0
yearly      | 2016-12-31 | 2018-01-02 | 2017 2018-04-02      | 249 0
daily       | 2017-08-31 | 2017-09-04 | 2017-09-01 2017-09-04 | 1 0
daily       | 2017-08-31 | 2017-09-06 | 2017-09-01 2017-09-04 | 1 2
periodic    | 2017-06-30 | 2017-08-31 | 2017Q3 2017-10-31    | 66 0
"""


@pytest.mark.parametrize("line", FRESH.strip().splitlines())
def test_freshness_is_counted_in_working_days(line: str) -> None:
    cadence, through, on, due, days = (part.strip() for part in line.split("|"))
    found = freshness_of(
        cadence, through=dt.date.fromisoformat(through), on=dt.date.fromisoformat(on), calendar=CALENDAR
    )
    assert found is not None
    assert f"{found.next.key} {found.due_on}" == due
    assert f"{found.cycle} {found.overdue}" == days


def test_the_freshness_of_what_promises_no_cycle_is_not_measured() -> None:
    for cadence in ("timely", "when_due", "by_deadline", "none"):
        register = Descriptor("x", "x", Kind.LIST, FIELDS, cadence=cadence)
        found = quality(count(register, rows("1 有效 3")), register, through=DAY, on=DAY, calendar=CALENDAR)
        assert found.freshness is None
        assert next(share for share in found.shares if share.part is Part.FRESH).value is None
        assert found.score == pytest.approx(100)


def test_a_whole_cycle_overdue_halves_the_share() -> None:
    through, due = dt.date(2017, 7, 31), dt.date(2017, 9, 30)
    on = CALENDAR.add_workdays(due, 23)
    found = quality(count(REGISTER, rows("1 有效 3")), REGISTER, through=through, on=on, calendar=CALENDAR)
    assert Share(Part.FRESH, 23, 46) in found.shares
    assert found.score == pytest.approx(90)


def test_a_column_is_documented_by_its_description_and_its_unit() -> None:
    bare = Field("sum", "金额", Type.NUMBER, description="合同金额")
    of_rows = Field("unit", "计量单位", description="每行的计量单位")
    assert not is_documented(Field("no", "编号"), REGISTER)
    assert is_documented(FIELDS[2], REGISTER)
    assert not is_documented(bare, Descriptor("x", "x", Kind.LIST, (bare,)))
    assert is_documented(bare, Descriptor("x", "x", Kind.LIST, (bare, of_rows)))


def test_a_table_without_rows_is_measured_by_what_is_left() -> None:
    found = quality(count(REGISTER, []), REGISTER, through=DAY, on=DAY, calendar=CALENDAR)
    assert shares(found) == {
        Part.COMPLETE: "0/0",
        Part.VALID: "0/0",
        Part.UNIQUE: "0/0",
        Part.FRESH: "22/22",
        Part.DOCUMENTED: "3/3",
    }
    nothing = Quality(tuple(Share(part, 0, 0) for part in Part), None)
    assert nothing.score is None


@given(
    some.tuples(some.integers(0, 9), some.integers(0, 9), some.integers(1, 4), some.integers(0, 36)),
    some.sampled_from(CADENCES),
    some.dates(dt.date(2016, 6, 1), dt.date(2018, 6, 1)),
    some.integers(0, 400),
)
def test_the_score_is_the_mean_of_what_was_measured(
    told: tuple[int, int, int, int], cadence: str, through: dt.date, later: int
) -> None:
    total, distinct, columns, filled = told
    distinct, filled = min(distinct, total), min(filled, total * columns)
    register = Descriptor("x", "x", Kind.LIST, FIELDS, cadence=cadence)
    facts = RowFacts(total, distinct, columns, filled, filled)
    on = through + dt.timedelta(days=later)
    found = quality(facts, register, through=through, on=on, calendar=CALENDAR)
    measured = [Fraction(share.met, share.of) for share in found.shares if share.of]
    assert all(0 <= share <= 1 for share in measured)
    assert found.score == pytest.approx(float(100 * sum(measured) / len(measured)), abs=0.051)
    later_still = quality(facts, register, through=through, on=on + dt.timedelta(days=30), calendar=CALENDAR)
    assert (later_still.score or 0) <= (found.score or 0)
