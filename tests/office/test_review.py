"""The desk's way from a draft to the public: who sees which button, and what the server refuses anyway."""

from typing import Any

import pytest
from django.test import Client

from tests.cli.test_journal import restore_older
from tests.factories import at, make_draft_document, make_person, make_reviewers, publish, save_draft
from tests.office.conftest import desk_of
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Role
from yangguang.journal import queries as journal
from yangguang.journal.log import publish as log
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Document, DraftCopy, Edition, Material


@pytest.fixture
def draft(insider: Person) -> Document:
    return make_draft_document(
        "2017年9月全市一般公共预算收支情况", by=insider, form="series", covers="2017-09"
    )


def act(person: Person, document: Document, name: str, **given: str) -> Any:
    return desk_of(person).post(f"/office/files/review/{document.pk}/", {"act": name, **given}, follow=True)


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def refused(response: Any) -> str:
    return " ".join(
        sentence for form in response.context["forms"].values() for sentence in form.non_field_errors()
    )


def buttons(person: Person, document: Document) -> list[str]:
    return list(desk_of(person).get(f"/office/files/review/{document.pk}/").context["forms"])


def test_a_draft_walks_through_the_desk_and_the_verdict_changes(
    insider: Person, finance: Unit, plan: PlanVersion, draft: Document
) -> None:
    checker, officer, signer = make_reviewers(finance)
    assert "已送审" in told(act(insider, draft, "send"))
    assert "单位审核通过" in told(act(checker, draft, "approve", reason="同意"))
    assert "保密审查通过" in told(act(officer, draft, "approve"))
    page = told(act(signer, draft, "sign"))
    assert "已发布，日志第" in page
    assert "『预算收支情况』2017年9月：迟 22 个工作日" in page


def test_each_sees_the_buttons_that_are_theirs_now(
    insider: Person, colleague: Person, general_office: Person, finance: Unit, draft: Document
) -> None:
    checker, officer, signer = make_reviewers(finance)
    assert buttons(insider, draft) == ["send"]
    assert buttons(general_office, draft) == ["send", "force"]
    assert buttons(checker, draft) == []
    act(insider, draft, "send")
    assert buttons(insider, draft) == ["recall"]
    assert buttons(checker, draft) == ["approve", "return"]
    assert buttons(signer, draft) == []
    act(checker, draft, "approve")
    assert buttons(officer, draft) == buttons(signer, draft) == ["approve", "return"]
    act(officer, draft, "approve")
    assert buttons(signer, draft) == ["sign", "return"]
    assert desk_of(colleague).get(f"/office/files/review/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["send", "approve", "sign", "return", "recall", "force"])
@pytest.mark.parametrize("role", Role.values)
def test_what_has_no_button_is_refused_when_sent_anyway(
    insider: Person, finance: Unit, draft: Document, name: str, role: str
) -> None:
    person = make_person("who", finance, role)
    person.is_superuser = True
    person.save()
    shown = buttons(person, draft)
    answer = act(person, draft, name, reason="急")
    if name in shown:
        assert told(answer)
        return
    assert Edition.objects.count() == journal.size() == 0
    assert answer.status_code == 200


def test_an_unknown_act_does_nothing(insider: Person, draft: Document) -> None:
    assert act(insider, draft, "publish").status_code == 200
    assert journal.size() == 0


def test_a_published_button_sent_by_hand_only_saves(insider: Person, draft: Document) -> None:
    data = {"title": "题", "form": "series", "body": "文", "action-publish": "1", "unit": insider.unit_id}
    for address in ("/office/files/add/", f"/office/files/edit/{draft.pk}/"):
        desk_of(insider).post(address, {**data, "openness": "active"})
    assert (Edition.objects.count(), journal.size()) == (0, 0)


def test_what_the_scanner_finds_is_shown_with_place_and_remedy(insider: Person) -> None:
    draft = make_draft_document(by=insider, body="张某 11010519491231002X")
    page = desk_of(insider).get(f"/office/files/review/{draft.pk}/").content.decode()
    assert "正文，第 1 段：公民身份号码 110*************2X" in page
    assert "须先处理" in page
    assert "必须先处理" in refused(act(insider, draft, "send", reason="就这样"))


def test_a_return_tells_its_reason_to_the_editor(insider: Person, finance: Unit, draft: Document) -> None:
    checker, _, _ = make_reviewers(finance)
    act(insider, draft, "send")
    assert act(checker, draft, "return").context["forms"]["return"].errors.keys() == {"reason"}
    act(checker, draft, "return", reason="数字对不上")
    client = desk_of(insider)
    assert "数字对不上" in client.get("/office/").content.decode()
    assert "数字对不上" in client.get(f"/office/files/edit/{draft.pk}/").content.decode()


def test_a_schedule_in_the_past_is_refused_at_the_form(
    insider: Person, finance: Unit, draft: Document
) -> None:
    checker, officer, signer = make_reviewers(finance)
    act(insider, draft, "send")
    act(checker, draft, "approve")
    act(officer, draft, "approve")
    past = act(signer, draft, "sign", release_at="2017-11-29T09:00")
    assert "已经过去" in refused(past)
    assert 'value="2017-11-29T09:00"' in past.content.decode()
    assert 'id="sign_release_at"' in past.content.decode()
    assert "将在 2017-12-01 09:00 发布" in told(act(signer, draft, "sign", release_at="2017-12-01 09:00"))
    assert journal.size() == 0


def test_after_a_restore_of_an_older_database_the_signer_is_told_and_nothing_is_lost(
    insider: Person, finance: Unit, draft: Document
) -> None:
    checker, officer, signer = make_reviewers(finance)
    for day in ("2017-09-01", "2017-09-02"):
        publish(f"通知{day}", unit=finance, on=day)
    log.checkpoint(now=at("2017-09-02"))
    act(insider, draft, "send")
    act(checker, draft, "approve")
    act(officer, draft, "approve")
    restore_older(1)
    sentence = refused(act(signer, draft, "sign"))
    assert "发布和签名已停止" in sentence
    assert "journal recover" in sentence
    assert journal.size() == 1
    assert buttons(signer, draft) == ["sign", "return"]


def test_a_revision_is_shown_beside_the_last_edition(insider: Person) -> None:
    document = save_draft(publish(unit=insider.unit), by=insider, body="换掉的正文。", note="更正")
    page = desk_of(insider).get(f"/office/files/review/{document.pk}/").content.decode()
    assert "与第 1 版比较" in page
    assert "<del>" in page
    assert "<ins>" in page


def test_what_waits_for_a_reviewer_stands_first_on_their_first_screen(
    insider: Person, finance: Unit, draft: Document
) -> None:
    checker, officer, _ = make_reviewers(finance)
    assert "没有等您审核的稿子" in desk_of(checker).get("/office/").content.decode()
    act(insider, draft, "send")
    assert [document for _, document, _ in desk_of(checker).get("/office/").context["waiting"]] == [draft]
    assert desk_of(officer).get("/office/").context["waiting"] == []


def test_a_forced_publication_asks_for_its_reason_and_is_listed(
    general_office: Person, insider: Person, draft: Document
) -> None:
    assert act(general_office, draft, "force").context["forms"]["force"].errors.keys() == {"reason"}
    assert "已发布" in told(act(general_office, draft, "force", reason="台风预警"))
    for person in (general_office, insider):
        assert "台风预警" in desk_of(person).get("/office/files/forced/").content.decode()


# --- one editor at a time, and what is typed is not lost


FACTS = {"title": "题", "form": "series", "openness": "active", "body": "改过。", "keywords": ""}


def test_one_editor_at_a_time(insider: Person, finance: Unit, draft: Document) -> None:
    other = make_person("other", finance)
    first, second = desk_of(insider), desk_of(other)
    address = f"/office/files/edit/{draft.pk}/"
    first.get(address)
    page = second.get(address).content.decode()
    assert "insider 正在编辑这份文件" in page
    answer = second.post(address, FACTS)
    assert "正在编辑" in " ".join(answer.context["form"].non_field_errors())
    assert first.post(address, FACTS).status_code == 302
    assert second.post(address, FACTS).status_code == 302


def autosave(client: Client, document: Document, **typed: str) -> str:
    return client.post(f"/office/files/autosave/{document.pk}/", typed).content.decode()


def test_what_is_typed_is_kept_aside_and_touches_neither_draft_nor_public(
    insider: Person, colleague: Person
) -> None:
    document = publish(unit=insider.unit)
    client = desk_of(insider)
    assert "已自动保存" in autosave(client, document, body="打了一半", title="题", live="1")
    document.refresh_from_db()
    assert (document.body, document.has_unpublished_changes, document.latest_revision) == (
        "示例正文。",
        False,
        None,
    )
    assert DraftCopy.objects.get().typed == {"body": "打了一半", "title": "题"}
    restored = client.get(f"/office/files/edit/{document.pk}/?restore=1")
    assert "打了一半" in restored.content.decode()
    assert desk_of(colleague).post(f"/office/files/autosave/{document.pk}/", {}).status_code == 404
    assert journal.size() == 1


def test_saving_puts_the_copy_aside_away(insider: Person, draft: Document) -> None:
    client = desk_of(insider)
    autosave(client, draft, body="打了一半")
    client.post(f"/office/files/edit/{draft.pk}/", FACTS)
    assert not DraftCopy.objects.exists()


# --- interpretation


def test_interpretation_is_drafted_beside_its_document_and_goes_live_with_it(
    insider: Person, finance: Unit
) -> None:
    policy = make_draft_document("示例管理办法", by=insider, number="财规〔2017〕1号")
    assert "须与解读材料同步" in refused(act(insider, policy, "send"))
    desk_of(insider).post(
        f"/office/files/interpretation/{policy.pk}/",
        {"title": "《办法》解读", "kind": "qa", "phase": "with", "body": "问：谁适用？\n\n答：都适用。"},
    )
    assert Material.objects.get().policy == policy
    checker, officer, signer = make_reviewers(finance)
    act(insider, policy, "send")
    act(checker, policy, "approve")
    act(officer, policy, "approve")
    act(signer, policy, "sign")
    first, second = Edition.objects.order_by("pk")
    assert (second.interprets, second.interpretation_kind) == (policy, "qa")
    assert first.online_at == second.online_at
