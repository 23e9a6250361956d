"""A unit with its editor, a colleague elsewhere, and the general office."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Role

NOON = dt.datetime(2017, 11, 30, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def finance(db: None) -> Unit:
    return Unit.objects.create(slug="caizhengwei", name="市财政委")


@pytest.fixture
def editor(finance: Unit) -> Person:
    return Person.objects.create(username="editor", unit=finance, role=Role.EDITOR)


@pytest.fixture
def outsider(db: None) -> Person:
    unit = Unit.objects.create(slug="tongjiju", name="市统计局")
    return Person.objects.create(username="outsider", unit=unit, role=Role.EDITOR)


@pytest.fixture
def general_office(db: None) -> Person:
    return Person.objects.create(username="office", role=Role.GENERAL_OFFICE)
