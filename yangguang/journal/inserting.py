"""Insert many new rows of one model: one statement for all, each column made ready as a whole.

`bulk_create` compiles each cell by itself, and most cells of an import say the same as the one above: that was
over half of the time of importing a document (`benchmarks/import_documents.py`).
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, JSONField, Model


def insert(rows: Sequence[Model]) -> None:
    """Write the rows, all of one model and none of them stored before. Keys are not read back.

    Sends no signals and fills no field by itself (`auto_now`); `bulk_create` does the latter. Raises what
    the database raises: IntegrityError and others.
    """
    if not rows:
        return
    model = type(rows[0])
    connection = connections[DEFAULT_DB_ALIAS]
    fields = [field for field in model._meta.local_concrete_fields if field is not model._meta.auto_field]
    columns = [_prepared(field, list(map(attrgetter(field.attname), rows)), connection) for field in fields]
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    # Only our own table and column names are put into the text; values go as parameters.
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*columns, strict=True)))


def _prepared(field: "Field[Any, Any]", values: list[Any], connection: Any) -> list[Any]:
    """The values as the database takes them; each different one is made ready once."""
    # Lists and objects cannot be looked up themselves: their text tells them apart.
    keys = list(map(repr, values)) if isinstance(field, JSONField) else values
    different = dict(zip(keys, values, strict=True))
    ready = {key: field.get_db_prep_save(value, connection) for key, value in different.items()}
    return [ready[key] for key in keys]
