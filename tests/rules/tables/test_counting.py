"""What a file names beside what the plan promises, drawn as tables."""

import dataclasses

import pytest

from yangguang.rules.tables.counting import Counted, counted
from yangguang.rules.tables.schema import Descriptor, Field, Intake, Kind, Measure, Type

WATER = Descriptor(
    "water",
    "水源",
    Kind.SERIES,
    (Field("month", "月份", Type.YEARMONTH), Field("place", "水源名称")),
    intake=Intake.PERIOD,
    period="month",
    measure=Measure("place", 2, "座"),
)


# intake | rows, month and place | counts by period
COUNTED = """
period  | 07 甲 / 07 乙          | 2017-07:2
period  | 07 甲 / 07 甲          | 2017-07:1
period  | 08 甲 / 07 甲 / 07 乙  | 2017-07:2 2017-08:1
period  | 07 .                   | 2017-07:0
period  |                        |
replace | 07 甲 / 08 乙          | :2
replace |                        | :0
upsert  | 07 甲                  |
"""


@pytest.mark.parametrize("line", COUNTED.strip().splitlines())
def test_different_values_are_counted_by_period(line: str) -> None:
    intake, drawing, told = (part.strip() for part in line.split("|"))
    pairs = [pair.split() for pair in drawing.split("/") if pair.strip()]
    rows = [(f"2017-{month}", None if place == "." else place) for month, place in pairs]
    found = counted(dataclasses.replace(WATER, intake=Intake(intake)), rows)
    assert " ".join(f"{each.period}:{each.count}" for each in found) == told


def test_a_register_that_promises_no_number_counts_nothing() -> None:
    assert counted(dataclasses.replace(WATER, measure=None), [("2017-07", "甲")]) == ()


def test_the_words_say_what_follows() -> None:
    lacking = Counted("2017-08", "水源名称", 10, 11, "座")
    assert lacking.words == "2017-08，“水源名称”有 10 座，方案要求 11 座：照此发布将记为不全"
    assert not lacking.as_json()["whole"]
    assert dataclasses.replace(lacking, count=11).words == "2017-08，“水源名称”有 11 座，方案要求 11 座"
