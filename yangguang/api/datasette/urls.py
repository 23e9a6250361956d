"""The addresses below `/table/`; every one goes through the gate."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from yangguang.api.datasette import problems, sql, tables
from yangguang.api.gate import open_to_machines


def nowhere(request: HttpRequest) -> HttpResponse:
    told = "没有这个地址：表在 /table/<数据集>/<数据集>.json，数据集的清单在 /api/v1/datasets"
    return problems.told(told, 404).response()


_DATASET = r"(?P<dataset>[-\w]+)"
_TABLE = rf"{_DATASET}/(?P<table>[-\w]+)"

urlpatterns = [
    re_path(rf"^{_DATASET}\.json$", open_to_machines(tables.tables), name="table-list"),
    re_path(rf"^{_DATASET}/-/query\.(?P<ending>json|csv)$", open_to_machines(sql.query), name="table-query"),
    re_path(rf"^{_TABLE}\.json$", open_to_machines(tables.rows), name="table"),
    re_path(rf"^{_TABLE}\.csv$", open_to_machines(tables.as_csv), name="table-csv"),
    re_path(rf"^{_TABLE}/(?P<path>[^/]+)\.json$", open_to_machines(tables.row), name="table-row"),
    re_path(r"^", open_to_machines(nowhere)),
]
