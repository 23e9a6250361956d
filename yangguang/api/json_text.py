"""JSON as bytes: days and moments as ISO 8601, letters as they are."""

import json
from typing import Any

import orjson


def written(content: Any) -> bytes:
    """Compact JSON. Whole numbers may be of any length, which the fast writer does not take."""
    try:
        return orjson.dumps(content)
    except TypeError:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_moment).encode()


def _moment(value: Any) -> str:
    return str(value.isoformat())
