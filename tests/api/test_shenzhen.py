"""The two addresses that programs for the city's present platforms call, walked as those programs walk them."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.test import Client

from tests import factories
from tests.api.conftest import TODAY
from yangguang.api.shenzhen import directory
from yangguang.catalog import names
from yangguang.publishing.models import Document

pytestmark = pytest.mark.usefixtures("waters")
SERVICE = "/api/water-sources/1/service.xhtml"


@pytest.fixture(autouse=True)
def on_the_day(settings: LazySettings) -> None:
    settings.DEMONSTRATION_DAY = TODAY


def answer(address: str, status: int = 200, **asked: Any) -> Any:
    response = Client().get(address, asked)
    assert response.status_code == status, response.content.decode()
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.json()


def test_rows_are_walked_until_the_total_is_reached() -> None:
    found: list[Any] = []
    page = 1
    while True:
        told = answer(SERVICE, page=page, rows=4, appKey="anything")
        assert set(told) == {"total", "data"}
        found += told["data"]
        if page * 4 >= told["total"]:
            break
        page += 1
    assert [(row["month"], row["source"]) for row in found] == [
        (month, f"水库{number}") for month in ("2017-09", "2017-10") for number in (1, 2, 3)
    ]
    assert "_id" not in found[0]
    assert answer(SERVICE, page=9, rows=4) == {"total": 6, "data": []}


def test_a_table_is_named_by_its_id_too_and_asked_by_post() -> None:
    id_ = names.resource_id("water-sources", "csv")
    told = Client().post(f"/api/{id_}/1/service.xhtml?page=1", {"rows": "2"}).json()
    assert (told["total"], len(told["data"])) == (6, 2)


@pytest.mark.parametrize(
    ("address", "asked", "status", "where"),
    [
        ("/api/gone/1/service.xhtml", {}, 404, "resource"),
        (SERVICE, {"rows": "10001"}, 422, "rows"),
        (SERVICE, {"rows": "0"}, 422, "rows"),
        (SERVICE, {"page": "x"}, 422, "page"),
        (SERVICE, {"startDate": "20170101"}, 422, "startDate"),
        ("/gkmlpt/api/all/999", {}, 404, "category"),
        ("/gkmlpt/api/all/0", {"sid": "755001"}, 404, "sid"),
        ("/gkmlpt/api/all/0", {"page": "x"}, 422, "page"),
    ],
)
def test_what_is_wrong_is_told(address: str, asked: dict[str, str], status: int, where: str) -> None:
    assert answer(address, status, **asked)["error"]["where"] == where


def test_the_directory_holds_what_stands(town: dict[str, Document]) -> None:
    told = answer("/gkmlpt/api/all/0", page=1)
    titles = {article["title"] for article in told["articles"]}
    assert told["total"] == len(told["articles"]) == len(titles)
    assert town["august"].title in titles
    assert town["july"].title not in titles, "withdrawn"
    article = next(one for one in told["articles"] if one["id"] == town["august"].pk)
    assert article["identifier"] == town["august"].index_no
    moment = dt.datetime.fromtimestamp(article["display_publish_time"], ZoneInfo("Asia/Shanghai"))
    assert moment.strftime("%Y-%m-%d %H:%M:%S") == article["created_at"]
    assert (article["is_expired"], article["is_abolished"]) == (0, 0)
    assert Client().get(urlsplit(article["url"]).path).status_code == 200


def test_the_directory_is_narrowed_and_walked(
    town: dict[str, Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "A_PAGE", 2)
    total = answer("/gkmlpt/api/all/0")["total"]
    pages = [answer("/gkmlpt/api/all/0", page=page)["articles"] for page in range(1, total // 2 + 2)]
    walked = [article["id"] for page in pages for article in page]
    assert len(walked) == len(set(walked)) == total
    assert answer("/gkmlpt/api/all/0", page=0) == answer("/gkmlpt/api/all/0", page=1)
    slug = factories.make_unit("市统计局").slug
    assert answer("/gkmlpt/api/all/0", sid=slug)["total"] == 1


def test_what_was_abolished_says_so(town: dict[str, Document]) -> None:
    factories.mark(town["august"], "abolish", on="2017-11-20")
    told = answer("/gkmlpt/api/all/0")["articles"]
    assert {one["id"]: one["is_abolished"] for one in told}[town["august"].pk] == 1
