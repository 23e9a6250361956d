"""The addresses below /table/: JSON, csv, one row, SQL, and everything that can be wrong with them."""

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.datasette.conftest import ROWS, WATERS
from tests.factories import at
from yangguang.api.datasette.answers import Address
from yangguang.api.datasette.shapes import key_in, path_of
from yangguang.registers.actions import takedowns
from yangguang.registers.models import Register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("waters")]
NAMES = [field["name"] for field in WATERS["schema"]["fields"] if not field.get("reporting")]
TABLE = "/table/waters/waters"


def get(address: str, status: int = 200, **arguments: Any) -> Any:
    response = Client().get(address, arguments or None)
    assert response.status_code == status, response.content.decode()
    return response


def told(address: str, **arguments: Any) -> Any:
    answer = get(address, **arguments).json()
    assert answer["ok"] is True
    return answer


def lines(response: Any) -> list[list[str]]:
    streamed = getattr(response, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else response.content
    return list(csv.reader(io.StringIO(body.decode())))


def test_a_page_tells_where_the_next_is_in_body_and_header() -> None:
    response = get(f"{TABLE}.json", _size=25, area="宝安", _sort="count")
    page, walked = response.json(), []
    assert set(page) == {"ok", "rows", "next", "next_url", "truncated"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in response.headers["Access-Control-Expose-Headers"]
    response = get(f"{TABLE}.json", _size=7, area="宝安", _sort="count")
    while True:
        page = response.json()
        walked += page["rows"]
        if not page["next"]:
            break
        link = re.fullmatch(r'<(.+)>; rel="next"', response.headers["Link"])
        assert link is not None
        assert link[1] == page["next_url"]
        parts = urlsplit(link[1])
        response = get(f"{parts.path}?{parts.query}")
    assert "Link" not in response.headers
    assert page["next_url"] is None
    assert len(walked) == sum(row[2] == "宝安" for row in ROWS)


def test_extras_are_given_when_asked_for() -> None:
    answer = told(
        f"{TABLE}.json", _size=1, _extra="count,columns,primary_keys,suggested_facets,metadata,query"
    )
    assert answer["count"] == len(ROWS)
    assert answer["columns"] == NAMES
    assert answer["primary_keys"] == ["code"]
    assert [each["name"] for each in answer["suggested_facets"]] == ["area", "open"]
    assert answer["metadata"]["title"] == "示例水体"
    assert answer["metadata"]["units"] == {"amount": "万元"}
    assert answer["query"]["sql"].startswith("SELECT")
    assert "count" not in told(f"{TABLE}.json", _extra="count", _nocount="1")
    assert "count" not in told(f"{TABLE}.json", _extra="no_such_extra")


def test_a_value_of_a_facet_leads_to_its_rows() -> None:
    answer = told(f"{TABLE}.json", _facet=["area", "open"], _size=0)["facet_results"]["results"]
    for column in ("area", "open"):
        for value in answer[column]["results"]:
            parts = urlsplit(value["toggle_url"])
            narrowed = told(f"{parts.path}?{parts.query}&_extra=count")
            assert narrowed["count"] == value["count"]
    chosen = told(f"{TABLE}.json", area="宝安", _facet="area")["facet_results"]["results"]["area"]["results"]
    assert [(each["value"], each["selected"]) for each in chosen] == [("宝安", True)]
    short = told(f"{TABLE}.json", _facet="area", _facet_size=1)["facet_results"]["results"]["area"]
    assert (len(short["results"]), short["truncated"]) == (1, True)
    assert "facet_results" not in told(f"{TABLE}.json", _facet="area", _nofacet="1")


def test_lines_of_json_and_search() -> None:
    text = get(f"{TABLE}.json", _shape="array", _nl="on", _size=3).content.decode()
    assert [json.loads(line)["code"] for line in text.splitlines()] == ["W001", "W002", "W003"]
    found = told(f"{TABLE}.json", _search="big 水库3", _size="max")["rows"]
    assert {row["code"] for row in found} == {row[0] for row in ROWS if row[1][-1] == "3"}
    assert told(f"{TABLE}.json", _search_code="水库3")["rows"] == []


def test_an_older_version_is_asked_by_number_and_by_day() -> None:
    for as_of, count in (("1", 10), ("2", 60), ("2017-08-05", 10), ("2017-09-04", 10), ("2017-09-05", 60)):
        assert told(f"{TABLE}.json", _as_of=as_of, _extra="count")["count"] == count
    get(f"{TABLE}.json", 404, _as_of="2017-08-04")
    get(f"{TABLE}.json", 404, _as_of="3")
    get(f"{TABLE}.json", 400, _as_of="yesterday")


def test_csv_is_a_page_or_everything_with_formulas_defused() -> None:
    page = get(f"{TABLE}.csv", _size=5)
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'rel="next"' in page.headers["Link"]
    assert lines(page)[0] == NAMES
    assert len(lines(page)) == 6
    whole = get(f"{TABLE}.csv", _stream="on", _dl="on", _size=5)
    assert whole.headers["Content-Disposition"] == 'attachment; filename="waters.csv"'
    found = lines(whole)
    assert [row[0] for row in found[1:]] == [row[0] for row in ROWS]
    assert found[1][1] == "'=1+1"
    assert found[1][NAMES.index("open")] == "false"
    bare = lines(get(f"{TABLE}.csv", _header="off", _col="name", _size=2, _sort_desc="code"))
    assert [row[0] for row in bare] == ["W060", "W059"]


def test_one_row_by_its_key_and_by_its_number() -> None:
    answer = told(f"{TABLE}/W007.json")
    assert answer["rows"][0]["code"] == "W007"
    assert answer["primary_keys"] == ["code"]
    assert told("/table/keyless/keyless/2.json")["rows"][0]["_id"] == 2
    assert told("/table/keyless/keyless.json", _shape="object")["rows"]["3"]["code"] == "W003"
    get(f"{TABLE}/W999.json", 404)
    get(f"{TABLE}/W007.json", 404, _as_of="2017-08-04")


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_a_key_is_written_into_an_address_and_read_from_it(values: list[str]) -> None:
    names = [f"key{number}" for number in range(len(values))]
    path = path_of(values)
    assert re.fullmatch(r"[\w~,+-]*", path, re.ASCII)
    assert key_in(path, names) == dict(zip(names, values, strict=True))


def test_the_tables_of_a_dataset() -> None:
    answer = told("/table/waters.json")
    assert [(table["name"], table["count"]) for table in answer["tables"]] == [("waters", 60)]


def test_sql_with_named_parameters() -> None:
    sql = "SELECT area, count(*) AS n FROM waters WHERE area = :area OR ':area' = area GROUP BY 1"
    answer = told("/table/waters/-/query.json", sql=sql, area="宝安")
    assert answer["rows"] == [{"area": "宝安", "n": sum(row[2] == "宝安" for row in ROWS)}]
    assert answer["columns"] == ["area", "n"]
    assert told("/table/waters/-/query.json", sql=sql)["rows"] == []
    old = told("/table/waters/-/query.json", sql="SELECT count(*) AS n FROM waters", _as_of="1")
    assert old["rows"] == [{"n": 10}]
    joined = "SELECT count(*) AS n FROM waters JOIN keyless USING (code)"
    assert told("/table/waters/-/query.json", sql=joined)["rows"] == [{"n": 3}]
    text = lines(get("/table/waters/-/query.csv", sql="SELECT name FROM waters ORDER BY code LIMIT 1"))
    assert text == [["name"], ["'=1+1"]]
    many = told("/table/waters/-/query.json", sql="SELECT a.code FROM waters a, waters b", _shape="arrays")
    assert (len(many["rows"]), many["truncated"]) == (1000, True)


@pytest.mark.parametrize(
    ("address", "arguments", "status"),
    [
        ("/table/", {}, 404),
        ("/table/gone.json", {}, 404),
        ("/table/gone/gone.json", {}, 404),
        ("/table/waters/other.json", {}, 404),
        ("/table/waters/waters.xml", {}, 404),
        (f"{TABLE}.json", {"_where": "1=1"}, 400),
        (f"{TABLE}.json", {"note": "内部"}, 400),
        (f"{TABLE}.json", {"_sort": "note"}, 400),
        (f"{TABLE}.json", {"_facet": "note"}, 400),
        (f"{TABLE}.json", {"_facet": "_id"}, 400),
        (f"{TABLE}.json", {"_col": "note"}, 400),
        (f"{TABLE}.json", {"count__gt": "many"}, 400),
        (f"{TABLE}.json", {"day__date": "soon"}, 400),
        (f"{TABLE}.json", {"_sort": "count", "_next": "WyIxIl0"}, 400),
        (f"{TABLE}.csv", {"_sort": "gone", "_stream": "on"}, 400),
        ("/table/keyless/keyless/two.json", {}, 400),
        ("/table/waters/-/query.json", {}, 400),
        ("/table/waters/-/query.json", {"sql": "SELECT note FROM waters"}, 400),
        ("/table/waters/-/query.json", {"sql": "DELETE FROM waters"}, 400),
        ("/table/waters/-/query.json", {"sql": "SELECT * FROM read_csv('/etc/passwd')"}, 400),
        ("/table/waters/-/query.json", {"sql": "SELECT 1", "_shape": "object"}, 400),
    ],
)
def test_what_is_wrong_is_told_in_one_shape(address: str, arguments: Mapping[str, str], status: int) -> None:
    answer = get(address, status, **arguments).json()
    assert set(answer) == {"ok", "error", "errors", "status"}
    assert (answer["ok"], answer["status"], answer["errors"]) == (False, status, [answer["error"]])


def test_only_reading() -> None:
    assert Client().post(f"{TABLE}.json").status_code == 405
    assert Client().options(f"{TABLE}.json").status_code == 204


COLUMNS = st.sampled_from([*NAMES, "_id", "gone"])
WORDS = st.sampled_from(
    ["exact", "not", "gt", "lte", "like", "glob", "in", "date", "isblank", "contains", "no"]
)
VALUES = st.one_of(
    st.text(max_size=20),
    st.integers().map(str),
    st.floats().map(str),
    st.integers(min_value=10**18, max_value=10**60).map(str),
    st.sampled_from(["", "[", "[1]", "0001-01-01", "99999-01-01", "true", "%", "\\", "[[", "\x00"]),
)
FILTERS = st.builds(lambda column, word, value: (f"{column}__{word}", value), COLUMNS, WORDS, VALUES)
OTHERS = st.tuples(
    st.sampled_from(
        ["_sort", "_sort_desc", "_col", "_nocol", "_facet", "_size", "_next", "_search", "_shape"]
    ),
    st.one_of(COLUMNS, VALUES),
)


@given(st.lists(FILTERS | OTHERS, max_size=4))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_arguments_make_it_fail(arguments: list[tuple[str, str]]) -> None:
    query: dict[str, list[str]] = {}
    for name, value in arguments:
        query.setdefault(name, []).append(value)
    assert Client().get(f"{TABLE}.json", query).status_code in (200, 400)


def test_a_row_that_the_law_took_off_is_gone_at_once() -> None:
    assert told(f"{TABLE}.json", _extra="count")["count"] == 60
    takedowns.take_off(
        by=None,
        now=at("2017-09-20"),
        register=Register.objects.get(slug="waters"),
        key={"code": "W007"},
        reason="决定已撤销",
        ground="《行政处罚法》",
    )
    assert told(f"{TABLE}.json", _extra="count")["count"] == 59
    get(f"{TABLE}/W007.json", 404)
    assert told(f"{TABLE}.json", _as_of="1", _extra="count")["count"] == 9
    left = told("/table/waters/-/query.json", sql="SELECT count(*) AS n FROM waters")
    assert left["rows"] == [{"n": 59}]


@pytest.mark.parametrize(
    ("query", "following"),
    [
        ("", "_next=M"),
        ("_next=old", "_next=M"),
        ("a=1&_next=old&b=2", "a=1&b=2&_next=M"),
        ("_next=old&a=1", "a=1&_next=M"),
        ("x_next=1&_next", "x_next=1&_next&_next=M"),
        ("area=宝安&b=%3E", "area=%E5%AE%9D%E5%AE%89&b=%3E&_next=M"),
        ('a=<">', "a=%3C%22%3E&_next=M"),
    ],
)
def test_the_next_address_keeps_the_query_as_it_was_sent(query: str, following: str) -> None:
    path, _, got = Address("/table/a/a.json", query).behind("M").partition("?")
    assert (path.endswith("/table/a/a.json"), got) == (True, following)
