"""The numbers of a register's chart, worked out from the rows of a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yangguang.rules.tables.chart import MOST_BARS, Point, newest_only, over_time
from yangguang.rules.tables.schema import Descriptor
from yangguang.warehouse.tables import engine
from yangguang.warehouse.tables.columns import literal, quoted
from yangguang.warehouse.tables.stored import Stored

MOST_POINTS = 4_000
MOST_ROWS = 20_000
_FUNCTIONS = {"sum": "sum", "mean": "avg", "count": "count"}


@dataclass(frozen=True)
class Points:
    """What the chart shows; `period` the one period it is of, empty: of all. `more`: some were left out."""

    points: tuple[Point, ...]
    period: str = ""
    more: bool = False


def points(version: Stored, descriptor: Descriptor) -> Points:
    """The points of the chart in the order of the x axis. None at all where the register has no chart.

    Of bars of things only the longest are kept (`MOST_BARS`), of marks in time the latest.
    """
    chart = descriptor.chart
    if chart is None:
        return Points(())
    with engine.asking() as cursor:
        period = _newest(cursor, version, descriptor) if newest_only(descriptor) else ""
        found = cursor.execute(_statement(version, descriptor, period)).fetchall()
    rows = [row for row in found if row[2] is not None]
    if over_time(descriptor.field(chart.x)):
        kept = sorted(rows, key=lambda row: (str(row[0]), row[1]))[-MOST_POINTS:]
        return Points(tuple(map(_point, kept)), period, len(rows) > MOST_POINTS)
    sums: dict[Any, float] = {}
    for x, _, y in rows:
        sums[x] = sums.get(x, 0) + float(y)
    longest = sorted(sums, key=lambda x: -sums[x])[:MOST_BARS]
    kept = sorted((row for row in rows if row[0] in longest), key=lambda row: (longest.index(row[0]), row[1]))
    return Points(tuple(map(_point, kept)), period, len(sums) > MOST_BARS)


def _statement(version: Stored, descriptor: Descriptor, period: str) -> str:
    chart = descriptor.chart
    assert chart is not None  # noqa: S101 asked before
    x, series = quoted(chart.x), f"{quoted(chart.series)}::VARCHAR" if chart.series else "''"
    function = _FUNCTIONS.get(chart.aggregate)
    y = f"{function}({quoted(chart.y) if chart.y else '*'})" if function else quoted(chart.y)
    where = f" AND {quoted(descriptor.period)}::VARCHAR = {literal(period)}" if period else ""
    group = " GROUP BY ALL" if function else ""
    return (
        f"SELECT {x} AS x, coalesce({series}, '') AS series, {y} AS y FROM {version.relation}"  # noqa: S608
        f" WHERE {x} IS NOT NULL{where}{group} ORDER BY x DESC, series LIMIT {MOST_ROWS}"
    )


def _newest(cursor: Any, version: Stored, descriptor: Descriptor) -> str:
    name = quoted(descriptor.period)
    found = cursor.execute(f"SELECT max({name})::VARCHAR FROM {version.relation}").fetchone()  # noqa: S608
    return found[0] or "" if found else ""


def _point(row: tuple[Any, Any, Any]) -> Point:
    return Point(str(row[0]), str(row[1]), round(float(row[2]), 4))
