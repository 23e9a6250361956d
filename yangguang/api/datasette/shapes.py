"""Rows in the shapes that `_shape` names (Datasette 1.0, "Different shapes")."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from yangguang.api.datasette.answers import Answer
from yangguang.api.json_text import written
from yangguang.rules.tables.grammar_datasette import ArgumentProblem, Asked
from yangguang.warehouse.tables.streaming import plain

LINES = "application/x-ndjson; charset=utf-8"
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def shaped(
    asked: Asked,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    key: Sequence[str],
    frame: dict[str, Any],
) -> Answer:
    """The answer. `frame` is what stands beside the rows where the shape has room for it."""
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    match asked.shape:
        case "array":
            return lines(objects) if asked.lines else sent(objects)
        case "arrayfirst":
            firsts = [row[0] for row in rows]
            return lines(firsts) if asked.lines else sent(firsts)
        case "object":
            by_key = {path_of([plain(row[name]) for name in key]): row for row in objects}
            return sent({"ok": True, "rows": by_key, **frame})
        case "arrays":
            return sent({"ok": True, "rows": rows, **frame})
        case _:
            return sent({"ok": True, "rows": objects, **frame})


def whole(rows: bytes, frame: dict[str, Any]) -> Answer:
    """The answer of rows that are JSON objects already, in the shape `objects`."""
    return Answer(b'{"ok":true,"rows":[%b],%b' % (rows, written(frame)[1:]))


def sent(content: Any) -> Answer:
    return Answer(written(content))


def lines(values: Iterable[Any]) -> Answer:
    """One JSON value a line."""
    return Answer(b"".join(written(value) + b"\n" for value in values), LINES)


def path_of(values: Sequence[Any]) -> str:
    """The values of a key as an address names the row: tilde-encoded, with commas between."""
    return ",".join(_tilde(str(value)) for value in values)


def key_in(path: str, key: Sequence[str]) -> dict[str, str]:
    """The values of a key in an address. Raises ArgumentProblem where they are too few or too many."""
    parts = path.split(",") if len(key) > 1 else [path]
    if len(parts) != len(key):
        raise ArgumentProblem(f"主键有 {len(key)} 列（{'、'.join(key)}），这里给了 {len(parts)} 个值")
    return dict(zip(key, map(_plain, parts), strict=True))


def _tilde(text: str) -> str:
    """Datasette's "tilde encoding": percent encoding with "~", because proxies leave it alone."""
    return "".join(
        chr(byte) if byte in _SAFE else "+" if byte == 0x20 else f"~{byte:02X}" for byte in text.encode()
    )


def _plain(text: str) -> str:
    """A tilde-encoded text, or one that was sent as it is."""
    kept = quote(text, safe="~+").replace("+", "%20").replace("~", "%")
    try:
        return unquote_to_bytes(kept).decode()
    except UnicodeDecodeError as problem:
        raise ArgumentProblem("地址中的主键不是 UTF-8 文字") from problem
