"""`/catalog.<ending>`, `/dataset/<slug>.<ending>`, `/data.json`: files worked out from the catalogue."""

import datetime as dt
import json
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from yangguang.api.errors import Problem, not_found, response_of
from yangguang.catalog import schema_org
from yangguang.catalog.dataset import Dataset
from yangguang.catalog.dcat import catalogue, files, us
from yangguang.catalog.dcat.catalogue import NoPage, Question
from yangguang.catalog.dcat.endings import MEDIA_TYPES
from yangguang.catalog.dcat.history import plan_stamp
from yangguang.catalog.moments import NoMoment, moment
from yangguang.catalog.searching import SearchProblem
from yangguang.catalog.shelf import shelf
from yangguang.directory import clock

LD_JSON = "application/ld+json; charset=utf-8"
JSON = "application/json; charset=utf-8"
KEPT = 128
_ARGUMENTS = frozenset(("page", "modified_since", "q", "profiles"))
_LIKED = {"text/turtle": "ttl", "application/rdf+xml": "xml", "application/ld+json": "jsonld"}

View = Callable[..., HttpResponse]


def answering(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except Problem as problem:
            return response_of(problem)

    return answer


@answering
def catalog(request: HttpRequest, ending: str) -> HttpResponse:
    """A page of the catalogue. Every page keeps to DCAT-AP and to DCAT-US, so `profiles` changes nothing."""
    question = _question(request)
    stamp = (*shelf().stamp, *plan_stamp(), _minute() if "NOW" in question.q else "")
    try:
        body = _catalog(stamp, question, ending, request.path, settings.PUBLIC_ADDRESS, settings.DATA_CONTACT)
    except SearchProblem as problem:
        raise Problem(422, "invalid_parameter", f"参数 q：{problem}", "q") from problem
    except NoPage as problem:
        raise not_found(str(problem), "page") from problem
    return HttpResponse(body, content_type=MEDIA_TYPES[ending])


@answering
def dataset(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """One dataset with every version."""
    one = _dataset(slug)
    graph = catalogue.dataset(one, site=settings.PUBLIC_ADDRESS, contact=settings.DATA_CONTACT)
    return HttpResponse(files.written(graph, ending), content_type=MEDIA_TYPES[ending])


@answering
def for_search_engines(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dataset/<slug>.schema.jsonld`: schema.org/Dataset."""
    told = schema_org.dataset(_dataset(slug), site=settings.PUBLIC_ADDRESS, title=settings.WAGTAIL_SITE_NAME)
    return HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type=LD_JSON)


def data_json(request: HttpRequest) -> HttpResponse:
    """`/data.json`: every dataset in DCAT-US 1.1."""
    body = _data_json(shelf().stamp, settings.PUBLIC_ADDRESS, settings.DATA_CONTACT)
    return HttpResponse(body, content_type=JSON)


@answering
def thing(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The address of the catalogue or of a dataset itself: leads on to what the client likes to read."""
    if slug:
        _dataset(slug)
    ending = next((each for name, each in _LIKED.items() if name in request.headers.get("Accept", "")), "")
    described = f"/dataset/{slug}" if slug else "/catalog"
    page = f"/data/{slug}/" if slug else "/data/"
    response = HttpResponseRedirect(f"{described}.{ending}" if ending else page)
    response.status_code = 303
    response.headers["Vary"] = "Accept"
    return response


@lru_cache(maxsize=KEPT)
def _catalog(
    stamp: tuple[Any, ...], question: Question, ending: str, path: str, site: str, contact: str
) -> bytes:
    """Kept for as long as the catalogue stands: writing a page takes a hundred times as long as sending it."""
    found = catalogue.chosen(shelf().index, question, clock.now())
    graph = catalogue.catalogue(
        found, question, f"{site}{path}", site=site, title=settings.WAGTAIL_SITE_NAME, contact=contact
    )
    return files.written(graph, ending)


@lru_cache(maxsize=2)
def _data_json(stamp: tuple[Any, ...], site: str, contact: str) -> bytes:
    found = list(shelf().datasets.values())
    return json.dumps(us.catalogue(found, site=site, contact=contact), ensure_ascii=False).encode()


def _question(request: HttpRequest) -> Question:
    for name in request.GET:
        if name not in _ARGUMENTS:
            told = f"没有参数 {name[:40]}：这里可用的有 {'、'.join(sorted(_ARGUMENTS))}"
            raise Problem(422, "invalid_parameter", told, name[:40])
    page = request.GET.get("page") or "1"
    if not (page.isascii() and page.isdecimal() and len(page) < 9):
        raise Problem(422, "invalid_parameter", "参数 page：请填从 1 开始的整数", "page")
    return Question(request.GET.get("q", "").strip(), _since(request), int(page))


def _since(request: HttpRequest) -> dt.datetime | None:
    text = request.GET.get("modified_since", "").strip()
    try:
        return moment(text, clock.now()) if text else None
    except (NoMoment, OverflowError) as problem:
        told = "参数 modified_since：请写 ISO 8601 的日期或时间，例如 2017-11-30 或 2017-11-30T08:00:00Z"
        raise Problem(422, "invalid_parameter", told, "modified_since") from problem


def _dataset(slug: str) -> Dataset:
    found = shelf().find(slug)
    if found is None:
        raise not_found(f"没有名为 {slug[:80]} 的数据集：全部数据集见 /api/v1/datasets", "slug")
    return found


def _minute() -> str:
    return clock.now().isoformat(timespec="minutes")
