"""The process that runs somebody's SQL: reads one question a line, writes one answer a line.

    python -m yangguang.warehouse.tables.sandbox.worker

A question: {"sql", "views": {name: {"path", "columns"}}, "parameters": {}, "seconds", "rows", "size"}. It
ends when its input does, or when nobody has asked for a minute.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import resource
import select
import sys
import threading
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from yangguang.warehouse.tables.columns import literal, quoted
from yangguang.warehouse.tables.sandbox.outcome import Reason, Refused
from yangguang.warehouse.tables.sandbox.statement import check

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

IDLE = 60.0
MEMORY = "256MB"
# Address space: what DuckDB counts, what it does not, and what the answer takes as Python objects.
MOST_ADDRESSES = 3_000_000_000
READ_AT_ONCE = 1_000


def main() -> None:
    import duckdb  # noqa: F401 before the limits: loading it takes files

    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print("ready", flush=True)
    while select.select([sys.stdin], [], [], IDLE)[0] and (line := sys.stdin.readline()):
        print(answer(json.loads(line)), flush=True)


def answer(question: Mapping[str, Any]) -> str:
    """What the question gives, or why it does not, as JSON."""
    try:
        return _run(question)
    except Refused as refused:
        return _failed(refused.reason, str(refused), refused.subject)
    except MemoryError:
        return _failed(Reason.MEMORY, "查询需要的内存超过上限，已停止；请加上筛选条件或减少列")


def _run(question: Mapping[str, Any]) -> str:
    import duckdb

    views = question["views"]
    connection = locked(views)
    timer = threading.Timer(question["seconds"], connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        sql = named_parameters(question["sql"], question["parameters"])
        check(connection, sql, frozenset(name.lower() for name in views))
        bound = {name: value for name, value in question["parameters"].items() if f"${name}" in sql}
        return _answered(connection.execute(sql, bound), question["rows"], question["size"])
    except duckdb.InterruptException:
        return _failed(Reason.SLOW, f"查询超过 {question['seconds']:g} 秒，已停止；请加上筛选条件")
    except (duckdb.OutOfMemoryException, duckdb.FatalException):
        return _failed(Reason.MEMORY, "查询需要的内存超过上限，已停止；请加上筛选条件或减少列")
    except duckdb.Error as error:
        told = str(error).strip().splitlines()[0][:300]
        for view in views.values():
            told = told.replace(view["path"], "")
        return _failed(Reason.SYNTAX, f"语句不能执行：{told}")
    finally:
        timer.cancel()
        connection.close()


def locked(views: Mapping[str, Mapping[str, Any]]) -> DuckDBPyConnection:
    """A DuckDB in memory that may read the files of the views and nothing else, and cannot be changed."""
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": "1",
            "memory_limit": MEMORY,
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allow_persistent_secrets": "false",
            "python_enable_replacements": "false",
        },
    )
    paths = ", ".join(literal(view["path"]) for view in views.values())
    connection.execute(f"SET allowed_paths = [{paths}]")
    for name, view in views.items():
        shown = ", ".join(quoted(column) for column in view["columns"])
        connection.execute(
            f"CREATE VIEW {quoted(name)} AS SELECT file_row_number + 1 AS _id, {shown}"  # noqa: S608
            f" FROM read_parquet({literal(view['path'])}, file_row_number = true)"
        )
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def named_parameters(sql: str, names: Mapping[str, Any]) -> str:
    """`:name`, as SQLite and Datasette write it, as DuckDB's `$name`; nothing else is touched."""
    import duckdb

    tokens = duckdb.tokenize(sql) if names else []
    shown, at = [], 0
    raw = sql.encode()
    for (here, kind), (after, _) in pairwise(tokens):
        if kind is not duckdb.token_type.operator or raw[here:after] != b":":
            continue
        word = raw[after:].decode()
        if any(word.startswith(name) and not word[len(name) : len(name) + 1].isalnum() for name in names):
            shown.append(raw[at:here] + b"$")
            at = after
    return (b"".join(shown) + raw[at:]).decode()


def _answered(found: DuckDBPyConnection, most_rows: int, most_bytes: int) -> str:
    """Rows up to the limits; whether there were more."""
    columns = [(name, str(kind)) for name, kind, *_ in found.description or []]
    rows: list[str] = []
    size = 0
    while batch := found.fetchmany(READ_AT_ONCE):
        for row in batch:
            shown = json.dumps([plain(value) for value in row])
            size += len(shown)
            if len(rows) == most_rows or size > most_bytes:
                return _written(columns, rows, truncated=True)
            rows.append(shown)
    return _written(columns, rows, truncated=False)


def _written(columns: list[tuple[str, str]], rows: list[str], *, truncated: bool) -> str:
    head = json.dumps({"columns": columns, "truncated": truncated})
    return f'{head[:-1]}, "rows": [{", ".join(rows)}]}}'


def plain(value: Any) -> Any:
    """A value as JSON has it; not-a-number and the infinities, which JSON lacks, are nothing."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case _:
            return str(value)


def _failed(reason: Reason, words: str, subject: str = "") -> str:
    return json.dumps({"reason": reason.value, "words": words, "subject": subject})


if __name__ == "__main__":
    main()
