"""Shapes that several answers use."""

import datetime as dt
import re
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from yangguang.api.errors import Problem

FIRST, LAST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


def _iso(value: Any) -> Any:
    """Only YYYY-MM-DD: the framework would also take numbers for seconds since 1970."""
    if isinstance(value, str):
        try:
            day = dt.date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) else None
        except ValueError:
            day = None
        if day is None:
            raise PydanticCustomError("date_iso", "YYYY-MM-DD")
        return day
    return value


Day = Annotated[dt.date, BeforeValidator(_iso), Field(ge=FIRST, le=LAST)]


# No control characters: no name has one, and PostgreSQL takes no NUL.
Word = Annotated[str, Field(pattern=r"^[^\x00-\x1f]+$")]


class Parameters(Schema):
    """All that an address takes after its question mark."""


def no_stray_parameter(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse what the address does not know: a mistyped filter would silently filter nothing."""

    @wraps(view)
    def careful(request: HttpRequest, **values: Any) -> Any:
        models = [type(value) for value in values.values() if isinstance(value, Parameters)]
        known = [name for model in models for name in model.model_fields]
        for name in request.GET:
            if name not in known:
                message = f"没有参数 {name}：这里可用的有 {'、'.join(known)}"
                raise Problem(422, "invalid_parameter", message, name)
        return view(request, **values)

    return careful


class Paged(Parameters):
    limit: int = Field(100, ge=1, le=1000, description="一页最多多少条", examples=[100])
    offset: int = Field(0, ge=0, le=100_000_000, description="跳过前面多少条", examples=[0])


class Page(Schema):
    """The frame of a list: how many there are in all, and where the next page is."""

    total: int = Field(description="符合条件的总条数", examples=[1200])
    limit: int = Field(examples=[100])
    offset: int = Field(examples=[0])
    next: str | None = Field(None, description="下一页的地址；最后一页为 null")


class ErrorDetail(Schema):
    code: str = Field(description="供程序判断", examples=["not_found"])
    message: str = Field(description="出了什么问题、怎样改正", examples=["没有编号为“9.99”的公开事项"])
    where: str = Field(description="哪个参数或地址", examples=["code"])


class Error(Schema):
    error: ErrorDetail


class UnitRef(Schema):
    name: str = Field(description="单位名称", examples=["市财政委"])
    slug: str = Field(description="网址名", examples=["caizhengwei"])
