import hashlib
from collections.abc import Callable

from django.test import Client

from tests.portal.conftest import BUDGET, DISTRICTS, FEES, PRICES, City, words_of
from yangguang.journal.models import Line


def test_the_phrase_is_marked_in_the_sentence_of_the_plan(city: City, see: Callable) -> None:
    sentence = see(BUDGET).select(".sentence blockquote")[0]
    assert [m.text for m in sentence.select("mark")] == ["按月公开全市一般公共预算收支情况"]
    assert words_of(sentence) == "按月公开全市一般公共预算收支情况，主动解释说明。"


def test_each_period_is_a_cell_with_its_verdict_in_words(city: City, see: Callable) -> None:
    cells = [words_of(cell) for cell in see(BUDGET).select(".strip .cell")]
    assert len(cells) == 7
    assert cells[1] == "7月按时"
    assert cells[2] == "8月迟 6 个工作日"
    assert cells[4] == "10月未到期"


def test_a_period_opens_its_evidence_with_journal_line_hash_and_document(city: City, see: Callable) -> None:
    page = see(f"{BUDGET}?period=2017-08&unit=caizhengwei")
    line = Line.objects.get(body__contains="2017年8月全市")
    evidence = page.select(".evidence")[0]
    assert evidence.select("code.hash")[0].text == line.digest
    assert hashlib.sha256(f"{line.previous}\n{line.body}".encode()).hexdigest() == line.digest
    assert f"日志第 {line.seq} 行" in words_of(evidence)
    assert evidence.select("a.title")[0].get("href") == f"/documents/{city.august.index_no}/v/1/"
    assert "据此认定" in words_of(evidence)
    assert "2017-10-16 公开" in words_of(page.select(".reason")[0])


def test_without_a_wish_the_newest_missing_period_is_open(city: City, see: Callable) -> None:
    page = see(BUDGET)
    assert "2017年9月" in words_of(page.select("#period-name")[0])
    assert "没有与规则相符的一行" in words_of(page.select(".period .empty")[0])


def test_a_shared_duty_shows_each_unit(city: City, see: Callable) -> None:
    tiles = [words_of(tile) for tile in see(DISTRICTS).select(".tile")]
    assert len(tiles) == 2
    assert tiles[0].startswith("福田区迟")
    assert tiles[1].startswith("罗湖区未公开")


def test_a_daily_duty_is_drawn_as_months_with_a_cell_a_day(city: City, see: Callable) -> None:
    page = see(PRICES)
    sheets = {words_of(s.select("h3")[0]): len(s.select("a.cell")) for s in page.select(".sheet")}
    assert sheets["2017年9月"] == 30
    assert sheets["2017年6月"] == 12


def test_events_are_listed_by_what_happened(city: City, see: Callable) -> None:
    assert "降费政策文件" in words_of(see(FEES).select(".events")[0])


def test_the_rule_stands_in_words_and_as_data(city: City, see: Callable) -> None:
    page = see(BUDGET)
    assert "标题或者主题词里含有 “一般公共预算”“收支”" in words_of(page)
    assert '"words"' in page.select("details pre")[0].get_text()


def test_what_the_plan_says_is_text_and_never_markup(city: City, client: Client) -> None:
    content = client.get(PRICES).content.decode()
    assert "每日公开&lt;价格&gt; &amp; 数据" in content
    assert "<价格>" not in content


def test_htmx_gets_the_periods_alone(city: City, client: Client) -> None:
    response = client.get(f"{BUDGET}?period=2017-08&unit=caizhengwei", headers={"HX-Request": "true"})
    assert response.content.strip().startswith(b'<div id="periods"')


def test_an_unknown_duty_or_period_says_so(city: City, see: Callable) -> None:
    assert "没有编号为 example-2017-9.9 的公开事项" in words_of(see("/obligations/example-2017-9.9/", 404))
    assert "这一事项没有这一期" in words_of(see(f"{BUDGET}?period=1999-01", 404))
    assert "没有名为 other 的分工方案" in words_of(see("/obligations/other-1.1/", 404))
