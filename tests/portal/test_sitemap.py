"""The sitemap lists every public page and is valid by the schema that npm's `sitemap` package carries."""

import re
from pathlib import Path

import pytest
from django.test import Client
from lxml import etree

from tests.factories import mark, publish, revise, withdraw
from tests.portal.conftest import City
from tests.portal.test_every_page import walk
from tests.sites.conftest import Sites, stand
from yangguang.portal import sitemap
from yangguang.publishing.models import Document

__all__ = ["stand"]

TOOLS = Path(__file__).resolve().parents[1] / "tools"
SCHEMA = TOOLS / "node_modules" / "sitemap" / "schema" / "sitemap.xsd"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HERE = "http://127.0.0.1:8000"
# Forms, personal pages and pages that speak for one search or one choice are not for search engines.
NOT_LISTED = ("/search/", "/correct/", "/subscribe/", "/day/")


def tree(client: Client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"].startswith("application/xml")
    return etree.fromstring(response.getvalue())


def everything(client: Client) -> dict[str, str]:
    """Every listed address with its lastmod."""
    files = [loc.text.removeprefix(HERE) for loc in tree(client, "/sitemap.xml").iter(f"{SPACE}loc")]
    urls = [url for file in files for url in tree(client, file)]
    assert len(urls) == len({url.findtext(f"{SPACE}loc") for url in urls})
    return {url.findtext(f"{SPACE}loc"): url.findtext(f"{SPACE}lastmod") for url in urls}


def test_every_file_is_valid(city: City, stand: Sites, client: Client) -> None:
    if not SCHEMA.exists():
        pytest.skip("没有 tests/tools/node_modules：在 tests/tools 里运行 npm ci 之后才能校验")
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    for file in ("/sitemaps/pages.xml", "/sitemaps/documents-0.xml"):
        schema.assertValid(tree(client, file))
    with pytest.raises(etree.DocumentInvalid):
        schema.assertValid(etree.fromstring(f'<urlset xmlns="{SPACE[1:-1]}"><url/></urlset>'))


def test_every_page_that_links_lead_to_is_listed(city: City, stand: Sites, client: Client) -> None:
    listed = everything(client)
    for address, _page in walk(client):
        own = re.search(r"\?|/v/\d+|/diff/|/versions/", address)
        if own or address.startswith((*NOT_LISTED, "/journal/", "/sites/portal/")):
            continue
        assert HERE + address in listed, address


@pytest.mark.django_db
def test_lastmod_follows_revisions_acts_and_withdrawals(client: Client) -> None:
    one = publish("一", on="2017-08-01")
    two = publish("二", on="2017-08-02")
    three = publish("三", on="2017-08-03")
    revise(one, on="2017-09-01")
    mark(three, "abolish", on="2017-09-05")
    withdraw(two, on="2017-10-01")
    listed = everything(client)
    assert listed[HERE + three.get_absolute_url()] == "2017-09-05T10:00:00+08:00"
    assert listed[HERE + one.get_absolute_url()] == "2017-09-01T10:00:00+08:00"
    assert listed[HERE + two.get_absolute_url()] == "2017-10-01T10:00:00+08:00"


@pytest.mark.django_db
def test_many_documents_are_cut_into_files_that_none_is_too_long(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "A_FILE", 4)
    documents = [publish(f"第{number}件", on="2017-08-01") for number in range(11)]
    names = sitemap.names()
    sizes = [len(tree(client, f"/sitemaps/{name}.xml")) for name in names if name != "pages"]
    assert max(sizes) <= 4
    assert sum(sizes) == len(documents) == Document.objects.count()
    assert client.get("/sitemaps/documents-999.xml").status_code == 404
    assert client.get("/sitemaps/other.xml").status_code == 404
