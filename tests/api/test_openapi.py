"""The description is right, and every answer is as described."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.api.conftest import Ask
from tests.factories import make_person
from yangguang.api.docs import operations
from yangguang.api.v1 import schema
from yangguang.config.wsgi import application
from yangguang.directory import clock
from yangguang.publishing.models import Document
from yangguang.registers.actions import tokens
from yangguang.registers.models import Feedback, Register

# A request on another host than the public one asks whose site that is.
pytestmark = pytest.mark.django_db


DESCRIPTION = schema()
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
described = schemathesis.openapi.from_dict(schema())
described.app = application


@schemathesis.serializer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def workbook(context: Any, value: Any) -> bytes:
    """Bytes as they are: few of them are a workbook."""
    return value.data if hasattr(value, "data") else bytes(str(value), "utf-8", "replace")


@pytest.fixture
def one_transaction() -> Iterator[None]:
    """The application runs inside the test's transaction: a request must not close its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_description_is_valid_openapi() -> None:
    validate(schema())


@described.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.usefixtures("one_transaction")
def test_every_answer_is_as_described(case: schemathesis.Case, waters: Register) -> None:
    if case.path.startswith("/api/v1/registers/"):
        # Else nothing would come further than the door.
        _, secret = tokens.issue(
            by=make_person(unit=waters.unit), now=clock.now(), register=waters, label="试"
        )
        case.path_parameters = {"dataset": waters.slug}
        case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {secret}"})
        return
    case.call_and_validate(checks=CHECKS)


def test_every_field_of_every_answer_is_described(
    client: Client, town: dict[str, Document], waters: Register, promised: Feedback
) -> None:
    known = {
        "number": promised.pk,
        "code": "1.1",
        "slug": "caizhengwei",
        "index_no": town["july"].index_no,
        "dataset": "water-sources",
    }
    for path, methods in DESCRIPTION["paths"].items():
        if path.endswith(".jsonl") or "get" not in methods:
            continue
        answer = client.get(path.format(**known), {}).json()
        shape = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        closed = {**shape, "components": _closed(DESCRIPTION["components"])}
        Draft202012Validator(closed).validate(answer)


def _closed(value: Any) -> Any:
    """The shapes, with every field that is not described forbidden."""
    if isinstance(value, dict):
        inner = {key: _closed(one) for key, one in value.items()}
        if isinstance(inner.get("properties"), dict) and inner.get("type") == "object":
            inner["additionalProperties"] = False
        return inner
    return [_closed(one) for one in value] if isinstance(value, list) else value


def test_every_parameter_has_a_meaning_and_an_example_that_works(ask: Ask, town: dict[str, Document]) -> None:
    for path, methods in DESCRIPTION["paths"].items():
        for one in (one for operation in methods.values() for one in operation.get("parameters", [])):
            if one["in"] == "query":
                assert one["schema"]["description"], (path, one["name"])
                assert one["schema"]["examples"], (path, one["name"])
                shape = {**one["schema"], "components": DESCRIPTION["components"]}
                Draft202012Validator(shape).validate(one["schema"]["examples"][0])


def test_the_page_shows_every_address_with_an_example_that_runs(
    client: Client, town: dict[str, Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get("/api/v1/docs").content.decode()
    addresses = re.findall(r'curl "([^"]+)"', page.replace("&quot;", '"').replace("&amp;", "&"))
    assert len(addresses) == sum("get" in methods for methods in DESCRIPTION["paths"].values())
    for address in addresses:
        parts = urlsplit(address)
        answer = client.get(parts.path, dict(parse_qsl(parts.query)))
        # The town of the tests has none of the real plan's records; a well-formed 404 names the place.
        assert answer.status_code == 200 or answer.json()["error"]["where"] in {
            "code",
            "slug",
            "index_no",
            "dataset",
            "number",
        }


def test_the_page_needs_nothing_that_the_policy_forbids(client: Client) -> None:
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
    assert not re.search(r"<style|style=|<script(?![^>]*\bsrc=)|\bon[a-z]+=", page)


def test_the_page_says_what_the_description_says() -> None:
    for operation in operations(DESCRIPTION):
        asked = DESCRIPTION["paths"][operation.path][operation.method.lower()]
        assert operation.title == asked["summary"]
        assert [field.name for field in operation.parameters] == [
            one["name"] for one in asked.get("parameters", [])
        ]
