"""The Action API, asked over HTTP as its clients ask."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import at
from yangguang.catalog import names
from yangguang.registers.actions import counts, takedowns
from yangguang.registers.models import Register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
WATER_TABLE = names.resource_id("water-sources", "csv")


def get(name: str, /, **asked: Any) -> Any:
    response = Client().get(f"/api/3/action/{name}", asked)
    assert response.headers["Content-Type"] == "application/json;charset=utf-8"
    return response.json()


def result(name: str, /, **asked: Any) -> Any:
    told = get(name, **asked)
    assert told["success"], told
    return told["result"]


def test_versions_of_the_interface_have_addresses_without_a_slash() -> None:
    assert Client().get("/api").json() == {"version": 1}
    assert Client().get("/api/3").json() == {"version": 3}


def test_parameters_are_found_where_ckan_finds_them() -> None:
    address = "/api/3/action/package_show"
    client = Client()
    asked = {"id": "penalties"}
    as_form = client.post(address, asked).json()
    as_json = client.post(address, json.dumps(asked), content_type="application/json").json()
    as_curl = client.post(address, json.dumps(asked), content_type="application/x-www-form-urlencoded").json()
    as_query = client.post(f"{address}?id=penalties", "", content_type="application/json").json()
    assert as_form == as_json == as_curl == as_query == get("package_show", id="penalties")


def test_a_key_that_nobody_knows_is_no_error() -> None:
    response = Client().get("/api/3/action/site_read", headers={"Authorization": "nonsense"})
    assert response.json()["result"] is True


@pytest.mark.parametrize(
    ("method", "name", "body", "told"),
    [
        ("get", "unknown_action", "", "Bad request: Action name not known: unknown_action"),
        ("post", "package_show", "{", "Bad request: JSON Error: Error decoding JSON data."),
        ("post", "package_show", "[1]", "Bad request: Request data JSON decoded to [1]"),
    ],
)
def test_what_is_no_question_is_a_bare_sentence(method: str, name: str, body: str, told: str) -> None:
    client, address = Client(), f"/api/3/action/{name}"
    response = (
        client.get(address)
        if method == "get"
        else client.post(address, body, content_type="application/json")
    )
    assert response.status_code == 400
    assert response.json().startswith(told)


@pytest.mark.parametrize(
    ("name", "asked", "status", "error"),
    [
        ("package_show", {}, 409, {"__type": "Validation Error", "id": ["Missing value"]}),
        ("package_show", {"id": "gone"}, 404, {"__type": "Not Found Error", "message": "Not found"}),
        (
            "package_search",
            {"nonsense": "1"},
            400,
            {"__type": "Search Query Error", "message": "Search Query is invalid: 'nonsense'"},
        ),
        (
            "package_search",
            {"facet.field": "tags"},
            409,
            {"__type": "Validation Error", "facet.field": ["Could not parse as valid JSON"]},
        ),
        (
            "package_search",
            {"rows": "-1"},
            409,
            {"__type": "Validation Error", "rows": ["Must be a natural number"]},
        ),
        (
            "package_search",
            {"q": "{!join from=a to=b}x"},
            409,
            {"__type": "Search Error", "message": "Search error: local parameters are not supported"},
        ),
        ("organization_show", {"id": "topic-09"}, 404, {"__type": "Not Found Error", "message": "Not found"}),
        (
            "datastore_search",
            {"resource_id": "gone"},
            404,
            {"__type": "Not Found Error", "message": 'Not found: Resource "gone" was not found.'},
        ),
        (
            "datastore_search",
            {"resource_id": WATER_TABLE, "sort": "x asc"},
            409,
            {"__type": "Validation Error", "sort": ['invalid value "x asc"']},
        ),
        (
            "datastore_search_sql",
            {"sql": "SELECT 1; SELECT 2"},
            409,
            {"__type": "Validation Error", "query": ["Query is not a single statement."]},
        ),
    ],
)
def test_errors_have_the_types_and_statuses_that_clients_know(
    name: str, asked: dict[str, str], status: int, error: dict[str, Any]
) -> None:
    response = Client().get(f"/api/3/action/{name}", asked)
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response.json()["success"] is False
    assert response.json()["help"].endswith(f"/api/3/action/help_show?name={name}")


def test_every_file_of_a_package_has_what_harvesters_want() -> None:
    package = result("package_show", id="water-sources")
    assert package["id"] == result("package_show", id=package["id"])["id"]
    assert package["organization"]["name"] == "huanjing"
    assert package["owner_org"] == package["organization"]["id"]
    assert [one["format"] for one in package["resources"]] == ["CSV", "CSV.ZST", "XLSX", "JSONL", "PARQUET"]
    for place, one in enumerate(package["resources"]):
        assert one["position"] == place
        assert one["url"].startswith("http")
        assert {"size", "hash", "created", "last_modified", "mimetype", "resource_type"} <= one.keys()
    assert [one["datastore_active"] for one in package["resources"]].count(True) == 1


def test_the_quality_is_among_the_extras_and_sorts() -> None:
    assert "quality_valid" not in {one["key"] for one in result("package_show", id="penalties")["extras"]}
    counts.count_missing()
    extras = {one["key"]: one["value"] for one in result("package_show", id="penalties")["extras"]}
    assert (extras["quality_complete"], extras["quality_valid"]) == ("0.9000", "1.0000")
    assert extras["data_through"] == "2017-09-10"
    ordered = result("package_search", sort="quality asc, name asc")["results"]
    assert ordered[-1]["name"] == "permits"  # its one row has every cell
    assert result("package_search", fq="quality:[73 TO *]")["count"] == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["permits", "penalties", "water-sources"]),
        ({"q": "水质"}, ["water-sources"]),
        ({"q": "水源名称"}, ["water-sources"]),
        ({"q": "title:行政*"}, ["permits", "penalties"]),
        ({"fq": "organization:jianguan", "sort": "name asc"}, ["penalties", "permits"]),
        ({"fq": "-organization:jianguan"}, ["water-sources"]),
        ({"fq": 'tags:"双公示"'}, ["penalties"]),
        ({"fq": "res_format:PARQUET AND extras_kind:series"}, ["water-sources"]),
        ({"fq": "metadata_modified:[2017-09-10T00:00:00Z TO *]"}, ["permits", "penalties"]),
        ({"fq_list": json.dumps(["organization:jianguan", "name:permits"])}, ["permits"]),
        ({"sort": "id asc", "rows": "1", "start": "3"}, []),
        ({"q": "nothing like it"}, []),
    ],
)
def test_search(asked: dict[str, str], found: list[str]) -> None:
    assert [one["name"] for one in result("package_search", **asked)["results"]] == found


def test_facets_count_all_that_was_found() -> None:
    told = result(
        "package_search", **{"rows": "0", "facet.field": json.dumps(["organization", "tags", "groups"])}
    )
    assert told["facets"]["organization"] == {"jianguan": 2, "huanjing": 1}
    items = told["search_facets"]["organization"]["items"]
    assert [item["display_name"] for item in items] == ["市市场和质量监管委", "市人居环境委"]
    assert told["facets"]["groups"] == {"topic-09": 2}


def test_units_are_organizations_and_topics_are_groups() -> None:
    assert result("organization_list") == ["huanjing", "jianguan"]
    shown = result("organization_show", id="jianguan", include_datasets="true")
    assert shown["package_count"] == 2
    assert {one["name"] for one in shown["packages"]} == {"penalties", "permits"}
    assert result("group_list", all_fields="true")[0]["title"] == "市场监管、安全生产监管"
    assert {one["name"] for one in result("group_package_show", id="topic-09")} == {"penalties", "permits"}


def test_rows_are_found_sorted_and_paged() -> None:
    told = result(
        "datastore_search",
        resource_id=WATER_TABLE,
        filters=json.dumps({"month": "2017-08"}),
        sort="source desc",
        limit="2",
    )
    assert told["total"] == 3
    assert [row["source"] for row in told["records"]] == ["水库3", "水库2"]
    assert told["fields"][0] == {"id": "_id", "type": "int"}
    assert told["fields"][1]["info"]["label"] == "月份"
    assert told["filters"] == json.dumps({"month": "2017-08"})
    assert "offset=2" in told["_links"]["next"]


def test_pages_by_row_number_lead_to_the_end() -> None:
    told = result("datastore_search", resource_id="penalties", limit="2", include_next_page="true")
    seen = [row["_id"] for row in told["records"]]
    while following := told.get("next_page"):
        told = result(
            "datastore_search",
            resource_id="penalties",
            limit="2",
            include_next_page="true",
            filters=json.dumps(following),
        )
        seen += [row["_id"] for row in told["records"]]
    assert seen == [1, 2, 3, 4, 5]


def test_what_is_only_reported_is_never_told() -> None:
    told = result("datastore_search", resource_id="penalties")
    assert "officer" not in {field["id"] for field in told["fields"]}
    assert "内部" not in json.dumps(told, ensure_ascii=False)
    refused = get("datastore_search", resource_id="penalties", fields="officer")
    assert refused["error"]["fields"] == ['field "officer" not in table']


def test_a_version_of_the_past_is_asked_by_day_or_number() -> None:
    assert result("datastore_search", resource_id=WATER_TABLE, as_of="2017-08-31")["total"] == 3
    assert result("datastore_search", resource_id=WATER_TABLE, as_of="1")["total"] == 3
    assert result("datastore_search", resource_id=WATER_TABLE)["total"] == 6
    assert get("datastore_search", resource_id=WATER_TABLE, as_of="2017-01-01")["success"] is False


def test_sql_answers_over_tables_by_id_and_by_name() -> None:
    counting = 'SELECT count(*) AS n FROM "{}"'
    by_id = result("datastore_search_sql", sql=counting.format(WATER_TABLE))
    assert by_id["records"] == [{"n": 6}]
    by_name = result(
        "datastore_search_sql",
        sql='SELECT month, count(*) AS n FROM "water-sources" GROUP BY month ORDER BY 1',
    )
    assert by_name["records"] == [{"month": "2017-07", "n": 3}, {"month": "2017-08", "n": 3}]
    assert "records_truncated" not in by_name


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM duckdb_settings()",
        "SELECT current_setting('memory_limit')",
        "COPY (SELECT 1) TO '/tmp/x'",
        "ATTACH '/tmp/x'",
        "INSTALL httpfs",
        "SET memory_limit='9GB'",
        "SELECT getenv('HOME')",
    ],
)
def test_sql_that_wants_more_than_rows_is_refused(sql: str) -> None:
    told = get("datastore_search_sql", sql=sql)
    assert told["success"] is False
    assert told["error"]["__type"] in {"Authorization Error", "Validation Error"}


def test_info_leaves_out_the_row_number() -> None:
    told = result("datastore_info", id=WATER_TABLE)
    assert told["meta"]["count"] == 6
    assert [field["id"] for field in told["fields"]] == ["month", "source", "grade", "rate"]


def test_help_tells_what_there_is() -> None:
    assert "2.12" in result("help_show", name="datastore_search")
    assert get("help_show", name="package_create")["error"]["__type"] == "Not Found Error"
    assert result("status_show")["ckan_version"] == "2.12.0"


def test_a_page_of_another_site_may_read_by_callback() -> None:
    response = Client().get("/api/3/action/site_read", {"callback": "f"})
    assert response.content.startswith(b"f({")
    assert response.headers["Content-Type"] == "application/javascript;charset=utf-8"


def test_a_dump_has_ckans_line_ends_and_no_formula_runs() -> None:
    body = b"".join(Client().get("/datastore/dump/penalties").streaming_content).decode()
    lines = body.split("\r\n", 1)
    assert lines[0] == "_id,number,party,decided_on,fine"
    assert lines[1].splitlines()[0] == "1,深市监罚〔2017〕1号,'=HYPERLINK(1),2017-08-01,0.5"
    assert "\r" not in lines[1]
    marked = b"".join(Client().get("/datastore/dump/penalties", {"bom": "true"}).streaming_content)
    assert marked.startswith(b"\xef\xbb\xbf_id")


def test_a_dump_as_json_and_xml() -> None:
    told = json.loads(b"".join(Client().get("/datastore/dump/penalties?format=json").streaming_content))
    assert len(told["records"]) == 5
    xml = b"".join(Client().get("/datastore/dump/penalties?format=xml&limit=4&offset=3").streaming_content)
    assert xml.decode().count("<row _id=") == 2
    assert '<fine xsi:nil="true" />' in xml.decode()
    assert Client().get("/datastore/dump/gone").status_code == 404
    assert Client().get("/datastore/dump/penalties?sort=gone").status_code == 400


def test_rows_that_the_law_took_off_are_gone_at_once_though_two_share_a_moment() -> None:
    before = result("package_show", id="penalties")
    for number in (1, 2):
        takedowns.take_off(
            by=None,
            now=at("2017-11-20"),
            register=Register.objects.get(slug="penalties"),
            key={"number": f"深市监罚〔2017〕{number}号"},
            reason="决定已撤销",
            ground="《行政处罚法》",
        )
        resource = result("package_show", id="penalties")["resources"][0]["id"]
        found = result("datastore_search", resource_id=resource)
        assert f"深市监罚〔2017〕{number}号" not in {row["number"] for row in found["records"]}
    after = result("package_show", id="penalties")
    assert before["metadata_modified"] < after["metadata_modified"] == "2017-11-20T02:00:00.000000"
