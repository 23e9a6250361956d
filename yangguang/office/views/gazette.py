"""Making the gazette: the list, composing an issue, its proof, issuing it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.gazette.actions import issues
from yangguang.gazette.models import Issue, ScannedIssue
from yangguang.office.access import DeskRequest
from yangguang.office.forms.gazette import IssueForm
from yangguang.publishing.models import Edition

OFFERED = 30


class ForGazetteEditors(WagtailAdminTemplateMixin, TemplateView):
    """For those who may edit the gazette; others are sent away before anything is read."""

    request: DeskRequest
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not allows(self.request.user.role, Verb.EDIT_GAZETTE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("gazette:index"), "label": "公报"}]


class Gazette(ForGazetteEditors, FormView):
    """What is in preparation, what is out, the historic issues, and a form to begin an issue."""

    template_name = "office/gazette/index.html"
    page_title = "公报"
    form_class = IssueForm

    def get_initial(self) -> dict[str, Any]:
        year = clock.today().year
        newest = Issue.objects.order_by("-year", "-number").first()
        scanned = ScannedIssue.objects.filter(year=year).order_by("-number").first()
        numbers = [one.number for one in (newest, scanned) if one and one.year == year]
        return {
            "year": year,
            "number": max(numbers, default=0) + 1,
            "title": newest.title if newest else "政府公报",
            "publisher": newest.publisher if newest else "",
        }

    def form_valid(self, form: IssueForm) -> HttpResponse:
        try:
            issue = issues.start(by=self.request.user, **form.cleaned_data)
        except (Forbidden, ValueError) as problem:
            form.add_error("number", f"{problem}。")
            return self.form_invalid(form)
        messages.success(self.request, f"已新建《{issue}》：请选入文件。")
        return redirect("gazette:compose", issue.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "waiting": Issue.objects.in_preparation().prefetch_related("entries"),
            "issued": Issue.objects.issued(),
            "scanned": ScannedIssue.objects.prefetch_related("files"),
        }


class ForOneIssue(ForGazetteEditors):
    issue: Issue

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if allows(self.request.user.role, Verb.EDIT_GAZETTE):
            self.issue = get_object_or_404(Issue.objects.in_preparation(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.issue)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        address = reverse("gazette:compose", args=[self.issue.pk])
        return [*super().get_breadcrumbs_items(), {"url": address, "label": str(self.issue)}]

    def back(self) -> HttpResponse:
        return redirect("gazette:compose", self.issue.pk)

    def refuse(self, problem: Exception) -> HttpResponse:
        messages.error(self.request, f"{problem}。")
        return self.back()


class Compose(ForOneIssue):
    """The entries in order, with their sections; below, editions to choose from."""

    template_name = "office/gazette/compose.html"
    page_title = "编排"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()
        entries = self.issue.entries.select_related("edition__document__withdrawal", "edition__unit")
        return {
            **super().get_context_data(**kwargs),
            "issue": self.issue,
            "entries": entries.order_by("position"),
            "sections": issues.SECTIONS,
            "query": query,
            "offered": self._offered(query)[:OFFERED],
        }

    def _offered(self, query: str) -> QuerySet[Edition]:
        found = Edition.objects.filter(document__withdrawal__isnull=True).exclude(
            gazette_entries__issue=self.issue
        )
        if query:
            found = found.filter(Q(title__icontains=query) | Q(document_number__icontains=query))
        return found.select_related("document", "unit").order_by("-online_at", "-pk")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """`act` is place, arrange or discard."""
        try:
            match request.POST.get("act"):
                case "place":
                    self._place(request)
                case "discard":
                    issues.discard(by=self.request.user, issue=self.issue)
                    messages.success(request, f"已删去《{self.issue}》的编排。")
                    return redirect("gazette:index")
                case _:
                    issues.arrange(by=self.request.user, issue=self.issue, order=self._order(request))
                    messages.success(request, "已保存次序和栏目。")
        except (Forbidden, ValueError) as problem:
            return self.refuse(problem)
        return self.back()

    def _place(self, request: HttpRequest) -> None:
        chosen = Edition.objects.filter(pk__in=_numbers(request.POST.getlist("edition")))
        if not chosen:
            raise issues.NotIssuable("没有选文件：请勾选要刊登的文件")
        for edition in chosen.select_related("document__withdrawal").order_by("online_at", "pk"):
            issues.place(
                by=self.request.user,
                issue=self.issue,
                edition=edition,
                section=request.POST.get("section", ""),
            )
        messages.success(request, f"已选入 {len(chosen)} 篇。")

    def _order(self, request: HttpRequest) -> list[tuple[int, str]]:
        """The entries by the numbers written beside them, those that are ticked for removal left out."""
        removed = set(request.POST.getlist("remove"))
        keys = [key for key in request.POST.getlist("entry") if key.isdecimal() and key not in removed]
        places = {key: request.POST.get(f"position-{key}", "") for key in keys}
        if not all(place.isdecimal() for place in places.values()):
            raise issues.NotIssuable("次序须是数字：1、2、3……")
        keys.sort(key=lambda key: int(places[key]))
        return [(int(key), request.POST.get(f"section-{key}", "")) for key in keys]


class Proof(ForOneIssue):
    """The PDF as it would be, marked 样稿."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            pdf = issues.proof(by=self.request.user, now=clock.now(), issue=self.issue)
        except (Forbidden, ValueError) as problem:
            return self.refuse(problem)
        return HttpResponse(pdf, content_type="application/pdf")


class IssueIt(ForOneIssue):
    """Says what issuing means; then does it."""

    template_name = "office/gazette/issue.html"
    page_title = "出版"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.issue.entries.select_related("edition").order_by("position")
        return {**super().get_context_data(**kwargs), "issue": self.issue, "entries": entries}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            issued = issues.issue(by=self.request.user, now=clock.now(), issue=self.issue)
        except (Forbidden, ValueError) as problem:
            return self.refuse(problem)
        messages.success(
            request,
            f"已出版《{issued}》，{issued.page_count} 页，日志第 {issued.line_id} 行。它不能再改。",
            buttons=[messages.button(issued.get_absolute_url(), "门户页面")],
        )
        return redirect("gazette:index")


def _numbers(written: list[str]) -> list[int]:
    return [int(one) for one in written if one.isdecimal()]
