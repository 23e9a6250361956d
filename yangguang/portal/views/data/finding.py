"""The dataset that an address names, its versions, and the one that is asked for."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from yangguang.portal import day
from yangguang.portal import queries as portal
from yangguang.portal.views import problems
from yangguang.registers.models import Register, Version
from yangguang.registers.queries import public as queries
from yangguang.rules.tables.query import QueryProblem
from yangguang.warehouse.tables.engine import TooLarge, TooSlow

Answer = TypeVar("Answer", bound=HttpResponseBase)


def register(slug: str) -> tuple[Register, list[Version]]:
    """A register with its versions in order. Raises Http404 where nothing of that name is public."""
    found = queries.register(slug)
    if found is None:
        raise Http404(_("没有名为 %(slug)s 的数据集：请在数据目录里找。") % {"slug": slug[:80]})
    return found, queries.versions_of(found)


def version(versions: list[Version], number: int) -> Version:
    """The version of a number. Raises Http404."""
    if not 1 <= number <= len(versions):
        raise Http404(
            _("这个数据集没有第 %(number)s 版：它有 %(count)s 版。")
            % {"number": number, "count": len(versions)}
        )
    return versions[number - 1]


def day_asked(request: HttpRequest) -> dt.date | None:
    """The day of `?as_of=DATE`. Raises BadRequest where it is none."""
    written = request.GET.get("as_of", "")
    return day.parse(written) if written else None


def standing(versions: list[Version], on: dt.date) -> Version:
    """The version that stood at the end of a day. Raises Http404 with the day of the first one."""
    found = queries.standing(versions, portal.end_of(on))
    if found is None:
        first = day_of(versions[0])
        raise Http404(
            _("这个数据集在 %(day)s 还没有公开：它在 %(first)s 首次发布。请把日期换到那天以后。")
            % {"day": on, "first": first}
        )
    return found


def day_of(version: Version) -> str:
    return timezone.localtime(version.online_at).date().isoformat()


def answering(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
    """A page that asks the engine: what cannot be asked, or takes too long, is told in a sentence."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> Answer | HttpResponse:
        try:
            return view(request, **kwargs)
        except QueryProblem as problem:
            raise BadRequest(str(problem)) from problem
        except (TooSlow, TooLarge) as problem:
            return problems.overtaxed(request, str(problem))

    return answer
