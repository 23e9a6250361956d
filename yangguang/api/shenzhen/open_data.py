"""`/api/<resource>/1/service.xhtml?page=&rows=` → `{"total", "data"}`: the city's open-data platform, without a key.

The address, `page`, `rows` (at most 10,000) and the two keys of the answer are what public client code
relies on. Not verified against the platform: how it names an error, and what `startDate` and `endDate`
compare; so these two are refused rather than guessed. `appKey` is not looked at.
"""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from yangguang.api.ckan.datastore.tables import tables
from yangguang.api.errors import Problem, not_found, response_of
from yangguang.api.json_text import written
from yangguang.catalog.tables import table
from yangguang.rules.tables.query import TableQuery
from yangguang.warehouse.tables import reading
from yangguang.warehouse.tables.engine import TableError

MOST_ROWS = 10_000
ROWS = 10


@csrf_exempt
def service(request: HttpRequest, resource: str) -> HttpResponse:
    """A page of a table, by GET or POST; `resource` is a resource id or a dataset's name."""
    try:
        response = _page(resource, _given(request))
    except Problem as problem:
        response = response_of(problem)
    except TableError as problem:
        response = response_of(Problem(503, "overtaxed", str(problem), "page"))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _given(request: HttpRequest) -> QueryDict:
    given = request.GET.copy()
    if request.method == "POST":
        given.update(request.POST)
    return given


def _page(resource: str, given: QueryDict) -> HttpResponse:
    dataset = tables().get(resource)
    if dataset is None:
        raise not_found(f"没有标识为 {resource[:80]} 的数据：全部数据集见 /api/v1/datasets", "resource")
    for name in ("startDate", "endDate"):
        if given.get(name):
            told = f"这里不接受 {name}：按日期取行请用 /table/{dataset.slug}/{dataset.slug}.json?列__gte=日期"
            raise Problem(422, "invalid_parameter", told, name)
    rows = _number(given, "rows", ROWS, MOST_ROWS)
    page = _number(given, "page", 1, 10**9)
    found = table(dataset)
    columns = tuple(field.name for field in found.fields)
    query = TableQuery(columns=columns, limit=rows, offset=(page - 1) * rows)
    got = reading.page(found.stored, query, total=False)
    data = [dict(zip(columns, row, strict=True)) for row in got.rows]
    return HttpResponse(
        written({"total": found.rows, "data": data}), content_type="application/json; charset=utf-8"
    )


def _number(given: QueryDict, name: str, default: int, most: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 12 and 1 <= int(text) <= most):
        raise Problem(422, "invalid_parameter", f"参数 {name}：请填 1 到 {most} 之间的整数", name)
    return int(text)
