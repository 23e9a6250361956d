"""Adopting a plan: upload it, check the reader's proposal beside the source, adopt."""

from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.ledger import actions as ledger_actions
from yangguang.office import actions
from yangguang.office.access import DeskRequest
from yangguang.office.adoption.difference import compare
from yangguang.office.adoption.drafts import draft_of
from yangguang.office.forms.plan import HeadForm, UploadForm
from yangguang.office.models import PlanUpload
from yangguang.plan.models import Plan
from yangguang.rules.plan_table import Unreadable


class ForAdopters(WagtailAdminTemplateMixin, TemplateView):
    """For those who may adopt plans; others are sent away before anything is read."""

    request: DeskRequest
    header_icon = "table"
    upload: PlanUpload

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not allows(self.request.user.role, Verb.ADOPT_PLAN):
            raise PermissionDenied
        if "pk" in kwargs:
            self.upload = get_object_or_404(PlanUpload.objects.defer("content", "lines"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("adoption:index"), "label": "分工方案"}]
        if hasattr(self, "upload"):
            items.append(
                {"url": reverse("adoption:review", args=[self.upload.pk]), "label": str(self.upload)}
            )
        return items

    def to_review(self) -> HttpResponseRedirect:
        return redirect("adoption:review", self.upload.pk)

    def refuse(self, problem: Exception) -> HttpResponseRedirect:
        messages.error(self.request, f"{problem}。")
        return self.to_review()


class Plans(ForAdopters, FormView):
    """The plans in force, what is under review, and the form to upload another."""

    template_name = "office/adoption/index.html"
    page_title = "分工方案"
    form_class = UploadForm

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            upload = actions.receive(
                by=self.request.user,
                now=clock.now(),
                file_name=file.name,
                content=file.read(),
                amends=form.cleaned_data["amends"],
            )
        except (Unreadable, Forbidden, ValueError) as problem:
            form.add_error("file", f"{problem}。")
            return self.form_invalid(form)
        messages.success(self.request, f"已识读《{upload}》，共 {upload.rows.count()} 行。请逐行核对。")
        return redirect("adoption:review", upload.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = PlanUpload.objects.filter(adopted__isnull=True).defer("content", "lines")
        plans = Plan.objects.prefetch_related("versions__line")
        return {**super().get_context_data(**kwargs), "waiting": waiting, "plans": plans}


class Review(ForAdopters, FormView):
    """The rows with their source beside them; and the head of the plan as a form."""

    template_name = "office/adoption/review.html"
    page_title = "核对"
    form_class = HeadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.upload}

    def form_valid(self, form: HeadForm) -> HttpResponse:
        try:
            actions.describe(by=self.request.user, upload=self.upload, **form.cleaned_data)
        except (Forbidden, ValueError) as problem:
            return self.refuse(problem)
        messages.success(self.request, "已保存方案要素。")
        return self.to_review()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.upload.rows.all())
        return {
            **super().get_context_data(**kwargs),
            "upload": self.upload,
            "rows": rows,
            "first_of_area": first_of_each_area(rows),
            **progress(rows),
        }


class AcceptClean(ForAdopters):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            count = actions.accept_clean(by=self.request.user, now=clock.now(), upload=self.upload)
        except (Forbidden, ValueError) as problem:
            return self.refuse(problem)
        messages.success(request, f"已接受 {count} 行；有说明的行仍需逐行看。")
        return self.to_review()


class Source(ForAdopters):
    """The whole source, line by line, with what each line was taken for."""

    template_name = "office/adoption/source.html"
    page_title = "原文"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = Counter(line["role"] for line in self.upload.lines)
        return {**super().get_context_data(**kwargs), "upload": self.upload, "counts": dict(counts)}


class Adopt(ForAdopters):
    """What is about to be adopted and what it changes; then the act."""

    template_name = "office/adoption/adopt.html"
    page_title = "通过"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.draft = draft_of(self.upload)
        except ValueError as problem:
            return self.refuse(problem)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        old = self.upload.amends.versions.order_by("-number").first() if self.upload.amends else None
        return {
            **super().get_context_data(**kwargs),
            "upload": self.upload,
            "draft": self.draft,
            "task_count": sum(1 for _ in self.draft.tasks()),
            "units": sorted({name for _, task in self.draft.tasks() for name in task.leads}),
            "difference": compare(old, self.draft) if old else None,
            **progress(list(self.upload.rows.all())),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            version = actions.adopt(by=self.request.user, now=clock.now(), upload=self.upload)
        except (Forbidden, ValueError) as problem:
            return self.refuse(problem)
        ledger_actions.catch_up()
        messages.success(
            request,
            f"已通过《{version.plan}》第 {version.number} 版，日志第 {version.line_id} 行，"
            f"共 {version.obligations.count()} 个公开事项。",
            buttons=[messages.button("/plan/", "门户上的方案"), messages.button("/office/", "首页")],
        )
        return redirect("adoption:index")


class Discard(ForAdopters):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            actions.discard(by=self.request.user, upload=self.upload)
        except (Forbidden, ValueError) as problem:
            return self.refuse(problem)
        messages.success(request, f"已删去《{self.upload}》的核对稿。")
        return redirect("adoption:index")


def progress(rows: list[Any]) -> dict[str, int]:
    """How far the check has come: {"done", "total", "clean_waiting"}."""
    waiting = [row for row in rows if row.checked_at is None]
    return {
        "done": len(rows) - len(waiting),
        "total": len(rows),
        "clean_waiting": sum(row.without_doubts for row in waiting),
    }


def first_of_each_area(rows: list[Any]) -> set[int]:
    """The keys of the rows that open an area."""
    first = {row.area_number: row.pk for row in reversed(rows)}
    return set(first.values())
