"""Erasing a person's record at the desk: two people, and no word of it left in any table."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client

from tests.factories import at, make_draft_document, make_person, publish, release, withdraw
from tests.office.conftest import desk_of
from tests.sites.conftest import make_column, make_site
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Role
from yangguang.gazette.actions import issues
from yangguang.publishing.actions import drafting
from yangguang.publishing.models import Document, Erasure
from yangguang.sites.actions import outbox
from yangguang.sites.models import Post

NAME = "欧阳示例"
ASK = {"act": "ask", "ground": "pipl-47", "reason": "公示期满"}


@pytest.fixture
def record(insider: Person, finance: Unit) -> Document:
    """A penalty that named somebody everywhere that a desk keeps words, withdrawn again."""
    draft = make_draft_document(
        f"关于{NAME}的处罚决定",
        by=insider,
        number=f"{NAME}〔2017〕1号",
        summary=f"{NAME}被罚",
        body=f"当事人{NAME}，罚款。",
        concerns="person",
        form="cases",
    )
    document = release(draft, by=insider, now=at("2017-09-15"), reason=f"{NAME}的决定可以公开")
    drafting.take(by=insider, now=at("2017-09-16"), document=document)
    drafting.keep(by=insider, now=at("2017-09-16"), document=document, typed={"body": f"{NAME}再改"})
    withdraw(document, on="2017-09-20", reason="公示期满")
    return document


def rows_that_say(word: str) -> Iterator[str]:
    """Every stored row in which a text holds the word, of all tables."""
    for model in apps.get_models():
        for row in model._default_manager.values():
            if any(word in f"{value}" or ascii(word)[1:-1] in f"{value}" for value in row.values()):
                yield f"{model._meta.label} {row}"


def address(document: Document) -> str:
    return f"/office/files/erase/{document.pk}/"


def test_two_people_erase_and_no_table_says_the_name_any_more(record: Document, insider: Person) -> None:
    assert len(list(rows_that_say(NAME))) >= 4
    client = desk_of(insider)
    page = client.get(address(record)).content.decode()
    assert all(said in page for said in ("删除后不再有的", "留下的", NAME, "申请删除"))
    assert "同意，删除内容" not in page
    client.post(address(record), ASK)
    assert "同意，删除内容" not in client.get(address(record)).content.decode()
    signer = make_person("decider", insider.unit, Role.SIGNER)
    desk = desk_of(signer)
    assert "等我决定是否删除" in desk.get("/office/").content.decode()
    assert "请先核对" in desk.post(address(record), {"act": "agree"}).content.decode()
    told = desk.post(address(record), {"act": "agree", "understood": "on"}, follow=True).content.decode()
    assert "内容已删除，日志第" in told
    assert list(rows_that_say(NAME)) == []
    assert "等我决定是否删除" not in desk.get("/office/").content.decode()


def test_the_public_page_says_that_it_was_erased_and_its_files_are_gone(
    record: Document, insider: Person, general_office: Person
) -> None:
    desk_of(insider).post(address(record), ASK)
    desk_of(general_office).post(address(record), {"act": "agree", "understood": "on"})
    public, own = Client(), record.get_absolute_url()
    page = public.get(own).content.decode()
    assert all(said in page for said in ("内容已依法删除", "个人信息保护法第四十七条", "公示期满"))
    assert NAME not in page
    assert public.get(f"{own}v/1/").status_code == 200
    told = public.get(f"{own[:-1]}.json").json()
    assert told["erased"]["reason"] == "公示期满"
    assert "committed" not in told["record"]
    for gone in (f"{own[:-1]}.pdf", f"{own[:-1]}.docx", f"{own}v/1/text", f"{own}v/1.pdf"):
        answer = public.get(gone)
        assert answer.status_code == 410, gone
        assert "已经依法删除" in answer.content.decode()


def test_a_ground_is_required_and_whoever_asked_cannot_agree(
    record: Document, general_office: Person
) -> None:
    client = desk_of(general_office)
    assert "法律依据必选" in client.post(address(record), {**ASK, "ground": ""}).content.decode()
    assert not Erasure.objects.exists()
    client.post(address(record), ASK)
    told = client.post(address(record), {"act": "agree", "understood": "on"}).content.decode()
    assert "请由另一位" in told
    assert NAME in Document.objects.get().title


def test_another_units_desk_does_not_find_the_page(record: Document, colleague: Person) -> None:
    assert desk_of(colleague).get(address(record)).status_code == 404


def test_what_is_public_or_names_nobody_has_no_such_page_or_says_why(insider: Person) -> None:
    document = publish(unit=insider.unit)
    client = desk_of(insider)
    assert client.get(address(document)).status_code == 404
    withdraw(document, on="2017-09-20")
    page = client.get(address(document)).content.decode()
    assert "不能删净" in page
    assert "申请删除</button>" not in page


def test_such_a_record_is_neither_pushed_nor_printed_for_ever(
    insider: Person, finance: Unit, general_office: Person
) -> None:
    make_column(make_site("czw", "示例市财政委", finance), "all", "全部", posts_to=["weibo"])
    draft = make_draft_document(f"关于{NAME}的决定", by=insider, concerns="person")
    edition = release(draft, by=insider, now=at("2017-09-15")).edition
    assert edition is not None
    assert outbox.prepare(now=at("2017-09-16")) == 0
    assert not Post.objects.exists()
    issue = issues.start(by=general_office, year=2017, number=1, title="公报", publisher="示例市政府")
    with pytest.raises(issues.NotIssuable, match="涉及个人"):
        issues.place(by=general_office, issue=issue, edition=edition, section="文件")
