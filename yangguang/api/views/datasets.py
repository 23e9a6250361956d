"""Open data: datasets, their versions, and their rows by any question."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Path, Query, Router

from yangguang.api import lookup
from yangguang.api.errors import Problem, not_found
from yangguang.api.schemas.datasets import (
    DatasetDetail,
    DatasetFilters,
    DatasetPage,
    DatasetVersionPage,
    RowFilters,
    RowPage,
)
from yangguang.api.schemas.shared import Error, Paged, Word
from yangguang.catalog.dataset import MEDIA_TYPES, Dataset
from yangguang.catalog.searching import SearchProblem, all_found
from yangguang.catalog.shelf import shelf
from yangguang.catalog.tables import NoMoment, NoVersion, Table, table
from yangguang.directory import clock
from yangguang.directory.clock import SHANGHAI
from yangguang.publishing.topics import topics
from yangguang.registers.models import Version
from yangguang.rules.tables.grammar_datasette import (
    ArgumentProblem,
    Asked,
    MarkProblem,
    is_filter,
    primary_key,
    read,
    token,
)
from yangguang.rules.tables.query import QueryProblem
from yangguang.rules.tables.schema import Field
from yangguang.warehouse.tables import reading
from yangguang.warehouse.tables.engine import TableError
from yangguang.warehouse.tables.streaming import plain

router = Router(tags=["开放数据"])


@router.get("/datasets", response={200: DatasetPage, 404: Error, 422: Error}, summary="数据集")
def datasets(request: HttpRequest, filters: Query[DatasetFilters]) -> dict[str, Any]:
    """全部数据集的最新一版，按网址名排序。"""
    try:
        found = all_found(shelf().index, filters.q or "", clock.now())
    except SearchProblem as problem:
        raise Problem(422, "invalid_parameter", f"参数 q：{problem}", "q") from problem
    if (unit := lookup.unit(filters.unit)) is not None:
        found = [one for one in found if one.unit.slug == unit.slug]
    if filters.topic is not None:
        if filters.topic not in topics():
            raise not_found(f"没有主题“{filters.topic}”：可用的是 {'；'.join(topics())}", "topic")
        found = [one for one in found if one.topic == filters.topic]
    if filters.kind is not None:
        found = [one for one in found if one.descriptor.kind is filters.kind]
    if (since := filters.modified_since) is not None:
        found = [one for one in found if one.modified.astimezone(SHANGHAI).date() >= since]
    items, frame = lookup.page(request, found, filters.limit, filters.offset)
    return {**frame, "items": [_dataset(one) for one in items]}


@router.get(
    "/datasets/{dataset}", response={200: DatasetDetail, 404: Error, 422: Error}, summary="一个数据集"
)
def dataset(request: HttpRequest, dataset: Path[Word]) -> dict[str, Any]:
    """一个数据集的说明、列和最新一版的文件。"""
    one = _named(dataset)
    files = [
        {
            "format": file.format,
            "media_type": MEDIA_TYPES[file.format],
            "url": one.file_address(file.format),
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in one.files
    ]
    public = [field.name for field in one.descriptor.public_fields]
    return {
        **_dataset(one),
        "primary_key": [name for name in one.descriptor.primary_key if name in public],
        "columns": [_column(field) for field in one.descriptor.public_fields],
        "files": files,
    }


@router.get(
    "/datasets/{dataset}/versions",
    response={200: DatasetVersionPage, 404: Error, 422: Error},
    summary="一个数据集的版次",
)
def versions(request: HttpRequest, dataset: Path[Word], filters: Query[Paged]) -> dict[str, Any]:
    """全部版次，最新的在前；每一版都可以下载、查询和比较。"""
    rows = Version.objects.filter(register__slug=_named(dataset).slug).select_related("register")
    items, frame = lookup.page(request, rows.order_by("-number"), filters.limit, filters.offset)
    return {**frame, "items": [_version(one) for one in items]}


@router.get(
    "/datasets/{dataset}/rows",
    response={200: RowPage, 404: Error, 422: Error, 503: Error},
    summary="一个数据集的行",
)
def rows(request: HttpRequest, dataset: Path[Word], filters: Query[RowFilters]) -> dict[str, Any]:
    """按条件、词和顺序取行，一页接一页：把 after 原样带到下一次请求，第九千页和第一页一样快。"""
    found = _table(_named(dataset), filters.as_of or "")
    try:
        asked = _asked(filters, found)
        page = reading.page(found.stored, asked.query)
    except MarkProblem as problem:
        raise Problem(422, "invalid_parameter", str(MarkProblem("after")), "after") from problem
    except (ArgumentProblem, QueryProblem) as problem:
        raise Problem(422, "invalid_parameter", str(problem), _guilty(filters, problem)) from problem
    except TableError as problem:
        raise Problem(503, "overtaxed", str(problem), "filter") from problem
    mark = token(page.next) if page.next else None
    return {
        "dataset": found.dataset.slug,
        "version": found.number,
        "total": page.total,
        "limit": filters.limit,
        "after": mark,
        "next": _following(request, mark) if mark else None,
        "items": [dict(zip(page.columns, map(plain, row), strict=True)) for row in page.rows],
    }


def _asked(filters: RowFilters, found: Table) -> Asked:
    """Our few parameters in the words of Datasette, so that there is one grammar."""
    arguments = [("_size", str(filters.limit)), ("_next", filters.after or "")]
    for text in filters.filter:
        name, mark, value = text.partition("=")
        if not mark or not is_filter(name):
            raise ArgumentProblem(f"条件“{text[:60]}”应写作 列__比较=值，例如 rate__gte=90")
        arguments.append((name, value))
    if filters.search:
        arguments.append(("_search", filters.search))
    if filters.columns:
        arguments += [("_col", name.strip()) for name in filters.columns.split(",")]
    if filters.sort:
        down = filters.sort.startswith("-")
        arguments.append(("_sort_desc" if down else "_sort", filters.sort.removeprefix("-")))
    return read(arguments, found.fields, primary_key(found.fields, found.descriptor.primary_key))


def _guilty(filters: RowFilters, problem: ArgumentProblem | QueryProblem) -> str:
    """The parameter in which the refused column stands."""
    column = problem.column if isinstance(problem, QueryProblem) else ""
    if column and column == (filters.sort or "").removeprefix("-"):
        return "sort"
    wanted = [name.strip() for name in (filters.columns or "").split(",")]
    return "columns" if column in wanted and column else "filter"


def _following(request: HttpRequest, mark: str) -> str:
    given = [(name, value) for name, values in request.GET.lists() for value in values if name != "after"]
    return f"{request.path}?{urlencode([*given, ('after', mark)])}"


def _named(slug: str) -> Dataset:
    found = shelf().find(slug)
    if found is None:
        raise not_found(f"没有网址名为“{slug}”的数据集：全部数据集见 /api/v1/datasets", "dataset")
    return found


def _table(one: Dataset, as_of: str) -> Table:
    try:
        return table(one, as_of)
    except NoMoment as problem:
        raise Problem(422, "invalid_parameter", f"参数 as_of：{problem}", "as_of") from problem
    except NoVersion as problem:
        raise not_found(str(problem), "as_of") from problem


def _dataset(one: Dataset) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "id": one.id,
        "title": one.title,
        "description": one.descriptor.description,
        "unit": {"name": one.unit.name, "slug": one.unit.slug},
        "kind": one.descriptor.kind,
        "topic": one.topic,
        "cadence": one.descriptor.cadence,
        "keywords": list(one.descriptor.keywords),
        "obligations": list(one.descriptor.obligations),
        "version": one.number,
        "period": one.period,
        "rows": one.rows,
        "issued": one.created.astimezone(SHANGHAI),
        "modified": one.modified.astimezone(SHANGHAI),
        "sample": one.is_sample,
        "quality": _quality(one, clock.today()),
        "url": one.address,
    }


def _quality(one: Dataset, on: dt.date) -> dict[str, Any] | None:
    found = one.quality_on(on)
    if found is None:
        return None
    return {
        "score": found.score,
        "on": on,
        "through": one.reach,
        "next_due": found.freshness.due_on if found.freshness else None,
        "overdue": found.freshness.overdue if found.freshness else 0,
        "shares": [{"part": each.part, "met": each.met, "of": each.of} for each in found.shares],
    }


def _column(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "title": field.title,
        "type": field.type,
        "description": field.description,
        "unit": field.unit,
        "required": field.required,
        "enum": list(field.enum),
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "title": version.title,
        "period": version.period,
        "note": version.note,
        "rows": version.rows,
        "online_at": version.online_at.astimezone(SHANGHAI),
        "sha256": version.sha256,
        "served_sha256": version.served,
        "journal_seq": version.line_id,
        "url": version.get_absolute_url(),
    }
