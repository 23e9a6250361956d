"""Interpretation on the portal: links both ways, what was promised, and the share of each unit."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import at, make_draft_document, make_person, make_unit, release
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Role
from yangguang.publishing.actions import documents, interpretation, review
from yangguang.publishing.models import Document, Phase
from yangguang.publishing.queries import interpretation as queries
from yangguang.rules.interpretation import Standing

NOON = at("2017-11-20 12:00")
DAY = dt.date(2017, 11, 30)


@pytest.fixture
def finance(db: None) -> Unit:
    return make_unit("市财政委", slug="caizhengwei")


@pytest.fixture
def editor(finance: Unit) -> Person:
    return make_person("writer", finance)


def policy(editor: Person, title: str = "示例管理办法", **facts: object) -> Document:
    return make_draft_document(title, by=editor, number="财规〔2017〕1号", **facts)


def page(document: Document) -> str:
    return Client().get(document.get_absolute_url()).content.decode()


def test_document_and_interpretation_go_live_at_one_moment_and_link_to_each_other(editor: Person) -> None:
    document = policy(editor)
    material = interpretation.draft(
        by=editor, policy=document, title="办法的问答", body="问。", kind="qa"
    ).document
    release(document, by=editor, now=NOON)
    assert document.edition.online_at == material.edition.online_at  # type: ignore[union-attr]
    assert f'href="{material.get_absolute_url()}">办法的问答' in page(document)
    assert f'href="{document.get_absolute_url()}">示例管理办法' in page(material)


def test_when_one_of_the_two_cannot_go_neither_goes(editor: Person) -> None:
    document = policy(editor)
    material = interpretation.draft(by=editor, policy=document, title="问答", body="问。", kind="qa").document
    release(document, by=editor, now=NOON, release_at=at("2017-11-21 09:00"))
    documents.publish(by=None, now=at("2017-11-29"), unit=editor.unit, title="以后的", body="文")  # type: ignore[arg-type]
    assert review.release_due(now=at("2017-11-21 09:00")) == 0
    assert (document.edition, material.edition) == (None, None)


def test_a_document_that_is_owed_interpretation_is_not_sent_without(editor: Person) -> None:
    with pytest.raises(ValueError, match="须与解读材料同步"):
        review.submit(by=editor, now=NOON, document=policy(editor))
    with pytest.raises(ValueError, match="已经过去"):
        review.submit(by=editor, now=NOON, document=policy(editor, interpretation_due=dt.date(2017, 11, 19)))


def test_its_synchronous_material_is_not_sent_alone(editor: Person) -> None:
    material = interpretation.draft(by=editor, policy=policy(editor), title="问答", body="问。", kind="qa")
    with pytest.raises(ValueError, match="一起送审"):
        review.submit(by=editor, now=NOON, document=material.document)


def test_whoever_drafted_interprets(editor: Person) -> None:
    stranger = make_person("stranger", make_unit("市统计局"), Role.EDITOR)
    foreign = make_draft_document("别人的解读", by=stranger)
    with pytest.raises(ValueError, match="谁起草谁解读"):
        interpretation.attach(by=stranger, policy=policy(editor), document=foreign, kind="text")
    joint = policy(editor, "联合办法", issuers=["市财政委", "市统计局"])
    assert interpretation.attach(by=stranger, policy=joint, document=foreign, kind="text")


def test_a_promise_is_shown_and_overdue_the_day_after(editor: Person) -> None:
    document = release(policy(editor, interpretation_due=dt.date(2017, 11, 29)), by=editor, now=NOON)
    standing = {day: queries.explained(day)[0].standing for day in (dt.date(2017, 11, 29), DAY)}
    assert list(standing.values()) == [Standing.PROMISED, Standing.OVERDUE]
    assert "承诺 2017-11-29 以前" in Client().get("/interpretation/").content.decode()
    assert [each.document for each in queries.overdue(DAY)] == [document]
    late = interpretation.draft(
        by=editor, policy=document, title="迟到的解读", body="文。", kind="text", phase=Phase.AFTER
    )
    release(late.document, by=editor, now=at("2017-11-30 09:00"))
    assert queries.explained(DAY)[0].standing is Standing.DONE
    assert queries.overdue(DAY) == []


def test_an_exemption_is_public_with_its_reason(editor: Person) -> None:
    document = release(policy(editor, interpretation_exemption="内容简单，无须解读"), by=editor, now=NOON)
    assert "内容简单，无须解读" in page(document)
    assert queries.explained(DAY)[0].standing is Standing.EXEMPT


def test_material_that_comes_before_names_no_document_that_is_not_public(editor: Person) -> None:
    document = policy(editor, "还没有公开的办法")
    early = interpretation.draft(
        by=editor, policy=document, title="预告", body="文。", kind="press", phase=Phase.BEFORE
    ).document
    release(early, by=editor, now=NOON)
    assert "还没有公开的办法" not in page(early)


def test_shares_by_unit_and_the_units_own_page(editor: Person, finance: Unit) -> None:
    done = policy(editor, "甲办法")
    interpretation.draft(by=editor, policy=done, title="甲解读", body="文。", kind="text")
    release(done, by=editor, now=NOON)
    documents.publish(by=None, now=NOON, unit=finance, title="乙办法", body="文", keywords=["规范性文件"])
    documents.publish(by=None, now=NOON, unit=finance, title="丙通知", body="文", number="财〔2017〕2号")
    (share,) = queries.shares(queries.explained(DAY))
    assert (len(share.standings), share.done, share.percent) == (2, 1, 50)
    assert "50%" in Client().get("/interpretation/").content.decode()
    own = Client().get("/interpretation/caizhengwei/").content.decode()
    assert "甲解读" in own
    assert "没有解读，也没有写明理由" in own
    assert Client().get("/interpretation/nobody/").status_code == 404


def test_the_page_asks_as_often_for_many_documents_as_for_few(finance: Unit) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries_asked:
            Client().get("/interpretation/")
        return len(queries_asked)

    documents.publish(by=None, now=NOON, unit=finance, title="办法", body="文", number="财规〔2017〕1号")
    few = asked()
    for number in range(2, 6):
        documents.publish(
            by=None, now=NOON, unit=finance, title="办法", body="文", number=f"财规〔2017〕{number}号"
        )
    assert asked() == few


def test_a_forced_publication_says_so_on_its_page(editor: Person) -> None:
    document = make_draft_document(by=editor)
    office = make_person("head", role=Role.GENERAL_OFFICE)
    review.force(by=office, now=NOON, document=document, reason="台风预警，须立即发布")
    assert "未经审核直接发布" in page(document)
    assert "台风预警，须立即发布" in page(document)


def test_without_any_the_page_says_what_will_stand_there(db: None) -> None:
    assert "还没有需要解读的规范性文件" in Client().get("/interpretation/").content.decode()
