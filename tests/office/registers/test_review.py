"""Four eyes at the desk: who sees which button, what changes, and two people at once."""

import pytest

from tests.factories import at, make_person, make_unit
from tests.office.conftest import desk_of
from tests.office.registers.conftest import GOOD, act, checked, told, words
from yangguang.directory.models import Person
from yangguang.directory.permissions import Role
from yangguang.journal import queries as journal
from yangguang.registers.actions import intakes, review
from yangguang.registers.models import Intake, Register, Version

CHANGED = [
    ["2017-08", "水库1", "Ⅲ类", 100],
    ["2017-08", "水库2", "Ⅱ类", 100],
    ["2017-08", "水库4", "Ⅱ类", 99],
]


@pytest.fixture
def published(water: Register, editor: Person) -> Version:
    taken = checked(editor, water)
    return review.publish_unreviewed(now=at("2017-09-04"), taken=taken)


def buttons(person: Person, taken: Intake) -> list[str]:
    return list(desk_of(person).get(f"/office/intakes/{taken.pk}/").context["forms"])


def waiting(person: Person) -> list[int]:
    return [one.taken.pk for one in desk_of(person).get("/office/intakes/").context["mine"]]


def test_a_file_walks_through_the_desk_step_by_step(water: Register, people: dict[str, Person]) -> None:
    editor, reviewer, officer, signer = people.values()
    taken = checked(editor, water, note="首次")
    act(editor, taken, "send")
    assert (buttons(editor, taken), buttons(signer, taken)) == (["recall"], [])
    assert (waiting(reviewer), waiting(signer), waiting(editor)) == ([taken.pk], [], [])
    assert desk_of(reviewer).get("/office/").context["tables_due"] == 1
    assert "单位审核通过" in told(act(reviewer, taken, "approve", step="unit", reason="同意"))
    assert "保密审查通过" in told(act(officer, taken, "approve", step="secrecy"))
    page = told(act(signer, taken, "approve", step="sign"))
    assert "已发布，日志第 1 行" in page
    assert [step["step"] for step in Version.objects.get().checks] == ["unit", "secrecy", "sign"]
    assert buttons(signer, taken) == []
    told_in_order = [
        words for _, words, *_ in desk_of(editor).get(f"/office/intakes/{taken.pk}/").context["history"]
    ]
    assert told_in_order == ["送审", "单位审核", "保密审查", "签发"]


def test_the_reviewer_sees_what_comes_goes_and_changes(
    published: Version, people: dict[str, Person], water: Register
) -> None:
    taken = checked(people[Role.EDITOR], water, *CHANGED)
    act(people[Role.EDITOR], taken, "send")
    compared = desk_of(people[Role.REVIEWER]).get(f"/office/intakes/{taken.pk}/").context["compared"]
    assert (compared.last.number, compared.counts.added, compared.counts.gone, compared.counts.changed) == (
        1,
        1,
        1,
        1,
    )
    found = {
        row.kind.value: [(cell.before, cell.after) for cell in row.cells if cell.changed]
        for row in compared.rows
    }
    assert found == {"changed": [("Ⅱ类", "Ⅲ类")], "gone": [], "added": []}


ACTS = ("send", "approve", "return", "recall", "force", "give_up", "publish")


@pytest.mark.parametrize("role", Role.values)
def test_what_has_no_button_is_refused_when_sent_anyway(water: Register, editor: Person, role: str) -> None:
    taken = checked(editor, water)
    person = make_person("who", make_unit("市人居环境委"), role)
    person.is_superuser = True
    person.save()
    for name in set(ACTS) - set(buttons(person, taken)):
        assert act(person, taken, name, reason="急", step="sign").status_code == 200
        assert (Version.objects.count(), journal.size()) == (0, 0)
        taken.refresh_from_db()
        assert (taken.sent_at, taken.ended_at) == (None, None)


def test_a_step_that_is_over_is_not_taken_twice(water: Register, people: dict[str, Person]) -> None:
    editor, reviewer, officer, _ = people.values()
    taken = checked(editor, water)
    act(editor, taken, "send")
    act(reviewer, taken, "approve", step="unit")
    late = make_person("late", make_unit("市人居环境委"), Role.REVIEWER)
    assert "现在轮到保密审查" in words(act(late, taken, "approve", step="unit"))
    assert "进度已经变了" in words(act(officer, taken, "approve", step="nonsense"))
    assert taken.steps.count() == 1


def test_whoever_was_overtaken_is_told_and_checks_again(
    published: Version, people: dict[str, Person], water: Register
) -> None:
    editor = people[Role.EDITOR]
    slow, quick = checked(editor, water, *CHANGED), checked(editor, water, *GOOD)
    review.publish_unreviewed(now=at("2017-09-05"), taken=quick)
    page = act(editor, slow, "send")
    assert "又发布了第 2 版" in words(page)
    assert buttons(editor, slow) == ["give_up"]
    again = desk_of(editor).post(f"/office/intakes/{slow.pk}/check/", follow=True)
    assert "检查通过" in told(again)
    assert "现在轮到单位审核" in told(act(editor, slow, "send"))


def test_whoever_was_overtaken_under_review_is_not_approved(
    published: Version, people: dict[str, Person], water: Register
) -> None:
    editor, reviewer, *_ = people.values()
    slow, quick = checked(editor, water, *CHANGED), checked(editor, water, *GOOD)
    act(editor, slow, "send")
    review.publish_unreviewed(now=at("2017-09-05"), taken=quick)
    assert buttons(reviewer, slow) == ["return"]
    assert "又发布了第 2 版" in words(act(reviewer, slow, "approve", step="unit"))
    assert "已退回" in told(act(reviewer, slow, "return", reason="别人发过了"))
    assert "别人发过了" in words(desk_of(editor).get(f"/office/intakes/{slow.pk}/"))


def test_a_forced_version_is_told_everywhere(water: Register, editor: Person) -> None:
    office = make_person("office", role=Role.GENERAL_OFFICE)
    taken = checked(editor, water)
    assert "理由必填" not in told(act(office, taken, "force"))
    assert not Version.objects.exists()
    assert "已发布，日志第 1 行" in told(act(office, taken, "force", reason="台风应急"))
    for address in (f"/office/intakes/{taken.pk}/", "/office/intakes/", f"/office/registers/{water.slug}/"):
        page = words(desk_of(editor).get(address))
        assert "台风应急" in page
        assert "未经审核直接发布" in page


def test_reasons_that_the_records_cannot_hold_are_refused_in_a_sentence(
    water: Register, people: dict[str, Person]
) -> None:
    editor, reviewer, *_ = people.values()
    taken = checked(editor, water)
    assert "说明有 301 个字，最多 300 个" in words(act(editor, taken, "send", reason="长" * 301))
    act(editor, taken, "send")
    assert "退回理由有 301 个字" in words(act(reviewer, taken, "return", reason="长" * 301))
    assert taken.steps.count() == 0


def test_the_list_says_what_to_do_next(water: Register, people: dict[str, Person]) -> None:
    editor, reviewer, *_ = people.values()

    def next_step() -> str:
        (line,) = desk_of(editor).get("/office/registers/").context["lines"]
        return str(line.next.words)

    assert next_step() == "上传第一份数据"
    taken = checked(editor, water, ["2017-08", "水库1", "优", 1])
    assert next_step() == "看检查结果，改正后重传"
    intakes.give_up(by=editor, now=at("2017-09-04"), taken=taken)
    taken = checked(editor, water)
    assert next_step() == "送审"
    act(editor, taken, "send")
    assert next_step() == "看审核进度"
    review.send_back(by=reviewer, now=at("2017-09-04"), taken=taken, reason="核数")
    assert "已退回" in words(desk_of(editor).get("/office/registers/"))


def test_the_general_office_sees_all_units_or_one(water: Register, editor: Person) -> None:
    office = desk_of(make_person(role=Role.GENERAL_OFFICE))
    other = make_unit("市统计局")
    assert len(office.get("/office/registers/").context["lines"]) == 1
    assert "没有符合的清单" in words(office.get("/office/registers/", {"unit": other.slug}))
    assert "没有符合的清单" in words(office.get("/office/registers/", {"q": "没有这个"}))
    stranger = desk_of(make_person(unit=other))
    assert "您的单位还没有清单" in words(stranger.get("/office/registers/", {"unit": water.unit.slug}))
