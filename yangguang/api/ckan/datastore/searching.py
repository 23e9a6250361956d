"""`datastore_search` and `datastore_info`."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from yangguang.api.ckan.datastore.tables import METADATA, described, table, table_id
from yangguang.api.ckan.parameters import Parameters, required, text
from yangguang.api.ckan.problems import ActionProblem, invalid
from yangguang.catalog.shelf import shelf
from yangguang.catalog.tables import Table
from yangguang.registers.models import File
from yangguang.rules.tables.grammar_ckan import Asked, ParameterProblem, read
from yangguang.rules.tables.query import ROW, QueryProblem, Sort
from yangguang.rules.tables.schema import Type
from yangguang.warehouse.tables.engine import TableError
from yangguang.warehouse.tables.reading import Page, page

_RANK = 1.0
"""Rows are found by what stands in them, not by likeness: all that are found are found alike."""


def datastore_search(asked: Parameters) -> dict[str, Any]:
    """Rows of a table by filters and words, sorted, a page at a time (CKAN 2.12; `as_of` is ours)."""
    wanted = required(asked, "resource_id", "id")
    if wanted == METADATA:
        return _metadata(asked)
    found = table(wanted, text(asked, "as_of"))
    try:
        question = read(asked, found.fields)
        if question.query.limit == 0:
            answer = Page(question.query.columns, [], _total(found, question), None)
        else:
            answer = page(found.stored, question.query, total=question.total)
    except ParameterProblem as problem:
        raise ActionProblem("Validation Error", 409, **{problem.name: [problem.told]}) from problem
    except QueryProblem as problem:
        raise invalid(filters=str(problem)) from problem
    except TableError as problem:
        raise invalid(query=str(problem)) from problem
    return _told(found, question, answer)


def datastore_info(asked: Parameters) -> dict[str, Any]:
    """What a table is: its columns with their types and meanings, how many rows, its alias."""
    found = table(required(asked, "resource_id", "id"), text(asked, "as_of"))
    size = File.objects.filter(version__served=found.served, format="parquet").values_list("size", flat=True)
    key = found.descriptor.primary_key
    fields = [
        {
            **column,
            "schema": {
                "native_type": column["type"],
                "notnull": field.required,
                "index_name": "",
                "is_index": field.name in key,
                "uniquekey": key == (field.name,),
            },
        }
        for column, field in zip(described(found.fields), found.fields, strict=True)
    ]
    meta = {
        "id": found.id,
        "count": found.rows,
        "size": size.first() or 0,
        "idx_size": 0,
        "db_size": 0,
        "table_type": "BASE TABLE",
        "aliases": [found.dataset.slug],
    }
    return {"meta": meta, "fields": fields}


def _total(found: Table, question: Asked) -> int | None:
    if not question.total:
        return None
    return page(found.stored, replace(question.query, limit=1)).total


def _told(found: Table, question: Asked, answer: Page) -> dict[str, Any]:
    fields = {field.name: field for field in found.fields}
    columns: list[dict[str, Any]] = [
        {"id": ROW, "type": "int"} if name == ROW else described([fields[name]])[0] for name in answer.columns
    ]
    columns += [{"id": name, "type": "float"} for name in question.ranks]
    names = [*answer.columns, *question.ranks]
    ranks = (_RANK,) * len(question.ranks)
    rows: Sequence[Sequence[Any]] = answer.rows
    if any(field.type is Type.DATETIME for field in found.fields):
        rows = [[*map(plain, row)] for row in rows]
    if ranks:
        rows = [(*row, *ranks) for row in rows]
    told: dict[str, Any] = {
        "include_total": question.total,
        "limit": question.query.limit,
        "records_format": question.format,
        "resource_id": found.id,
        "total_estimation_threshold": None,
        "records": records(names, rows, question.format),
        "fields": columns,
        **question.echo,
        "_links": _links(found, question),
    }
    if question.total:
        told |= {"total": answer.total, "total_was_estimated": False}
    if question.next_page and (following := _next_page(question, answer)):
        told["next_page"] = following
    return told


def records(names: Sequence[str], rows: Sequence[Sequence[Any]], format: str) -> Any:
    """Rows as objects, lists, or lines of csv or tsv without a heading."""
    if format == "objects":
        return [dict(zip(names, row, strict=True)) for row in rows]
    if format == "lists":
        return [list(row) for row in rows]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if format == "csv" else "\t", lineterminator="\n")
    writer.writerows(rows)
    return out.getvalue()


def plain(value: Any) -> Any:
    """A value as JSON holds it: timestamps with milliseconds, as CKAN 2.12 writes them."""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, dt.date) else value


def _links(found: Table, question: Asked) -> dict[str, str]:
    """Relative addresses of the first, next and previous page, as versions before 2.12 gave them."""
    query = question.query
    sent = {"resource_id": found.id, "limit": query.limit}
    where = "/api/3/action/datastore_search?"
    links = {
        "start": where + urlencode(sent),
        "next": where + urlencode({**sent, "offset": query.offset + query.limit}),
    }
    if query.offset:
        before = max(query.offset - query.limit, 0)
        links["prev"] = where + urlencode({**sent, "offset": before} if before else sent)
    return links


def _next_page(question: Asked, answer: Page) -> dict[str, Any] | None:
    sorts = question.query.sort
    if not answer.next or ROW not in answer.columns:
        return None
    if sorts and [sort.column for sort in sorts] != [ROW]:
        return None
    last = answer.rows[-1][list(answer.columns).index(ROW)]
    down = bool(sorts) and sorts[0] == Sort(ROW, True, sorts[0].nulls_first)
    return {ROW: {"lt" if down else "gt": last}}


def _metadata(asked: Parameters) -> dict[str, Any]:
    """The table of tables, by which R's dplyr lists them."""
    rows = []
    for number, dataset in enumerate(shelf().datasets.values(), 1):
        id_ = table_id(dataset)
        rows.append({"_id": 2 * number - 1, "name": id_, "oid": 2 * number - 1, "alias_of": None})
        rows.append({"_id": 2 * number, "name": dataset.slug, "oid": 2 * number, "alias_of": id_})
    start = int(text(asked, "offset", "0") or 0)
    limit = int(text(asked, "limit", "100") or 100)
    types = {"_id": "int", "name": "text", "oid": "int", "alias_of": "text"}
    return {
        "resource_id": METADATA,
        "fields": [{"id": name, "type": kind} for name, kind in types.items()],
        "records": rows[start : start + limit],
        "limit": limit,
        "include_total": True,
        "records_format": "objects",
        "total": len(rows),
        "total_was_estimated": False,
        "total_estimation_threshold": None,
        "_links": {},
    }
