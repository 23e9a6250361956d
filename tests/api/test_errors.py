"""Everything that goes wrong is told in one shape, with a sentence that says what to do."""

import json
from urllib.parse import quote

import pytest
from django.test import Client
from jsonschema import validate

from yangguang.api.v1 import schema

# A request on another host than the public one asks whose site that is.
pytestmark = pytest.mark.django_db


SHAPE = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "where"],
            "additionalProperties": False,
            "properties": {
                "code": {"enum": ["not_found", "invalid_parameter", "method_not_allowed"]},
                "message": {"type": "string", "pattern": "[一-鿿]{3}"},
                "where": {"type": "string", "minLength": 1},
            },
        }
    },
}

ADDRESSES = [path for path, methods in schema()["paths"].items() if "get" in methods]
WRONG = {
    # parameter: values that no address takes
    "on": ["2017-13-01", "20171130", "1511971200", "昨天", "0001-01-01", "9999-12-31", ""],
    "limit": ["0", "1001", "-1", "x", "1.5", "9" * 30],
    "offset": ["-1", "x"],
    "after": ["-1", "x", "9" * 30],
    "version": ["0", "x", "9" * 30],
    "area": ["0", "x", "9" * 30],
    "month": ["2017", "2017-13", "2017-9", "二〇一七年九月"],
    "state": ["done", "ON_TIME"],
    "act": ["tick", ""],
    "year": ["x", "1", "99999"],
    "unit": ["市" * 81, "%00", ""],
    "plan": ["%00"],
    "obligation": ["a%0Ab"],
    "q": ["%00"],
    "unknown": ["1"],
}


def told(client: Client, method: str, address: str, status: int, query: str = "") -> dict[str, str]:
    response = client.generic(method, address, QUERY_STRING=quote(query, safe="=&%"))
    assert response.status_code == status, (address, query)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    answer = json.loads(response.content)
    validate(answer, SHAPE)
    error: dict[str, str] = answer["error"]
    return error


def filled(address: str) -> str:
    return address.format(
        code="1.1", slug="caizhengwei", index_no=INDEX_NO, dataset="water-sources", number=1
    )


INDEX_NO = "caizhengwei-2017-00001"


def parameters(address: str) -> set[str]:
    asked = schema()["paths"][address]["get"].get("parameters", [])
    return {one["name"] for one in asked if one["in"] == "query"}


@pytest.mark.usefixtures("waters")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_wrong_parameter_is_named_on_every_address(client: Client, address: str) -> None:
    known = parameters(address) | {"unknown"}
    for name in known & set(WRONG):
        for value in WRONG[name]:
            error = told(client, "GET", filled(address), 422, f"{name}={value}")
            assert (error["code"], error["where"]) == ("invalid_parameter", name)
            assert name in error["message"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v1/docs", "/api/v1/openapi.json", *ADDRESSES])
def test_nothing_can_be_written(client: Client, method: str, address: str) -> None:
    error = told(client, method, filled(address), 405)
    assert error["code"] == "method_not_allowed"


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("address", "query", "where"),
    [
        ("plan", "plan=atlantis", "plan"),
        ("plan", "version=7", "version"),
        ("obligations", "unit=火星局", "unit"),
        ("obligations", "area=99", "area"),
        ("obligations/9.99", "", "code"),
        ("verdicts", "obligation=9.99", "obligation"),
        ("verdicts", "unit=火星局", "unit"),
        ("periods", "plan=atlantis", "plan"),
        ("units/atlantis", "", "slug"),
        ("documents/atlantis-1", "", "index_no"),
        ("documents", "unit=火星局", "unit"),
        ("calendar", "year=2050", "year"),
        ("verdicts", "unit=%ff%fe", "unit"),
        ("verdicts", "obligation=%ED%A0%80", "obligation"),
        ("nowhere", "", "/api/v1/nowhere"),
        ("plan/more/than/this", "", "/api/v1/plan/more/than/this"),
    ],
)
def test_what_is_not_there_is_told_with_where_to_look(
    client: Client, address: str, query: str, where: str
) -> None:
    assert told(client, "GET", f"/api/v1/{address}", 404, query)["where"] == where
    assert told(client, "GET", "/api/v9/", 404)["code"] == "not_found"


@pytest.mark.django_db
def test_an_error_of_our_own_is_told_without_its_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr("yangguang.api.lookup.version", broken)
    response = client.get("/api/v1/plan")
    assert response.status_code == 500
    assert json.loads(response.content)["error"]["code"] == "internal"
    assert "secret" not in response.content.decode()
