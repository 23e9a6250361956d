"""Publishing, revising and withdrawing: the act, its edition and its journal line stand or fall together."""

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_draft_document, release, save_draft
from tests.publishing.conftest import NOON
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden
from yangguang.journal import queries
from yangguang.journal.models import Line
from yangguang.publishing.actions import documents
from yangguang.publishing.actions.editions import NotReviewed
from yangguang.publishing.models import Document, Edition, ReviewEntry

LATER = NOON + dt.timedelta(days=1)


def publish(unit: Unit, by: Person, *, now: dt.datetime = NOON, **facts: Any) -> Document:
    """What `by` wrote, taken through all of its review."""
    given = {
        "title": "2017年10月全市一般公共预算收支情况",
        "body": "第一段。\n\n第二段。",
        "form": "series",
        **facts,
    }
    return release(make_draft_document(by=by, unit=unit, **given), by=by, now=now)


def revise(document: Document, by: Person, *, note: str, body: str) -> Document:
    return release(save_draft(document, by=by, note=note, body=body), by=by, now=LATER)


def body(line: Line) -> dict[str, object]:
    facts: dict[str, object] = json.loads(line.body)
    return facts


def test_publishing_makes_an_edition_and_a_line_that_name_the_same_text(
    finance: Unit, editor: Person
) -> None:
    document = publish(finance, editor, covers="2017-10", made_on=dt.date(2017, 11, 20), keywords=["预算"])
    edition = document.edition
    assert edition is not None
    assert edition.sha256 == hashlib.sha256(edition.body.encode()).hexdigest()
    assert edition.online_at == NOON
    assert body(edition.line) == {
        "act": "publish",
        "at": "2017-11-30T12:00:00+08:00",
        "attachments": [],
        "basis": "",
        "by": "市财政委签发人",
        "channel": "政府网站",
        "covers": "2017-10",
        "document": document.index_no,
        "edition": 1,
        "effective_on": None,
        "expires_on": None,
        "form": "series",
        "interpretation": None,
        "issuers": [],
        "keywords": ["预算"],
        "made_on": "2017-11-20",
        "note": "",
        "number": "",
        "openness": "active",
        "proclaimed_on": None,
        "released_on": None,
        "review": {
            "steps": [
                {"step": "unit", "by": "市财政委单位审核员", "at": "2017-11-30T12:00:00+08:00"},
                {"step": "secrecy", "by": "市财政委保密审查员", "at": "2017-11-30T12:00:00+08:00"},
                {"step": "sign", "by": "市财政委签发人", "at": "2017-11-30T12:00:00+08:00"},
            ]
        },
        "sample": False,
        "seq": 1,
        "sha256": edition.sha256,
        "summary": "",
        "title": "2017年10月全市一般公共预算收支情况",
        "topic": "",
        "unit": "市财政委",
        "url": f"/documents/{document.index_no}/",
    }


def test_no_persons_name_goes_into_the_journal(finance: Unit, editor: Person) -> None:
    editor.username = editor.last_name = "某某某"
    line = publish(finance, editor).edition.line  # type: ignore[union-attr]
    assert "某某某" not in line.body


def test_index_numbers_run_on_by_unit_and_year_and_are_never_given_twice(
    finance: Unit, outsider: Person, general_office: Person
) -> None:
    numbers = [publish(finance, general_office).index_no for _ in range(2)]
    assert outsider.unit is not None
    other = publish(outsider.unit, outsider).index_no
    assert [number.rsplit("-", 1)[1] for number in [*numbers, other]] == ["00001", "00002", "00001"]
    assert len({*numbers, other}) == 3


def test_a_revision_keeps_the_first_edition_as_it_was(finance: Unit, editor: Person) -> None:
    document = publish(finance, editor)
    revise(document, editor, note="更正第二段", body="第一段。\n\n改正。")
    first, second = document.editions.all()
    assert (first.body, second.body) == ("第一段。\n\n第二段。", "第一段。\n\n改正。")
    assert (second.line.act, body(second.line)["edition"]) == (Line.Act.REVISE, 2)
    assert body(second.line)["note"] == second.note == "更正第二段"


def test_a_revision_without_a_note_is_refused(finance: Unit, editor: Person) -> None:
    document = publish(finance, editor)
    with pytest.raises(ValueError, match="修改说明必填"):
        revise(document, editor, note=" ", body="改正。")
    assert queries.size() == 1


def test_a_withdrawn_document_keeps_its_editions_and_gives_the_reason(finance: Unit, editor: Person) -> None:
    document = publish(finance, editor)
    withdrawal = documents.withdraw(by=editor, now=LATER, document=document, reason="数据有误，另行公布")
    assert body(withdrawal.line)["reason"] == "数据有误，另行公布"
    assert Document.objects.public().get() == document
    assert not Document.objects.in_force().exists()
    assert document.editions.count() == 1


def test_nothing_can_be_published_on_a_withdrawn_page(finance: Unit, editor: Person) -> None:
    document = publish(finance, editor)
    documents.withdraw(by=editor, now=LATER, document=document, reason="重复")
    with pytest.raises(ValueError, match="撤回"):
        revise(document, editor, note="再发", body="再发。")
    with pytest.raises(ValueError, match="已经撤回"):
        documents.withdraw(by=editor, now=LATER, document=document, reason="重复")
    assert queries.size() == 2


def test_another_units_editor_may_not_publish_revise_or_withdraw(
    finance: Unit, editor: Person, outsider: Person
) -> None:
    document = publish(finance, editor)
    with pytest.raises(Forbidden, match="市财政委"):
        publish(finance, outsider)
    with pytest.raises(Forbidden):
        revise(document, outsider, note="改", body="改。")
    with pytest.raises(Forbidden):
        documents.withdraw(by=outsider, now=LATER, document=document, reason="撤")
    assert queries.size() == 1
    assert Document.objects.public().get().title == document.title


def test_the_general_office_may_publish_for_any_unit(finance: Unit, general_office: Person) -> None:
    line = publish(finance, general_office).edition.line  # type: ignore[union-attr]
    assert body(line)["by"] == "市财政委签发人"


@pytest.mark.parametrize("facts", [{"title": ""}, {"form": "poster"}, {"body": ""}])
def test_incomplete_documents_are_refused_and_nothing_is_half_saved(
    finance: Unit, editor: Person, facts: dict[str, str]
) -> None:
    with pytest.raises(ValidationError):
        publish(finance, editor, **facts)
    assert not Document.objects.exists()
    assert queries.size() == 0


def test_no_document_is_saved_when_its_line_cannot_be_written(finance: Unit, editor: Person) -> None:
    publish(finance, editor)
    with pytest.raises(ValueError, match="倒填"):
        publish(finance, editor, now=NOON - dt.timedelta(days=1), title="倒填的文件")
    assert Edition.objects.count() == queries.size() == 1
    assert not Document.objects.get(title="倒填的文件").live


def test_editions_cannot_be_changed_or_deleted(finance: Unit, editor: Person) -> None:
    edition = publish(finance, editor).edition
    assert edition is not None
    edition.body = "偷偷改掉"
    with pytest.raises(TypeError):
        edition.save()
    with pytest.raises(TypeError):
        edition.delete()


class TestWagtailsDoor:
    """Whatever route Wagtail takes to publishing, it ends in Document.publish()."""

    def test_it_opens_for_what_was_reviewed(self, finance: Unit, editor: Person) -> None:
        document = make_draft_document(by=editor)
        sent = release(document, by=editor, now=NOON, release_at=LATER)
        review = ReviewEntry.objects.get(document=document).review
        review.release_at = None
        review.save()
        sent.latest_revision.publish(user=editor, skip_permission_checks=True)  # type: ignore[union-attr]
        assert document.editions.count() == queries.size() == 1

    def test_a_draft_that_is_saved_again_stays_unseen(self, finance: Unit, editor: Person) -> None:
        document = publish(finance, editor)
        document.body = "还没有审好的稿子"
        document.save_revision(user=editor)
        assert document.editions.get().body == "第一段。\n\n第二段。"

    def test_a_publication_that_is_refused_is_not_live(
        self, finance: Unit, editor: Person, outsider: Person
    ) -> None:
        document = Document(unit=finance, title="草稿", body="正文。", live=False)
        document.save()
        revision = document.save_revision(user=outsider)
        with pytest.raises(NotReviewed):
            revision.publish(user=outsider, skip_permission_checks=True)
        document.refresh_from_db()
        assert not document.live
        assert queries.size() == 0

    def test_unpublishing_without_a_reason_is_closed(self, finance: Unit, editor: Person) -> None:
        document = publish(finance, editor)
        with pytest.raises(TypeError, match="理由"):
            document.unpublish(user=editor)


def test_the_whole_story_of_a_document_is_a_chain_that_holds(finance: Unit, editor: Person) -> None:
    document = publish(finance, editor)
    revise(document, editor, note="更正", body="新。")
    documents.withdraw(by=editor, now=LATER, document=document, reason="重复")
    assert queries.problem() is None
    assert [line.act for line in Line.objects.all()] == ["publish", "revise", "withdraw"]
