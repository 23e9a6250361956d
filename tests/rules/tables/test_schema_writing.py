"""Descriptors drawn at random, written and read back: nothing is lost, nothing is added."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.rules.tables.test_schema import SHIPPED
from yangguang.rules.cadence import CADENCES
from yangguang.rules.tables.schema import (
    Chart,
    Check,
    Descriptor,
    Field,
    ForeignKey,
    Intake,
    Kind,
    Measure,
    Type,
    read,
    write,
)

WORDS = some.text(some.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)
WORD = WORDS.filter(bool)
LISTS = some.lists(WORD, max_size=3, unique=True).map(tuple)


@some.composite
def fields(draw: Any) -> tuple[Field, ...]:
    """Columns with different names and headings; what a type does not allow is not drawn for it."""
    headings = draw(some.lists(WORD, min_size=2, max_size=5, unique=True))
    made = []
    for number, title in enumerate(headings):
        kind = draw(some.sampled_from(Type))
        one = Field(
            f"c{number}",
            title,
            kind,
            description=draw(WORDS),
            unit=draw(WORDS),
            required=draw(some.booleans()),
            unique=draw(some.booleans()),
            # The first stays public: a register must show something.
            reporting=number > 1 and draw(some.booleans()),
            example=draw(WORDS),
        )
        if kind is Type.STRING:
            one = replace(
                one,
                enum=draw(LISTS),
                pattern=draw(some.sampled_from(["", "[0-9]{3}"])),
                min_length=draw(some.sampled_from([None, 0, 1])),
                max_length=draw(some.sampled_from([None, 5])),
                check=draw(some.sampled_from(Check)),
            )
        elif kind.is_numeric:
            one = replace(
                one,
                minimum=draw(some.sampled_from([None, 0, -1.5])),
                maximum=draw(some.none() | some.just(9)),
            )
        elif kind is not Type.BOOLEAN:
            one = replace(one, minimum=draw(some.sampled_from([None, "2017-01"])))
        made.append(one)
    return tuple(made)


@some.composite
def descriptors(draw: Any) -> Descriptor:
    columns = draw(fields())
    key = draw(some.sampled_from([("c0",), ("c0", "c1")]))
    period = draw(some.sampled_from(["c0", "c1"]))
    charts = some.builds(
        Chart,
        some.sampled_from(["line", "bar", "point"]),
        some.just("c0"),
        some.just("c1"),
        WORDS,
        some.sampled_from(["", "c1"]),
        some.sampled_from(["", "sum", "count"]),
    )
    foreign = some.builds(
        ForeignKey, some.just(("c0",)), some.sampled_from(["", "other"]), some.just(("c1",))
    )
    return Descriptor(
        "a-register",
        draw(WORD),
        draw(some.sampled_from(Kind)),
        columns,
        description=draw(WORDS),
        unit=draw(WORDS),
        obligations=draw(LISTS),
        publication=draw(WORDS),
        cadence=draw(some.sampled_from(sorted(CADENCES))),
        topic=draw(WORDS),
        keywords=draw(LISTS),
        intake=draw(some.sampled_from(Intake)),
        period=period,
        measure=draw(some.none() | some.builds(Measure, some.just("c1"), some.integers(1, 20), WORDS)),
        chart=draw(some.none() | charts),
        source=draw(WORDS),
        unverified=draw(some.booleans()),
        primary_key=key,
        foreign_keys=tuple(draw(some.lists(foreign, max_size=2))),
        missing_values=draw(some.lists(WORDS, max_size=3, unique=True).map(tuple)),
    )


@given(descriptor=descriptors())
def test_what_is_written_is_read_back_unchanged(descriptor: Descriptor) -> None:
    assert read(json.loads(json.dumps(write(descriptor), ensure_ascii=False))) == descriptor


@pytest.mark.parametrize("path", SHIPPED[::9], ids=lambda path: path.stem)
def test_a_shipped_register_too(path: Path) -> None:
    register = read(json.loads(path.read_text(encoding="utf-8")))
    assert read(write(register)) == register
