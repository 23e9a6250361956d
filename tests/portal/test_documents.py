import hashlib
import json
from collections.abc import Callable

from django.test import Client

from tests.factories import publish
from tests.portal.conftest import City, words_of
from yangguang.journal.models import Line


def test_the_list_gives_the_newest_first_and_can_be_filtered(city: City, see: Callable) -> None:
    titles = [a.text for a in see("/documents/").select("a.title")]
    assert titles[0] == "降费政策文件"
    assert len(titles) == 5
    assert [a.text for a in see("/documents/?unit=futian").select("a.title")] == ["福田区措施"]
    assert len(see("/documents/?form=document").select("a.title")) == 2
    assert "请放宽条件" in words_of(see("/documents/?form=meeting"))


def test_long_lists_have_pages(city: City, see: Callable) -> None:
    for number in range(20):
        publish(f"文件{number}", on="2017-11-20")
    assert len(see("/documents/").select("a.title")) == 20
    older = see("/documents/").select_one("a[rel=next]")["href"]
    page = see(f"/documents/{older}")
    assert len(page.select("a.title")) == 5
    assert not page.select("a[rel=next]")
    newer = see(f"/documents/{page.select_one('a[rel=prev]')['href']}")
    assert [a.text for a in newer.select("a.title")] == [a.text for a in see("/documents/").select("a.title")]


def test_a_document_shows_its_newest_edition_with_its_table(city: City, see: Callable) -> None:
    page = see(f"/documents/{city.july.index_no}/")
    assert "更正后的正文。" in words_of(page.select("article")[0])
    assert [words_of(c) for c in page.select("article td")] == ["收入", "10"]
    editions = [words_of(li) for li in page.select(".editions li")]
    assert editions == ["第 2 版 2017-10-20 10:00更正合计数", "第 1 版 2017-08-10 10:00"]


def test_the_margin_holds_dates_state_and_proof(city: City, see: Callable) -> None:
    page = see(f"/documents/{city.august.index_no}/")
    rows = page.select(".margin dl div")
    facts = {words_of(row.select("dt")[0]): words_of(row.select("dd")[0]) for row in rows}
    line = Line.objects.get(body__contains=city.august.index_no)
    assert facts["状态"] == "有效"
    assert facts["索引号"] == city.august.index_no
    assert facts["上网时间"] == "2017-10-16 10:00"
    assert facts["所属期"] == "2017-08"
    assert facts["公开日志"] == f"第 {line.seq} 行{line.digest}"
    assert "预算收支情况" in words_of(page.select(".served")[0])


def test_each_edition_keeps_its_address_and_says_that_a_newer_one_exists(city: City, see: Callable) -> None:
    page = see(f"/documents/{city.july.index_no}/v/1/")
    assert "示例正文。" in words_of(page.select("article")[0])
    assert "这是第 1 版，不是最新的" in words_of(page.select(".banner")[0])
    assert "没有第 3 版" in words_of(see(f"/documents/{city.july.index_no}/v/3/", 404))


def test_the_text_of_an_edition_has_the_hash_that_stands_in_the_journal(city: City, client: Client) -> None:
    for number in (1, 2):
        content = client.get(f"/documents/{city.july.index_no}/v/{number}/text").content
        line = city.july.editions.get(number=number).line
        assert json.loads(line.body)["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_withdrawn_document_keeps_its_page_with_the_reason(city: City, see: Callable) -> None:
    page = see(f"/documents/{city.prices.index_no}/")
    assert "已撤回 数字有误，核实后另发" in words_of(page.select(".banner")[0])
    assert "2017-11-10 10:00" in words_of(page.select(".banner")[0])
    assert page.select("article.withdrawn")


def test_a_past_day_shows_what_stood_then(city: City, see: Callable) -> None:
    old = see(f"/documents/{city.july.index_no}/?on=2017-10-01")
    assert "示例正文。" in words_of(old.select("article")[0])
    assert not see(f"/documents/{city.prices.index_no}/?on=2017-11-09").select("article.withdrawn")
    told = words_of(see(f"/documents/{city.july.index_no}/?on=2017-08-01", 404))
    assert "2017-08-01 那天，这份文件还不在网上：它在 2017-08-10 10:00 首次发布" in told


def test_an_unpublished_working_copy_is_never_shown(city: City, see: Callable) -> None:
    city.august.title, city.august.body = "草稿标题", "草稿正文"
    city.august.save()
    assert "草稿" not in words_of(see(f"/documents/{city.august.index_no}/"))
    assert "草稿" not in words_of(see("/documents/"))


def test_an_unknown_document_says_where_to_look(city: City, see: Callable) -> None:
    assert "没有索引号为 none-1 的文件" in words_of(see("/documents/none-1/", 404))
