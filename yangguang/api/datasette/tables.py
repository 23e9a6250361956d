"""The tables of a dataset, their rows as JSON and csv, one row."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from yangguang.api.datasette import extras, shapes
from yangguang.api.datasette.answers import Address, Answer
from yangguang.api.datasette.problems import NotHere, answering
from yangguang.catalog.shelf import shelf
from yangguang.catalog.tables import Table
from yangguang.catalog.tables import table as table_of
from yangguang.rules.tables.grammar_datasette import Asked, primary_key, read, token
from yangguang.rules.tables.query import ROW, Value, to_sql
from yangguang.warehouse.tables import reading
from yangguang.warehouse.tables.reading import Written
from yangguang.warehouse.tables.streaming import pages, plain, separated

CSV = "text/csv; charset=utf-8"


@answering
def tables(request: HttpRequest, dataset: str) -> HttpResponse:
    """`/table/<dataset>.json`: the one table that a dataset has."""
    found = named(dataset, request.GET.get("_as_of", ""))
    told = {
        "name": dataset,
        "columns": [field.name for field in found.fields],
        "primary_keys": list(found.descriptor.primary_key),
        "count": found.rows,
        "hidden": False,
        "fts_table": None,
        "foreign_keys": {"incoming": [], "outgoing": []},
        "private": False,
    }
    sent = {"ok": True, "database": dataset, "private": False, "path": f"/table/{dataset}"}
    return shapes.sent({**sent, "tables": [told], "hidden_count": 0, "views": [], "queries": []}).response()


@answering
def rows(request: HttpRequest, dataset: str, table: str) -> HttpResponse:
    """`/table/<dataset>/<table>.json`: a page of rows, in the shape that is asked for."""
    return rows_at(Address.of(request), dataset, table).response()


def rows_at(address: Address, dataset: str, table: str) -> Answer:
    """A page of rows. Whole rows of a large table are sent as they lie in its side index."""
    found, asked, key = question(address, dataset, table)
    written = (
        reading.written(found.stored, asked.query, total=asked.total) if asked.shape == "objects" else None
    )
    page = written or reading.page(found.stored, asked.query, total=asked.total)
    mark = token(page.next) if page.next else None
    following = address.behind(mark) if mark else None
    frame = {"next": mark, "next_url": following, "truncated": False}
    if asked.shape not in ("array", "arrayfirst"):
        frame |= extras.asked_for(address, found, asked, key, page.total)
    if isinstance(page, Written):
        answer = shapes.whole(page.rows, frame)
    else:
        answer = shapes.shaped(asked, page.columns, page.rows, key, frame)
    return replace(answer, following=following)


@answering
def as_csv(request: HttpRequest, dataset: str, table: str) -> HttpResponseBase:
    """`/table/<dataset>/<table>.csv`: a page, or with `_stream=on` all rows."""
    address = Address.of(request)
    found, asked, _ = question(address, dataset, table)
    columns = asked.query.columns if asked.header else ()
    to_sql(asked.query, found.fields, "checked")
    if asked.stream:
        body: Iterator[str] = separated(columns, _plain(pages(found.stored, asked.query)))
        response: HttpResponseBase = StreamingHttpResponse(map(str.encode, body), content_type=CSV)
    else:
        page = reading.page(found.stored, asked.query, total=False)
        text = "".join(separated(columns, _plain(iter([page.rows]))))
        following = address.behind(token(page.next)) if page.next else None
        response = Answer(text.encode(), CSV, following=following).response()
    kind = "attachment" if asked.download else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{table}.csv"'
    return response


@answering
def row(request: HttpRequest, dataset: str, table: str, path: str) -> HttpResponse:
    """`/table/<dataset>/<table>/<key>.json`: one row."""
    _require(dataset, table)
    found = named(dataset, request.GET.get("_as_of", ""))
    key = primary_key(found.fields, found.descriptor.primary_key)
    values: dict[str, Value] = {**shapes.key_in(path, key)}
    got = reading.row(found.stored, values)
    if got is None:
        raise NotHere(f"表 {table} 没有主键为 {'、'.join(map(str, values.values()))[:80]} 的行")
    shown = {name: plain(value) for name, value in got.items() if name != ROW or ROW in key}
    return shapes.sent(
        {
            "ok": True,
            "database": dataset,
            "table": table,
            "rows": [shown],
            "primary_keys": list(key),
            "primary_key_values": [str(value) for value in values.values()],
            "truncated": False,
        }
    ).response()


def question(address: Address, dataset: str, table: str) -> tuple[Table, Asked, tuple[str, ...]]:
    """The version that is asked for, what is asked of it, and what names its rows."""
    _require(dataset, table)
    found = named(dataset, address.last("_as_of"))
    key = primary_key(found.fields, found.descriptor.primary_key)
    return found, read(address.arguments, found.fields, key), key


def named(dataset: str, as_of: str = "") -> Table:
    """The table of a dataset. Raises NotHere, NoMoment, NoVersion."""
    one = shelf().datasets.get(dataset)
    if one is None:
        raise NotHere(f"没有名为 {dataset[:80]} 的数据集：全部数据集见 /api/v1/datasets")
    return table_of(one, as_of)


def _require(dataset: str, table: str) -> None:
    if table != dataset:
        raise NotHere(
            f"数据集 {dataset[:80]} 只有一张表，与它同名：/table/{dataset[:80]}/{dataset[:80]}.json"
        )


def _plain(found: Iterator[list[tuple[Any, ...]]]) -> Iterator[list[list[Any]]]:
    for several in found:
        yield [[plain(value) for value in row] for row in several]
