"""Check a file while somebody waits: at once where it is small, else with a page that tells how far it is."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.directory.models import Person
from yangguang.office.views.registers import waiting
from yangguang.registers.actions import intakes
from yangguang.registers.models import Intake
from yangguang.rules.tables.report import Report
from yangguang.warehouse import store


def is_large(taken: Intake) -> bool:
    return store.path(taken.sha256).stat().st_size >= waiting.WATCHED


def check(
    request: HttpRequest,
    by: Person,
    taken: Intake,
    context: dict[str, Any],
    chosen: Callable[[], Intake] | None = None,
) -> HttpResponseBase:
    """Check, and lead to the result; `chosen` first fixes how the file is read.

    What a verb refuses of a small file at once is raised to the caller.
    """
    address = f"/office/intakes/{taken.pk}/"
    if is_large(taken):
        facts = {**context, "step": 3, "doing": "检查", "name": taken.name}
        return waiting.stream(
            request,
            "office/registers/working.html",
            facts,
            lambda: waiting.phases(
                lambda: _done(by, taken, chosen), "检查完了，看结果", lambda: address, f"{address}choose/"
            ),
        )
    report = intakes.check(by=by, now=clock.now(), taken=chosen() if chosen else taken)
    _say(request, report)
    return redirect("intakes:intake", taken.pk)


def _done(by: Person, taken: Intake, chosen: Callable[[], Intake] | None) -> Iterator[str]:
    if chosen:
        yield "核对读法"
        taken = chosen()
    yield from intakes.checking(by=by, now=clock.now(), taken=taken)


def _say(request: HttpRequest, report: Report) -> None:
    if report.passed:
        messages.success(request, "检查通过。请看下面的变化，再送审。")
    else:
        messages.warning(request, f"有 {report.problem_count} 处要改正，全部列在下面；没有保存任何数据。")
