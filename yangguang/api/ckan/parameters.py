"""What a request asks for, found where CKAN finds it (ckan/views/api.py), and its values as types."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from yangguang.api.ckan.problems import BadRequest, invalid

Parameters = dict[str, Any]
_TRUE = {"true", "yes", "on", "y", "t", "1"}
_FALSE = {"false", "no", "off", "n", "f", "0"}


def parameters(request: HttpRequest) -> Parameters:
    """Form, else query string (for POST too), else a JSON body. Raises BadRequest."""
    form = request.POST if request.method == "POST" else QueryDict()
    if form:
        return _form(form)
    if request.GET:
        return _several(request.GET)
    # An empty form in parts was read to its end above.
    if request.method == "POST" and request.content_type != "multipart/form-data" and request.body.strip():
        return _json(request.body)
    return {}


def _form(form: QueryDict) -> Parameters:
    found = _several(form)
    if len(found) == 1 and next(iter(found.values())) in ("", "1"):
        # What `curl -d '{…}'` sends: the JSON text stands where the name of a field should.
        return _json(next(iter(found)).encode())
    return found


def _several(values: QueryDict) -> Parameters:
    """A name that comes several times has all its values."""
    return {name: found[0] if len(found) == 1 else found for name, found in values.lists()}


def _json(body: bytes) -> Parameters:
    try:
        found = json.loads(body)
    except ValueError as problem:
        raise BadRequest(f"Bad request: JSON Error: Error decoding JSON data. {problem}") from problem
    if not isinstance(found, dict):
        raise BadRequest(
            f"Bad request: Request data JSON decoded to {found!r} but it needs to be a dictionary."
        )
    return found


def truth(asked: Mapping[str, Any], name: str, default: bool) -> bool:
    """A yes or no as clients write it. Raises a Validation Error."""
    value = asked.get(name)
    if value is None:
        return default
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in _TRUE:
        return True
    if text in _FALSE or not text:
        return False
    raise invalid(**{name: f"String is not true/false: {text!r}"})


def natural(asked: Mapping[str, Any], name: str, default: int, most: int | None = None) -> int:
    """A whole number from 0; larger than `most` is lowered to it. Raises a Validation Error."""
    value = asked.get(name)
    if value is None or value == "":
        return default
    try:
        number = int(value) if not isinstance(value, (bool, list, dict)) else -1
    except ValueError as problem:
        raise invalid(**{name: "Invalid integer"}) from problem
    if number < 0:
        raise invalid(**{name: "Must be a natural number"})
    return number if most is None else min(number, most)


def text(asked: Mapping[str, Any], name: str, default: str = "") -> str:
    value = asked.get(name)
    if value is None:
        return default
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)


def required(asked: Mapping[str, Any], *names: str) -> str:
    """The first of the names that was given. Raises a Validation Error that names the first."""
    for name in names:
        if asked.get(name):
            return str(asked[name])
    raise invalid(**{names[0]: "Missing value"})
