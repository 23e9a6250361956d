"""The release plan at the desk: batches with what is open and overdue, their tables, moving and dropping one."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.office.access import DeskRequest
from yangguang.office.forms.release import BatchForm, DropForm, MoveForm, PlanForm
from yangguang.office.views.several_forms import SeveralForms
from yangguang.registers.actions import release as actions
from yangguang.registers.models import Batch, Planned
from yangguang.registers.queries import release
from yangguang.registers.queries.release import Entry


class ForRelease(WagtailAdminTemplateMixin, TemplateView):
    """For those who plan: the general office all units, an editor the own one."""

    request: DeskRequest
    page_title = "开放计划"
    header_icon = "calendar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = self.request.user
        self.leads = allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT)
        if not (self.leads or (allows(person.role, Verb.PUBLISH) and person.unit_id)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("release:index"), "label": "开放计划"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "leads": self.leads}

    def board(self) -> release.Board:
        """The plan today, of the person's unit alone where it does not lead."""
        return release.board(clock.today(), unit=None if self.leads else self.request.user.unit)


class ReleasePlan(ForRelease, FormView):
    """Every batch with how far it is, what is overdue, and a form to begin a batch."""

    template_name = "office/release/index.html"
    form_class = BatchForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board = self.board()
        return {**super().get_context_data(**kwargs), "board": board, "target": release.TARGET}

    def form_valid(self, form: BatchForm) -> HttpResponse:
        try:
            batch = actions.open_batch(by=self.request.user, now=clock.now(), **form.cleaned_data)
        except (Forbidden, ValueError) as problem:
            form.add_error(None, f"{problem}。")
            return self.form_invalid(form)
        messages.success(
            self.request, f"已制定{batch}，日志第 {batch.line_id} 行：请列入各单位要开放的数据。"
        )
        return redirect("release:batch", batch.pk)


class OneBatch(ForRelease, FormView):
    """The tables of a batch, the overdue first, and a form to add one."""

    template_name = "office/release/batch.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.batch = get_object_or_404(Batch, pk=kwargs["batch"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.batch)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.batch)}]

    def get_form(self, form_class: type[forms.Form] | None = None) -> PlanForm:
        return PlanForm(self.request.POST or None, person=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board = self.board()
        entries = [one for one in board.entries if one.planned.batch_id == self.batch.pk]
        return {
            **super().get_context_data(**kwargs),
            "batch": self.batch,
            "line": next((line for line in board.batches if line.key == self.batch.pk), None),
            "entries": sorted(entries, key=lambda one: (-one.late_by, one.planned.due_on)),
            "gone": self._gone(),
        }

    def form_valid(self, form: PlanForm) -> HttpResponse:
        try:
            planned = actions.plan(
                by=self.request.user, now=clock.now(), batch=self.batch, **form.cleaned_data
            )
        except (Forbidden, ValueError) as problem:
            form.add_error(None, f"{problem}。")
            return self.form_invalid(form)
        messages.success(self.request, f"已列入“{planned.title}”，日志第 {planned.line_id} 行。")
        return redirect("release:batch", self.batch.pk)

    def _gone(self) -> list[Planned]:
        rows = self.batch.entries.filter(dropped_at__isnull=False)
        if not self.leads:
            rows = rows.filter(unit=self.request.user.unit_id)
        return list(rows.select_related("unit", "successor__batch"))


class OneEntry(SeveralForms, ForRelease):
    """One table of the plan: where it stands, where it stood, and moving or dropping it."""

    template_name = "office/release/entry.html"
    forms_by_act = {"move": MoveForm, "drop": DropForm}
    refusals = (Forbidden, ValueError)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Planned.objects.select_related("unit", "batch", "request", "moved_from__batch", "successor")
        person = self.request.user
        if not allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT):
            rows = rows.filter(unit=person.unit_id)
        self.planned = get_object_or_404(rows, pk=kwargs["planned"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.planned.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        batch = self.planned.batch
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("release:batch", args=[batch.pk]), "label": str(batch)},
            {"url": "", "label": self.planned.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "planned": self.planned,
            "entry": self._entry(),
        }

    def open_acts(self) -> list[str]:
        if self.planned.dropped_at is not None:
            return []
        return ["move", "drop"] if self.leads else ["drop"]

    def make_form(self, act: str, data: Any = None) -> forms.Form:
        more = {"planned": self.planned} if act == "move" else {}
        return self.forms_by_act[act](data, auto_id=f"{act}_%s", **more)

    def do(self, act: str, facts: dict[str, Any]) -> str:
        by, now = self.request.user, clock.now()
        if act == "move":
            moved = actions.move(by=by, now=now, planned=self.planned, **facts)
            return f"已调整到{moved.batch}，期限 {moved.due_on}，日志第 {moved.line_id} 行。"
        dropped = actions.drop(by=by, now=now, planned=self.planned, **facts)
        return f"已移出“{dropped.title}”，日志第 {dropped.drop_line_id} 行。"

    def done(self) -> HttpResponse:
        return redirect("release:batch", self.planned.batch_id)

    def _entry(self) -> Entry | None:
        return next((one for one in self.board().entries if one.planned.pk == self.planned.pk), None)
