"""E-mail subscriptions: ask, confirm, change, leave. Nothing is mailed before the address's owner agreed."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.portal import limits
from yangguang.publishing.topics import topics
from yangguang.sites import mail
from yangguang.sites.actions import subscriptions
from yangguang.sites.models import Column, Subscriber

MOST, SECONDS = 10, 3600


class WishForm(forms.Form):
    """An address, how often, and what about: one column, unit, topic or search; nothing means everything."""

    email = forms.EmailField(label=gettext_lazy("邮箱"), max_length=254)
    often = forms.ChoiceField(label=gettext_lazy("多久一次"), choices=Subscriber.Often.choices)
    column = forms.CharField(max_length=90, required=False)
    unit = forms.CharField(max_length=80, required=False)
    topic = forms.CharField(max_length=40, required=False)
    q = forms.CharField(max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        """Turn what was named in the address into records. What does not exist is an error of the whole form."""
        given = super().clean() or {}
        site, _slash, slug = given.get("column", "").partition("/")
        columns = Column.objects.filter(site__slug=site, slug=slug).select_related("site")
        given["column"] = self._one(columns.first(), given.get("column"))
        given["unit"] = self._one(Unit.objects.filter(slug=given.get("unit", "")).first(), given.get("unit"))
        if given.get("topic") and given["topic"] not in topics():
            raise ValidationError(_("要订阅的内容已经没有了：请从订阅页重新选。"))
        return given

    def _one(self, found: Any, asked: str | None) -> Any:
        if asked and found is None:
            raise ValidationError(_("要订阅的内容已经没有了：请从订阅页重新选。"))
        return found


# Exempt: see views.correct. A forged request could only have a confirmation mailed, within the limits.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form for what the address names; then the same words for an address that is known and one that is not."""
    if request.method != "POST":
        asked = {name: request.GET.get(name, "") for name in ("column", "unit", "topic", "q")}
        probe = WishForm({**asked, "email": "nobody@example.org", "often": Subscriber.Often.DAILY})
        if not probe.is_valid():
            raise Http404(_("要订阅的内容已经没有了：请从订阅页重新选。"))
        return _show(request, WishForm(initial=asked), probe.cleaned_data)
    form = WishForm(request.POST)
    if not form.is_valid():
        return _show(request, form, form.cleaned_data, 400)
    if limits.is_too_often(request, "subscribe", most=MOST, seconds=SECONDS):
        form.add_error(None, _("一小时内最多申请 %(most)s 次：请稍后再试。") % {"most": MOST})
        return _show(request, form, form.cleaned_data, 429)
    wish = form.cleaned_data
    query = " ".join(wish["q"].split())
    try:
        subscriptions.ask(
            now=clock.now(),
            email=wish["email"],
            often=wish["often"],
            column=wish["column"],
            unit=wish["unit"],
            topic=wish["topic"],
            query=query,
        )
    except (ValueError, ValidationError) as problem:
        form.add_error(None, problem.messages[0] if isinstance(problem, ValidationError) else str(problem))
        return _show(request, form, wish, 400)
    return render(request, "portal/subscribe/asked.html")


def _show(request: HttpRequest, form: WishForm, wish: dict[str, Any], status: int = 200) -> HttpResponse:
    about = _about(wish)
    context = {"form": form, "about": about, "is_on": mail.is_on(), "feed": _feed(wish)}
    return render(request, "portal/subscribe/form.html", context, status=status)


def _about(wish: dict[str, Any]) -> str:
    column, unit = wish.get("column"), wish.get("unit")
    if isinstance(column, Column):
        return f"{column.site.name} · {column.name}"
    if isinstance(unit, Unit):
        return unit.name
    return wish.get("topic") or wish.get("q") or ""


def _feed(wish: dict[str, Any]) -> str:
    column, unit = wish.get("column"), wish.get("unit")
    if isinstance(column, Column):
        return reverse("portal:feed-column", args=[column.site.slug, column.slug])
    if isinstance(unit, Unit):
        return reverse("portal:feed-unit", args=[unit.slug])
    if wish.get("topic"):
        return reverse("portal:feed-topic", args=[wish["topic"]])
    if wish.get("q"):
        return f"{reverse('portal:feed-search')}?{urlencode({'q': wish['q']})}"
    return reverse("portal:feed-all")


# Exempt: the secret in the address is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, secret: str) -> HttpResponse:
    """What an address is subscribed to. Opening it changes nothing: mail scanners open every link."""
    subscriber = _subscriber(secret)
    if subscriber is None:
        return render(request, "portal/subscribe/left.html", {"unknown": True}, status=404)
    if request.method == "POST" and "drop" in request.POST:
        written = request.POST["drop"]
        subscriptions.drop(subscriber=subscriber, subscription=int(written) if written.isdecimal() else 0)
        if not Subscriber.objects.filter(pk=subscriber.pk).exists():
            return render(request, "portal/subscribe/left.html")
        return HttpResponseRedirect(request.path)
    if request.method == "POST":
        often = request.POST.get("often", "")
        subscriptions.confirm(
            now=clock.now(), subscriber=subscriber, often=often if often in Subscriber.Often.values else ""
        )
        return HttpResponseRedirect(request.path)
    wishes = subscriber.subscriptions.select_related("column__site", "unit")
    context = {
        "subscriber": subscriber,
        "wishes": wishes,
        "waiting": any(wish.confirmed_at is None for wish in wishes),
        "often": Subscriber.Often.choices,
    }
    return _private(render(request, "portal/subscribe/mine.html", context))


# Exempt: mail programs post here without ever having opened the page (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """Leave everything with one POST; a GET only asks. Leaving twice is no error."""
    subscriber = _subscriber(secret)
    if request.method == "POST" and subscriber is not None:
        subscriptions.leave(subscriber=subscriber)
        subscriber = None
    if subscriber is None:
        return _private(render(request, "portal/subscribe/left.html"))
    return _private(render(request, "portal/subscribe/leave.html", {"subscriber": subscriber}))


def _subscriber(secret: str) -> Subscriber | None:
    return Subscriber.objects.filter(secret=secret).first()


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
