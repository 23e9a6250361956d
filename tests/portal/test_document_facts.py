"""What a reader learns of a document: its facts, standing in law, editions side by side, files and JSON."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.test import Client

from tests.factories import at, make_unit, mark, publish, revise
from tests.portal.conftest import words_of
from yangguang.publishing.actions import cleanups
from yangguang.publishing.attachments import Attachment
from yangguang.publishing.models import Document
from yangguang.rules.cleanup_list import ListedDocument
from yangguang.warehouse import store

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule() -> Document:
    content = "示例附件".encode()
    document = publish(
        "关于绿化的办法",
        on="2017-07-03",
        form="document",
        number="深府〔2017〕1号",
        topic="城乡建设、环境保护",
        issuers=["市财政委", "市统计局"],
        basis="条例第二十条第一项",
        made_on=dt.date(2017, 6, 30),
        proclaimed_on=dt.date(2017, 7, 1),
        released_on=dt.date(2017, 7, 1),
        effective_on=dt.date(2017, 8, 1),
        expires_on=dt.date(2017, 11, 15),
        body="第一段。\n\n办理时限为10日。\n\n事项\t期限\n甲\t5日",
        attachments=[Attachment("附表.txt", "text/plain", len(content), store.put(content))],
    )
    document.expires_on = dt.date(2017, 12, 31)
    return revise(
        document, on="2017-09-01", note="缩短时限", body="第一段。\n\n办理时限为8日。\n\n事项\t期限\n甲\t3日"
    )


def test_all_six_dates_and_the_directory_fields_are_told(rule: Document, see: Callable) -> None:
    rows = see(f"/documents/{rule.index_no}/").select(".margin dl div")
    facts = {words_of(row.select("dt")[0]): words_of(row.select("dd")[0]) for row in rows}
    dates = ("成文日期", "公布日期", "发布日期", "施行日期", "有效期至", "上网时间")
    assert [facts[name] for name in dates] == [
        "2017-06-30",
        "2017-07-01",
        "2017-07-01",
        "2017-08-01",
        "2017-12-31",
        "2017-09-01 10:00",
    ]
    assert (facts["发文机关"], facts["主题分类"]) == ("市财政委、市统计局", "城乡建设、环境保护")
    assert facts["公开属性"] == "主动公开 条例第二十条第一项"


def test_an_abolished_document_says_why_since_when_and_what_follows_it(rule: Document, see: Callable) -> None:
    new = publish("关于绿化的新办法", on="2017-10-09", form="document")
    act = mark(rule, "replace", on="2017-10-10", successor=new, source_title="清理通知")
    page = see(f"/documents/{rule.index_no}/")
    banner = words_of(page.select_one(".banner"))
    assert "废止 自 2017-10-10 起。已有新规定" in banner
    assert "依据：清理通知" in banner
    assert page.select_one(".banner a")["href"] == new.get_absolute_url()
    assert f"日志第 {act.line_id} 行" in banner
    assert "办理时限为8日。" in words_of(page.select_one("article"))
    assert "本文件替代了 关于绿化的办法" in words_of(see(new.get_absolute_url()).select_one(".history"))
    assert not see(f"/documents/{rule.index_no}/?at=2017-10-09").select(".banner strong")


def test_a_term_that_is_over_is_told_without_any_act(rule: Document, see: Callable) -> None:
    banner = words_of(see(f"/documents/{rule.index_no}/?at=2018-01-01").select(".banner")[1])
    assert "失效 自 2018-01-01 起。有效期至 2017-12-31，已经届满。" in banner


def test_at_a_day_the_edition_of_that_day_stands(rule: Document, see: Callable) -> None:
    page = see(f"/documents/{rule.index_no}/?at=2017-08-31")
    assert "办理时限为10日。" in words_of(page.select_one("article"))
    assert "2017-08-31 那天，公众看到的是第 1 版。" in words_of(page)
    assert "还不在网上" in words_of(see(f"/documents/{rule.index_no}/?at=2017-07-02", 404))
    assert "认不出来" in words_of(see(f"/documents/{rule.index_no}/?at=昨天", 400))


def test_two_editions_stand_side_by_side(rule: Document, see: Callable) -> None:
    page = see(f"/documents/{rule.index_no}/compare/1..2/")
    assert [mark.text for mark in page.select(".sides del")] == ["10", "5"]
    assert [mark.text for mark in page.select(".sides ins")] == ["8", "3"]
    facts = [words_of(cell) for cell in page.select("table.data tbody tr > *")]
    assert facts == ["有效期至", "2017-11-15", "2017-12-31"]
    assert "一个字也没有不同" in words_of(see(f"/documents/{rule.index_no}/compare/2..2/"))
    see(f"/documents/{rule.index_no}/compare/1..3/", 404)


def test_the_form_leads_to_the_comparison(rule: Document, client: Client) -> None:
    address = f"/documents/{rule.index_no}/compare/"
    assert client.get(f"{address}?old=2&new=1").headers["Location"] == f"{address}2..1/"
    assert client.get(f"{address}?old=x").headers["Location"] == f"{address}1..2/"


def test_the_json_holds_all_facts_editions_and_acts(rule: Document, client: Client) -> None:
    act = mark(rule, "amend", on="2017-10-10", successor_title="修改决定")
    told = client.get(f"/documents/{rule.index_no}.json").json()
    assert told["status"] == {
        "code": "amended",
        "word": "已修改",
        "since": "2017-10-10",
        "reason": "已有新规定",
        "journal_seq": act.line_id,
    }
    assert [one["number"] for one in told["editions"]] == [1, 2]
    assert told["edition"]["expires_on"] == "2017-12-31"
    assert told["history"][0]["successor_title"] == "修改决定"
    first = client.get(f"/documents/{rule.index_no}/v/1.json").json()
    assert first["edition"]["body"].startswith("第一段。")
    assert first["edition"]["attachments"][0]["sha256"] == rule.files[0].sha256
    assert client.get(f"/documents/{rule.index_no}.json?at=2017-07-01").status_code == 404


def test_a_file_comes_as_a_download_and_never_as_a_page(rule: Document, client: Client) -> None:
    page = client.get(f"/documents/{rule.index_no}/v/1/").content.decode()
    assert "附表.txt" in page
    response = client.get(f"/documents/{rule.index_no}/v/1/files/附表.txt")
    assert b"".join(response.streaming_content).decode() == "示例附件"  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert client.get(f"/documents/{rule.index_no}/v/1/files/没有.txt").status_code == 404


def test_the_directory_filters_by_topic_status_and_year(rule: Document, see: Callable) -> None:
    abolished = publish("旧办法", on="2017-09-05", form="document", topic="财政、金融、审计")
    mark(abolished, "abolish", on="2017-09-06")

    def titles(query: str) -> list[str]:
        return [a.text for a in see(f"/documents/?{query}").select("a.title")]

    assert titles("topic=财政、金融、审计") == ["旧办法"]
    assert titles("status=abolished") == ["旧办法"]
    assert titles("status=in_force") == ["关于绿化的办法"]
    assert len(titles("year=2017")) == 2
    assert titles("year=2016") == []
    assert titles("unit=没有的单位") == []
    assert "废止" in words_of(see("/documents/").select_one("tbody .stamp"))


def test_pages_of_the_directory_part_the_whole_list(see: Callable, client: Client) -> None:
    for number in range(45):
        publish(f"文件{number}", on="2017-09-05")
    shown: list[str] = []
    address = "/documents/"
    while True:
        page = see(address)
        shown += [a.text for a in page.select("a.title")]
        following = page.select_one("a[rel=next]")
        if following is None:
            break
        address = f"/documents/{following['href']}"
    assert shown == [f"文件{number}" for number in reversed(range(45))]
    assert all(int(a[2:]) > int(b[2:]) for a, b in pairwise(shown))


def test_who_is_late_with_marking_is_public(see: Callable) -> None:
    assert "还没有清理结果" in words_of(see("/cleanups/"))
    portal, unit = make_unit("市政府办公厅", "bangongting"), make_unit("市财政委")
    publish("甲办法", on="2017-03-01", unit=unit)
    publish("乙办法", on="2017-03-01", unit=portal)
    cleanup = cleanups.receive(
        by=None,
        now=at("2017-09-20"),
        unit=unit,
        title="清理通知",
        decided_on=dt.date(2017, 9, 19),
        listed=[
            ListedDocument(1, "甲办法", "", "abolish"),
            ListedDocument(2, "乙办法", "", "abolish"),
            ListedDocument(3, "丙办法", "", "abolish"),
        ],
        sha256="0" * 64,
        is_sample=True,
    )
    cleanups.confirm_exact(by=None, cleanup=cleanup)
    tree = see("/cleanups/?on=2017-10-13")
    tally = [words_of(cell) for cell in tree.select("table.marking tbody tr > *")]
    assert tally == ["市财政委", "2", "0", "0", "0"]
    page = words_of(tree)
    assert "本单位文件：自行标注 · 期限 2017-10-09 · 迟 4 个工作日" in page
    listed = words_of(see(f"/cleanups/{cleanup.pk}/?on=2017-10-13"))
    assert "门户文件：提请标注 · 期限 2017-10-09" in listed
    assert "1 份没有在本站找到" in listed
    see("/cleanups/99/", 404)
