"""Where to begin: the versions, the description, and a sentence for every address that is not there."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve

from yangguang.api.errors import not_found, response_of
from yangguang.api.v1 import schema


def versions(request: HttpRequest) -> HttpResponse:
    """`/api/`: the versions of the interface."""
    version = {
        "version": "v1",
        "url": "/api/v1/",
        "documentation": "/api/v1/docs",
        "openapi": "/api/v1/openapi.json",
    }
    return _sent(_text({"name": "阳光接口", "versions": [version]}))


def addresses(request: HttpRequest) -> HttpResponse:
    """`/api/v1/`: every address, with what it gives."""
    return _sent(_addresses())


def openapi(request: HttpRequest) -> HttpResponse:
    """`/api/v1/openapi.json`"""
    return _sent(_description())


def nowhere(request: HttpRequest, **_: Any) -> HttpResponse:
    """Any other address: the one meant, where only the last slash is too much; else 404."""
    meant = request.path.rstrip("/")
    if meant != request.path and _leads_somewhere(meant):
        query = request.META["QUERY_STRING"]
        return HttpResponseRedirect(f"{meant}?{query}" if query else meant)
    message = "接口没有这个地址：全部地址见 /api/v1/，说明见 /api/v1/docs"
    return response_of(not_found(message, request.path))


def _leads_somewhere(path: str) -> bool:
    try:
        return resolve(path).func is not resolve("/api/-").func
    except Resolver404:
        return False


@cache
def _addresses() -> str:
    """Worked out once: it follows from the code alone."""
    described = schema()
    found = {
        path: "；".join(operation["summary"] for operation in methods.values())
        for path, methods in described["paths"].items()
    }
    listed = {"documentation": "/api/v1/docs", "openapi": "/api/v1/openapi.json", "addresses": found}
    return _text({"name": "阳光接口", "version": described["info"]["version"], **listed})


@cache
def _description() -> str:
    return _text(schema())


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _sent(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json; charset=utf-8")
