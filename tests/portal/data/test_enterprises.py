"""An enterprise across all registers."""

import pytest
from django.test import Client

from tests.portal.data.conftest import ACME, page
from yangguang.registers.models import Register


@pytest.fixture
def both(penalties: Register, licensing: Register) -> None:
    """Registers that speak of enterprises."""


def test_one_code_gathers_every_register(both: None, client: Client) -> None:
    found = page(client, f"/enterprises/{ACME}/")
    assert found.h1.text.strip() == "示例甲公司"
    assert {h.text.split()[0] for h in found.select("section.tabular h2")} == {"行政处罚", "许可办理进度"}
    fines = [row.select("td")[0].text for row in found.select("section.tabular")[0].select("tbody tr")]
    assert fines == ["罚字2号", "罚字1号"]  # the newest first
    assert "示例乙公司" not in found.text


def test_a_whole_code_leads_to_its_page_whatever_its_case(both: None, client: Client) -> None:
    response = client.get("/enterprises/", {"q": f" {ACME.lower()} "})
    assert response.status_code == 302
    assert response["Location"] == f"/enterprises/{ACME}/"


def test_part_of_a_name_finds_it(both: None, client: Client) -> None:
    links = page(client, "/enterprises/?q=甲公司").select(".shelf a")
    assert [link["href"] for link in links] == [f"/enterprises/{ACME}/"]
    assert len(page(client, "/enterprises/?q=示例").select(".shelf a")) == 2


def test_nothing_found_says_so_and_what_to_do(both: None, client: Client) -> None:
    assert "少写几个字" in page(client, "/enterprises/?q=没有的").text
    assert "没有这个代码" in page(client, "/enterprises/?q=91440300MA5EXAMP99").text
    assert "按名称查找" in page(client, "/enterprises/91440300MA5EXAMP99/", 404).text


def test_without_registers_there_is_nobody_to_find(db: None, client: Client) -> None:
    assert "还没有带统一社会信用代码" in page(client, "/enterprises/").text
    assert page(client, "/enterprises/?q=甲").select(".empty")
