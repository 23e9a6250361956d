"""Historic issues on the desk: how well each page was read, correcting it beside its image, putting it online."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.gazette.actions import scans
from yangguang.gazette.digitise.page import from_json
from yangguang.gazette.models import ScannedIssue, ScannedPage
from yangguang.office.forms.gazette import CorrectionForm
from yangguang.office.views.gazette import ForGazetteEditors
from yangguang.warehouse import store


class ForOneScan(ForGazetteEditors):
    issue: ScannedIssue

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if allows(self.request.user.role, Verb.EDIT_GAZETTE):
            self.issue = get_object_or_404(ScannedIssue, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.issue)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        address = reverse("gazette:scan", args=[self.issue.pk])
        return [*super().get_breadcrumbs_items(), {"url": address, "label": str(self.issue)}]


class Scan(ForOneScan):
    """Its pages, the least sure first on request; what could not be read; the button that puts it online."""

    template_name = "office/gazette/scan.html"
    page_title = "历史公报"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unsure = self.request.GET.get("order") == "unsure"
        pages = self.issue.pages.defer("text").prefetch_related("corrections")
        read = set(self.issue.pages.values_list("number", flat=True))
        files = list(self.issue.files.all())
        wanted = {file.first_page + index for file in files for index in range(file.page_count)}
        return {
            **super().get_context_data(**kwargs),
            "issue": self.issue,
            "pages": [
                {"page": page, "doubts": sum(len(line["doubtful"]) for line in page.lines)}
                for page in pages.order_by("confidence" if unsure else "number")
            ],
            "unsure": unsure,
            "files": [file for file in files if file.problem],
            "missing": sorted(wanted - read),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            shown = scans.put_online(by=self.request.user, now=clock.now(), issue=self.issue)
        except (Forbidden, ValueError) as problem:
            messages.error(request, f"{problem}。")
            return redirect("gazette:scan", self.issue.pk)
        messages.success(
            request,
            f"《{shown}》已上网，日志第 {shown.line_id} 行。",
            buttons=[messages.button(shown.get_absolute_url(), "门户页面")],
        )
        return redirect("gazette:scan", self.issue.pk)


class Correct(ForOneScan, FormView):
    """The page's image, and its text to be set right beside it."""

    template_name = "office/gazette/correct.html"
    form_class = CorrectionForm
    page_title = "校对"
    page: ScannedPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(ScannedPage, issue=kwargs["pk"], number=kwargs["number"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page)

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.page.text}

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        try:
            kept = scans.correct(
                by=self.request.user, now=clock.now(), page=self.page, text=form.cleaned_data["text"]
            )
        except (Forbidden, ValueError) as problem:
            form.add_error("text", f"{problem}。")
            return self.form_invalid(form)
        messages.success(self.request, "已保存校对。" if kept else "文字没有变。")
        after = self.issue.pages.filter(number__gt=self.page.number).order_by("number").first()
        if "next" in self.request.POST and after is not None:
            return redirect("gazette:correct", self.issue.pk, after.number)
        return redirect("gazette:correct", self.issue.pk, self.page.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [from_json(line) for line in self.page.lines]
        doubts = [
            {
                "before": line.text[max(start - 8, 0) : start],
                "doubt": line.text[start:end],
                "after": line.text[end : end + 8],
            }
            for line in lines
            for start, end in line.doubtful
        ]
        return {
            **super().get_context_data(**kwargs),
            "issue": self.issue,
            "page": self.page,
            "doubts": doubts,
            "corrections": self.page.corrections.select_related("by"),
        }


class PageImage(ForOneScan):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        page = get_object_or_404(ScannedPage, issue=kwargs["pk"], number=kwargs["number"])
        handle = store.path(page.image_sha256).open("rb")
        return FileResponse(handle, content_type="image/jpeg")
