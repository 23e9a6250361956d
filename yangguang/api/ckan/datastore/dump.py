"""`/datastore/dump/<id>`: a whole table, or what is asked of it, as a stream of csv, tsv, json or xml."""

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from yangguang.api.ckan.datastore.searching import plain
from yangguang.api.ckan.datastore.tables import described, table
from yangguang.api.ckan.parameters import parameters
from yangguang.api.ckan.problems import ActionProblem, BadRequest
from yangguang.catalog.tables import Table
from yangguang.rules.tables.grammar_ckan import Asked, ParameterProblem, read
from yangguang.rules.tables.query import ROW, QueryProblem, to_sql
from yangguang.warehouse.tables.streaming import pages, separated

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}


@csrf_exempt
def dump(request: HttpRequest, resource_id: str) -> HttpResponseBase:
    """The table, streamed page by page; `bom=true` for spreadsheets that need it."""
    asked = parameters(request)
    format_, bom = str(asked.pop("format", "csv")).lower(), str(asked.pop("bom", "")).lower()
    if format_ not in TYPES:
        return _refused(f"format: must be one of {', '.join(TYPES)}", 400)
    unlimited = not asked.get("limit")
    try:
        found = table(resource_id, str(asked.pop("as_of", "")))
        question = read(asked, found.fields)
        to_sql(question.query, found.fields, "checked")
    except ActionProblem as problem:
        return _refused("Not found", problem.status)
    except (ParameterProblem, QueryProblem, BadRequest) as problem:
        return _refused(f"{getattr(problem, 'name', 'query')}: {problem}", 400)
    body = _MAKERS[format_](found, question, None if unlimited else question.query.limit)
    response = StreamingHttpResponse(
        _with_mark(body, bom in {"true", "1", "yes"}), content_type=TYPES[format_]
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{found.id}.{format_}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _refused(told: str, status: int) -> HttpResponse:
    return HttpResponse(told, status=status, content_type="text/plain; charset=utf-8")


def _with_mark(body: Iterator[str], bom: bool) -> Iterator[bytes]:
    if bom:
        yield b"\xef\xbb\xbf"
    for piece in body:
        yield piece.encode()


def _pages(found: Table, question: Asked, limit: int | None) -> Iterator[list[list[Any]]]:
    for rows in pages(found.stored, question.query, limit):
        yield [[plain(value) for value in row] for row in rows]


def _csv(found: Table, question: Asked, limit: int | None) -> Iterator[str]:
    return separated(question.query.columns, _pages(found, question, limit))


def _tsv(found: Table, question: Asked, limit: int | None) -> Iterator[str]:
    return separated(question.query.columns, _pages(found, question, limit), mark="\t")


def _json(found: Table, question: Asked, limit: int | None) -> Iterator[str]:
    fields = {field.name: field for field in found.fields}
    columns = [
        {"id": ROW, "type": "int"} if name == ROW else described([fields[name]])[0]
        for name in question.query.columns
    ]
    yield '{\n  "fields": ' + json.dumps(columns, ensure_ascii=False) + ',\n  "records": ['
    between = "\n    "
    for rows in _pages(found, question, limit):
        for row in rows:
            yield between + json.dumps(row, ensure_ascii=False)
            between = ",\n    "
    yield "\n]}\n"


def _xml(found: Table, question: Asked, limit: int | None) -> Iterator[str]:
    yield '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    names = question.query.columns
    for rows in _pages(found, question, limit):
        for row in rows:
            yield _xml_row(names, row)
    yield "</data>\n"


def _xml_row(names: tuple[str, ...], row: list[Any]) -> str:
    number, cells = "", []
    for name, value in zip(names, row, strict=True):
        if name == ROW:
            number = f' _id="{value}"'
        elif value is None:
            cells.append(f'<{name} xsi:nil="true" />')
        else:
            cells.append(f"<{name}>{escape(str(value))}</{name}>")
    return f"<row{number}>{''.join(cells)}</row>\n"


_MAKERS = {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
