"""A row comes off by law through the desk: shown first, asked for by one, decided by another."""

import datetime as dt

import pytest
from django.test import Client

from tests.factories import at, make_person, make_unit
from tests.office.conftest import desk_of
from tests.office.registers.conftest import told, words
from tests.portal.data.conftest import PENALTIES, publish
from yangguang.directory.permissions import Role
from yangguang.registers.actions import registers
from yangguang.registers.models import Register, Takedown, TakedownRequest

DAY = dt.date(2017, 9, 1)
WHY = {"reason": "处罚决定被撤销", "ground": "行政处罚法第四十八条", "decided_on": "2017-09-20"}
PLACE = "/office/registers/penalties/take-off/"


@pytest.fixture
def penalties(db: None) -> Register:
    make_unit("市人居环境委", "renju")
    made = registers.establish(by=None, now=at("2017-07-01"), descriptor=PENALTIES)
    publish(made, [["罚字1号", "示例甲", None, DAY, 2.5], ["罚字2号", "示例乙", None, DAY, 1]], "2017-10-01")
    return made


@pytest.fixture
def cast(penalties: Register) -> dict[str, Client]:
    unit = make_unit("市人居环境委")
    roles = (Role.EDITOR, Role.REVIEWER, Role.SIGNER)
    people = {str(role): make_person(str(role), unit, role) for role in roles}
    people["stranger"] = make_person("stranger", make_unit("市统计局"), Role.SIGNER)
    people["office"] = make_person("office", role=Role.GENERAL_OFFICE)
    return {name: desk_of(person) for name, person in people.items()}


def test_the_row_is_shown_asked_for_and_taken_off_by_a_second_person(cast: dict[str, Client]) -> None:
    page = cast["editor"].get(PLACE, {"case_no": "罚字1号"})
    assert "示例甲" in words(page)
    assert page.context["held"] == [1]
    answer = cast["editor"].post(f"{PLACE}?case_no=罚字1号", WHY, follow=True)
    assert "等另一位签发人" in told(answer)
    assert not Takedown.objects.exists()
    asked = TakedownRequest.objects.get()
    decide = f"/office/intakes/take-off/{asked.pk}/"
    assert cast["signer"].get("/office/").context["tables_due"] == 1
    assert "示例甲" in words(cast["signer"].get(decide))
    assert "已撤下，日志第" in told(
        cast["signer"].post(decide, {"act": "agree", "understood": "on"}, follow=True)
    )
    done = Takedown.objects.get()
    assert (done.key, done.reason, done.decided_on) == (
        {"case_no": "罚字1号"},
        WHY["reason"],
        dt.date(2017, 9, 20),
    )
    asked.refresh_from_db()
    assert (asked.key, asked.takedown) == ({}, done)
    assert "各版都没有这一行" in words(cast["editor"].get(PLACE, {"case_no": "罚字1号"}))


def test_nobody_decides_alone_and_no_stranger_decides(cast: dict[str, Client]) -> None:
    cast["office"].post(f"{PLACE}?case_no=罚字1号", WHY)
    decide = f"/office/intakes/take-off/{TakedownRequest.objects.get().pk}/"
    agree = {"act": "agree", "understood": "on"}
    assert "不能同意自己的申请" in words(cast["office"].post(decide, agree))
    assert "签发人或者政府办公厅决定" in words(cast["editor"].post(decide, agree))
    assert cast["stranger"].post(decide, agree).status_code == 404
    assert "请先核对这一行" in words(cast["signer"].post(decide, {"act": "agree"}))
    assert not Takedown.objects.exists()
    assert "理由已记下" in told(
        cast["signer"].post(decide, {"act": "turn_down", "reason": "没有撤销"}, follow=True)
    )
    assert "已经决定" in words(cast["signer"].post(decide, agree))
    assert not Takedown.objects.exists()


@pytest.mark.parametrize(
    ("who", "key", "given", "sentence"),
    [
        ("editor", "罚字9号", WHY, "各版都没有这一行"),
        ("editor", "", WHY, "主键各列都要写全"),
        ("editor", "罚字1号", {**WHY, "ground": ""}, "法律依据必填"),
        ("editor", "罚字1号", {**WHY, "ground": "法" * 201}, "法律依据有 201 个字，最多 200 个"),
        ("editor", "罚字1号", {**WHY, "reason": "长" * 301}, "撤下理由有 301 个字，最多 300 个"),
        ("reviewer", "罚字1号", WHY, "由市人居环境委的经办人或者政府办公厅申请"),
    ],
)
def test_what_is_not_whole_is_not_asked_for(
    cast: dict[str, Client], who: str, key: str, given: dict[str, str], sentence: str
) -> None:
    assert sentence in words(cast[who].post(f"{PLACE}?case_no={key}", given))
    assert not TakedownRequest.objects.exists()


def test_a_row_is_asked_for_once(cast: dict[str, Client]) -> None:
    for _ in range(2):
        answer = cast["editor"].post(f"{PLACE}?case_no=罚字1号", WHY)
    assert "已经有人申请撤下" in words(answer)
    assert TakedownRequest.objects.count() == 1
