"""A unit's own system pushes a table into its register: the one address of the interface that writes."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router, Status
from ninja.security import HttpBearer

from yangguang.api.errors import Problem
from yangguang.api.schemas.pushes import PushOut, PushParameters, PushRefused
from yangguang.api.schemas.shared import Error, Word
from yangguang.directory import clock
from yangguang.registers.actions import intakes, pushes, tokens
from yangguang.registers.actions.pushes import Doubtful, NotPassed
from yangguang.registers.actions.versions import Overtaken
from yangguang.registers.intake import Unreadable
from yangguang.registers.models import Token
from yangguang.warehouse.tables.engine import TableError

ENDINGS = {
    "text/csv": "csv",
    "application/json": "json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""What a body may be, with the ending that a file of it would have."""
READ_AT_ONCE = 1 << 20

router = Router(tags=["推送"])


class Bearer(HttpBearer):
    """The token of a register, as `Authorization: Bearer yg_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        return tokens.recognise(token, now=clock.now())


@router.post(
    "/registers/{dataset}/versions",
    auth=Bearer(),
    response={
        201: PushOut,
        401: Error,
        403: Error,
        409: Error,
        413: Error,
        415: Error,
        422: PushRefused,
        503: Error,
    },
    summary="推送一版数据",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "整张表：csv（UTF-8 或 GB 18030）、json（对象的列表）或 xlsx",
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"} if ending != "json" else {}}
                for kind, ending in ENDINGS.items()
            },
        }
    },
)
def push(request: HttpRequest, dataset: Path[Word], asked: Query[PushParameters]) -> Any:
    """凭令牌推送一张表。整表检查，有一处错误就一行也不收，回答 422 和全部错误。
    通过的数据与上传的文件一样等候审核；签发人给令牌授权过的，直接上网。

    令牌由本单位在工作台“接口推送”建立，只能推送到它那一份清单。"""
    token: Token = request.auth  # type: ignore[attr-defined]
    if token.register.slug != dataset:
        message = f"这个令牌只能推送到 {token.register.slug}：请改正网址，或者为 {dataset} 另建令牌"
        raise Problem(403, "wrong_register", message, "dataset")
    name = f"推送.{_ending(request)}"
    given = {one: value for one, value in asked.dict().items() if value is not None}
    try:
        done = pushes.push(now=clock.now(), token=token, name=name, data=_body(request), **given)
    except NotPassed as problem:
        return Status(
            422, _refused("not_passed", str(problem), intakes.told(problem.report, intakes.MOST_KEPT))
        )
    except Overtaken as problem:
        raise Problem(409, "overtaken", f"{problem}。请重新推送", "body") from problem
    except Doubtful as problem:
        return Status(422, _refused("columns_unclear", str(problem)))
    except (Unreadable, ValueError) as problem:
        return Status(422, _refused("unreadable", str(problem)))
    except TableError as problem:
        raise Problem(503, "no_room", f"{problem}；没有保存任何内容，请稍后再推送", "body") from problem
    version = done.version
    told = {
        "dataset": dataset,
        "state": "published" if version else "waiting",
        "received_at": done.taken.received_at,
        "version": version.number if version else None,
        "url": version.get_absolute_url() if version else None,
        "report": intakes.told(done.report, intakes.MOST_KEPT),
    }
    return Status(201, told)


def _refused(code: str, message: str, report: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "where": "body"}, "report": report}


def _ending(request: HttpRequest) -> str:
    kind = (request.content_type or "").lower()
    if kind not in ENDINGS:
        message = f"不接受内容类型“{kind}”：请在 Content-Type 写明 {'、'.join(ENDINGS)} 之一"
        raise Problem(415, "unsupported_media_type", message, "Content-Type")
    return ENDINGS[kind]


def _body(request: HttpRequest) -> bytes:
    """The whole body, read piece by piece and no further than the limit."""
    most = settings.LARGEST_ATTACHMENT
    pieces, size = [], 0
    while piece := request.read(READ_AT_ONCE):
        size += len(piece)
        if size > most:
            message = f"数据超过 {most // 1_000_000} MB，没有接收：请按期分几次推送"
            raise Problem(413, "too_large", message, "body")
        pieces.append(piece)
    return b"".join(pieces)
