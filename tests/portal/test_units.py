import datetime as dt
from collections.abc import Callable

from tests.factories import make_unit
from tests.portal.conftest import City, words_of
from yangguang.directory.models import Succession, Unit
from yangguang.ledger import queries as ledger


def test_units_are_ranked_among_their_kind_with_points_and_a_bar(city: City, see: Callable) -> None:
    page = see("/units/")
    assert [words_of(c) for c in page.select("table caption")] == ["部门", "区"]
    rows = {words_of(r.select("th")[0]): r for r in page.select("tbody tr")}
    finance = Unit.objects.get(slug="caizhengwei")
    score = ledger.score(ledger.standings(as_of=dt.date(2017, 11, 30), unit=finance))
    assert words_of(rows["市财政委"].select(".points")[0]) == str(score.points)
    assert rows["福田区"].select("svg.bar rect.late")


def test_a_unit_shows_how_its_score_is_made(city: City, see: Callable) -> None:
    score = words_of(see("/units/caizhengwei/").select(".score")[0])
    found = ledger.score(
        ledger.standings(as_of=dt.date(2017, 11, 30), unit=Unit.objects.get(slug="caizhengwei"))
    )
    assert f"{found.points}分" in score
    assert f"（按时 {found.on_time} + 迟和不全 {found.half} × ½）÷ 到期 {found.judged} × 100" in score


def test_a_unit_lists_what_is_missing_what_comes_next_and_what_it_published(
    city: City, see: Callable
) -> None:
    page = see("/units/caizhengwei/")
    sections = {words_of(h): h.parent for h in page.select("section h2")}
    missing = next(section for name, section in sections.items() if name.startswith("到期还没有公开"))
    assert "2017年9月" in words_of(missing)
    assert "2017年8月" in words_of(missing)  # under “late”
    coming = next(section for name, section in sections.items() if name.startswith("接下来"))
    assert "2017-11-30" in words_of(coming)
    assert "2017年8月全市一般公共预算收支情况" in words_of(sections["公开了什么"])


def test_a_unit_without_duties_has_no_score_and_says_so(city: City, see: Callable) -> None:
    make_unit("市气象局", "qixiangju")
    page = see("/units/qixiangju/")
    assert "还没有到期的事项，不计分。" in words_of(page)
    assert "方案没有给这个单位分出公开事项。" in words_of(page)


def test_a_reorganisation_is_told_from_its_day_on(city: City, see: Callable) -> None:
    successor = make_unit("市财政局", "caizhengju")
    Succession.objects.create(
        predecessor=Unit.objects.get(slug="caizhengwei"), successor=successor, on=dt.date(2017, 11, 1)
    )
    assert "2017-11-01 起，职责转到 市财政局（依据未核实）" in words_of(see("/units/caizhengwei/"))
    assert "职责转到" not in words_of(see("/units/caizhengwei/?on=2017-10-31"))


def test_a_group_names_its_members(city: City, see: Callable) -> None:
    assert "福田区、罗湖区" in words_of(see("/units/gequ/"))


def test_an_unknown_unit_says_where_to_look(city: City, see: Callable) -> None:
    assert "请在单位列表里找" in words_of(see("/units/nobody/", 404))
