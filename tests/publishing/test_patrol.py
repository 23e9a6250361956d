"""The patrol finds every silent change: each public field of each record is changed once, N of N."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, models
from pytest_django import DjangoAssertNumQueries

from tests import silent_changes
from tests.factories import (
    at,
    erase,
    make_draft_document,
    make_person,
    make_unit,
    publish,
    record_occasion,
    release,
    revise,
    withdraw,
)
from tests.publishing.test_erasure import punish
from yangguang.directory.models import Unit
from yangguang.directory.permissions import Role
from yangguang.journal import patrol as journal_patrol
from yangguang.journal.log import publish as log
from yangguang.journal.models import Line, Patrol
from yangguang.publishing import patrol
from yangguang.publishing.actions import editions, status
from yangguang.publishing.models import Document, Edition, Material, Occasion, Salt, StatusAct, Withdrawal
from yangguang.rules.legal_status import Kind
from yangguang.warehouse import store

RECORDS = (Edition, Withdrawal, Occasion, StatusAct, Line, Salt)
# Numbers of rows in this database, which no page shows.
PRIVATE = {"id"}
# Chosen by whoever made the act; the line tells it in words that the log keeps for ever.
UNSEEN = {(Line, "seq")}


@pytest.fixture
def public(db: None) -> None:
    """One of everything that publishing puts before the public, signed."""
    digest = store.put(b"attachment")
    files = [{"name": "附件.pdf", "media_type": "application/pdf", "size": 10, "sha256": digest}]
    notice = publish(on="2017-09-01", made_on=dt.date(2017, 8, 30), covers="2017-08", keywords=["预算"])
    notice.attachments = files
    revise(notice, on="2017-09-02")
    successor = publish("新的通知", on="2017-09-03", unit="市统计局", form="document")
    old = publish("旧的通知", on="2017-09-04", form="document")
    status.mark(
        by=None,
        now=at("2017-09-05"),
        document=old,
        act=Kind.REPLACE,
        effective_on=dt.date(2017, 9, 6),
        reason="已有新规定",
        successor=successor,
        source=notice,
    )
    withdraw(successor, on="2017-09-07")
    record_occasion("突发事件", on="2017-09-08", happened_on="2017-09-07")
    punish("2017-09-09")
    editor = make_person("editor", make_unit("市财政委"))
    release(make_draft_document("审核过的通知", by=editor), by=editor, now=at("2017-09-10"))
    urgent = make_draft_document("紧急通知", by=editor)
    office = make_person("office", role=Role.GENERAL_OFFICE)
    editions.issue(document=urgent, by=office, now=at("2017-09-11"), forced="抢险")
    told = make_draft_document("一图读懂", by=editor)
    Material.objects.create(
        document=told, policy=old, kind="picture", phase="after", link="https://example.org/a"
    )
    editions.issue(document=told, by=None, now=at("2017-09-12"), unreviewed=True)
    log.checkpoint(now=at("2017-09-09"))


# Facts that are told only beside another: without a reason to be there they are on no page either.
BESIDE = {
    "warrant_reason": lambda row: row.warrant == "forced",
    "checks": lambda row: row.warrant == "reviewed",
    "interpretation_kind": lambda row: row.interprets_id,
    "interpretation_phase": lambda row: row.interprets_id,
    "link": lambda row: row.interprets_id,
    "interpretation_exemption": lambda row: not row.interprets_id,
    "interpretation_due": lambda row: not row.interprets_id,
}


def always(_: models.Model) -> bool:
    return True


CHECKS = (journal_patrol.lines, patrol.editions, patrol.acts)


def findings() -> list[str]:
    return silent_changes.findings(CHECKS)


def public_fields(model: type[models.Model]) -> list[models.Field]:
    fields = [field for field in model._meta.concrete_fields if field.name not in PRIVATE]
    return [field for field in fields if (model, field.name) not in UNSEEN]


def test_all_that_is_as_it_was_published_is_let_pass(public: None) -> None:
    assert findings() == []


@pytest.mark.parametrize("model", RECORDS)
def test_a_silent_change_of_any_public_field_is_found_n_of_n(public: None, model: type[models.Model]) -> None:
    for field in public_fields(model):
        told = filter(BESIDE.get(field.attname, always), model._default_manager.order_by("-pk"))
        silent_changes.require_each_found(told, field, CHECKS)


@pytest.mark.parametrize("name", ["index_no", "is_sample"])
def test_a_silent_change_of_what_pages_take_from_the_document_is_found(public: None, name: str) -> None:
    document = Document.objects.first()
    assert document is not None
    Document.objects.filter(pk=document.pk).update(
        **{name: "x-2017-00001" if name == "index_no" else not document.is_sample}
    )
    assert findings()


def test_a_unit_renamed_in_silence_is_found(public: None) -> None:
    make_unit("市财政委")
    Unit.objects.filter(name="市财政委").update(name="市财政局")
    assert any("“unit”现在是 “市财政局”，日志记的是 “市财政委”" in text for text in findings())


@pytest.mark.parametrize("model", [Edition, Withdrawal, Occasion, StatusAct, Salt])
def test_a_deleted_record_is_found(public: None, model: type[models.Model]) -> None:
    for pk in list(model._default_manager.values_list("pk", flat=True)):
        rows = list(model._default_manager.filter(pk=pk))
        with connection.constraint_checks_disabled():
            model._default_manager.filter(pk=pk)._raw_delete("default")  # type: ignore[attr-defined]
            assert findings(), (model, pk)
            model._default_manager.bulk_create(rows)
    assert findings() == []


def test_a_deleted_line_is_found(public: None) -> None:
    for line in list(Line.objects.all()):
        with connection.constraint_checks_disabled():
            Line.objects.filter(pk=line.pk)._raw_delete("default")  # type: ignore[attr-defined]
            assert findings(), line.pk
            Line.objects.bulk_create([line])
    assert findings() == []


def test_a_tampered_or_lost_attachment_is_found(public: None) -> None:
    edition = Edition.objects.exclude(attachments=[]).first()
    assert edition is not None
    path = store.path(edition.files[0].sha256)
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert any("”不见了，或者内容与它的哈希不符" in text for text in findings())
    path.unlink()
    assert findings()
    assert store.put(content)
    assert findings() == []


@pytest.mark.parametrize("name", ["tile/0/000.p/8", "tile/entries/000.p/8", "checkpoint"])
def test_a_tampered_file_of_the_log_is_found(public: None, name: str) -> None:
    size = Line.objects.count()
    path = Path(settings.JOURNAL_ROOT, name.replace("/8", f"/{size}"))
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(content)
    assert findings()
    path.unlink()
    assert findings()


def test_an_erased_record_is_let_pass_and_its_return_is_found(db: None) -> None:
    document = punish()
    withdraw(document, on="2017-09-20")
    erase(document, on="2017-09-21")
    assert findings() == []
    Edition.objects.filter(document=document).update(body="又写回来的正文")
    assert any("日志记有删除，内容却还在" in text for text in findings())


def test_a_round_keeps_its_result(public: None, noon: dt.datetime) -> None:
    Edition.objects.filter(number=2).update(body="改过的正文")
    told: list[int] = []
    found = journal_patrol.go([patrol.editions], now=lambda: noon, progress=told.append)
    assert Patrol.objects.get() == found
    assert [finding["place"][-5:] for finding in found.findings] == ["第 2 版"]
    assert told[-1] == found.checked == Edition.objects.count()


def test_the_cost_of_a_round_in_queries_does_not_grow(
    public: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        publish(f"通知{number}", on="2017-10-01")
    with django_assert_max_num_queries(20):
        findings_without_log = [*patrol.editions(), *patrol.acts()]
    assert len(findings_without_log) > 20
