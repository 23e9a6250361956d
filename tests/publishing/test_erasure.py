"""Records about persons and enterprises: what the log says of them, and that they can be taken out."""

import json

import pytest

from tests.factories import at, make_unit, publish, withdraw
from yangguang.journal import queries as journal
from yangguang.journal.models import Line
from yangguang.publishing.actions import editions
from yangguang.publishing.actions.erasure import erase
from yangguang.publishing.commitments import HIDDEN, hidden
from yangguang.publishing.models import Document, Salt
from yangguang.rules.commitment import opens
from yangguang.warehouse import store

NAME, NUMBER = "张三丰", "深市监罚〔2017〕88号"


def punish(on: str = "2017-09-15", **values: object) -> Document:
    """A penalty on a person, published with one attachment."""
    digest = store.put(f"{NAME}的决定书扫描件".encode())
    document = Document(
        unit=make_unit("市市场监管局"),
        title=f"关于{NAME}的行政处罚决定书",
        number=NUMBER,
        form="cases",
        keywords=["行政处罚"],
        body=f"当事人{NAME}，罚款五千元。",
        concerns="person",
        attachments=[{"name": "决定书.pdf", "media_type": "application/pdf", "size": 30, "sha256": digest}],
        is_sample=True,
        live=True,
        **values,
    )
    document.save()
    editions.issue(document=document, by=None, now=at(on), unreviewed=True)
    return document


@pytest.mark.django_db
def test_the_log_names_nobody_and_holds_no_hash_of_what_could_be_guessed() -> None:
    document = punish()
    withdraw(document, on="2017-09-20", reason="公示期满")
    lines = "".join(link.body for link in journal.links())
    edition = document.edition
    assert edition is not None
    for said in (NAME, NUMBER, edition.sha256, edition.files[0].sha256, "决定书.pdf"):
        assert said not in lines
    told = json.loads(edition.line.body)
    assert told["title"] == "案件、决定、名录（涉及个人，名称不写入日志）"
    assert told["keywords"] == ["行政处罚"]
    assert not set(told) & (set(HIDDEN) - {"title"})


@pytest.mark.django_db
def test_the_commitment_opens_with_salt_and_facts_and_with_nothing_else() -> None:
    edition = punish().edition
    assert edition is not None
    made, salt = json.loads(edition.line.body)["commitment"], bytes(edition.salt.value)
    facts = hidden(editions.facts(edition))
    assert opens(made, salt, facts)
    assert not opens(made, bytes(32), facts)
    for name in HIDDEN:
        assert not opens(made, salt, {**facts, name: "另一个"}), name


@pytest.mark.django_db
def test_two_records_with_the_same_words_have_different_commitments() -> None:
    first, second = (json.loads(punish().edition.line.body)["commitment"] for _ in range(2))  # type: ignore[union-attr]
    assert first != second


@pytest.mark.django_db(transaction=True)
def test_erasing_leaves_no_trace_of_the_person_but_a_line_and_a_place() -> None:
    document = punish()
    digest = document.edition.files[0].sha256  # type: ignore[union-attr]
    document.save_revision()
    withdraw(document, on="2017-09-20", reason="公示期满")
    line = erase(by=None, now=at("2017-09-21"), document=document, reason="个人信息保护法第四十七条")
    assert line.act == Line.Act.ERASE
    document.refresh_from_db()
    edition = document.edition
    assert edition is not None
    stored = f"{document.__dict__}{edition.__dict__}{list(document.revisions)}"
    assert NAME not in stored
    assert NUMBER not in stored
    assert not Salt.objects.exists()
    assert not store.path(digest).exists()
    assert journal.problem() is None


@pytest.mark.django_db(transaction=True)
def test_a_file_that_another_document_shows_stays() -> None:
    first, other = punish(), punish("2017-09-16")
    digest = other.edition.files[0].sha256  # type: ignore[union-attr]
    withdraw(first, on="2017-09-20")
    erase(by=None, now=at("2017-09-21"), document=first, reason="个人信息保护法第四十七条")
    assert store.path(digest).exists()


@pytest.mark.django_db
def test_what_is_public_or_was_told_in_full_is_not_erased() -> None:
    penalty, notice = punish(), publish()
    with pytest.raises(ValueError, match="请先撤回"):
        erase(by=None, now=at("2017-09-20"), document=penalty, reason="法律依据")
    withdraw(notice, on="2017-09-20")
    with pytest.raises(ValueError, match="不能删净"):
        erase(by=None, now=at("2017-09-21"), document=notice, reason="法律依据")
    withdraw(penalty, on="2017-09-21")
    with pytest.raises(ValueError, match="删除理由必填"):
        erase(by=None, now=at("2017-09-22"), document=penalty, reason=" ")
