"""Occasions, units and people in the desk."""

import re

import pytest
from django.test import Client

from tests.office.conftest import desk_of
from yangguang.directory.models import Person, Unit
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Occasion


def told(response: object) -> str:
    return " ".join(str(message) for message in response.context["messages"])  # type: ignore[attr-defined]


OCCASION = {"title": "出台降费政策", "happened_on": "2017-11-20", "keywords": "降费"}


def test_an_occasion_is_recorded_and_says_what_it_opens(insider: Person, plan: PlanVersion) -> None:
    response = desk_of(insider).post("/office/occasions/new/", OCCASION, follow=True)
    occasion = Occasion.objects.get()
    assert (occasion.unit, occasion.keywords) == (insider.unit, ["降费"])
    assert f"日志第 {occasion.line_id} 行" in told(response)
    assert "『降费政策文件』期限 2017-12-18" in told(response)


def test_an_occasion_that_no_duty_asks_for_says_so(insider: Person, plan: PlanVersion) -> None:
    facts = {**OCCASION, "title": "换了门牌", "keywords": ""}
    assert "没有公开事项因此开始计算" in told(
        desk_of(insider).post("/office/occasions/new/", facts, follow=True)
    )


def test_a_day_that_has_not_come_is_refused_on_the_form(insider: Person) -> None:
    response = desk_of(insider).post("/office/occasions/new/", {**OCCASION, "happened_on": "2017-12-01"})
    assert "还没有到" in response.content.decode()
    assert not Occasion.objects.exists()


def test_an_editor_records_for_their_own_unit_whatever_is_sent(insider: Person, colleague: Person) -> None:
    desk_of(insider).post("/office/occasions/new/", {**OCCASION, "unit": colleague.unit_id})
    assert Occasion.objects.get().unit == insider.unit
    assert "出台降费政策" not in desk_of(colleague).get("/office/occasions/").content.decode()


@pytest.mark.parametrize(
    "address", ["/office/units/", "/office/people/", "/office/people/new/", "/office/plans/"]
)
def test_the_directory_and_the_plans_are_the_general_offices(
    insider: Person, general_office: Person, address: str
) -> None:
    assert desk_of(general_office).get(address).status_code == 200
    assert desk_of(insider).get(address).status_code == 302
    assert "/office/login/" in Client().get(address).headers["Location"]


def test_a_unit_gets_other_names_and_keeps_its_own(general_office: Person, finance: Unit) -> None:
    client, address = desk_of(general_office), f"/office/units/edit/{finance.pk}/"
    client.post(
        address, {"kind": "department", "position": "3", "aliases": "市财政局，财政委", "name": "改名"}
    )
    finance.refresh_from_db()
    assert (finance.name, finance.position) == ("市财政委", 3)
    assert set(finance.aliases.values_list("name", flat=True)) == {"市财政局", "财政委"}


def test_an_alias_that_names_another_unit_is_refused(
    general_office: Person, finance: Unit, colleague: Person
) -> None:
    address = f"/office/units/edit/{finance.pk}/"
    facts = {"kind": "department", "position": "3", "aliases": "市统计局"}
    response = desk_of(general_office).post(address, facts)
    assert "已经是市统计局的名称或别名" in response.content.decode()
    assert not finance.aliases.exists()


def test_a_new_person_can_log_in_with_the_password_that_is_shown_once(
    general_office: Person, finance: Unit
) -> None:
    facts = {"username": "wang", "last_name": "示例", "role": "editor", "unit": finance.pk}
    response = desk_of(general_office).post("/office/people/new/", facts, follow=True)
    found = re.search(r"密码是 (\S+) ，只显示这一次", told(response))
    assert found
    client = Client()
    client.post("/office/login/", {"username": "wang", "password": found[1]})
    assert client.get("/office/").status_code == 200
    assert Person.objects.get(username="wang").unit == finance


def test_an_editor_without_a_unit_is_refused(general_office: Person) -> None:
    facts = {"username": "wang", "last_name": "", "role": "editor", "unit": ""}
    response = desk_of(general_office).post("/office/people/new/", facts)
    assert "除政府办公厅外，人员须属于一个单位" in response.content.decode()
    assert not Person.objects.filter(username="wang").exists()


def test_a_user_name_that_is_taken_is_refused(general_office: Person, insider: Person) -> None:
    facts = {"username": "insider", "last_name": "", "role": "editor", "unit": insider.unit_id}
    response = desk_of(general_office).post("/office/people/new/", facts)
    assert response.context["form"].errors


def test_a_desk_is_closed_and_a_password_given_anew(general_office: Person, insider: Person) -> None:
    client, address = desk_of(general_office), f"/office/people/edit/{insider.pk}/"
    facts = {"last_name": "示例", "role": "editor", "unit": insider.unit_id, "is_active": "on"}
    old = insider.password
    assert "密码是" in told(client.post(address, {**facts, "new_password": "on"}, follow=True))
    insider.refresh_from_db()
    assert insider.password != old
    client.post(address, {**facts, "is_active": ""})
    insider.refresh_from_db()
    assert not insider.is_active


@pytest.mark.parametrize("change", [{"role": "editor"}, {"is_active": ""}])
def test_nobody_locks_themselves_out(general_office: Person, finance: Unit, change: dict[str, str]) -> None:
    facts = {"last_name": "", "role": "general_office", "unit": finance.pk, "is_active": "on", **change}
    response = desk_of(general_office).post(f"/office/people/edit/{general_office.pk}/", facts)
    assert "不能停用自己的账号" in response.content.decode()


def test_ones_own_account_has_look_and_password_only(insider: Person) -> None:
    page = desk_of(insider).get("/office/account/").content.decode()
    assert 'name="password-new_password1"' in page
    assert 'name="theme-theme"' in page
    assert all(name not in page for name in ("name_email-", "avatar-", "locale-"))


def test_the_log_in_page_speaks_chinese_and_says_why_it_refuses(insider: Person) -> None:
    page = Client().get("/office/login/").content.decode()
    assert all(word in page for word in ("阳光 工作台", "用户名", "密码", "登录"))
    assert "Password" not in page
    refused = Client().post("/office/login/", {"username": "insider", "password": "wrong"})
    assert "请重试" in refused.content.decode() or "再试" in refused.content.decode()
