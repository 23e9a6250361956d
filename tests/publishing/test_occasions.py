"""Occasions: facts that open a period of an event-driven duty."""

import datetime as dt
import json

import pytest

from tests.publishing.conftest import NOON
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden
from yangguang.journal import queries
from yangguang.publishing.actions import occasions
from yangguang.publishing.models import Occasion


def record(unit: Unit, by: Person | None, happened_on: dt.date = dt.date(2017, 11, 20)) -> Occasion:
    return occasions.record(by=by, now=NOON, unit=unit, title="出台减税政策", happened_on=happened_on)


def test_an_occasion_is_a_journal_line(finance: Unit, editor: Person) -> None:
    facts = json.loads(record(finance, editor).line.body)
    assert (facts["act"], facts["unit"], facts["happened_on"]) == ("occasion", "市财政委", "2017-11-20")


def test_a_day_that_has_not_come_is_refused(finance: Unit, editor: Person) -> None:
    with pytest.raises(ValueError, match="还没有到"):
        record(finance, editor, dt.date(2017, 12, 1))
    assert queries.size() == 0


def test_another_units_editor_may_not_record_it(finance: Unit, outsider: Person) -> None:
    with pytest.raises(Forbidden, match="市财政委"):
        record(finance, outsider)
    assert not Occasion.objects.exists()
