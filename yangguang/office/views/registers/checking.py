"""Check a file while somebody waits: at once where it is small, else with a page that tells how far it is."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.directory.models import Person
from yangguang.office.views.registers.scope import REFUSALS
from yangguang.registers.actions import intakes
from yangguang.registers.models import Intake
from yangguang.rules.tables.report import Report
from yangguang.warehouse import store

WATCHED = 1_000_000
"""Bytes of a file from which on its check may take longer than two seconds."""
PLACE = "<!-- here -->"


def check(request: HttpRequest, by: Person, taken: Intake, context: dict[str, object]) -> HttpResponseBase:
    """Check, and lead to the result. What the verb refuses of a small file at once is raised to the caller."""
    if store.path(taken.sha256).stat().st_size >= WATCHED:
        frame = render_to_string("office/registers/checking.html", {**context, "taken": taken}, request)
        response = StreamingHttpResponse(map(str.encode, _told(by, taken, *frame.split(PLACE))))
        # A proxy that gathers the whole answer first would tell nothing.
        response.headers["X-Accel-Buffering"] = "no"
        response.headers["Cache-Control"] = "no-store"
        return response
    _say(request, intakes.check(by=by, now=clock.now(), taken=taken))
    return redirect("intakes:intake", taken.pk)


def _told(by: Person, taken: Intake, above: str, below: str) -> Iterator[str]:
    """The page piece by piece: what is being done as it is done, then on to the result by itself."""
    yield above
    address = f"/office/intakes/{taken.pk}/"
    try:
        for phase in intakes.checking(by=by, now=clock.now(), taken=taken):
            yield format_html("<li>{}…</li>\n", phase)
        yield format_html('<li><a href="{}">检查完了，看结果</a></li>', address)
        yield format_html('<meta http-equiv="refresh" content="0; url={}">', address)
    except REFUSALS as problem:
        yield format_html(
            '<li role="alert" class="is-bad">{}</li><li><a href="{}choose/">回到读法</a></li>',
            problem,
            address,
        )
    yield below


def _say(request: HttpRequest, report: Report) -> None:
    if report.passed:
        messages.success(request, "检查通过。请看下面的变化，再送审。")
    else:
        messages.warning(request, f"有 {report.problem_count} 处要改正，全部列在下面；没有保存任何数据。")
