"""What goes wrong, in Datasette's shape: `{"ok": false, "error", "errors", "status"}`."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from yangguang.api.datasette.answers import Answer
from yangguang.catalog.tables import NoMoment, NoVersion
from yangguang.rules.tables.grammar_datasette import ArgumentProblem
from yangguang.rules.tables.query import QueryProblem
from yangguang.warehouse.tables.engine import TableError
from yangguang.warehouse.tables.sandbox import Reason, Refused

logger = logging.getLogger(__name__)


class NotHere(LookupError):
    """No dataset, table or row of that name."""


def told(words: str, status: int) -> Answer:
    """An error as Datasette gives it."""
    error = {"ok": False, "error": words, "errors": [words], "status": status}
    return Answer(json.dumps(error, ensure_ascii=False).encode(), status=status)


def told_of(problem: Exception, path: str) -> Answer:
    """What is told of something that went wrong; what nobody foresaw is logged with its place."""
    match problem:
        case NotHere() | NoVersion():
            return told(str(problem), 404)
        case ArgumentProblem() | QueryProblem() | NoMoment() | TableError():
            return told(str(problem), 400)
        case Refused():
            return told(str(problem), 503 if problem.reason is Reason.BUSY else 400)
    logger.error("接口出错 %s", path, exc_info=problem)
    return told("服务器内部出错，已记入运行日志：请稍后再试，仍不行请告诉运行维护人员", 500)


def answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose problems are told, each with its status."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Exception as problem:
            return told_of(problem, request.path).response()

    return answer
