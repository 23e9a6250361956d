"""What readers say about data: the forms, the receipt, the answers, and how each unit keeps its time."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from yangguang.directory import clock
from yangguang.portal import day, limits
from yangguang.portal.presenters.data import feedback as presenter
from yangguang.portal.views.data.feedback_about import About, about
from yangguang.portal.views.data.feedback_forms import FORMS, ReaderForm
from yangguang.registers import mail
from yangguang.registers.actions import feedback as actions
from yangguang.registers.models import Feedback
from yangguang.registers.queries import feedback as queries

MOST, SECONDS = 5, 3600
PAGE = 20


@day.page
def board(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """Ways to speak, a look-up by number, how each unit keeps its time, and what was answered."""
    reference = request.GET.get("no", "").strip().upper()[:30]
    if reference and Feedback.objects.filter(reference=reference).exists():
        return HttpResponseRedirect(reverse("portal:feedback-receipt", args=[reference]))
    kind = request.GET.get("kind", "")
    found = queries.public().filter(kind=kind) if kind in Feedback.Kind.values else queries.public()
    tallies = queries.tallies(as_of)
    context = {
        "reference": reference,
        "kind": kind if kind in Feedback.Kind.values else "",
        "kinds": presenter.KINDS.items(),
        "terms": [(presenter.KINDS[each][0], actions.term(each)) for each in Feedback.Kind],
        "tallies": tallies,
        "open": sum(one.open for one in tallies),
        "overdue": sum(one.overdue for one in tallies),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/data/feedback/board.html", context)


@day.page
def as_json(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """All that was answered, and how each unit keeps its time, for programs."""
    body = {
        "as_of": as_of.isoformat(),
        "units": [presenter.tally_as_json(one) for one in queries.tallies(as_of)],
        "answered": [presenter.as_json(one) for one in queries.public()],
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


# Exempt: see views.correct.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of a kind; what it is about stands in the address. It leads on to the receipt."""
    asked = about(kind, request.GET if request.method != "POST" else request.POST)
    if request.method != "POST":
        return _form(request, kind, asked, FORMS[kind](about=asked))
    form = FORMS[kind](request.POST, about=asked)
    if not form.is_valid():
        return _form(request, kind, asked, form, 400)
    if limits.is_too_often(request, "feedback", most=MOST, seconds=SECONDS):
        form.add_error(
            None, _("一小时内最多提交 %(most)s 条：请稍后再试，您填的内容还在下面。") % {"most": MOST}
        )
        return _form(request, kind, asked, form, 429)
    try:
        made = actions.file(now=clock.now(), told=form.told(kind))
    except ValidationError as problem:
        for message in problem.messages:
            form.add_error(None, message)
        return _form(request, kind, asked, form, 400)
    except ValueError as problem:
        form.add_error(None, str(problem))
        return _form(request, kind, asked, form, 429)
    return HttpResponseRedirect(reverse("portal:feedback-receipt", args=[made.reference]))


def _form(request: HttpRequest, kind: str, asked: About, form: ReaderForm, status: int = 200) -> HttpResponse:
    title, told = presenter.KINDS[Feedback.Kind(kind)]
    context = {
        "kind": kind,
        "title": title,
        "told": told,
        "about": asked,
        "form": form,
        "term": actions.term(kind),
        "mail_is_on": mail.is_on(),
    }
    return render(request, "portal/data/feedback/form.html", context, status=status)


@day.page
def one(request: HttpRequest, as_of: dt.date, number: int) -> HttpResponse:
    """One piece that was answered, without anything of who sent it."""
    found = queries.public().filter(pk=number).first()
    if found is None:
        raise Http404(
            _("没有第 %(number)s 号，或者它还没有答复：凭编号可以查办理情况。") % {"number": number}
        )
    return render(request, "portal/data/feedback/one.html", presenter.shown(found, clock.today()))


@never_cache
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of it. Who has the number may read it; the address is not shown."""
    found = Feedback.objects.select_related("unit", "register", "line", "answer_line")
    row = found.filter(reference=reference).first()
    if row is None:
        raise Http404(_("没有这个编号：请核对提交时给您的编号。"))
    context = {**presenter.shown(row, clock.today()), "mail_is_on": mail.is_on()}
    return _private(render(request, "portal/data/feedback/receipt.html", context))


# Exempt: the secret in the address is the proof. Opening it changes nothing: mail scanners open every link.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest, secret: str) -> HttpResponse:
    """Whether the answer is to be mailed."""
    row = Feedback.objects.filter(secret=secret).first()
    if row is None:
        raise Http404(_("没有这个编号：请核对提交时给您的编号。"))
    if request.method == "POST":
        actions.confirm(now=clock.now(), feedback=row)
        return HttpResponseRedirect(request.path)
    return _private(render(request, "portal/data/feedback/mail.html", {"one": row}))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
