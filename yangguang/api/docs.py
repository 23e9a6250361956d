"""The documentation page, made from the OpenAPI description: nothing is written twice.

Rendered on the server in Chinese, because the usual viewer needs scripts in the page, which the site's
policy does not allow.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yangguang.api.v1 import schema

TYPES = {
    "string": "文本",
    "integer": "整数",
    "number": "数",
    "boolean": "真假",
    "array": "列表",
    "object": "对象",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of an answer, as a row of a table."""

    name: str
    kind: str
    about: str
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address that can be asked."""

    anchor: str
    method: str
    path: str
    tag: str
    title: str
    about: str
    parameters: tuple[Field, ...]
    fields: tuple[Field, ...]
    example: str


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", _context())


@cache
def _context() -> dict[str, Any]:
    """Worked out once: it follows from the code and the settings alone."""
    described = schema()
    found = list(operations(described))
    tags = list(dict.fromkeys(operation.tag for operation in found))
    groups = [(tag, [operation for operation in found if operation.tag == tag]) for tag in tags]
    return {"groups": groups, "about": _unwrapped(described["info"]["description"]).split("\n\n")}


def operations(description: Mapping[str, Any]) -> Iterator[Operation]:
    """The operations of an OpenAPI description, in its order."""
    shapes = description.get("components", {}).get("schemas", {})
    for path, methods in description["paths"].items():
        for method, asked in methods.items():
            parameters = asked.get("parameters", [])
            (answer,) = (one for status, one in asked["responses"].items() if status.startswith("2"))
            yield Operation(
                anchor=asked["operationId"].removeprefix("yangguang_api_views_"),
                method=method.upper(),
                path=path,
                tag=asked["tags"][0],
                title=asked["summary"],
                about=_unwrapped(asked.get("description", "")),
                parameters=tuple(_field(one["name"], one["schema"], shapes) for one in parameters),
                fields=tuple(_fields(answer, shapes)),
                example=settings.PUBLIC_ADDRESS + _example(path, parameters),
            )


def _unwrapped(text: str) -> str:
    """Paragraphs on one line each: Chinese has no space where a line was broken."""
    return "\n\n".join(paragraph.replace("\n", "") for paragraph in text.split("\n\n"))


def _example(path: str, parameters: list[Mapping[str, Any]]) -> str:
    """An address that answers: path parameters filled in, and at most one filter shown."""
    for one in parameters:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", quote(_sample(one["name"])))
    query = {one["name"]: shown for one in parameters if (shown := _shown(one)) is not None}
    return f"{path}?{urlencode(query)}" if query else path


def _sample(name: str) -> str:
    return {
        "code": "2.1a",
        "slug": "caizhengwei",
        "index_no": "caizhengwei-2017-00001",
        "dataset": "drinking-water-sources",
        "number": "2",
    }[name]


def _shown(parameter: Mapping[str, Any]) -> str | None:
    """The day is shown wherever it can be given, because the demonstration lives in 2017."""
    return parameter["schema"]["examples"][0] if parameter["name"] == "on" else None


def _fields(answer: Mapping[str, Any], shapes: Mapping[str, Any]) -> Iterator[Field]:
    (content,) = answer["content"].values()
    shape = _resolved(content["schema"], shapes)
    for name, field in shape.get("properties", {}).items():
        yield _field(name, field, shapes)
        items = _resolved(field.get("items", {}), shapes)
        for inner, inner_field in items.get("properties", {}).items():
            yield _field(f"{name}[].{inner}", inner_field, shapes)


def _field(name: str, shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> Field:
    examples = shape.get("examples", [])
    return Field(
        name=name,
        kind=_kind(shape, shapes),
        about=shape.get("description", ""),
        example="" if not examples or isinstance(examples[0], list) else str(examples[0]),
    )


def _kind(shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    if "anyOf" in shape:
        options = [_kind(one, shapes) for one in shape["anyOf"] if one.get("type") != "null"]
        return "、".join(options) + ("，可为空" if len(options) < len(shape["anyOf"]) else "")
    resolved = _resolved(shape, shapes)
    if "enum" in resolved:
        return " | ".join(map(str, resolved["enum"]))
    if resolved.get("format") == "date":
        return "日期"
    if resolved.get("format") == "date-time":
        return "时间"
    return TYPES.get(str(resolved.get("type")), "任意")


def _resolved(shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in shape:
        found: Mapping[str, Any] = shapes[shape["$ref"].rsplit("/", 1)[1]]
        return found
    return shape
