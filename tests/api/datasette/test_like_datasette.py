"""The same rows, the same arguments: Datasette itself gives the same answer."""

import asyncio
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from django.test import Client

from tests.api.datasette.conftest import ROWS
from yangguang.registers.models import Register

ARGUMENTS = [
    "",
    "area=宝安",
    "area__exact=宝安",
    "area__not=宝安",
    "name__contains=库1",
    "name__contains=BIG",
    "name__startswith=big",
    "name__endswith=3",
    "name__like=%库_",
    "name__notlike=Big%",
    "name__glob=Big*",
    "count__gt=2",
    "count__gte=2",
    "count__lt=0",
    "count__lte=0",
    "amount__gt=1.5",
    "area__in=宝安,盐田",
    'area__in=["宝安"]',
    "count__in=1,2",
    "area__notin=宝安",
    "day__date=2017-03-03",
    "area__isnull=1",
    "area__notnull=1",
    "area__isblank=1",
    "area__notblank=1",
    "count__gt=0&count__lt=4&area=罗湖",
    "_sort=count",
    "_sort_desc=count",
    "_sort_desc=day&area=宝安",
    "_sort=name&_size=7",
    "_size=max&_col=name",
    "_size=3&_nocol=name&_nocol=day",
    "_col=day&_col=count&_size=2",
    "open=1",
    "open=0",
]


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    file = tmp_path_factory.mktemp("peer") / "waters.db"
    with sqlite3.connect(file) as connection:
        connection.execute(
            "CREATE TABLE waters (code TEXT PRIMARY KEY, name TEXT, area TEXT, count INTEGER, amount REAL,"
            " open INTEGER, day TEXT)"
        )
        rows = [[_stored(value) for value in row[:-1]] for row in ROWS]
        connection.executemany("INSERT INTO waters VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    return Datasette(files=[str(Path(file))])


def _stored(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def theirs(peer: Datasette, arguments: str) -> Any:
    async def ask() -> Any:
        await peer.invoke_startup()
        return (await peer.client.get(f"/waters/waters.json?{arguments}")).json()

    # A browser test before this one keeps Playwright's loop running in the tests' own thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(ask())).result()


def ours(arguments: str) -> Any:
    response = Client().get(f"/table/waters/waters.json?{arguments}")
    assert response.status_code == 200, response.content.decode()
    return json.loads(response.content)


@pytest.mark.parametrize("arguments", ARGUMENTS)
def test_the_same_rows_in_the_same_order(peer: Datasette, waters: Register, arguments: str) -> None:
    whole = f"{arguments}&_shape=array" if arguments else "_shape=array"
    expected = theirs(peer, whole)
    assert expected, "a question that finds nothing shows nothing"
    assert ours(whole) == expected


@pytest.mark.parametrize("sort", ["", "&_sort=count", "&_sort_desc=amount", "&_sort=day", "&_sort_desc=area"])
def test_page_behind_page_to_the_end(peer: Datasette, waters: Register, sort: str) -> None:
    def walk(ask: Any) -> Iterator[list[str]]:
        mark = ""
        while True:
            page = ask(f"_size=7&_shape=objects{sort}" + (f"&_next={mark}" if mark else ""))
            yield [row["code"] for row in page["rows"]]
            mark = page["next"]
            if not mark:
                return

    expected = list(walk(lambda arguments: theirs(peer, arguments)))
    assert list(walk(ours)) == expected
    assert sorted(code for page in expected for code in page) == [row[0] for row in ROWS]


@pytest.mark.parametrize("column", ["area", "count", "day"])
@pytest.mark.parametrize("filter", ["", "&count__gt=0"])
def test_the_same_counts_of_values(peer: Datasette, waters: Register, column: str, filter: str) -> None:
    arguments = f"_facet={column}&_facet_size=max&_size=0{filter}"
    expected = theirs(peer, arguments)["facet_results"]
    told = ours(arguments)["facet_results"]["results"]
    expected = expected.get("results", expected)

    def counts(of: Any) -> dict[Any, int]:
        return {value["value"]: value["count"] for value in of[column]["results"]}

    # Datasette leaves out what has no value.
    assert {value: count for value, count in counts(told).items() if value is not None} == {
        value: count for value, count in counts(expected).items() if value is not None
    }


def test_the_shapes_have_the_same_outline(peer: Datasette, waters: Register) -> None:
    for shape in ("arrays", "array", "arrayfirst", "object"):
        arguments = f"_size=3&_shape={shape}"
        mine, peers = ours(arguments), theirs(peer, arguments)
        if shape in ("array", "arrayfirst"):
            assert mine == peers
        elif shape == "arrays":
            assert mine["rows"] == peers["rows"]
        else:
            assert mine["rows"] == peers
