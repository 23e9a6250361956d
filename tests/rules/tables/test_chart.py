"""Charts as Vega-Lite: what is drawn, in which colours."""

import json
import re

import pytest

from yangguang.rules.tables import chart
from yangguang.rules.tables.chart import Point
from yangguang.rules.tables.schema import Descriptor, read


def described(mark: str = "bar", x: str = "what", series: str | None = None, **more: object) -> Descriptor:
    return read(
        {
            "name": "figures",
            "title": "数字",
            "kind": "series",
            "intake": "period",
            "period": "month",
            "schema": {
                "fields": [
                    {"name": "month", "title": "月份", "type": "yearmonth"},
                    {"name": "day", "title": "日期", "type": "date"},
                    {"name": "what", "title": "项目", "type": "string"},
                    {"name": "who", "title": "主体", "type": "string"},
                    {"name": "much", "title": "金额", "type": "number", "unit": "万元"},
                ]
            },
            "chart": {"mark": mark, "x": x, "y": "much", "series": series, "aggregate": "sum", **more},
        }
    )


def points(count: int, series: int = 1) -> list[Point]:
    return [
        Point(f"项{at}", f"系{each}" if series > 1 else "", 10.5 + at)
        for at in range(count)
        for each in range(series)
    ]


@pytest.mark.parametrize(
    ("mark", "x", "series", "newest"),
    [("bar", "what", None, True), ("bar", "what", "month", False), ("line", "month", "who", False)],
)
def test_figures_of_several_periods_are_never_added_up(
    mark: str, x: str, series: str | None, newest: bool
) -> None:
    assert chart.newest_only(described(mark, x, series)) is newest


def test_colours_are_ink_gold_and_greys_alone() -> None:
    drawings = [
        chart.specification(described("bar"), points(6)),
        chart.specification(described("bar", series="who"), points(6, 3)),
        chart.specification(described("bar", series="month"), points(6, 9)),
        chart.specification(described("line", "month", "who"), points(6, 5)),
        chart.specification(described("line", "month", "who"), points(6, 9)),
    ]
    for drawing in drawings:
        for colour in set(re.findall(r"#[0-9a-f]{6}", json.dumps(drawing))) - {chart.GOLD}:
            red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
            assert max(red, green, blue) - min(red, green, blue) <= 41, colour  # ink is the most coloured


def test_each_line_is_told_apart_by_more_than_its_colour() -> None:
    scale = chart.specification(described("line", "month", "who"), points(4, 5))["encoding"]
    looks = list(
        zip(scale["color"]["scale"]["range"], map(tuple, scale["strokeDash"]["scale"]["range"]), strict=True)
    )
    assert len(set(looks)) == 5


def test_more_than_five_lines_stand_side_by_side() -> None:
    drawing = chart.specification(described("line", "month", "who"), points(4, 6))
    assert drawing["facet"]["field"] == "series"
    assert drawing["columns"] == 3
    assert (
        chart.specification(described("line", "month", "who"), points(4, 6), width=chart.NARROW)["columns"]
        == 1
    )


def test_few_whole_things_are_counted_one_by_one() -> None:
    few = chart.specification(described(), [Point("甲", "", 2), Point("乙", "", 0)])
    assert few["encoding"]["x"]["axis"]["values"] == [0, 1, 2]
    assert "values" not in chart.specification(described(), points(3))["encoding"]["x"]["axis"]


def test_days_are_drawn_where_they_are() -> None:
    drawing = chart.specification(described("line", "day"), [Point("2017-11-08", "", 1)])
    assert drawing["data"]["values"][0]["x"] == "2017-11-08T00:00:00"


def test_the_measure_names_its_unit() -> None:
    assert chart.title_of_y(described()) == "金额（万元）"
    assert chart.title_of_y(described(aggregate="count")) == "行数"
