"""The first version of the machine interface."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from yangguang.api import errors
from yangguang.api.schemas.shared import no_stray_parameter
from yangguang.api.views import (
    calendar,
    datasets,
    documents,
    feedback,
    journal,
    plan,
    pushes,
    units,
    verdicts,
)

DESCRIPTION = """读不用注册，任何网站的网页都可以读；写只有一处：单位凭令牌推送数据。

判定由规则从公开日志推出，没有谁能手工改动：凭 /api/v1/plan 和 /api/v1/journal.jsonl 两个文件，
任何人可以用 yangguang ledger recompute 重算，与 /api/v1/verdicts 逐条核对。

日期一律是北京时间的日期，写作 YYYY-MM-DD；参数 on 指截至哪一天。
"""


class ReadableJson(BaseRenderer):
    """JSON with Chinese characters as themselves."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False)


api = NinjaAPI(
    title="阳光接口",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    renderer=ReadableJson(),
    urls_namespace="api-v1",
)
errors.install(api)
api.add_decorator(no_stray_parameter, mode="operation")
for room in (plan, verdicts, units, documents, datasets, feedback, journal, calendar, pushes):
    api.add_router("", room.router)


def schema() -> dict[str, Any]:
    """The OpenAPI description as JSON values (status codes are text, as JSON has it); the caller's own."""
    description: dict[str, Any] = json.loads(_described())
    return description


@cache
def _described() -> str:
    made = api.get_openapi_schema(path_prefix="/api/v1/")
    for methods in made["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                _tidy(parameter)
    return json.dumps(made, cls=NinjaJSONEncoder)


def _tidy(parameter: dict[str, Any]) -> None:
    """In an address a parameter is there or not, never null; and examples belong to its schema."""
    parameter.pop("examples", None)
    shape = parameter["schema"]
    options = [one for one in shape.pop("anyOf", ()) if one != {"type": "null"}]
    if len(options) == 1:
        shape |= options[0]
    for bound in ("ge", "le"):
        shape.pop(bound, None)
