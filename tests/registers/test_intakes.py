"""From a file to a public version: read, checked, reviewed by others, published whole or not at all."""

import json
from typing import Any

import pytest

from tests.factories import at, make_person, make_unit
from tests.registers.intake.test_reading import HEADING, ROWS, book
from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Role
from yangguang.journal.models import Line
from yangguang.registers.actions import intakes, registers, review, takedowns
from yangguang.registers.actions.versions import Overtaken
from yangguang.registers.intake import Unreadable
from yangguang.registers.intake.reading import Choices
from yangguang.registers.models import Intake, Register, Version
from yangguang.registers.queries.intakes import steps
from yangguang.rules.four_eyes import Step
from yangguang.rules.tables.query import TableQuery
from yangguang.warehouse.tables.reading import page
from yangguang.warehouse.tables.stored import Stored

pytestmark = pytest.mark.django_db
ELEVEN = [["2017-08", f"水库{number}", "Ⅱ类", 100] for number in range(1, 4)]


@pytest.fixture
def people(water: Register) -> dict[str, Person]:
    unit = make_unit("市人居环境委")
    return {
        role: make_person(unit=unit, role=role)
        for role in (Role.EDITOR, Role.REVIEWER, Role.SECRECY_OFFICER, Role.SIGNER)
    }


def received(water: Register, by: Person | None, *rows: list[Any], **values: Any) -> Intake:
    data = book(HEADING, *(rows or ELEVEN))
    given = {"name": "八月.xlsx", "period": "2017-08", "now": at("2017-09-04"), **values}
    return intakes.receive(by=by, register=water, data=data, **given)


def test_a_checked_file_goes_online_after_three_other_eyes(
    water: Register, people: dict[str, Person]
) -> None:
    taken = received(water, people[Role.EDITOR], note="首次")
    assert intakes.check(by=None, now=at("2017-09-04"), taken=taken).passed
    review.submit(by=people[Role.EDITOR], now=at("2017-09-04 11:00"), taken=taken)
    review.approve(by=people[Role.REVIEWER], now=at("2017-09-04 14:00"), taken=taken, step=Step.UNIT)
    review.approve(
        by=people[Role.SECRECY_OFFICER], now=at("2017-09-04 15:00"), taken=taken, step=Step.SECRECY
    )
    assert not Version.objects.exists()
    version = review.approve(by=people[Role.SIGNER], now=at("2017-09-04 16:00"), taken=taken, step=Step.SIGN)
    assert version is not None
    told = json.loads(version.line.body)
    assert told["counted"] == {"field": "source", "count": 3, "wanted": 3, "unit": "座"}
    assert [step["step"] for step in told["review"]["steps"]] == ["unit", "secrecy", "sign"]
    rows = page(Stored.public(version.served, version.described), TableQuery(columns=("source", "rate"))).rows
    assert sorted(rows) == [("水库1", 100.0), ("水库2", 100.0), ("水库3", 100.0)]


def test_nobody_approves_their_own_and_no_role_stands_above(
    water: Register, people: dict[str, Person]
) -> None:
    office = make_person(role=Role.GENERAL_OFFICE)
    taken = received(water, office)
    intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    review.submit(by=office, now=at("2017-09-04 11:00"), taken=taken)
    with pytest.raises(Forbidden, match="自己"):
        review.approve(by=office, now=at("2017-09-04 12:00"), taken=taken, step=Step.UNIT)
    with pytest.raises(Forbidden, match="单位审核"):
        review.approve(by=people[Role.EDITOR], now=at("2017-09-04 12:00"), taken=taken, step=Step.UNIT)
    with pytest.raises(Forbidden, match="现在轮到单位审核"):
        review.approve(by=people[Role.SIGNER], now=at("2017-09-04 12:00"), taken=taken, step=Step.SIGN)


def test_what_did_not_pass_goes_nowhere(water: Register, people: dict[str, Person]) -> None:
    taken = received(water, people[Role.EDITOR], ["2017-08", "甲", "优", 100])
    report = intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    assert not report.passed
    taken.refresh_from_db()
    assert taken.report["problem_count"] == 1
    assert taken.report["problems"][0]["column"] == "C"
    assert not taken.staged
    with pytest.raises(ValueError, match="没有通过检查"):
        review.submit(by=people[Role.EDITOR], now=at("2017-09-04 11:00"), taken=taken)
    assert not Line.objects.exists()


def test_a_returned_file_is_sent_again_and_starts_anew(water: Register, people: dict[str, Person]) -> None:
    taken = received(water, people[Role.EDITOR])
    intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    review.submit(by=people[Role.EDITOR], now=at("2017-09-04 11:00"), taken=taken)
    review.approve(by=people[Role.REVIEWER], now=at("2017-09-04 12:00"), taken=taken, step=Step.UNIT)
    with pytest.raises(ValueError, match="理由必填"):
        review.send_back(by=people[Role.SECRECY_OFFICER], now=at("2017-09-04 13:00"), taken=taken, reason=" ")
    review.send_back(by=people[Role.SECRECY_OFFICER], now=at("2017-09-04 13:00"), taken=taken, reason="核数")
    taken.refresh_from_db()
    assert taken.sent_at is None
    assert steps(taken) == {}
    review.submit(by=people[Role.EDITOR], now=at("2017-09-04 14:00"), taken=taken)
    review.recall(by=people[Role.EDITOR], now=at("2017-09-04 14:30"), taken=taken)


def test_whoever_is_overtaken_checks_again_on_the_newest_version(
    water: Register, people: dict[str, Person]
) -> None:
    office = make_person(role=Role.GENERAL_OFFICE)
    slow, quick = received(water, people[Role.EDITOR]), received(water, people[Role.EDITOR])
    for taken in (slow, quick):
        intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    review.force(by=office, now=at("2017-09-04 12:00"), taken=quick, reason="急")
    with pytest.raises(Overtaken, match="重新检查"):
        review.force(by=office, now=at("2017-09-04 13:00"), taken=slow, reason="急")
    intakes.check(by=None, now=at("2017-09-04"), taken=slow)
    version = review.force(by=office, now=at("2017-09-04 14:00"), taken=slow, reason="急")
    assert version.number == 2
    assert json.loads(version.line.body)["review"] == {"forced": "急"}


def test_only_the_general_office_goes_without_review(water: Register, people: dict[str, Person]) -> None:
    taken = received(water, people[Role.EDITOR])
    intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    with pytest.raises(Forbidden, match="政府办公厅"):
        review.force(by=people[Role.EDITOR], now=at("2017-09-04 12:00"), taken=taken, reason="急")


def test_what_was_confirmed_is_remembered_for_the_next_file(
    water: Register, people: dict[str, Person]
) -> None:
    heading = ["时间", "名字", "水质类别", "比例"]
    data = book(heading, *ELEVEN)
    first = intakes.receive(
        by=None, now=at("2017-09-04"), register=water, name="a.xlsx", data=data, period="2017-08"
    )
    proposed = intakes.proposal(first)
    assert not proposed.sure
    choices = Choices("八月", 0, 0, ("month", "source", "grade", "rate"), {})
    first = intakes.choose(by=None, now=at("2017-09-04"), taken=first, choices=choices)
    assert intakes.check(by=None, now=at("2017-09-04"), taken=first).passed
    again = intakes.receive(
        by=None, now=at("2017-10-04"), register=water, name="b.xlsx", data=data, period="2017-08"
    )
    assert again.choices["columns"] == ["month", "source", "grade", "rate"]
    with pytest.raises(ValueError, match="两列都对应"):
        intakes.choose(
            by=None,
            now=at("2017-09-04"),
            taken=again,
            choices=Choices("八月", 0, 0, ("month", "month", "grade", "rate"), {}),
        )


@pytest.mark.parametrize(("period", "told"), [("", "所属期必填"), ("八月", "不是所属期")])
def test_a_register_kept_by_period_wants_one(water: Register, period: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        received(water, None, period=period)


def test_a_file_that_is_none_leaves_nothing(water: Register) -> None:
    with pytest.raises(Unreadable):
        intakes.receive(
            by=None, now=at("2017-09-04"), register=water, name="a.xlsx", data=b"PK", period="2017-08"
        )
    assert not Intake.objects.exists()


def test_a_stranger_brings_nothing_in(water: Register) -> None:
    with pytest.raises(Forbidden):
        received(water, make_person(unit=make_unit("市财政委")))


def test_rows_of_one_period_replace_each_other_and_others_stay(water: Register) -> None:
    for period, rows in (("2017-07", ROWS), ("2017-08", ELEVEN), ("2017-08", ROWS)):
        own = [[period, *row[1:]] for row in rows]
        taken = received(water, None, *own, period=period)
        assert intakes.check(by=None, now=at("2017-09-04"), taken=taken).passed
        review.publish_unreviewed(now=at("2017-10-04"), taken=taken)
    last = water.versions.get(number=3)
    found = page(Stored.public(last.served, last.described), TableQuery(columns=("month", "source"))).rows
    assert sorted(found) == [
        ("2017-07", "乙水库"),
        ("2017-07", "甲水库"),
        ("2017-08", "乙水库"),
        ("2017-08", "甲水库"),
    ]


def test_a_row_that_the_law_took_off_comes_again_with_a_reason_only(
    water: Register, people: dict[str, Person]
) -> None:
    first = received(water, None)
    intakes.check(by=None, now=at("2017-09-04"), taken=first)
    review.publish_unreviewed(now=at("2017-09-04"), taken=first)
    takedowns.take_off(
        by=None,
        now=at("2017-09-06"),
        register=water,
        key={"month": "2017-08", "source": "水库2"},
        reason="原决定被撤销",
        ground="行政处罚法第四十八条",
    )
    again = received(water, people[Role.EDITOR])
    report = intakes.check(by=None, now=at("2017-09-04"), taken=again)
    assert [(one.column, one.value) for one in report.warnings] == [("月份、水源名称", "2017-08，水库2")]
    with pytest.raises(ValueError, match="1 处"):
        review.submit(by=people[Role.EDITOR], now=at("2017-09-07"), taken=again)
    sent = review.submit(by=people[Role.EDITOR], now=at("2017-09-07"), taken=again, reason="已重新作出决定")
    assert sent.sent_at is not None


def test_who_was_overtaken_cannot_even_send(water: Register, people: dict[str, Person]) -> None:
    slow, quick = received(water, people[Role.EDITOR]), received(water, None)
    for taken in (slow, quick):
        intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    review.publish_unreviewed(now=at("2017-09-04 12:00"), taken=quick)
    with pytest.raises(Overtaken, match="又发布了第 1 版"):
        review.submit(by=people[Role.EDITOR], now=at("2017-09-04 13:00"), taken=slow)


def test_a_unit_stated_by_the_heading_goes_with_the_field_that_is_chosen(water_json: dict[str, Any]) -> None:
    water_json["schema"]["fields"][3] |= {"title": "投资额", "unit": "万元"}
    make_unit("市人居环境委")
    register = registers.establish(by=None, now=at("2017-07-01"), descriptor=water_json)
    data = book(["月份", "水源名称", "水质类别", "当月花费（亿元）"], ["2017-08", "甲", "Ⅱ类", 2])
    taken = intakes.receive(
        by=None, now=at("2017-09-04"), register=register, name="a.xlsx", data=data, period="2017-08"
    )
    assert taken.choices["columns"][3] == ""
    choices = Choices("八月", 0, 0, ("month", "source", "grade", "rate"), {})
    taken = intakes.choose(by=None, now=at("2017-09-04"), taken=taken, choices=choices)
    assert taken.choices["units"] == {"rate": "亿元"}
    report = intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    assert report.rows[0][3] == 20000


@pytest.mark.parametrize("verb", ["check", "choose", "give_up"])
def test_a_stranger_does_nothing_with_a_file(water: Register, people: dict[str, Person], verb: str) -> None:
    taken = received(water, people[Role.EDITOR])
    more = {"choices": Choices.from_json(taken.choices)} if verb == "choose" else {}
    with pytest.raises(Forbidden):
        getattr(intakes, verb)(
            by=make_person(unit=make_unit("市财政委")), now=at("2017-09-04"), taken=taken, **more
        )


def test_a_file_read_another_way_meanwhile_is_checked_again(water: Register) -> None:
    seen = received(water, None)
    other = Choices("八月", 0, 0, ("month", "source", "", "rate"), {})
    intakes.choose(by=None, now=at("2017-09-04"), taken=Intake.objects.get(pk=seen.pk), choices=other)
    with pytest.raises(ValueError, match="改了这份文件的读法"):
        intakes.check(by=None, now=at("2017-09-04"), taken=seen)
    assert not Intake.objects.get(pk=seen.pk).staged


def test_words_that_the_records_cannot_hold_are_refused_in_a_sentence(
    water: Register, people: dict[str, Person]
) -> None:
    with pytest.raises(ValueError, match="更新说明有 301 个字，最多 300 个"):
        received(water, None, note="长" * 301)
    taken = received(water, people[Role.EDITOR])
    intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    with pytest.raises(ValueError, match="最多 300 个"):
        review.submit(by=people[Role.EDITOR], now=at("2017-09-04"), taken=taken, reason="长" * 301)


def test_a_file_beyond_the_limit_is_not_taken_in(
    water: Register, people: dict[str, Person], settings: Any
) -> None:
    settings.LARGEST_ATTACHMENT = 1_000
    with pytest.raises(Unreadable, match="没有接收"):
        received(water, people[Role.EDITOR])
    assert received(water, None).pk


def test_whoever_sends_what_another_brought_approves_none_of_it(
    water: Register, people: dict[str, Person]
) -> None:
    office = make_person(role=Role.GENERAL_OFFICE)
    taken = received(water, people[Role.EDITOR])
    intakes.check(by=None, now=at("2017-09-04"), taken=taken)
    review.submit(by=office, now=at("2017-09-04"), taken=taken)
    with pytest.raises(Forbidden, match="送审的人"):
        review.approve(by=office, now=at("2017-09-04"), taken=taken, step=Step.UNIT)
