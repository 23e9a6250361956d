"""Documents in the desk: who reaches which, and what publishing does and says."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import make_draft_document, make_reviewers, publish, record_occasion
from tests.office.conftest import desk_of
from yangguang.directory.models import Person, Unit
from yangguang.journal import queries as journal
from yangguang.journal.models import Line
from yangguang.plan.models import Obligation, PlanVersion
from yangguang.publishing.models import Document, Occasion, Withdrawal

FACTS = {
    "title": "2017年9月全市一般公共预算收支情况",
    "form": "series",
    "covers": "2017-09",
    "made_on": "2017-11-29",
    "number": "",
    "keywords": "预算，收支",
    "openness": "active",
    "body": "第一段。",
}


def send(client: Client, address: str, *, action: str = "publish", **changes: object) -> Any:
    """Save a draft; with `publish` also take it through its review, and answer with the signer's page."""
    answer = client.post(address, {**FACTS, **changes}, follow=True)
    if action != "publish" or (form := answer.context.get("form")) is None or form.errors:
        return answer
    return take_through_review(client, form.instance)


def take_through_review(client: Client, document: Document) -> Any:
    steps = zip(("approve", "approve", "sign"), make_reviewers(document.unit), strict=True)
    address = f"/office/files/review/{document.pk}/"
    answer = client.post(address, {"act": "send"}, follow=True)
    for act, person in steps:
        if "forms" in answer.context and any(form.errors for form in answer.context["forms"].values()):
            break
        answer = desk_of(person).post(address, {"act": act}, follow=True)
    return answer


def told(response: object) -> str:
    return " ".join(str(message) for message in response.context["messages"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("route", ["edit", "delete", "withdraw"])
def test_a_document_is_reached_by_its_own_unit_and_the_general_office_only(
    insider: Person, colleague: Person, general_office: Person, route: str
) -> None:
    document = publish(unit=insider.unit)
    Document.objects.filter(pk=document.pk).update(live=True)
    address = f"/office/files/{route}/{document.pk}/"
    assert Client().get(address).status_code == 302
    assert desk_of(colleague).get(address).status_code == 404
    assert desk_of(colleague).post(address, {**FACTS, "reason": "撤"}).status_code == 404
    expected = 302 if route == "delete" else 200
    assert desk_of(insider).get(address).status_code == expected
    assert desk_of(general_office).get(address).status_code == expected
    assert journal.size() == 1


def test_the_list_shows_ones_own_units_documents(
    insider: Person, colleague: Person, general_office: Person
) -> None:
    publish("甲文件", unit=insider.unit)
    publish("乙文件", unit=colleague.unit)
    lists = {
        person.username: desk_of(person).get("/office/files/").content.decode()
        for person in (insider, colleague, general_office)
    }
    assert {name: ("甲文件" in page, "乙文件" in page) for name, page in lists.items()} == {
        "insider": (True, False),
        "colleague": (False, True),
        "office": (True, True),
    }


@pytest.mark.parametrize(
    ("state", "titles"),
    [("draft", {"草稿"}), ("public", {"公开的"}), ("withdrawn", {"撤回的"}), ("changed", set())],
)
def test_the_list_filters_by_state(insider: Person, state: str, titles: set[str]) -> None:
    publish("公开的", unit=insider.unit)
    client = desk_of(insider)
    send(client, "/office/files/add/", action="save", title="草稿")
    withdrawn = publish("撤回的", unit=insider.unit, on="2017-11-30 08:00")
    client.post(f"/office/files/withdraw/{withdrawn.pk}/", {"reason": "重复"})
    page = client.get("/office/files/results/", {"state": state}).content.decode()
    assert {
        title for title in ("草稿", "公开的", "撤回的") if f"{title}\n" in page or f">{title}<" in page
    } == titles


def test_publishing_says_the_line_and_the_verdict_that_changed(insider: Person, plan: PlanVersion) -> None:
    response = send(desk_of(insider), "/office/files/add/")
    document = Document.objects.get()
    assert document.unit == insider.unit
    assert document.edition.keywords == ["预算", "收支"]  # type: ignore[union-attr]
    line = Line.objects.get(act="publish")
    assert f"已发布，日志第 {line.seq} 行" in told(response)
    assert "『预算收支情况』2017年9月：迟 22 个工作日" in told(response)
    assert document.get_absolute_url() in told(response)
    assert Obligation.objects.get(code="1.1").get_absolute_url() in told(response)


def test_publishing_what_no_duty_asks_for_says_so(insider: Person, plan: PlanVersion) -> None:
    response = send(desk_of(insider), "/office/files/add/", title="食堂菜谱", keywords="", covers="")
    assert "没有公开事项的判定因此改变" in told(response)


def test_publishing_works_before_any_plan_is_adopted(insider: Person) -> None:
    response = send(desk_of(insider), "/office/files/add/")
    assert "已发布，日志第 1 行" in told(response)


def test_an_editor_cannot_publish_for_another_unit_by_sending_its_number(
    insider: Person, colleague: Person
) -> None:
    send(desk_of(insider), "/office/files/add/", unit=colleague.unit_id)
    assert Document.objects.get().unit == insider.unit


def test_the_general_office_publishes_for_the_unit_it_chooses(general_office: Person, finance: Unit) -> None:
    send(desk_of(general_office), "/office/files/add/", unit=finance.pk)
    assert Document.objects.get().unit == finance


def test_a_draft_is_not_public(insider: Person) -> None:
    response = send(desk_of(insider), "/office/files/add/", action="save", body="")
    document = Document.objects.get()
    assert (document.live, document.edition, journal.size()) == (False, None, 0)
    assert "已存草稿" in told(response)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("covers", "2017-13", "所属期“2017-13”不能识别"),
        ("covers", "九月", "请写年月 2017-08"),
        ("covers", "2017Q5", "不能识别"),
        ("covers", "2017-02-30", "不能识别"),
        ("made_on", "2017-12-01", "还没有到"),
        ("title", "", "必需"),
        ("form", "poster", "poster"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    insider: Person, field: str, value: str, message: str
) -> None:
    response = send(desk_of(insider), "/office/files/add/", **{field: value})
    errors = response.context["form"].errors
    assert set(errors) == {field}
    assert message in " ".join(errors[field])
    assert not Document.objects.exists()


def test_a_draft_without_a_text_is_kept_and_not_sent(insider: Person) -> None:
    response = send(desk_of(insider), "/office/files/add/", body="")
    assert "还不能送审" in " ".join(response.context["forms"]["send"].non_field_errors())
    assert journal.size() == 0


@pytest.mark.parametrize("covers", ["", "2017", "2017-02", "2017-02-28", "2017Q4", "2017H2"])
def test_periods_that_are_understood(insider: Person, covers: str) -> None:
    send(desk_of(insider), "/office/files/add/", covers=covers)
    assert Document.objects.get().covers == covers


def test_what_the_journal_refuses_is_told_to_the_signer_and_stays_a_draft(
    insider: Person, finance: Unit
) -> None:
    publish(unit=finance, on="2017-12-24")
    response = send(desk_of(insider), "/office/files/add/")
    assert "不能倒填日期" in " ".join(response.context["forms"]["sign"].non_field_errors())
    assert journal.size() == 1
    assert not Document.objects.get(title=FACTS["title"]).live


def test_a_revision_needs_a_note_and_makes_a_second_edition(insider: Person) -> None:
    document = publish(unit=insider.unit)
    client, address = desk_of(insider), f"/office/files/edit/{document.pk}/"
    refused = send(client, address, body="改正。")
    assert "修改说明必填" in " ".join(refused.context["forms"]["send"].non_field_errors())
    assert document.editions.count() == 1
    send(client, address, body="改正。", note="更正第一段")
    assert [edition.body for edition in document.editions.all()] == ["示例正文。", "改正。"]
    again = send(client, address, body="再改。")
    assert "修改说明必填" in " ".join(again.context["forms"]["send"].non_field_errors())


def test_a_draft_of_a_published_document_changes_nothing_in_public(insider: Person) -> None:
    document = publish(unit=insider.unit)
    send(desk_of(insider), f"/office/files/edit/{document.pk}/", action="save", body="未审", note="改")
    document.refresh_from_db()
    assert document.has_unpublished_changes
    assert document.edition.body == "示例正文。"  # type: ignore[union-attr]
    assert journal.size() == 1


def test_withdrawing_asks_for_a_reason(insider: Person) -> None:
    document = publish(unit=insider.unit)
    client, address = desk_of(insider), f"/office/files/withdraw/{document.pk}/"
    assert "撤回理由必填" in client.post(address, {"reason": " "}).content.decode()
    assert journal.size() == 1
    response = client.post(address, {"reason": "数据有误"}, follow=True)
    assert "已撤回" in told(response)
    assert Withdrawal.objects.get(document=document).reason == "数据有误"


def test_a_withdrawn_document_is_not_edited_or_withdrawn_again(insider: Person) -> None:
    document = publish(unit=insider.unit)
    client = desk_of(insider)
    client.post(f"/office/files/withdraw/{document.pk}/", {"reason": "重复"})
    response = send(client, f"/office/files/edit/{document.pk}/", note="再发")
    assert "已经撤回" in told(response)
    again = client.post(f"/office/files/withdraw/{document.pk}/", {"reason": "重复"})
    assert "已经撤回" in again.content.decode()
    assert journal.size() == 2


def test_drafts_are_deleted_and_published_documents_are_not(insider: Person) -> None:
    client = desk_of(insider)
    send(client, "/office/files/add/", action="save", title="草稿")
    draft = Document.objects.get()
    client.post(f"/office/files/delete/{draft.pk}/")
    assert not Document.objects.exists()
    document = publish(unit=insider.unit)
    response = client.post(f"/office/files/delete/{document.pk}/", follow=True)
    assert "已经发布过，不能删除" in told(response)
    assert Document.objects.get() == document


def test_the_form_comes_filled_in_for_a_period_that_is_owed(insider: Person, plan: PlanVersion) -> None:
    obligation = Obligation.objects.get(code="1.1")
    query = {"obligation": obligation.pk, "unit": insider.unit.slug, "period": "2017-09"}
    form = desk_of(insider).get("/office/files/add/", query).context["form"]
    document = form.instance
    assert (document.unit, document.form, document.covers) == (insider.unit, "series", "2017-09")
    # 标题里没有的词补在主题词里，发布出去就能对上。
    assert all(word in document.title + "".join(document.keywords) for word in ("一般公共预算", "收支"))


@pytest.mark.parametrize(
    "query", [{"obligation": "x"}, {"obligation": "999999", "period": "2017-09"}, {"period": "#"}]
)
def test_a_mistyped_address_gives_an_empty_form(
    insider: Person, plan: PlanVersion, query: dict[str, str]
) -> None:
    response = desk_of(insider).get("/office/files/add/", query)
    assert response.status_code == 200
    assert response.context["form"].instance.title == ""


def test_the_filled_in_form_meets_the_duty_when_it_is_sent(insider: Person, plan: PlanVersion) -> None:
    client = desk_of(insider)
    link = client.get("/office/").context["buckets"][0].days[0].items[0].publish_url
    form = client.get(link).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"body": "正文。"}
    data["keywords"] = "，".join(form.instance.keywords)
    saved = client.post(link, data, follow=True)
    response = take_through_review(client, saved.context["form"].instance)
    assert "『预算收支情况』" in told(response)


def test_publishing_for_one_of_two_events_meets_that_one(insider: Person, plan: PlanVersion) -> None:
    for day in ("2017-11-06", "2017-11-13"):
        record_occasion(f"{day} 出台降费政策", on="2017-11-20", happened_on=day, unit=insider.unit)
    later = Occasion.objects.get(happened_on="2017-11-13")
    query = {
        "obligation": Obligation.objects.get(code="2.1").pk,
        "unit": insider.unit.slug,
        "period": f"#{later.line_id}",
    }
    client = desk_of(insider)
    form = client.get("/office/files/add/", query).context["form"]
    assert (form.instance.title, form.instance.made_on) == (later.title, later.happened_on)
    facts = {name: form[name].value() or "" for name in form.fields}
    facts |= {"keywords": "，".join(form.instance.keywords), "body": "正文。"}
    saved = client.post("/office/files/add/", facts, follow=True)
    response = take_through_review(client, saved.context["form"].instance)
    assert "『降费政策文件』11月13日" in told(response)
    assert "11月6日" not in told(response)


def test_dates_are_days_in_shanghai(insider: Person) -> None:
    send(desk_of(insider), "/office/files/add/", made_on="2017-11-30")
    assert Document.objects.get().made_on == dt.date(2017, 11, 30)


def test_on_a_demonstrations_day_publishing_goes_on_after_the_last_line(insider: Person) -> None:
    publish(unit=insider.unit, on="2017-11-30 23:59")
    assert "已发布，日志第 2 行" in told(send(desk_of(insider), "/office/files/add/"))


def test_a_faulty_form_says_that_nothing_was_saved_and_keeps_what_was_typed(insider: Person) -> None:
    empty = SimpleUploadedFile("表.xlsx", b"")
    answer = desk_of(insider).post("/office/files/add/", {**FACTS, "upload": empty}, follow=True)
    assert "没有保存：要改的地方在下面标出" in told(answer)
    assert "选好的文件要重新选" in told(answer)
    assert "附件“表.xlsx”是空的（0 字节）" in answer.content.decode()
    assert answer.context["form"]["title"].value() == FACTS["title"]
    assert not Document.objects.exists()


def test_the_list_says_at_which_step_a_draft_waits(insider: Person) -> None:
    draft = make_draft_document(by=insider)
    client = desk_of(insider)
    assert "待单位审核" not in client.get("/office/files/").content.decode()
    client.post(f"/office/files/review/{draft.pk}/", {"act": "send"})
    assert "待单位审核" in client.get("/office/files/").content.decode()
