"""What readers say about data, at the desk: what waits for an answer, one piece, its answer."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.office.access import DeskRequest
from yangguang.office.forms.feedback import AnswerForm, PassOnForm
from yangguang.registers.actions import feedback as actions
from yangguang.registers.models import Feedback
from yangguang.registers.queries import feedback as queries

ANSWERED = 30


class FeedbackList(WagtailAdminTemplateMixin, TemplateView):
    """What this person may answer, the first due first; below, what was answered."""

    request: DeskRequest
    template_name = "office/feedback/index.html"
    page_title = "数据反馈"
    header_icon = "comment"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "数据反馈"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.request.user
        answered = Feedback.objects.filter(answered_at__isnull=False).select_related("unit", "register")
        if not allows(person.role, Verb.SEE_ALL_UNITS):
            answered = answered.filter(unit=person.unit_id) if person.unit_id else answered.none()
        return {
            **super().get_context_data(**kwargs),
            "waiting": queries.waiting_for(person, clock.today()),
            "answered": answered.order_by("-answered_at")[:ANSWERED],
            "sees_all": allows(person.role, Verb.SEE_ALL_UNITS),
        }


class OneFeedback(WagtailAdminTemplateMixin, TemplateView):
    """One piece with all that is known of it; for the unit and for the general office."""

    request: DeskRequest
    template_name = "office/feedback/one.html"
    page_title = "数据反馈"
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = Feedback.objects.select_related("unit", "register", "answered_by").filter(pk=kwargs["pk"])
        person = self.request.user
        if not allows(person.role, Verb.SEE_ALL_UNITS):
            found = found.filter(Q(unit=person.unit_id) & Q(unit__isnull=False))
        one = found.first()
        if one is None:
            raise Http404
        self.feedback = one
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return f"第 {self.feedback.pk} 号"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("feedback:index"), "label": "数据反馈"},
            {"url": "", "label": f"第 {self.feedback.pk} 号"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, one, bound = self.request.user, self.feedback, kwargs.pop("bound", {})
        is_office = allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT)
        open_for_me = one.answered_at is None and (is_office or allows(person.role, Verb.PUBLISH))
        return {
            **super().get_context_data(**kwargs),
            "one": one,
            "clock": queries.clocked(one, clock.today()),
            "row": self._row(),
            "column": self._title(one.column) if one.column else "",
            "answer_form": (bound.get("answer") or self._answer_form()) if open_for_me else None,
            "planned": one.planned.filter(successor=None).select_related("batch").last(),
            "pass_form": (bound.get("pass_on") or PassOnForm())
            if is_office and one.answered_at is None and one.register is None
            else None,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        form: forms.Form = PassOnForm(request.POST) if act == "pass_on" else self._answer_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(bound={act: form}))
        try:
            told = self._do(act, form.cleaned_data)
        except (Forbidden, ValueError) as problem:
            form.add_error(None, f"{problem}。")
            return self.render_to_response(self.get_context_data(bound={act: form}))
        messages.success(request, told)
        return redirect("feedback:index")

    def _answer_form(self, data: Any = None) -> AnswerForm:
        return AnswerForm(data, feedback=self.feedback, today=clock.today())

    def _do(self, act: str, facts: dict[str, Any]) -> str:
        by, now = self.request.user, clock.now()
        if act == "pass_on":
            one = actions.pass_on(by=by, now=now, feedback=self.feedback, **facts)
            return f"已转给{one.unit}，期限照旧。"
        one = actions.answer(by=by, now=now, feedback=self.feedback, **facts)
        return f"已答复第 {one.pk} 号，日志第 {one.answer_line_id} 行。"

    def _row(self) -> list[tuple[str, str]]:
        """The key of the row that is spoken of: title of the column and value."""
        if queries.row_is_off(self.feedback):
            return [("行", "已依法撤下")]
        return [(self._title(name), value) for name, value in self.feedback.row.items()]

    def _title(self, name: str) -> str:
        register = self.feedback.register
        known = {field.name: field.title for field in register.described.fields} if register else {}
        return known.get(name, "行号" if name == "_id" else name)
