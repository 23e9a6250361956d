"""The one shape of every error of the interface: `{"error": {"code", "message", "where"}}`.

`code` is for programs, `message` is a Chinese sentence that says what to do, `where` is the parameter or
the address that is wrong.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from yangguang.warehouse.full import SENTENCE, is_full

logger = logging.getLogger(__name__)


class Problem(Exception):
    """Something that the caller can mend. The message is a Chinese sentence with the remedy."""

    def __init__(self, status: int, code: str, message: str, where: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.where = status, code, message, where


def not_found(message: str, where: str) -> Problem:
    return Problem(404, "not_found", message, where)


def response_of(problem: Problem) -> HttpResponse:
    """The problem as the one shape, in readable characters."""
    error = {"code": problem.code, "message": problem.message, "where": problem.where}
    text = json.dumps({"error": error}, ensure_ascii=False)
    return HttpResponse(text, status=problem.status, content_type="application/json; charset=utf-8")


def install(api: NinjaAPI) -> None:
    """Answer everything that goes wrong inside an operation in the one shape."""

    @api.exception_handler(Problem)
    def known(request: HttpRequest, problem: Problem) -> HttpResponse:
        return response_of(problem)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        where = "、".join(dict.fromkeys(_place(error) for error in problem.errors))
        message = "；".join(f"参数 {_place(error)}：{_remedy(error)}" for error in problem.errors)
        return response_of(Problem(422, "invalid_parameter", message, where))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
        message = "没有令牌，或者令牌不对、已经作废：请在 Authorization 写 Bearer 和令牌，令牌在工作台“接口推送”建立"
        response = response_of(Problem(401, "unauthorized", message, "Authorization"))
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(Exception)
    def unforeseen(request: HttpRequest, problem: Exception) -> HttpResponse:
        logger.error("接口出错 %s", request.get_full_path(), exc_info=problem)
        if is_full(problem):
            return response_of(Problem(507, "disk_full", SENTENCE, request.path))
        message = "服务器内部出错，已记入运行日志：请稍后再试，仍不行请告诉运行维护人员"
        return response_of(Problem(500, "internal", message, request.path))


REMEDIES = {
    "int_parsing": "请填整数",
    "int_type": "请填整数",
    "date_iso": "请按 YYYY-MM-DD 写日期，例如 2017-11-30",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "string_too_long": "最多 {max_length} 个字符",
    "enum": "只能是 {expected} 之一",
    "missing": "必须填写",
}


def _place(error: Mapping[str, Any]) -> str:
    """The name of the parameter, the last word of ("query", "filters", "on")."""
    return str(error["loc"][-1])


def _remedy(error: Mapping[str, Any]) -> str:
    if error["type"] == "string_pattern_mismatch":
        return "写法不对，请对照 /api/v1/docs 中的示例改正"
    template = REMEDIES.get(error["type"], "值不对，请对照 /api/v1/docs 改正")
    return template.format_map(error.get("ctx") or {})
