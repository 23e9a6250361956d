"""Rows inserted at a stroke are what `bulk_create`, the slow twin, would have left."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.journal.inserting import insert
from yangguang.journal.models import Patrol

pytestmark = pytest.mark.django_db

MOMENT = dt.datetime(2017, 11, 30, 9, tzinfo=SHANGHAI)


def patrols() -> list[Model]:
    findings = [
        [],
        [],
        [{"行": 1, "说明": "100% 不符"}],
        [{"行": 1, "说明": "引号'\""}],
        [1],
        ["1"],
        [True],
        [None],
    ]
    return [
        Patrol(
            started_at=MOMENT + dt.timedelta(minutes=number // 3),
            finished_at=MOMENT.astimezone(dt.UTC),
            checked=number % 2,
            findings=found,
        )
        for number, found in enumerate(findings)
    ]


def units() -> list[Model]:
    kinds = list(Unit.Kind)
    return [
        Unit(slug=f"u{number}", name=f"示例{number}", kind=kinds[number % len(kinds)], position=number // 2)
        for number in range(5)
    ]


@pytest.mark.parametrize("made", [patrols, units])
def test_the_rows_are_those_of_bulk_create(made: Callable[[], list[Model]]) -> None:
    model = type(made()[0])
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    insert(made())
    ours = list(model._default_manager.order_by("pk").values_list(*fields))
    model._default_manager.all().delete()
    model._default_manager.bulk_create(made())
    assert ours == list(model._default_manager.order_by("pk").values_list(*fields))
    assert len(ours) == len(made())


def test_no_rows_are_no_statement() -> None:
    insert([])


def test_what_the_database_refuses_leaves_nothing() -> None:
    rows: list[Model] = [Unit(slug="same", name="一"), Unit(slug="same", name="二")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(rows)
    assert not Unit.objects.exists()
