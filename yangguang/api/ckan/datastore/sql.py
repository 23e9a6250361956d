"""`datastore_search_sql`: on for everybody, because it can do no harm (`warehouse.tables.sandbox`)."""

import re
from typing import Any

from yangguang.api.ckan.datastore.tables import described, tables
from yangguang.api.ckan.parameters import Parameters, required
from yangguang.api.ckan.problems import ActionProblem, forbidden, invalid
from yangguang.catalog.dataset import Dataset
from yangguang.rules.tables.query import ROW
from yangguang.warehouse.tables import sandbox
from yangguang.warehouse.tables.sandbox import Reason, Refused

_NAME = re.compile(r'"([^"]+)"|([\w-]+)')
_TYPES = {
    "BIGINT": "int8",
    "INTEGER": "int4",
    "HUGEINT": "numeric",
    "DOUBLE": "float8",
    "VARCHAR": "text",
    "BOOLEAN": "bool",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}
_CLOSED = {
    Reason.TABLE: "Not authorized to read resource.",
    Reason.NOT_SELECT: "Only SELECT is allowed.",
}


def datastore_search_sql(asked: Parameters) -> dict[str, Any]:
    """One SELECT over tables named by resource id (quoted) or by dataset, at most 32,000 rows."""
    sql = required(asked, "sql")
    views = {
        name: (one.served, [field.name for field in one.descriptor.public_fields])
        for name, one in named_in(sql).items()
    }
    try:
        found = sandbox.run(sql, views=views)
    except Refused as refused:
        raise _problem(refused, sql) from refused
    known = {
        field.name: described([field])[0]["type"]
        for one in named_in(sql).values()
        for field in one.descriptor.public_fields
    }
    fields = [
        {"id": name, "type": "int" if name == ROW else known.get(name) or _TYPES.get(kind, "text")}
        for name, kind in found.columns
    ]
    names = [name for name, _ in found.columns]
    told: dict[str, Any] = {
        "sql": sql,
        "fields": fields,
        "records": [dict(zip(names, row, strict=True)) for row in found.rows],
    }
    if found.truncated:
        told["records_truncated"] = True
    return told


def named_in(sql: str) -> dict[str, Dataset]:
    """The tables that the text may mean: only these are laid before it."""
    known = tables()
    words = {quoted or plain for quoted, plain in _NAME.findall(sql)}
    return {word: known[word] for word in words & known.keys()}


def _problem(refused: Refused, sql: str) -> ActionProblem:
    if refused.reason is Reason.FUNCTION:
        return forbidden(f"Not authorized to call function {refused.subject}")
    if refused.reason in _CLOSED:
        return forbidden(_CLOSED[refused.reason])
    if refused.reason is Reason.SEVERAL:
        return invalid(query="Query is not a single statement.")
    return ActionProblem(
        "Validation Error",
        409,
        query=[str(refused)],
        info={"statement": [sql], "params": [{}], "orig": [str(refused)]},
    )
