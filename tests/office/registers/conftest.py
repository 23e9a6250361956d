"""The desk of registers: the unit's people, and a file as they would hand it in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_person, make_unit
from tests.office.conftest import desk_of
from tests.registers.conftest import water, water_json
from tests.registers.intake.test_reading import HEADING, book
from yangguang.directory.models import Person
from yangguang.directory.permissions import Role
from yangguang.registers.models import Intake, Register

__all__ = ["water", "water_json"]

GOOD = [["2017-08", f"水库{number}", "Ⅱ类", 100] for number in range(1, 4)]


@pytest.fixture
def people(water: Register) -> dict[str, Person]:
    unit = make_unit("市人居环境委")
    roles = (Role.EDITOR, Role.REVIEWER, Role.SECRECY_OFFICER, Role.SIGNER)
    return {role: make_person(str(role), unit=unit, role=role) for role in roles}


@pytest.fixture
def editor(people: dict[str, Person]) -> Person:
    return people[Role.EDITOR]


Hand = Callable[..., Any]


def hand_in(
    person: Person, register: Register, *rows: list[Any], heading: list[str] = HEADING, **given: Any
) -> Any:
    """Upload a file through the desk; the answer, its redirect not followed."""
    file = given.pop("file", None) or SimpleUploadedFile("八月.xlsx", book(heading, *(rows or GOOD)))
    query, headers = given.pop("query", ""), given.pop("headers", {})
    data = {"file": file, "period": "2017-08", **given}
    return desk_of(person).post(f"/office/registers/{register.slug}/upload/{query}", data, **headers)


def confirm(
    person: Person, taken: Intake, *, large: Callable[[], None] = lambda: None, **changed: str
) -> Any:
    """Confirm the proposed columns, but for those that are changed; the page it leads to.

    `large` is called before the form is sent: it may have the file taken for a large one.
    """
    page = desk_of(person).get(f"/office/intakes/{taken.pk}/choose/")
    reading = page.context["reading"]
    data = {f"column-{column.place}": column.field for column in reading.columns}
    data |= {
        "sheet": reading.proposed.choices.sheet,
        "first_row": reading.first_row,
        "last_row": reading.last_row,
    }
    large()
    return desk_of(person).post(f"/office/intakes/{taken.pk}/choose/", {**data, **changed}, follow=True)


def checked(person: Person, register: Register, *rows: list[Any], **given: Any) -> Intake:
    """A file handed in and checked through the desk."""
    hand_in(person, register, *rows, **given)
    taken = Intake.objects.latest("pk")
    confirm(person, taken)
    taken.refresh_from_db()
    return taken


def act(person: Person, taken: Intake, name: str, **given: str) -> Any:
    return desk_of(person).post(f"/office/intakes/{taken.pk}/", {"act": name, **given}, follow=True)


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def words(response: Any) -> str:
    """All the text of an answer."""
    return str(response.content.decode())
