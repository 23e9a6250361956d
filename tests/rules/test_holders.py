"""Groups, members and reorganisations: who owes on which day."""

import datetime as dt

import pytest

from yangguang.rules.holders import Member, Register, Succeeds

MARCH, APRIL, MAY = dt.date(2019, 3, 1), dt.date(2019, 4, 1), dt.date(2019, 5, 1)
DISTRICTS = Register(
    members=(
        Member("各区", "福田区"),
        Member("各区", "罗湖区", since=APRIL),
        Member("各区", "旧区", until=APRIL),
    )
)


@pytest.mark.parametrize(
    ("day", "holders"),
    [(MARCH, {"福田区", "旧区"}), (APRIL, {"福田区", "罗湖区"}), (MAY, {"福田区", "罗湖区"})],
)
def test_a_group_stands_for_its_members_of_the_day(day: dt.date, holders: set[str]) -> None:
    assert DISTRICTS.seating(("各区",)).holders(day).keys() == holders


def test_a_group_without_members_holds_its_duty_itself() -> None:
    assert set(Register().seating(("各部门",)).holders(MARCH)) == {"各部门"}


def test_the_successor_owes_from_its_day() -> None:
    register = Register(successions=(Succeeds("人居委", "生态局", APRIL), Succeeds("生态局", "绿局", MAY)))
    seating = register.seating(("人居委",))
    days = (MARCH, APRIL, MAY)
    assert [list(seating.holders(day)) for day in days] == [["人居委"], ["生态局"], ["绿局"]]
    assert register.lineage("生态局") == {"人居委", "生态局", "绿局"}


def test_a_divided_unit_leaves_its_duty_to_both_and_one_does_not_count_for_the_other() -> None:
    register = Register(successions=(Succeeds("甲", "乙", APRIL), Succeeds("甲", "丙", APRIL)))
    assert set(register.seating(("甲",)).holders(APRIL)) == {"乙", "丙"}
    assert register.lineage("乙") == {"甲", "乙"}


def test_a_merged_unit_owes_once_for_both_seats() -> None:
    register = Register(successions=(Succeeds("甲", "丙", APRIL), Succeeds("乙", "丙", APRIL)))
    seating = register.seating(("甲", "乙", "丁"))
    assert seating.holders(APRIL) == {"丙": ("甲", "乙"), "丁": ("丁",)}
    assert {frozenset(pool) for pool in seating.pools()} == {frozenset("甲乙"), frozenset("丁")}


def test_a_circle_in_the_records_comes_to_an_end() -> None:
    register = Register(successions=(Succeeds("甲", "乙", MARCH), Succeeds("乙", "甲", APRIL)))
    assert register.heirs("甲", MAY) != ()
    assert register.lineage("甲") == {"甲", "乙"}


def test_an_alias_is_the_unit_and_an_unknown_name_is_itself() -> None:
    register = Register(names={"市发改委": "市发展改革委", "市发展改革委": "市发展改革委"})
    assert register.named("市发改委") == "市发展改革委"
    assert register.named("无此单位") == "无此单位"


def test_only_the_seats_near_a_unit_bear_on_it() -> None:
    register = Register(
        members=(Member("各部门", "甲"), Member("各部门", "乙")), successions=(Succeeds("甲", "丙", APRIL),)
    )
    assert register.seating(("各部门",)).of("丙").seats.keys() == {"甲"}
