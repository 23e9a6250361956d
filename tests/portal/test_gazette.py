"""The gazette's pages: shelves, contents, the fixed text, files, and scanned pages with their doubts."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import Tag
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import at, publish, revise
from tests.gazette.scanned import make_scan
from tests.portal.conftest import words_of
from yangguang.gazette.actions import issues, scans
from yangguang.gazette.models import Issue
from yangguang.publishing.models import Document

See = Callable[..., Tag]


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings: LazySettings) -> None:
    settings.STORE_ROOT = tmp_path / "store"


@pytest.fixture
def document(db: None) -> Document:
    return publish("关于<预算>公开的通知", on="2017-07-03", form="document", body="公报刊登的正文。")


@pytest.fixture
def issue(document: Document) -> Issue:
    made = issues.start(by=None, year=2017, number=1, title="政府公报", publisher="办公厅", is_sample=True)
    assert document.edition
    issues.place(by=None, issue=made, edition=document.edition, section="部门文件")
    other = publish("第二份", on="2017-07-04").edition
    assert other
    issues.place(by=None, issue=made, edition=other, section="统计数据")
    return issues.issue(by=None, now=at("2017-07-31"), issue=made)


def test_without_issues_the_page_says_where_the_documents_are(db: None, see: See) -> None:
    page = see("/gazette/")
    assert "还没有出版公报" in words_of(page)
    assert page.select("main a[href='/documents/']")


def test_an_issue_stands_on_its_years_shelf_from_the_day_it_came_out(issue: Issue, see: See) -> None:
    assert see("/gazette/").select("a.volume[href='/gazette/2017/1/']")
    assert see("/gazette/2017/").select("a.volume[href='/gazette/2017/1/']")
    assert not see("/gazette/?on=2017-07-30").select("a.volume")
    see("/gazette/2017/1/?on=2017-07-30", status=404)


def test_the_contents_lead_to_texts_and_files(issue: Issue, see: See) -> None:
    page = see("/gazette/2017/1/")
    assert [words_of(one) for one in page.select(".contents h3")] == ["部门文件", "统计数据"]
    assert page.select("a[href='/gazette/2017/1/2/']")
    for digest in (issue.pdf_sha256, issue.epub_sha256, issue.html_sha256):
        assert digest in page.text
    assert page.select(f"a[href='/journal/?line={issue.line_id}#line-{issue.line_id}']")


@pytest.mark.parametrize(
    ("kind", "media_type"), [("pdf", "application/pdf"), ("epub", "application/epub+zip")]
)
def test_a_file_is_the_bytes_whose_hash_is_told(
    issue: Issue, client: Client, kind: str, media_type: str
) -> None:
    address = f"/gazette/2017/1.{kind}"
    answer = client.get(address)
    body = b"".join(answer)  # type: ignore[arg-type]
    digest = hashlib.sha256(body).hexdigest()
    assert digest == getattr(issue, f"{kind}_sha256")
    assert answer["Content-Type"] == media_type
    assert answer["ETag"] == f'"{digest}"'
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_web_edition_may_load_nothing(issue: Issue, client: Client) -> None:
    answer = client.get("/gazette/2017/1.html")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]
    assert answer.getvalue().startswith(b"<!DOCTYPE html>")


def test_the_entry_keeps_the_standard_text_and_the_document_leads_to_it(
    issue: Issue, document: Document, see: See
) -> None:
    revise(document, on="2017-08-01", body="后来改过的正文。")
    page = see("/gazette/2017/1/1/")
    assert "公报刊登的正文。" in words_of(page.select_one("article"))
    assert page.select_one("article h1").text == "关于<预算>公开的通知"
    assert "后来改过" not in page.text
    first = see(f"/documents/{document.index_no}/v/1/")
    assert first.select("a[href='/gazette/2017/1/1/']")
    assert not see(f"/documents/{document.index_no}/v/2/").select("a[href='/gazette/2017/1/1/']")


@pytest.mark.parametrize(
    "address", ["/gazette/2017/9/", "/gazette/2017/1/3/", "/gazette/2016/", "/gazette/2017/9.pdf"]
)
def test_what_is_not_there_is_told(issue: Issue, see: See, address: str) -> None:
    assert "请" in words_of(see(address, status=404))


def test_a_scanned_page_is_hidden_until_it_is_online(db: None, see: See, client: Client) -> None:
    scan = make_scan("今年预箅<收入>", doubtful=((3, 4),))
    see("/gazette/2003/5/", status=404)
    see("/gazette/2003/5/p1.jpg", status=404)
    scans.put_online(by=None, now=at("2017-09-02"), issue=scan)
    assert see("/gazette/2003/5/").select("a[href='/gazette/2003/5/p1/']")
    page = see("/gazette/2003/5/p1/")
    assert [mark.text for mark in page.select("mark.doubt")] == ["箅"]
    assert "今年预箅<收入>" in words_of(page.select_one(".read"))
    image = client.get("/gazette/2003/5/p1.jpg")
    assert image["Content-Type"] == "image/jpeg"
    assert image.getvalue().startswith(b"\xff\xd8")
    scans.correct(by=None, now=at("2017-09-03"), page=scan.pages.get(), text="今年预算<收入>")
    page = see("/gazette/2003/5/p1/")
    assert not page.select("mark.doubt")
    assert "人工校对 1 次" in words_of(page)


def test_the_search_finds_titles_and_the_text_of_historic_issues(issue: Issue, see: See) -> None:
    scans.put_online(by=None, now=at("2017-09-02"), issue=make_scan("关于预算的旧通知", "别的事"))
    page = see("/gazette/?q=预算")
    assert page.select("a[href='/gazette/2017/1/1/']")
    assert [link["href"] for link in page.select("a[href^='/gazette/2003/']")] == ["/gazette/2003/5/p1/"]
    assert page.select_one("main mark").text == "预算"
    assert "没有找到" in words_of(see("/gazette/?q=没有的词"))


def test_more_texts_and_pages_need_no_more_queries(issue: Issue, client: Client) -> None:
    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    scans.put_online(by=None, now=at("2017-09-02"), issue=make_scan(*(f"第{n}页" for n in range(7))))
    assert count("/gazette/") <= 8
    assert count("/gazette/2017/1/") <= 8
    assert count("/gazette/2017/1/1/") <= 8
    assert count("/gazette/2003/5/") <= 8
    assert count("/gazette/2003/5/p3/") <= 9
