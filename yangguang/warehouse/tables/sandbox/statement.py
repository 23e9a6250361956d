"""Whether a statement may run: every node of its parse tree, as DuckDB parses it, must be on a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from yangguang.warehouse.tables.sandbox import functions
from yangguang.warehouse.tables.sandbox.outcome import Reason, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LONGEST = 20_000
# Parts of a statement other than expressions. What is not here (SHOW, DESCRIBE, PIVOT, …) is not offered.
_PARTS = functions.words(
    "SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE BASE_TABLE JOIN SUBQUERY"
    " TABLE_FUNCTION EXPRESSION_LIST EMPTY LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER ORDER_MODIFIER"
    " DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING"
)
# A name given in WITH must not look like a table of the system or a file.
_PLAIN_NAME = re.compile(r"(?!(?:duckdb|pragma|sqlite|pg|information_schema)_)[^\W\d]\w*", re.IGNORECASE)


def check(connection: DuckDBPyConnection, sql: str, tables: frozenset[str]) -> None:
    """Raise Refused where the statement is anything but one SELECT over those tables (names in lower case)."""
    if len(sql) > LONGEST:
        raise Refused(Reason.SYNTAX, f"语句有 {len(sql)} 个字符，最多 {LONGEST} 个")
    tree = _parsed(connection, sql)
    nodes = list(_nodes(tree))
    given = _given_names(nodes)
    sources = {id(node["function"]) for node in nodes if node.get("type") == "TABLE_FUNCTION"}
    for node in nodes:
        _check_node(node, tables | given, functions.TABLES if id(node) in sources else functions.SCALARS)


def _parsed(connection: DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """The statement as DuckDB's own JSON; it writes SELECT statements only."""
    import duckdb

    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise Refused(Reason.SYNTAX, f"语句不能读懂：{_first_line(error)}") from error
    if len(statements) != 1:
        raise Refused(Reason.SEVERAL, f"只能有一条语句，这里有 {len(statements)} 条")
    if statements[0].type is not duckdb.StatementType.SELECT:
        raise Refused(Reason.NOT_SELECT, "只能用 SELECT 查询")
    row = connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
    tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if tree["error"]:
        raise Refused(Reason.NOT_SELECT, "只能用 SELECT 查询，不能用 PIVOT、SHOW 等写法")
    return tree


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for child in children:
        yield from _nodes(child)


def _given_names(nodes: list[dict[str, Any]]) -> frozenset[str]:
    """The names that WITH gives to queries."""
    names = [entry["key"] for node in nodes if "cte_map" in node for entry in node["cte_map"]["map"]]
    for name in names:
        if not _PLAIN_NAME.fullmatch(name):
            raise Refused(Reason.TABLE, f"WITH 中的名称“{name[:80]}”不能这样写", name)
    return frozenset(name.lower() for name in names)


def _check_node(node: dict[str, Any], tables: frozenset[str], callable_here: frozenset[str]) -> None:
    kind = node.get("type")
    if isinstance(kind, str) and "class" not in node and kind not in _PARTS:
        raise Refused(Reason.NOT_SELECT, "只能用 SELECT 查询，不能用 DESCRIBE、SHOW、PIVOT 等写法")
    if kind == "BASE_TABLE":
        _check_table(node, tables)
    elif "function_name" in node:
        _check_function(node, callable_here)


def _check_table(node: dict[str, Any], tables: frozenset[str]) -> None:
    name, path = str(node["table_name"]), node["qualified_name"]["path"]
    if len(path) != 1 or node.get("at_clause") or name.lower() not in tables:
        shown = ".".join(map(str, path))
        raise Refused(Reason.TABLE, f"没有名为“{shown[:80]}”的表可查", shown)


def _check_function(node: dict[str, Any], allowed: frozenset[str]) -> None:
    name = str(node["function_name"])
    if len(node["qualified_name"]["path"]) != 1 or name.lower() not in allowed:
        raise Refused(Reason.FUNCTION, f"不能使用函数“{name[:80]}”", name)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300]
