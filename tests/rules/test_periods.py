"""Which periods a plan's year has, drawn as tables."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.periods import (
    ONE_DAY,
    Kind,
    keys_within,
    lies_within,
    month_end,
    span_of,
    span_on,
    spans,
)

ISSUED = dt.date(2017, 6, 19)
REPEATING = (Kind.DAILY, Kind.MONTHLY, Kind.QUARTERLY, Kind.HALF_YEARLY, Kind.YEARLY)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (Kind.MONTHLY, "2017-06 2017-07 2017-08 2017-09 2017-10 2017-11 2017-12"),
        (Kind.QUARTERLY, "2017Q2 2017Q3 2017Q4"),
        (Kind.HALF_YEARLY, "2017H1 2017H2"),
        (Kind.YEARLY, "2017"),
        (Kind.ONCE, "2017"),
        (Kind.INTERNAL, "2017"),
    ],
)
def test_periods_run_from_the_plans_issue_to_the_end_of_its_year(kind: Kind, keys: str) -> None:
    assert [span.key for span in spans(kind, issued_on=ISSUED, year=2017)] == keys.split()


def test_every_day_from_the_issue_on_is_a_daily_period() -> None:
    found = list(spans(Kind.DAILY, issued_on=ISSUED, year=2017))
    assert found[0].key == "2017-06-19"
    assert found[-1].key == "2017-12-31"
    assert len(found) == (dt.date(2017, 12, 31) - ISSUED).days + 1


@pytest.mark.parametrize(
    ("issued_on", "first"),
    [("2017-06-30", "2017-06"), ("2017-07-01", "2017-07"), ("2016-12-20", "2017-01")],
)
def test_the_first_period_ends_on_or_after_the_issue_and_lies_in_the_year(issued_on: str, first: str) -> None:
    found = next(spans(Kind.MONTHLY, issued_on=dt.date.fromisoformat(issued_on), year=2017))
    assert found.key == first


@pytest.mark.parametrize(
    ("kind", "key", "label", "opens_on", "ends_on"),
    [
        (Kind.DAILY, "2017-08-14", "2017年8月14日", "2017-08-14", "2017-08-14"),
        (Kind.MONTHLY, "2017-08", "2017年8月", "2017-08-01", "2017-08-31"),
        (Kind.QUARTERLY, "2017Q3", "2017年第三季度", "2017-07-01", "2017-09-30"),
        (Kind.HALF_YEARLY, "2017H2", "2017年下半年", "2017-07-01", "2017-12-31"),
        (Kind.YEARLY, "2017", "2017年", "2017-01-01", "2017-12-31"),
    ],
)
def test_a_span_has_key_name_first_and_last_day(
    kind: Kind, key: str, label: str, opens_on: str, ends_on: str
) -> None:
    found = span_on(kind, dt.date(2017, 8, 14))
    assert (found.key, found.label) == (key, label)
    assert (found.opens_on.isoformat(), found.ends_on.isoformat()) == (opens_on, ends_on)


@given(st.dates(dt.date(2008, 1, 1), dt.date(2030, 12, 31)), st.sampled_from(REPEATING))
def test_spans_cover_every_day_once(day: dt.date, kind: Kind) -> None:
    span = span_on(kind, day)
    assert span.opens_on <= day <= span.ends_on
    assert span_on(kind, span.opens_on) == span == span_on(kind, span.ends_on)
    assert span_on(kind, span.ends_on + ONE_DAY).opens_on == span.ends_on + ONE_DAY


@pytest.mark.parametrize(
    ("year", "month", "last"), [(2017, 2, "2017-02-28"), (2017, 13, "2018-01-31"), (2016, 26, "2018-02-28")]
)
def test_a_month_beyond_december_lies_in_a_later_year(year: int, month: int, last: str) -> None:
    assert month_end(year, month).isoformat() == last


# key | period that it lies within, or not
WITHIN = """
2017-08    | 2017-08 | yes
2017-08    | 2017Q3  | yes
2017-08    | 2017H2  | yes
2017-08    | 2017    | yes
2017-08-31 | 2017-08 | yes
2017-08    | 2017-08-31 | no
2017Q3     | 2017-08 | no
2017-09-01 | 2017-08 | no
2016-08    | 2017    | no
八月       | 2017-08 | no
"""


@pytest.mark.parametrize("line", WITHIN.strip().splitlines())
def test_a_period_holds_the_shorter_ones_in_it(line: str) -> None:
    key, period, told = (part.strip() for part in line.split("|"))
    assert lies_within(key, period) == (told == "yes")
    assert (key in keys_within(period)) == (told == "yes")


@given(st.sampled_from(REPEATING), st.dates(dt.date(2015, 1, 1), dt.date(2018, 12, 31)))
def test_the_keys_within_a_period_are_those_that_lie_within_it(kind: Kind, day: dt.date) -> None:
    period = span_on(kind, day).key
    keys = keys_within(period)
    assert period in keys
    assert len(set(keys)) == len(keys)
    assert all(lies_within(key, period) for key in keys)
    days = [key for key in keys if len(key) == len("2017-08-14")]
    assert len(days) == (span_of(period).ends_on - span_of(period).opens_on).days + 1
