"""What goes wrong, in Datasette's shape: `{"ok": false, "error", "errors", "status"}`."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from yangguang.catalog.tables import NoMoment, NoVersion
from yangguang.rules.tables.grammar_datasette import ArgumentProblem
from yangguang.rules.tables.query import QueryProblem
from yangguang.warehouse.tables.engine import TableError
from yangguang.warehouse.tables.sandbox import Reason, Refused

JSON = "application/json; charset=utf-8"
logger = logging.getLogger(__name__)


class NotHere(LookupError):
    """No dataset, table or row of that name."""


def told(words: str, status: int) -> HttpResponse:
    """An error as Datasette gives it."""
    error = {"ok": False, "error": words, "errors": [words], "status": status}
    return HttpResponse(json.dumps(error, ensure_ascii=False), status=status, content_type=JSON)


def answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose problems are told, each with its status."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (NotHere, NoVersion) as problem:
            return told(str(problem), 404)
        except (ArgumentProblem, QueryProblem, NoMoment, TableError) as problem:
            return told(str(problem), 400)
        except Refused as refused:
            return told(str(refused), 503 if refused.reason is Reason.BUSY else 400)
        except Exception:
            logger.exception("接口出错 %s", request.path)
            return told("服务器内部出错，已记入运行日志：请稍后再试，仍不行请告诉运行维护人员", 500)

    return answer
