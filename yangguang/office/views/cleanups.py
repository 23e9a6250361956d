"""Cleaning-up lists in the desk: take one in, confirm which documents its lines mean, carry it out."""

import hashlib
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.office.access import DeskRequest
from yangguang.office.views.status import DocumentByIndex
from yangguang.publishing.actions import cleanups
from yangguang.publishing.cleanup_files import rows_of
from yangguang.publishing.models import Cleanup, CleanupRow, Document
from yangguang.publishing.queries import cleanups as queries
from yangguang.rules.cleanup_list import read_rows
from yangguang.rules.plan_table import Unreadable

PAGE = 50
"""Lines confirmed on one page."""
STEP = 50
"""Lines carried out in one request; the page asks for the next until all are done."""


class TakeInForm(forms.Form):
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label="清理单位")
    title = forms.CharField(label="清理结果的名称", max_length=300)
    number = forms.CharField(label="文号", max_length=80, required=False)
    decided_on = forms.DateField(
        label="结果日期", widget=AdminDateInput, help_text="废止或宣布失效之日：十个工作日由此起算"
    )
    notice = DocumentByIndex(label="公布清理结果的文件（索引号）", required=False)
    default = forms.ChoiceField(
        label="清单没有写明时", choices=CleanupRow.Verb.choices, initial=CleanupRow.Verb.ABOLISH
    )
    file = forms.FileField(label="清单文件", required=False, help_text=".csv、.xlsx、.docx 或 .txt")
    text = forms.CharField(
        label="或者粘贴清单",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一份：《文件名称》（文号），或从表格里复制",
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        if bool(facts.get("file")) == bool((facts.get("text") or "").strip()):
            raise forms.ValidationError("请上传一份清单文件，或者粘贴清单：两样选一样。")
        return facts


class ForCleanups(WagtailAdminTemplateMixin, TemplateView):
    """An editor sees the lists of their own unit, the general office all."""

    request: DeskRequest
    header_icon = "tag"
    cleanup: Cleanup

    @property
    def everywhere(self) -> bool:
        return allows(self.request.user.role, Verb.PUBLISH_FOR_ANY_UNIT)

    def lists(self) -> Any:
        found = Cleanup.objects.select_related("unit", "notice")
        return found if self.everywhere else found.filter(unit=self.request.user.unit)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "pk" in kwargs:
            self.cleanup = get_object_or_404(self.lists(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": "/office/cleanups/", "label": "清理结果"}]
        if hasattr(self, "cleanup"):
            items.append({"url": f"/office/cleanups/{self.cleanup.pk}/", "label": str(self.cleanup)})
        return items


class Cleanups(ForCleanups, FormView):
    """The lists taken in so far, and the form for another."""

    template_name = "office/cleanups/index.html"
    page_title = "清理结果"
    form_class = TakeInForm

    def get_form_kwargs(self) -> dict[str, Any]:
        units = Unit.objects.exclude(kind=Unit.Kind.GROUP)
        own = units if self.everywhere else units.filter(people=self.request.user)
        return {**super().get_form_kwargs(), "units": own}

    def get_initial(self) -> dict[str, Any]:
        return {"unit": self.request.user.unit_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        requests = queries.requests_waiting() if self.everywhere else []
        return {**super().get_context_data(**kwargs), "cleanups": self.lists(), "requests": requests}

    def form_valid(self, form: TakeInForm) -> HttpResponse:
        facts = form.cleaned_data
        name = facts["file"].name if facts["file"] else "粘贴的清单.txt"
        data = facts["file"].read() if facts["file"] else facts["text"].encode()
        try:
            reading = read_rows(rows_of(data, name), facts["default"])
            cleanup = cleanups.receive(
                by=self.request.user,
                now=clock.now(),
                unit=facts["unit"],
                title=facts["title"],
                number=facts["number"],
                decided_on=facts["decided_on"],
                listed=reading.documents,
                sha256=hashlib.sha256(data).hexdigest(),
                file_name=name,
                notice=facts["notice"],
            )
        except (Forbidden, ValueError, Unreadable) as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        for place, why in reading.unread[:20]:
            messages.warning(self.request, f"第 {place} 行没有读：{why}")
        messages.success(
            self.request, f"读到 {len(reading.documents)} 份文件。请确认每行对应哪份，再一起标注。"
        )
        return redirect("cleanups:list", cleanup.pk)


class Confirm(ForCleanups):
    """Every line with its candidates and their reasons; a page of them is confirmed at once."""

    template_name = "office/cleanups/confirm.html"
    page_title = "确认对应的文件"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.markings(clock.today(), self.cleanup)
        page = Paginator(found, PAGE).get_page(self.request.GET.get("page"))
        named = {each["document"] for one in page for each in one.row.found}
        documents = Document.objects.select_related("unit").in_bulk(named)
        rows = [
            (one, [{**each, "document": documents[each["document"]]} for each in one.row.found])
            for one in page
        ]
        return {
            **super().get_context_data(**kwargs),
            "cleanup": self.cleanup,
            "page": page,
            "rows": rows,
            "waiting": len(list(cleanups.open_rows(self.cleanup))),
            "exact": sum(
                one.row.document is None and sum(each["exact"] for each in one.row.found) == 1
                for one in found
            ),
            "unmatched": sum(not one.row.found for one in found),
        }

    def post(self, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "exact" in request.POST:
            count = cleanups.confirm_exact(by=request.user, cleanup=self.cleanup)
            messages.success(request, f"已确认 {count} 行确定的匹配。")
            return redirect(request.get_full_path())
        changed = 0
        for row in self.cleanup.rows.filter(act__isnull=True, request__isnull=True):
            chosen = request.POST.get(f"row-{row.pk}")
            offered = {str(each["document"]) for each in row.found}
            if chosen is None or (chosen and chosen not in offered):
                continue
            document = int(chosen) if chosen else None
            if document != row.document_id:
                named = Document.objects.get(pk=document) if document else None
                cleanups.confirm(by=request.user, row=row, document=named)
                changed += 1
        messages.success(request, f"已记下 {changed} 行的确认。")
        return redirect(request.get_full_path())


class CarryOut(ForCleanups):
    """Marks what is confirmed, some lines a request, with a bar; refusals are listed with their reasons."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("cleanups:list", self.cleanup.pk)

    def post(self, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = [int(pk) for pk in request.POST.getlist("refused") if pk.isdecimal()]
        outcome = cleanups.carry_out(
            by=request.user, now=clock.now(), cleanup=self.cleanup, most=STEP, leave_out=refused
        )
        refused += [row.pk for row, _ in outcome.refused]
        for row, why in outcome.refused:
            messages.error(request, f"第 {row.position} 行没有标注：{why}")
        left = outcome.left
        done = int(request.POST.get("done", "0") or 0) + outcome.marked + outcome.asked
        if left:
            context = {"cleanup": self.cleanup, "done": done, "total": done + left, "refused": refused}
            return render(request, "office/cleanups/progress.html", {**self.get_context_data(), **context})
        messages.success(
            request, f"标注或提请了 {done} 份文件，没有办成 {len(refused)} 份。每一份都在公开日志里。"
        )
        return redirect("cleanups:list", self.cleanup.pk)
