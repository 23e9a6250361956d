"""The fixed cast of the desk: somebody of the unit, a colleague of another unit, the general office."""

import pytest
from django.test import Client

from tests.factories import make_person, make_plan, make_unit
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Role
from yangguang.plan.models import PlanVersion


@pytest.fixture
def finance(db: None) -> Unit:
    return make_unit("市财政委", slug="caizhengwei")


@pytest.fixture
def insider(finance: Unit) -> Person:
    return make_person("insider", finance, password="correct horse battery")


@pytest.fixture
def colleague(db: None) -> Person:
    return make_person("colleague", make_unit("市统计局", slug="tongjiju"))


@pytest.fixture
def general_office(db: None) -> Person:
    return make_person("office", role=Role.GENERAL_OFFICE)


@pytest.fixture
def plan(finance: Unit) -> PlanVersion:
    return make_plan()


def desk_of(person: Person) -> Client:
    """A browser in which the person is logged in."""
    client = Client()
    client.force_login(person)
    return client
