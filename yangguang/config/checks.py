"""What Django's system checks say about this installation, each with its remedy.

They run with every command of Django and before `yangguang serve`; an error keeps the site from starting.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from yangguang.directory.calendars import CalendarProblem, shipped_calendar


def plans_are_there(app_configs: Sequence[Any] | None = None, **_: Any) -> list[CheckMessage]:
    """The folder of plans exists; without it nothing can be adopted at first start."""
    if settings.PLANS.is_dir():
        return []
    return [
        Error(
            f"方案文件夹 {settings.PLANS} 不存在",
            hint="请把 YANGGUANG_PLANS 设为放有分工方案的文件夹；不设时用代码旁的 plans/",
            id="yangguang.E001",
        )
    ]


def tracebacks_stay_home(app_configs: Sequence[Any] | None = None, **_: Any) -> list[CheckMessage]:
    """Debug pages show settings and code; they may be served to this machine only."""
    near = settings.HOST in {"127.0.0.1", "localhost", "::1"}
    if not settings.DEBUG or near:
        return []
    return [
        Error(
            f"YANGGUANG_DEBUG=True，而服务在 {settings.HOST} 上对外监听：出错页面会泄露内部信息",
            hint="请去掉 YANGGUANG_DEBUG，或把 YANGGUANG_HOST 设为 127.0.0.1",
            id="yangguang.E002",
        )
    ]


def the_demonstrations_day_is_known(app_configs: Sequence[Any] | None = None, **_: Any) -> list[CheckMessage]:
    """A demonstration needs the working days of its year."""
    day: dt.date | None = settings.DEMONSTRATION_DAY
    try:
        calendar = shipped_calendar()
    except CalendarProblem as problem:
        return [Error(str(problem), hint="请从版本库恢复 calendars/ 文件夹", id="yangguang.E003")]
    if day is None or calendar.knows(day):
        return []
    return [
        Error(
            f"演示日期 {day} 所在年份的放假通知没有录入，无法计算工作日",
            hint="请换一个有放假通知的年份，例如 YANGGUANG_DEMONSTRATION_DAY=2017-11-30",
            id="yangguang.E004",
        )
    ]


def visitors_may_come_in(app_configs: Sequence[Any] | None = None, **_: Any) -> list[CheckMessage]:
    """A site that gives its address by a name must also answer to that name."""
    name = urlsplit(settings.PUBLIC_ADDRESS).hostname or ""
    listens_everywhere = name in {"0.0.0.0", "::"}  # noqa: S104 no name of a site
    if listens_everywhere or {name, f"[{name}]", "*"} & set(settings.ALLOWED_HOSTS):
        return []
    return [
        Warning(
            f"YANGGUANG_PUBLIC_ADDRESS 里的主机名 {name} 不在 YANGGUANG_ALLOWED_HOSTS 之内：访问会被拒绝",
            hint=f"请把 {name} 加进 YANGGUANG_ALLOWED_HOSTS",
            id="yangguang.W005",
        )
    ]
