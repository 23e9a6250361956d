"""The files of a version: made when they are first asked for, then given out for ever under their hash."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.catalog import datapackage
from yangguang.catalog.dataset import FORMATS, MEDIA_TYPES
from yangguang.portal.kept import FOR_EVER, kept
from yangguang.portal.views.data import charts, finding
from yangguang.registers.actions import files
from yangguang.registers.models import Kind, Version
from yangguang.warehouse import store
from yangguang.warehouse.tables.drawing import NotDrawn

FOR_AN_HOUR = "public, max-age=3600"


@require_safe
def file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponseBase:
    """`<slug>.csv` and the other formats of a version."""
    register, versions = finding.register(slug)
    version = finding.version(versions, number)
    format_ = name.removeprefix(f"{register.slug}.")
    if format_ == name or format_ not in FORMATS:
        raise Http404(
            _("这一版没有文件 %(name)s：可以下载的格式是 %(formats)s。")
            % {"name": name[:80], "formats": "、".join(FORMATS)}
        )
    made = files.make(version=version, formats=[format_])[0]
    return kept(
        request,
        store.path(made.sha256),
        made.sha256,
        media_type=MEDIA_TYPES[format_] + ("; charset=utf-8" if format_ == "csv" else ""),
        name=f"{slug}-v{number}.{format_}",
        cache=_cache(version),
    )


@require_safe
def package(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`datapackage.json`: every file with its bytes and hash, every column with its type."""
    _register, versions = finding.register(slug)
    version = finding.version(versions, number)
    told = datapackage.package(version, files.make(version=version), settings.PUBLIC_ADDRESS)
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = FOR_AN_HOUR
    return response


@require_safe
def chart(request: HttpRequest, slug: str, number: int, narrow: bool = False) -> HttpResponseBase:
    """The chart of a version as SVG, drawn when it is first asked for."""
    _register, versions = finding.register(slug)
    version = finding.version(versions, number)
    specification = charts.specification(version, narrow=narrow)
    if specification is None:
        raise Http404(_("这个数据集没有图：请看表。"))
    try:
        drawn = charts.drawn(specification)
    except NotDrawn as problem:
        return HttpResponse(str(problem), status=503, content_type="text/plain; charset=utf-8")
    digest = charts.digest(specification)
    response = kept(request, drawn, digest, media_type="image/svg+xml", cache=FOR_AN_HOUR)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def _cache(version: Version) -> str:
    """For ever; but rows of cases may have to come off by law, and then no cache may keep them."""
    return FOR_AN_HOUR if version.register.kind == Kind.CASES else FOR_EVER
