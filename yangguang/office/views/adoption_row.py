"""One row of a plan under review: accept it, take that back, or correct it.

With htmx only the row is exchanged; without JavaScript the same addresses answer with whole pages.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden
from yangguang.office import actions
from yangguang.office.forms.plan import ObligationFormSet, RowForm, initial_of
from yangguang.office.models import UploadRow
from yangguang.office.views.adoption import ForAdopters, progress


class RowView(ForAdopters):
    """GET shows the form; POST with `act` = accept, reopen or save does it."""

    template_name = "office/adoption/row_page.html"
    page_title = "改正"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = UploadRow.objects.select_related("upload").defer("upload__content", "upload__lines")
        self.row = get_object_or_404(rows, pk=kwargs["row"], upload_id=kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("view") == "closed":
            return self._answer()
        obligations = [initial_of(one) for one in self.row.now["obligations"]]
        return self._form(RowForm(initial=self.row.now), self._formset(initial=obligations))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "save")
        try:
            if act == "save":
                return self._save()
            if act == "accept":
                actions.accept(by=self.request.user, now=clock.now(), row=self.row)
            elif act == "reopen":
                actions.reopen(by=self.request.user, row=self.row)
            else:
                return HttpResponse("act 只能是 accept、reopen 或 save。", status=400)
        except (Forbidden, ValueError) as problem:
            return self.refuse(problem)
        return self._answer()

    def _save(self) -> HttpResponse:
        form = RowForm(self.request.POST)
        before = self.row.now["obligations"]
        formset = self._formset(data=self.request.POST, initial=[initial_of(one) for one in before])
        if not (form.is_valid() and formset.is_valid()):
            return self._form(form, formset, status=422)
        facts = {
            **form.cleaned_data,
            "obligations": [
                one.facts(before[number] if number < len(before) else {}) for number, one in formset.kept()
            ],
        }
        actions.correct(by=self.request.user, now=clock.now(), row=self.row, facts=facts)
        return self._answer()

    def _formset(self, **kwargs: Any) -> Any:
        year = self.row.upload.year or clock.today().year
        return ObligationFormSet(
            prefix="o", form_kwargs={"text": self.row.printed["text"], "year": year}, **kwargs
        )

    def _form(self, form: RowForm, formset: Any, status: int = 200) -> HttpResponse:
        context = {"row": self.row, "form": form, "formset": formset, "upload": self.row.upload}
        if self.request.htmx:
            # 422 would not be put into the page by htmx.
            return render(self.request, "office/adoption/row_form.html", context)
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _answer(self) -> HttpResponse:
        """The row as it now stands, and how far the whole has come."""
        if not self.request.htmx:
            return redirect(f"{reverse('adoption:review', args=[self.upload.pk])}#row-{self.row.pk}")
        rows = list(self.upload.rows.only("checked_at", "notices", "unplaced"))
        context = {"row": self.row, "upload": self.upload, "swapped": True, **progress(rows)}
        return render(self.request, "office/adoption/row.html", context)
