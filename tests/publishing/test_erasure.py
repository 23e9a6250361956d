"""Records about persons and enterprises: what the log says of them, and that they can be taken out."""

import json
import sqlite3
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import at, erase, make_person, make_unit, publish, withdraw
from yangguang.directory.permissions import Forbidden, Role
from yangguang.journal import queries as journal
from yangguang.journal.models import Line
from yangguang.publishing.actions import editions, erasure
from yangguang.publishing.commitments import HIDDEN, hidden
from yangguang.publishing.models import Document, Erasure, Salt
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
    line = erase(document, on="2017-09-21")
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
    erase(first, on="2017-09-21")
    assert store.path(digest).exists()


@pytest.mark.django_db
def test_what_is_public_or_was_told_in_full_is_not_erased() -> None:
    penalty, notice = punish(), publish()
    with pytest.raises(ValueError, match="请先撤回"):
        erase(penalty, on="2017-09-20")
    withdraw(notice, on="2017-09-20")
    with pytest.raises(ValueError, match="不能删净"):
        erase(notice, on="2017-09-21")
    withdraw(penalty, on="2017-09-21")
    with pytest.raises(ValueError, match="说明必填"):
        erase(penalty, on="2017-09-22", reason=" ")


@pytest.fixture
def asked(db: None) -> Erasure:
    """An editor of the unit asks for the erasure of a withdrawn penalty."""
    document = punish()
    withdraw(document, on="2017-09-20")
    editor = make_person("asker", document.unit)
    return erasure.ask(
        by=editor, now=at("2017-09-21"), document=document, ground="penalty-48", reason="处罚已撤销"
    )


def test_asking_erases_nothing(asked: Erasure) -> None:
    assert Document.objects.get().title == f"关于{NAME}的行政处罚决定书"
    assert Salt.objects.count() == 1
    with pytest.raises(ValueError, match="已经有人申请"):
        erasure.ask(
            by=asked.asked_by,
            now=at("2017-09-21"),
            document=asked.document,
            ground="pipl-47",
            reason="又一次",
        )


# who, of which unit -> may they agree?
DECIDERS = (
    (Role.SIGNER, "市市场监管局", True),
    (Role.GENERAL_OFFICE, "", True),
    (Role.SIGNER, "市统计局", False),
    (Role.EDITOR, "市市场监管局", False),
    (Role.REVIEWER, "市市场监管局", False),
    (Role.SECRECY_OFFICER, "市市场监管局", False),
)


@pytest.mark.parametrize(("role", "unit", "may"), DECIDERS)
def test_who_may_agree(asked: Erasure, role: Role, unit: str, may: bool) -> None:
    person = make_person("decider", make_unit(unit) if unit else None, role)
    if may:
        told = json.loads(erasure.agree(by=person, now=at("2017-09-22"), erasure=asked).body)
        assert told["asked_by"] == "市市场监管局单位编辑"
        assert told["ground"].startswith("行政处罚法第四十八条")
        return
    with pytest.raises(Forbidden):
        erasure.agree(by=person, now=at("2017-09-22"), erasure=asked)
    with pytest.raises(Forbidden):
        erasure.turn_down(by=person, now=at("2017-09-22"), erasure=asked, reason="不")
    assert Salt.objects.exists()


@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_agrees_to_what_they_asked(asked: Erasure, is_superuser: bool) -> None:
    own = make_person("both", role=Role.GENERAL_OFFICE)
    own.is_superuser = is_superuser
    own.save()
    Erasure.objects.update(asked_by=own)
    with pytest.raises(Forbidden, match="另一位"):
        erasure.agree(by=own, now=at("2017-09-22"), erasure=asked)


def test_the_database_refuses_one_person_in_both_places_too(asked: Erasure) -> None:
    line = asked.document.withdrawal.line
    facts = {"decided_by": asked.asked_by, "decided_at": at("2017-09-22"), "line": line}
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(**facts)


def test_what_was_turned_down_or_taken_back_can_be_asked_again(asked: Erasure) -> None:
    erasure.turn_down(by=asked.asked_by, now=at("2017-09-22"), erasure=asked, reason="写错了")
    with pytest.raises(ValueError, match="已经决定"):
        erasure.agree(by=make_person(role=Role.GENERAL_OFFICE), now=at("2017-09-22"), erasure=asked)
    erase(asked.document, on="2017-09-23")
    with pytest.raises(ValueError, match="已经删除"):
        erase(asked.document, on="2017-09-24")


def test_erased_words_are_overwritten_in_the_file_of_the_database(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL 的文件由 VACUUM 清理，不归本程序管")
    file = tmp_path / "records.sqlite3"
    words = sqlite3.connect(file, isolation_level=None)
    words.executescript(connection.settings_dict["OPTIONS"]["init_command"])
    words.execute("CREATE TABLE told (body TEXT)")
    words.executemany("INSERT INTO told VALUES (?)", [(f"{NAME}{number} " * 3000,) for number in range(9)])
    words.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert NAME.encode() in file.read_bytes()
    words.execute("UPDATE told SET body = ''")
    words.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    words.close()
    assert all(NAME.encode() not in each.read_bytes() for each in tmp_path.iterdir())
