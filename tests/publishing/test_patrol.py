"""The patrol finds every silent change: each public field of each record is changed once, N of N."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from pytest_django import DjangoAssertNumQueries

from tests.factories import at, make_unit, publish, record_occasion, revise, withdraw
from tests.publishing.test_erasure import punish
from yangguang.directory.models import Unit
from yangguang.journal import patrol as journal_patrol
from yangguang.journal.log import publish as log
from yangguang.journal.models import Line, Patrol
from yangguang.publishing import patrol
from yangguang.publishing.actions import status
from yangguang.publishing.actions.erasure import erase
from yangguang.publishing.models import Document, Edition, Occasion, Salt, StatusAct, Withdrawal
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
    log.checkpoint(now=at("2017-09-09"))


def findings() -> list[str]:
    checks = (journal_patrol.lines, patrol.editions, patrol.acts)
    return [
        f"{checked.place} {problem}"
        for check in checks
        for checked in check()
        for problem in checked.problems
    ]


def other_value(field: models.Field, row: models.Model) -> Any:
    """A value that the field may hold and does not."""
    value = getattr(row, field.attname)
    if field.is_relation:
        others = field.related_model._default_manager.exclude(pk=value)  # type: ignore[union-attr]
        taken = type(row)._default_manager.values(field.attname) if field.unique else []
        return others.exclude(pk__in=taken).values_list("pk", flat=True).first()
    match field:
        case models.DateTimeField():
            return value + dt.timedelta(seconds=1)
        case models.DateField():
            return (value or dt.date(2017, 1, 1)) - dt.timedelta(days=1)
        case models.JSONField():
            more = {"name": "x.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
            return [*value, more if field.name == "attachments" else "多出的"]
        case models.BinaryField():
            return bytes(32)
        case models.IntegerField():
            return value + 1000
    choices = [choice for choice, _ in field.choices or () if choice != value]
    return choices[0] if choices else f"{value}。"[-(field.max_length or 10**6) :]


def changes() -> Iterator[tuple[type[models.Model], str]]:
    for model in RECORDS:
        for field in model._meta.concrete_fields:
            if field.name not in PRIVATE and (model, field.name) not in UNSEEN:
                yield model, field.attname


def test_all_that_is_as_it_was_published_is_let_pass(public: None) -> None:
    assert findings() == []


@pytest.mark.parametrize(("model", "name"), list(changes()), ids=lambda one: getattr(one, "__name__", one))
def test_a_silent_change_of_any_public_field_is_found(
    public: None, model: type[models.Model], name: str
) -> None:
    field = next(one for one in model._meta.concrete_fields if one.attname == name)
    changed = 0
    for row in model._default_manager.order_by("-pk"):
        value = other_value(field, row)
        if value is None:
            continue
        if isinstance(row, StatusAct) and name in {"successor_id", "source_id"}:
            value = Document.objects.exclude(pk=getattr(row, name)).values_list("pk", flat=True).first()
        before = getattr(row, name)
        with connection.constraint_checks_disabled():
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=row.pk).update(**{name: value})
            except IntegrityError:
                continue  # the database itself refuses this one
            assert findings(), (row.pk, before, value)
            model._default_manager.filter(pk=row.pk).update(**{name: before})
        assert findings() == [], row.pk
        changed += 1
    assert changed


@pytest.mark.parametrize("name", ["index_no", "is_sample"])
def test_a_silent_change_of_what_pages_take_from_the_document_is_found(public: None, name: str) -> None:
    document = Document.objects.first()
    assert document is not None
    Document.objects.filter(pk=document.pk).update(**{name: "x-2017-00001" if name == "index_no" else False})
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
    erase(by=None, now=at("2017-09-21"), document=document, reason="个人信息保护法第四十七条")
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
