"""The numbers of charts and the index of enterprises, each beside its slow twin."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from tests.portal.data.conftest import PENALTIES, WATER_SOURCES
from yangguang.rules.tables.chart import MOST_BARS, Point
from yangguang.rules.tables.schema import Descriptor, read
from yangguang.warehouse.tables import holders, points
from yangguang.warehouse.tables.holders import Named, Source
from yangguang.warehouse.tables.stored import Stored
from yangguang.warehouse.tables.writing import write


def stored(described: Descriptor, rows: list[list[Any]]) -> Stored:
    written = write(rows, fields=described.public_fields, key=described.primary_key)
    return Stored.public(written.sha256, described)


def water(**chart: Any) -> Descriptor:
    return read({**WATER_SOURCES, "chart": {**WATER_SOURCES["chart"], **chart}})


ROWS = [
    [
        f"2017-{month:02}",
        f"{source}号",
        ("Ⅰ类", "Ⅱ类", "Ⅲ类")[(month + source) % 3],
        float(month * source % 7) or None,
    ]
    for month in range(1, 10)
    for source in range(1, 30)
]


@pytest.mark.parametrize("aggregate", ["sum", "mean", "count"])
def test_points_over_time_are_those_that_one_would_count_by_hand(aggregate: str) -> None:
    described = water(x="month", series="grade", aggregate=aggregate)
    groups: dict[tuple[str, str], list[float]] = {}
    for month, _, grade, rate in ROWS:
        groups.setdefault((month, grade), []).extend([] if rate is None else [rate])
    fold = {"sum": sum, "mean": lambda each: sum(each) / len(each), "count": len}[aggregate]
    # A group without any number has no sum and no mean; it counts as nothing.
    wanted = [
        Point(x, series, round(float(fold(each)), 4))
        for (x, series), each in sorted(groups.items())
        if each or aggregate == "count"
    ]
    assert list(points.points(stored(described, ROWS), described).points) == wanted


def test_bars_of_the_newest_period_the_longest_first() -> None:
    described = water(mark="bar", x="source", series=None, aggregate="sum")
    found = points.points(stored(described, ROWS), described)
    newest = sorted((-rate, source) for month, source, _, rate in ROWS if month == "2017-09" and rate)
    assert found.period == "2017-09"
    assert found.more is (len(newest) > MOST_BARS)
    assert [point.y for point in found.points] == [-rate for rate, _ in newest[:MOST_BARS]]


def test_a_register_without_a_chart_has_no_points() -> None:
    described = read({**WATER_SOURCES, "chart": None})
    assert points.points(stored(described, ROWS), described).points == ()


DAY = dt.date(2017, 9, 1)
CASES = [[f"{at}号", f"企业{at % 4}", f"CODE{at % 4}" if at % 5 else None, DAY, 1.0] for at in range(40)]


def test_the_index_finds_who_is_in_which_register() -> None:
    described = read(PENALTIES)
    one, two = stored(described, CASES), stored(described, CASES[:7])
    sources = (Source("one", one.sha256, "uscc", "party"), Source("two", two.sha256, "uscc"))
    counted = Counter(row[2] for row in CASES), Counter(row[2] for row in CASES[:7])
    for code in ("CODE0", "CODE1", "CODE2", "CODE3", "CODE9"):
        wanted = {
            name: count[code] for name, count in zip(("one", "two"), counted, strict=True) if count[code]
        }
        assert holders.registers_of(sources, code) == wanted
    assert holders.name_of(sources, "CODE2") == "企业2"
    assert holders.name_of(sources, "CODE9") == ""
    assert holders.named_like(sources, "企业 code3") == [Named("CODE3", "企业3", counted[0]["CODE3"])]
    assert holders.named_like(sources, "' OR 1=1") == []
    assert holders.named_like((), "企业") == []


def test_the_name_is_the_free_text_before_the_code() -> None:
    columns = holders.columns_of(read(PENALTIES))
    assert columns is not None
    code, name = columns
    assert (code.name, name and name.name) == ("uscc", "party")
    assert holders.columns_of(water()) is None
