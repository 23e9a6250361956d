"""What every address has in common."""

import pytest
from django.test import Client

from tests import factories
from yangguang.api.v1 import schema

# A request on another host than the public one asks whose site that is.
pytestmark = pytest.mark.django_db


ADDRESSES = ["/api/", "/api/v1/", "/api/v1/docs", "/api/v1/openapi.json"]
ADDRESSES += [path for path in schema()["paths"] if "{" not in path]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unchanged_answer_is_not_sent_twice(client: Client, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "address", ["/api/v1/verdicts", "/api/v1/journal", "/api/v1/journal.jsonl", "/api/v1/documents"]
)
def test_a_publication_changes_the_etag(client: Client, address: str) -> None:
    query = {} if "journal" in address else {"on": "2017-11-30"}
    old = client.get(address, query).headers["ETag"]
    factories.publish("2017年10月全市一般公共预算收支情况", on="2017-11-28")
    fresh = client.get(address, query, headers={"if-none-match": old})
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] != old


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("address", ADDRESSES)
def test_head_tells_the_same_without_the_body(client: Client, address: str) -> None:
    full, bare = client.get(address), client.head(address)
    assert (bare.status_code, b"".join(bare)) == (200, b"")
    assert bare.headers["ETag"] == full.headers["ETag"]
    assert bare.headers["Content-Type"] == full.headers["Content-Type"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_other_sites_may_ask_with_an_etag(client: Client, address: str) -> None:
    answer = client.options(address, headers={"origin": "https://example.org"})
    assert answer.status_code == 204
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"


@pytest.mark.usefixtures("town")
def test_a_last_slash_too_much_leads_to_the_address_meant(client: Client) -> None:
    answer = client.get("/api/v1/verdicts/", {"on": "2017-11-30"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/api/v1/verdicts?on=2017-11-30")
    assert client.get("/api/v1/nowhere/").status_code == 404


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_set_no_cookie(client: Client, address: str) -> None:
    assert not client.get(address).cookies
