"""The one door of all actions: CKAN's envelope, its content types, its statuses."""

import json
import logging
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from yangguang.api.ckan.actions import ACTIONS
from yangguang.api.ckan.parameters import parameters
from yangguang.api.ckan.problems import ActionProblem, BadRequest
from yangguang.api.json_text import written

JSON = "application/json;charset=utf-8"
SCRIPT = "application/javascript;charset=utf-8"
_CALLBACK = re.compile(r"[\w.]{1,100}")
logger = logging.getLogger(__name__)


@csrf_exempt
def act(request: HttpRequest, name: str) -> HttpResponse:
    """Carry out an action and give its result, or what went wrong, as CKAN does.

    Nobody needs a key: one that is sent is not looked at, and an unknown one is no error.
    """
    if request.method == "OPTIONS":
        return _open(HttpResponse(status=200))
    try:
        return _open(_acted(request, name))
    except BadRequest as problem:
        return _open(HttpResponse(json.dumps(str(problem)), status=400, content_type=JSON))


@csrf_exempt
def version(request: HttpRequest, number: int) -> HttpResponse:
    return _open(HttpResponse(json.dumps({"version": number}), content_type=JSON))


def _acted(request: HttpRequest, name: str) -> HttpResponse:
    action = ACTIONS.get(name)
    if action is None:
        raise BadRequest(f"Bad request: Action name not known: {name}")
    asked = parameters(request)
    callback = asked.pop("callback", "") if request.method == "GET" else ""
    told: dict[str, Any] = {"help": f"{settings.PUBLIC_ADDRESS}/api/3/action/help_show?name={name}"}
    try:
        told |= {"success": True, "result": action(asked)}
    except ActionProblem as problem:
        return _json({**told, "success": False, "error": problem.error}, problem.status)
    except Exception:
        logger.exception("接口出错 %s", request.path)
        error = {"__type": "Internal Server Error", "message": "Internal Server Error"}
        return _json({**told, "success": False, "error": error}, 500)
    if callback and _CALLBACK.fullmatch(str(callback)):
        return HttpResponse(f"{callback}({written(told).decode()});", content_type=SCRIPT)
    return _json(told, 200)


def _json(told: dict[str, Any], status: int) -> HttpResponse:
    return HttpResponse(written(told), status=status, content_type=JSON)


def _open(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "POST, GET, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "X-CKAN-API-KEY, Authorization, Content-Type"
    return response
