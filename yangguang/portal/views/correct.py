"""我为政府网站找错: report an error on a page, and look up what became of the report."""

import datetime as dt

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from yangguang.directory import clock
from yangguang.directory.figures import figure
from yangguang.portal import limits
from yangguang.sites.actions import corrections
from yangguang.sites.models import Correction
from yangguang.sites.queries import sites as stored

MOST, SECONDS = 5, 3600


class ReportForm(forms.Form):
    """What is wrong, and where."""

    url = forms.CharField(label=gettext_lazy("出错的页面"), max_length=500)
    kind = forms.ChoiceField(label=gettext_lazy("问题类型"), choices=Correction.Kind.choices)
    text = forms.CharField(
        label=gettext_lazy("问题描述"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    contact = forms.CharField(label=gettext_lazy("联系方式（可以不填）"), max_length=100, required=False)


# Exempt: public pages carry no token, so that they are the same for everybody. A forged request could do no
# more than anybody can without one: file a report, as often as the limit allows.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """The form; `?url=` names the page. A report gets a number and an address to look it up."""
    if request.method != "POST":
        form = ReportForm(initial={"url": request.GET.get("url", "")[:500]})
        return _show(request, form)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _show(request, form, 400)
    if limits.is_too_often(request, "correct", most=MOST, seconds=SECONDS):
        form.add_error(
            None, _("一小时内最多提交 %(most)s 条：请稍后再试，您填的内容还在下面。") % {"most": MOST}
        )
        return _show(request, form, 429)
    site = stored.of_address(form.cleaned_data["url"])
    row = corrections.file(now=clock.now(), site=site, **form.cleaned_data)
    return HttpResponseRedirect(reverse("portal:correction", args=[row.reference]))


def _show(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "days": figure("correction")["days"], "remark": figure("correction").remark}
    return render(request, "portal/correct/form.html", context, status=status)


@never_cache
@require_safe
def correction(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a report. Who has its number may read it; how to reach its writer is not shown."""
    row = Correction.objects.filter(reference=reference).first()
    if row is None:
        raise Http404(_("没有这个编号：请核对提交时给您的编号。"))
    due: dt.date = corrections.due(row).due_on
    return render(request, "portal/correct/report.html", {"report": row, "due_on": due})
