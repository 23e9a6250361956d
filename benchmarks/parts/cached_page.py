"""The peer: a Django page behind all of the product's middleware, kept in Django's cache, on Granian's WSGI."""

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse  # noqa: TID251 a face of its own
from django.urls import path
from django.views.decorators.cache import cache_page  # noqa: TID251

BODY = Path(os.environ["BENCHMARK_PAGE"]).read_bytes()


@cache_page(3600)
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("page/", page)]
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()
