"""One file on its way: what its check found, what it would change, who did what, what is due."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.directory.models import Person
from yangguang.directory.permissions import Verb, allows
from yangguang.office import owed
from yangguang.office.forms.registers import ApproveForm, ForceForm, ReturnForm, SendForm
from yangguang.office.outcome import Watch
from yangguang.office.registers import comparison
from yangguang.office.views.registers import checking, waiting
from yangguang.office.views.registers.scope import REFUSALS, ForRegisters, may_keep
from yangguang.registers.actions import intakes, review
from yangguang.registers.intake import read_file
from yangguang.registers.models import Version
from yangguang.registers.queries.intakes import Stage, State, may_step, state, whole_report
from yangguang.rules import four_eyes
from yangguang.rules.four_eyes import Step
from yangguang.rules.tables.report import MOST_LISTED
from yangguang.warehouse import store
from yangguang.warehouse.tables import derived

FORMS: dict[str, type[forms.Form]] = {
    "send": SendForm,
    "approve": ApproveForm,
    "return": ReturnForm,
    "recall": forms.Form,
    "force": ForceForm,
    "give_up": forms.Form,
}
RARE = ("force", "give_up")
"""What is folded away, below the acts that are usual."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OneIntake(ForRegisters):
    """Shows all of it to everybody who sees the register; the verbs decide who may do what."""

    template_name = "office/registers/intake.html"
    page_title = "数据文件"
    header_icon = "clipboard-list"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if state(self.taken).stage is Stage.TO_READ and may_keep(self.request.user, self.register):
            return redirect("intakes:choose", self.taken.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        form = FORMS.get(act, forms.Form)(request.POST, auto_id=f"{act}_%s")
        if act not in FORMS or not form.is_valid():
            return self.render_to_response(self.get_context_data(bound={act: form}))
        watch = Watch(unit=self.register.unit)
        try:
            told = self._do(act, form.cleaned_data)
        except REFUSALS as problem:
            self.taken = type(self.taken).objects.select_related("register__unit").get(pk=self.taken.pk)
            return self.render_to_response(self.get_context_data(bound={act: form}, refused=str(problem)))
        if isinstance(told, Version):
            watch.tell_version(request, told)
        else:
            messages.success(request, told)
        return redirect("intakes:intake", self.taken.pk)

    def _do(self, act: str, facts: dict[str, Any]) -> str | Version:
        by, now, taken = self.request.user, clock.now(), self.taken
        if act == "send":
            review.submit(by=by, now=now, taken=taken, **facts)
            return "已送审。现在轮到单位审核。"
        if act == "return":
            review.send_back(by=by, now=now, taken=taken, **facts)
            return "已退回，经办人会看到理由。"
        if act == "recall":
            review.recall(by=by, now=now, taken=taken)
            return "已收回。可以重新上传，或者再送审。"
        if act == "force":
            return review.force(by=by, now=now, taken=taken, **facts)
        if act == "give_up":
            intakes.give_up(by=by, now=now, taken=taken)
            return "这份文件不用了，没有发布任何内容。"
        due = self._seen()
        version = review.approve(by=by, now=now, taken=taken, step=due, **facts)
        return version or f"{four_eyes.WORDS[due]}通过。"

    def _seen(self) -> Step:
        """The step that the person's page showed; the verb refuses it where another is due by now."""
        told = self.request.POST.get("step", "")
        if told not in four_eyes.APPROVALS:
            raise ValueError("审核的进度已经变了：请看最新情况再办理")
        return Step(told)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bound = kwargs.pop("bound", {})
        found = state(self.taken)
        page = self._page()
        compared = None if self.taken.ended_at else comparison.compare(self.taken, page)
        listed = found.taken.report
        forms_ = {
            name: bound.get(name) or FORMS[name](auto_id=f"{name}_%s") for name in self._open_acts(found)
        }
        return {
            **super().get_context_data(**kwargs),
            "taken": self.taken,
            "state": found,
            "due": found.due,
            "due_words": four_eyes.WORDS[found.due] if found.due else "",
            "report": listed,
            "all_marked": listed.get("problem_count", 0) <= MOST_LISTED,
            "not_listed": listed.get("problem_count", 0) - len(listed.get("problems", ())),
            "changes_not_listed": listed.get("change_count", 0) - len(listed.get("changes", ())),
            "history": self._history(),
            "compared": compared,
            "page": page,
            "more": compared is not None and compared.total > page * comparison.PAGE,
            "again": owed.upload_address(
                self.register.slug, self.taken.period, note=self.taken.note, instead=self.taken.pk
            ),
            "forms": forms_,
            "main_acts": {name: form for name, form in forms_.items() if name not in RARE},
            "rare_acts": {name: form for name, form in forms_.items() if name in RARE},
        }

    def _history(self) -> list[tuple[dt.datetime, str, Person | None, str]]:
        """When what was done by whom, and what they said, in the order of time."""
        found: list[tuple[dt.datetime, str, Person | None, str]] = [
            (one.at, one.get_kind_display(), one.by, one.reason) for one in self.taken.steps.all()
        ]
        if self.taken.sent_at is not None:
            found.append((self.taken.sent_at, "送审", self.taken.sent_by, self.taken.reason))
        return sorted(found, key=lambda one: one[0])

    def _page(self) -> int:
        asked = self.request.GET.get("page", "")
        return min(max(int(asked), 1), 100_000) if asked.isdecimal() else 1

    def _open_acts(self, found: State) -> list[str]:
        """The buttons that make sense now for this person."""
        person = self.request.user
        keeps = may_keep(person, self.register)
        forces = allows(person.role, Verb.FORCE_PUBLISH)
        match found.stage:
            case Stage.READY:
                return (
                    (["send"] if keeps else [])
                    + (["force"] if forces else [])
                    + (["give_up"] if keeps else [])
                )
            case Stage.WAITING:
                mine = ["approve", "return"] if may_step(person, found) else []
                return mine + (["force"] if forces else []) + (["recall"] if keeps else [])
            case Stage.OVERTAKEN if self.taken.sent_at:
                return (["return"] if may_step(person, found) else []) + (["recall"] if keeps else [])
            case Stage.TO_READ | Stage.FAULTY | Stage.OVERTAKEN:
                return ["give_up"] if keeps else []
            case _:
                return []


class Marked(ForRegisters):
    """The checked sheet as .xlsx, with everything that was found marked in it; made once."""

    page_title = "标出错误的表"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        taken, place = self.taken, self._place()
        back = f"/office/intakes/{taken.pk}/"
        if checking.is_large(taken) and not place.exists():
            facts = {**self.get_context_data(), "step": 3, "doing": "标出", "name": taken.name}
            return waiting.stream(
                request,
                "office/registers/working.html",
                facts,
                lambda: waiting.phases(self._make, "标好了，下载", lambda: request.path, back),
            )
        try:
            for _ in self._make():
                pass
        except REFUSALS as problem:
            messages.error(request, str(problem))
            return redirect(back)
        return _attached(place.read_bytes(), f"{taken.name.rpartition('.')[0]}（标出错误）.xlsx", WORKBOOK)

    def _place(self) -> Path:
        """Where it stands once it is made: another check is another file."""
        checked = json.dumps(self.taken.report, sort_keys=True) + self.taken.choices.get("sheet", "")
        return derived.place("marked", self.taken.sha256, hashlib.sha256(checked.encode()).hexdigest())

    def _make(self) -> Iterator[str]:
        """Make it where it is not; says in words what is being done. Raises one of REFUSALS."""
        if self._place().exists():
            return
        # Writing workbooks takes 40 MB of libraries: a process that marks none does not load them.
        from yangguang.registers.intake.marking import marked

        yield "读取文件"
        sheets = read_file(store.path(self.taken.sha256), self.taken.name)
        chosen = self.taken.choices.get("sheet", "")
        sheet = next((one for one in sheets if one.name == chosen), sheets[0])
        yield "标出结果"
        report = whole_report(self.taken)
        derived.made(self._place(), lambda file: _write(file, marked(sheet, report)))


class Original(ForRegisters):
    """The file as it came in, for who reviews it. Never shown in the browser."""

    page_title = "原文件"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = store.read(self.taken.sha256)
        return _attached(data, self.taken.name, "application/octet-stream")


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def _attached(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
