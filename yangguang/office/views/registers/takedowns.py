"""Take a row off by law: find it by its key, ask with reason and ground; a second person decides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.directory.permissions import Verb, allows
from yangguang.office.forms.registers import AgreeForm, KeyForm, TakeOffForm, TurnDownForm
from yangguang.office.registers.comparison import shown
from yangguang.office.views.registers.scope import REFUSALS, ForRegisters, may_keep
from yangguang.office.views.several_forms import SeveralForms
from yangguang.registers.actions import takedown_requests as actions
from yangguang.registers.models import Register
from yangguang.registers.queries.rows import holding, key_of


def row_of(register: Register, told: dict[str, str]) -> dict[str, Any]:
    """The row of a key as the newest version that holds it shows it, and the numbers of all that do.

    Raises ValueError for a key that is none.
    """
    found = holding(register, key_of(register, told))
    if not found:
        return {"cells": [], "held": []}
    version, row = found[0]
    fields = version.described.public_fields
    return {
        "cells": [
            (
                f"{field.title}（{field.unit}）" if field.unit else field.title,
                shown(row[field.name], field),
                field.name in told,
            )
            for field in fields
        ],
        "held": sorted(one.number for one, _ in found),
    }


class TakeOff(ForRegisters):
    """GET with the key shows the row; POST asks that it comes off."""

    template_name = "office/registers/take_off.html"
    page_title = "撤下数据行"
    header_icon = "bin"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        keys = self.register.described.primary_key
        asked = {name: self.request.GET[name] for name in keys if name in self.request.GET}
        key_form = KeyForm(asked or None, register=self.register)
        found: dict[str, Any] = {}
        if asked and key_form.is_valid():
            try:
                found = {"searched": True, **row_of(self.register, key_form.cleaned_data)}
            except ValueError as problem:
                key_form.add_error(None, str(problem))
        return {
            "form": TakeOffForm(),
            **super().get_context_data(**kwargs),
            **found,
            "keys": keys,
            "key_form": key_form,
            "requests": self.register.takedown_requests.filter(ended_at=None).select_related("asked_by"),
            "refused_ones": self.register.takedown_requests.exclude(refusal="")[:5],
            "taken_off": self.register.takedowns.select_related("line")[:20],
            "may_ask": may_keep(self.request.user, self.register),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = TakeOffForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            key = key_of(self.register, {name: str(value) for name, value in request.GET.items()})
            actions.ask(
                by=self.request.user, now=clock.now(), register=self.register, key=key, **form.cleaned_data
            )
        except REFUSALS as problem:
            form.add_error(None, str(problem))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, "已申请撤下。这一行还在，等另一位签发人或者政府办公厅决定。")
        return redirect("registers:take_off", self.register.slug)


class Decide(SeveralForms, ForRegisters):
    """The row, why it is to come off, and the second person's decision."""

    template_name = "office/registers/decide.html"
    page_title = "决定是否撤下"
    header_icon = "bin"
    forms_by_act = {"agree": AgreeForm, "turn_down": TurnDownForm}
    refusals = REFUSALS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = row_of(self.register, self.asked.key) if self.asked.ended_at is None else {}
        return {
            **super().get_context_data(**kwargs),
            **found,
            "asked": self.asked,
            "is_mine": self.asked.asked_by_id == self.request.user.pk,
        }

    def open_acts(self) -> list[str]:
        person = self.request.user
        if self.asked.ended_at is not None:
            return []
        if self.asked.asked_by_id == person.pk:
            return ["turn_down"]
        return ["agree", "turn_down"] if allows(person.role, Verb.ERASE) else []

    def refresh(self) -> None:
        self.asked.refresh_from_db()

    def portal_page(self) -> tuple[str, str]:
        return self.register.get_absolute_url(), "数据页"

    def done(self) -> HttpResponse:
        return redirect("registers:take_off", self.register.slug)

    def do(self, act: str, facts: dict[str, Any]) -> str:
        by, now = self.request.user, clock.now()
        if act == "agree":
            takedown = actions.agree(by=by, now=now, request=self.asked)
            return f"已撤下，日志第 {takedown.line_id} 行。各版的文件里都不再有这一行，数据页写明理由和依据。"
        actions.turn_down(by=by, now=now, request=self.asked, **facts)
        return "没有撤下，理由已记下。"
