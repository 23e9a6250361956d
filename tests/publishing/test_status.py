"""Legal status: acts told in the journal, terms that end by themselves, and what cannot be true."""

import contextlib
import datetime as dt
import json

import pytest
from django.core import mail

from tests import factories
from tests.factories import at
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden
from yangguang.journal.models import Line
from yangguang.publishing.actions import documents, status
from yangguang.publishing.models import Document, Edition, StatusAct, TermWarning
from yangguang.publishing.queries import status as queries
from yangguang.rules.legal_status import Kind, Status

pytestmark = pytest.mark.django_db


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def published(title: str = "关于绿化的办法", on: str = "2017-03-01", **facts: object) -> Document:
    return factories.publish(title, on=on, form="document", **facts)


def mark(document: Document, act: Kind, on: str, **facts: object) -> StatusAct:
    given = {"by": None, "effective_on": day(on), "reason": "已有新规定", **facts}
    return status.mark(now=at(on), document=document, act=act, **given)  # type: ignore[arg-type]


def standing(document: Document, on: str) -> Status:
    return queries.document_status(document, day(on)).status


def test_an_abolished_document_tells_why_by_what_and_stays_readable() -> None:
    old, new = published(), published("关于绿化的新办法", on="2017-06-01")
    act = mark(old, Kind.REPLACE, "2017-06-02", successor=new, source=new)
    facts = json.loads(act.line.body)
    assert act.line.act == Line.Act.REPLACE
    assert (facts["document"], facts["successor"], facts["source"]) == (
        old.index_no,
        new.index_no,
        new.index_no,
    )
    assert (facts["effective_on"], facts["reason"], facts["successor_title"]) == (
        "2017-06-02",
        "已有新规定",
        "关于绿化的新办法",
    )
    assert standing(old, "2017-06-01") == Status.IN_FORCE
    assert standing(old, "2017-06-02") == Status.ABOLISHED
    assert old in Document.objects.public()
    assert [one.document for one in queries.replaced_by(new, day("2017-06-02"))] == [old]


def test_an_act_counts_from_its_day_but_not_before_the_public_could_read_it() -> None:
    document = published()
    status.mark(
        by=None,
        now=at("2017-09-01"),
        document=document,
        act=Kind.ABOLISH,
        effective_on=day("2017-08-01"),
        reason="宣布废止",
    )
    assert standing(document, "2017-08-15") == Status.IN_FORCE
    edition = document.edition
    assert edition is not None
    assert queries.status_of(edition, day("2017-08-15"), known_by=day("2017-09-01")).word == "废止"


def test_a_mistake_is_restored_by_a_further_act() -> None:
    document = published()
    mark(document, Kind.ABOLISH, "2017-06-02")
    mark(document, Kind.RESTORE, "2017-06-05", reason="误标，更正")
    assert standing(document, "2017-06-04") == Status.ABOLISHED
    assert standing(document, "2017-06-05") == Status.IN_FORCE


@pytest.mark.parametrize(
    ("act", "on", "facts", "sentence"),
    [
        (Kind.ABOLISH, "2017-06-02", {"reason": " "}, "理由必填"),
        (Kind.REPLACE, "2017-06-02", {}, "被什么文件替代"),
        (Kind.RESTORE, "2017-06-02", {}, "现在有效，不用恢复"),
        (Kind.ABOLISH, "2017-06-02", {"effective_on": day("2016-01-01")}, "早于《关于绿化的办法》的成文日期"),
    ],
)
def test_what_cannot_be_true_is_refused_with_a_sentence(
    act: Kind, on: str, facts: dict[str, object], sentence: str
) -> None:
    document = published(made_on=day("2017-02-20"))
    lines = Line.objects.count()
    with pytest.raises(ValueError, match=sentence):
        mark(document, act, on, **facts)
    assert (StatusAct.objects.count(), Line.objects.count()) == (0, lines)


def test_what_has_ended_does_not_end_again() -> None:
    document = published()
    mark(document, Kind.ABOLISH, "2017-06-02")
    with pytest.raises(ValueError, match="已于 2017-06-02 废止，不能再次标注"):
        mark(document, Kind.EXPIRE, "2017-06-03")


def test_only_the_unit_itself_or_the_general_office_marks(finance: Unit, outsider: Person) -> None:
    document = published(unit=finance)
    with pytest.raises(Forbidden):
        mark(document, Kind.ABOLISH, "2017-06-02", by=outsider)


def test_an_act_is_neither_changed_nor_deleted() -> None:
    act = mark(published(), Kind.ABOLISH, "2017-06-02")
    with pytest.raises(TypeError):
        act.save()
    with pytest.raises(TypeError):
        act.delete()


def test_a_term_ends_by_itself_and_is_told_once() -> None:
    document = published(expires_on=day("2017-10-31"))
    assert status.expire_due(now=at("2017-10-31 23:50")) == 0
    assert standing(document, "2017-11-01") == Status.EXPIRED
    assert status.expire_due(now=at("2017-11-02 00:10")) == 1
    assert status.expire_due(now=at("2017-11-02 01:10")) == 0
    act = document.status_acts.get()
    assert (act.act, act.effective_on, act.reason) == (
        "expire",
        day("2017-11-01"),
        "有效期届满（有效期至 2017-10-31）",
    )


def test_a_new_edition_with_a_later_term_prolongs_the_document_and_ends_again() -> None:
    document = published(expires_on=day("2017-10-31"))
    document.expires_on = day("2017-11-30")
    factories.revise(document, on="2017-10-20", note="延长有效期")
    assert status.expire_due(now=at("2017-11-15")) == 0
    assert standing(document, "2017-11-15") == Status.IN_FORCE
    assert status.expire_due(now=at("2017-12-01")) == 1


def test_an_expired_document_is_restored_only_with_a_new_term() -> None:
    document = published(expires_on=day("2017-10-31"))
    status.expire_due(now=at("2017-11-01"))
    with pytest.raises(ValueError, match="请先发布写明新有效期的版次"):
        mark(document, Kind.RESTORE, "2017-11-02")
    document.expires_on = None
    factories.revise(document, on="2017-11-03", note="经评估继续执行")
    mark(document, Kind.RESTORE, "2017-11-03", reason="经评估继续执行")
    assert standing(document, "2017-11-03") == Status.IN_FORCE


def test_abolished_and_withdrawn_documents_do_not_expire() -> None:
    abolished, taken = published(expires_on=day("2017-10-31")), published(expires_on=day("2017-10-31"))
    mark(abolished, Kind.ABOLISH, "2017-09-01")
    factories.withdraw(taken, on="2017-09-02")
    assert status.expire_due(now=at("2017-11-01")) == 0
    with pytest.raises(ValueError, match="已经撤回，不能再标注"):
        mark(taken, Kind.ABOLISH, "2017-11-01")


def test_the_unit_is_warned_once_thirty_days_before(
    finance: Unit, editor: Person, django_capture_on_commit_callbacks: object
) -> None:
    editor.email = "editor@example.gov.cn"
    editor.save()
    document = published(unit=finance, expires_on=day("2017-10-31"))
    published("没有期限的办法", unit=finance)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert status.warn_ahead(now=at("2017-09-30")) == 0
        assert status.warn_ahead(now=at("2017-10-01")) == 1
        assert status.warn_ahead(now=at("2017-10-02")) == 0
    assert [letter.to for letter in mail.outbox] == [["editor@example.gov.cn"]]
    assert "2017-10-31" in mail.outbox[0].subject
    assert TermWarning.objects.get().document == document
    assert [edition.document for edition in queries.terms_ending(day("2017-10-02"), finance)] == [document]


def test_sql_finds_the_same_documents_as_the_rule() -> None:
    kinds = (Kind.ABOLISH, Kind.EXPIRE, Kind.AMEND, Kind.RESTORE, None)
    histories = {
        published(f"办法{first}{second}", expires_on=None if second else day("2017-10-31")): (first, second)
        for first in kinds
        for second in kinds
    }
    withdrawn = published("撤回的办法")
    for place, on in enumerate(("2017-09-01", "2017-09-02")):
        for document, history in histories.items():
            kind = history[place]
            with contextlib.suppress(ValueError):
                if kind:
                    mark(document, kind, on)
    factories.withdraw(withdrawn, on="2017-09-10")
    for on in map(day, ("2017-03-01", "2017-09-01", "2017-09-02", "2017-10-31", "2017-11-01")):
        standing_then = Edition.objects.filter(online_at__lt=queries.end_of(on))
        editions = queries.newest_only(standing_then, queries.end_of(on))
        by_rule = queries.statuses(editions, on)
        assert len(by_rule) == len(histories) + 1
        for kind in Status:
            found = set(queries.with_status(editions, kind, on).values_list("document", flat=True))
            assert found == {pk for pk, one in by_rule.items() if one.status is kind}, (on, kind)


def test_a_document_that_is_not_for_the_public_never_gets_an_edition(finance: Unit, editor: Person) -> None:
    document = Document(
        unit=finance, title="内部通知", body="正文", openness="none", openness_ground="16-internal"
    )
    document.full_clean(exclude=["index_no"])
    document.save()
    with pytest.raises(ValueError, match="公开属性是“不予公开”，不能发布"):
        documents.revise(by=editor, now=at("2017-06-01"), document=document, note="无", body="正文")
    assert not document.editions.exists()
