"""`/table/<dataset>/-/query.json?sql=…&name=…`: one SELECT with named parameters, in the sandbox."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

from yangguang.api.ckan.datastore.sql import named_in
from yangguang.api.datasette import shapes
from yangguang.api.datasette.problems import answering
from yangguang.api.datasette.tables import CSV, named
from yangguang.rules.tables.grammar_datasette import MOST_ROWS, ArgumentProblem, Asked, read
from yangguang.warehouse.tables import sandbox
from yangguang.warehouse.tables.sandbox import Limits
from yangguang.warehouse.tables.streaming import separated

_PARAMETER = re.compile(r"(?<![:\w]):([A-Za-z_]\w*)", re.ASCII)
_SHAPE = ("_shape", "_nl", "_dl", "_header")


@answering
def query(request: HttpRequest, dataset: str, ending: str) -> HttpResponse:
    """Rows of the dataset's table (named by the dataset), joined with those of others if they are named.

    At most 1,000 rows; `truncated` tells that there were more. `_as_of` asks an older version of its own.
    """
    own = named(dataset, request.GET.get("_as_of", ""))
    sql = request.GET.get("sql", "").strip()
    if not sql:
        raise ArgumentProblem(f'请用 sql= 写一条 SELECT，例如 sql=SELECT * FROM "{dataset}" LIMIT 5')  # noqa: S608 shown, not run
    asked = read([(name, request.GET[name]) for name in _SHAPE if name in request.GET], (), ())
    views = {
        name: (one.served, [field.name for field in one.descriptor.public_fields])
        for name, one in named_in(sql).items()
    }
    views |= {name: (own.served, [f.name for f in own.fields]) for name in (own.id, dataset) if name in views}
    parameters = {name: request.GET.get(name, "") for name in _PARAMETER.findall(sql)}
    found = sandbox.run(sql, views=views, parameters=parameters, limits=Limits(rows=MOST_ROWS))
    columns = [name for name, _ in found.columns]
    if ending == "csv":
        return _csv(asked, dataset, columns, found.rows)
    frame = {"truncated": found.truncated, "columns": columns}
    if asked.shape == "object":
        raise ArgumentProblem("查询结果没有主键，不能用 _shape=object：请用 objects、arrays 或 array")
    return shapes.shaped(asked, columns, found.rows, (), frame).response()


def _csv(asked: Asked, dataset: str, columns: list[str], rows: list[list[Any]]) -> HttpResponse:
    text = "".join(separated(columns if asked.header else (), iter([rows])))
    response = HttpResponse(text, content_type=CSV)
    kind = "attachment" if asked.download else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{dataset}-query.csv"'
    return response
