"""What a new file makes of the table before, drawn as tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yangguang.rules.tables.query import TableQuery
from yangguang.rules.tables.schema import Descriptor, Field, Intake, Kind, Measure, Type
from yangguang.warehouse.tables.merging import write_whole
from yangguang.warehouse.tables.reading import page
from yangguang.warehouse.tables.stored import Stored

MONTH, PLACE, GRADE = (
    Field("month", "月份", Type.YEARMONTH),
    Field("place", "水源", Type.STRING),
    Field("grade", "类别", Type.INTEGER),
)
HIDDEN = Field("officer", "经办人", Type.STRING, reporting=True)


def kept(intake: Intake, *, hidden: bool = False) -> Descriptor:
    return Descriptor(
        name="water",
        title="水源",
        kind=Kind.SERIES,
        fields=(MONTH, PLACE, GRADE, *([HIDDEN] if hidden else [])),
        intake=intake,
        period="month",
        primary_key=("month", "place"),
        measure=Measure("place", 3, "座"),
    )


BEFORE = [("2017-07", "甲", 1), ("2017-07", "乙", 2), ("2017-08", "甲", 3)]
INCOMING = [("2017-08", "甲", 2), ("2017-08", "丙", 1)]


def rows(descriptor: Descriptor, sha256: str) -> set[tuple[object, ...]]:
    version = Stored.public(sha256, descriptor)
    shown = tuple(field.name for field in descriptor.public_fields)
    return set(page(version, TableQuery(columns=shown, limit=1000)).rows)


@pytest.mark.parametrize(
    ("intake", "after", "counted"),
    [
        (Intake.REPLACE, INCOMING, 2),
        (Intake.PERIOD, [*BEFORE[:2], *INCOMING], 2),
        (Intake.UPSERT, [*BEFORE[:2], *INCOMING], 2),
    ],
)
def test_a_file_replaces_the_whole_the_period_or_the_rows_of_its_keys(
    intake: Intake, after: list[tuple[str, str, int]], counted: int
) -> None:
    before = write_whole(BEFORE, kept(intake), period="2017-08").public.sha256
    whole = write_whole(INCOMING, kept(intake), previous=before, period="2017-08")
    assert rows(kept(intake), whole.public.sha256) == set(after)
    assert whole.counted == counted


def test_the_file_of_a_quarter_replaces_its_months() -> None:
    descriptor = kept(Intake.PERIOD)
    spring = [("2017-06", "甲", 1)]
    before = write_whole([*spring, *BEFORE], descriptor, period="2017").public.sha256
    whole = write_whole(INCOMING, descriptor, previous=before, period="2017Q3")
    assert rows(descriptor, whole.public.sha256) == {*spring, *INCOMING}
    assert whole.counted == 2


def test_reported_columns_are_kept_apart_and_survive_the_next_file() -> None:
    descriptor = kept(Intake.PERIOD, hidden=True)
    first = write_whole([(*row, "张") for row in BEFORE], descriptor, period="2017-08")
    assert first.reporting is not None
    assert {field.name for field in descriptor.public_fields} == {"month", "place", "grade"}
    second = write_whole(
        [(*row, "李") for row in INCOMING], descriptor, previous=first.reporting.sha256, period="2017-08"
    )
    assert second.reporting is not None
    version = Stored(second.reporting.sha256, descriptor.fields)
    found = page(version, TableQuery(columns=("month", "place", "officer"), limit=10)).rows
    assert set(found) == {
        ("2017-07", "甲", "张"),
        ("2017-07", "乙", "张"),
        ("2017-08", "甲", "李"),
        ("2017-08", "丙", "李"),
    }


def test_a_register_kept_by_period_needs_one() -> None:
    with pytest.raises(ValueError, match="所属期"):
        write_whole(INCOMING, kept(Intake.PERIOD))


tables = st.dictionaries(
    st.tuples(st.sampled_from(["2017-07", "2017-08"]), st.sampled_from("甲乙丙")),
    st.integers(0, 3),
    max_size=6,
)


@settings(deadline=None, max_examples=25)
@given(tables, tables)
def test_joining_by_key_is_what_a_dictionary_does(
    before: dict[tuple[str, str], int], incoming: dict[tuple[str, str], int]
) -> None:
    descriptor = kept(Intake.UPSERT)
    first = write_whole([(*key, grade) for key, grade in before.items()], descriptor).public.sha256
    whole = write_whole([(*key, grade) for key, grade in incoming.items()], descriptor, previous=first)
    assert rows(descriptor, whole.public.sha256) == {(*key, v) for key, v in (before | incoming).items()}
