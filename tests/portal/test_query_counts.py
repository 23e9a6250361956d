"""The number of database queries of a page does not grow with what it shows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import publish
from tests.portal.conftest import BUDGET, City

PERIOD = f"{BUDGET}?period=2017-08&unit=caizhengwei"
PAGES = [
    "/",
    "/plan/",
    "/plan/1.1/",
    PERIOD,
    "/units/",
    "/units/caizhengwei/",
    "/due/",
    "/documents/",
    "/journal/",
]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("address", PAGES)
def test_more_publications_need_no_more_queries(city: City, client: Client, address: str) -> None:
    before = queries(client, address)
    for number in range(6):
        title = f"2017年{number + 6}月全市一般公共预算收支情况之{number}"
        publish(title, on="2017-11-20", covers=f"2017-{number + 6:02}")
        publish(f"2017年11月{number + 1}日价格", on="2017-11-20", unit="市统计局")
    assert queries(client, address) == before
    assert before <= 22
