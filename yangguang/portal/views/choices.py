"""What a visitor chooses for their own browser: the day and the language. Nothing is stored here."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from yangguang.directory import clock
from yangguang.portal import day


# Exempt: a forged request could only change which day or language the visitor's own next page shows, and
# the page says which. In return public pages carry no token, so that they are the same for everybody.
@csrf_exempt
@require_POST
def choose_day(request: HttpRequest) -> HttpResponse:
    """Keep the chosen day; today's date, or none, forgets it."""
    written = request.POST.get("on", "")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    response = HttpResponseRedirect(back if safe else "/")
    chosen = day.parse(written) if written else clock.today()
    if chosen == clock.today():
        response.delete_cookie(day.COOKIE, samesite="Lax")
    else:
        day.keep(response, chosen)
    return response


@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language (Django's own view, with its checks of `next`)."""
    return set_language(request)
