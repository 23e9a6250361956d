"""Four eyes: no way to the public without a complete review of exactly the content, but a forced one that is told."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from tests.factories import make_draft_document, make_person, make_reviewers, make_unit, release, save_draft
from tests.publishing.conftest import NOON
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Role
from yangguang.journal import queries as journal
from yangguang.publishing.actions import documents, editions, review
from yangguang.publishing.models import Document, Edition, Review
from yangguang.publishing.queries import review as queries
from yangguang.publishing.reviewed_content import draft_of
from yangguang.rules.four_eyes import Step

ID = "11010519491231002X"
SOON = NOON + dt.timedelta(hours=2)


@pytest.fixture
def draft(editor: Person) -> Document:
    return make_draft_document(by=editor)


@pytest.fixture
def reviewers(finance: Unit) -> tuple[Person, Person, Person]:
    return make_reviewers(finance)


def sent(document: Document, by: Person, **given: str) -> Review:
    return review.submit(by=by, now=NOON, document=document, **given)


def approve(found: Review, by: Person, step: Step, **given: dt.datetime) -> Review:
    return review.approve(by=by, now=NOON, review=found, step=step, **given)


def checked(document: Document, editor: Person, reviewers: tuple[Person, Person, Person]) -> Review:
    """A review that waits for its sign-off."""
    found = sent(document, editor)
    approve(found, reviewers[0], Step.UNIT)
    return approve(found, reviewers[1], Step.SECRECY)


def test_three_steps_put_a_draft_online_and_the_journal_tells_them(draft: Document, editor: Person) -> None:
    document = release(draft, by=editor, now=NOON)
    edition = document.edition
    assert edition is not None
    body = json.loads(edition.line.body)
    assert body["by"] == "市财政委签发人"
    assert [(each["step"], each["by"]) for each in body["review"]["steps"]] == [
        ("unit", "市财政委单位审核员"),
        ("secrecy", "市财政委保密审查员"),
        ("sign", "市财政委签发人"),
    ]
    assert (document.live, document.has_unpublished_changes) == (True, False)
    assert edition.review_entry.review.ended_at == NOON


def test_a_revision_goes_the_same_way_and_the_first_edition_stays_until_then(
    draft: Document, editor: Person
) -> None:
    document = release(draft, by=editor, now=NOON)
    changed = save_draft(document, by=editor, body="改过的正文。", note="更正")
    assert changed.edition.body == "第一段。\n\n第二段。"  # type: ignore[union-attr]
    again = release(changed, by=editor, now=SOON)
    assert [edition.body for edition in again.editions.all()] == ["第一段。\n\n第二段。", "改过的正文。"]


# --- every way to the public, without a review


def by_issue(document: Document, person: Person | None) -> None:
    editions.issue(document=document, by=person, now=NOON)


def by_issue_claiming_the_exemption(document: Document, person: Person | None) -> None:
    editions.issue(document=document, by=person or make_person("x", document.unit), now=NOON, unreviewed=True)


def by_wagtails_door(document: Document, person: Person | None) -> None:
    revision = document.latest_revision or document.save_revision()
    document.publish(revision, user=person, skip_permission_checks=True)


def by_wagtails_revision(document: Document, person: Person | None) -> None:
    revision = document.latest_revision or document.save_revision()
    revision.publish(user=person, skip_permission_checks=True)


def by_the_verb(document: Document, person: Person | None) -> None:
    documents.publish(
        by=person or make_person("y", document.unit), now=NOON, unit=document.unit, title="题", body="文"
    )


def by_revising(document: Document, person: Person | None) -> None:
    documents.revise(
        by=person or make_person("z", document.unit), now=NOON, document=document, note="改", body="文"
    )


WAYS = [
    by_issue,
    by_issue_claiming_the_exemption,
    by_wagtails_door,
    by_wagtails_revision,
    by_the_verb,
    by_revising,
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["nobody", *Role.values, "superuser"])
def test_no_way_leads_to_the_public_without_review_for_anybody(
    draft: Document, finance: Unit, way: Callable[[Document, Person | None], None], who: str
) -> None:
    person = None
    if who != "nobody":
        person = make_person("who", finance, who if who in Role.values else Role.SIGNER)
        person.is_superuser = who == "superuser"
        person.save()
    with pytest.raises((editions.NotReviewed, Forbidden)):
        way(draft, person)
    assert (journal.size(), Edition.objects.count()) == (0, 0)


@pytest.mark.parametrize("way", [by_issue, by_wagtails_door, by_wagtails_revision])
def test_a_review_that_is_not_complete_opens_no_way(
    draft: Document, editor: Person, reviewers: tuple[Person, Person, Person], way: Callable[..., None]
) -> None:
    checked(draft, editor, reviewers)
    with pytest.raises(editions.NotReviewed, match="还没有完成"):
        way(draft, reviewers[2])
    assert journal.size() == 0


def test_wagtails_scheduled_publishing_is_no_way_around(draft: Document, editor: Person) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    revision = save_draft(draft, by=editor, body="偷发").latest_revision
    assert revision is not None
    revision.approved_go_live_at = timezone.now() - dt.timedelta(days=1)
    revision.save()
    with pytest.raises(editions.NotReviewed):
        call_command("publish_scheduled")
    assert journal.size() == 0


# --- who may do which step


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        (Role.EDITOR, set()),
        (Role.REVIEWER, {Step.UNIT}),
        (Role.SECRECY_OFFICER, {Step.SECRECY}),
        (Role.SIGNER, {Step.SECRECY, Step.SIGN}),
        (Role.GENERAL_OFFICE, {Step.UNIT, Step.SECRECY, Step.SIGN}),
    ],
)
@pytest.mark.parametrize("step", list(Step))
def test_the_permission_matrix_of_the_steps(
    draft: Document,
    editor: Person,
    finance: Unit,
    reviewers: tuple[Person, Person, Person],
    role: str,
    steps: set[Step],
    step: Step,
) -> None:
    found = sent(draft, editor)
    for before, person in zip(Step, reviewers, strict=True):
        if before is step:
            break
        approve(found, person, before)
    somebody = make_person("somebody", finance, role)
    somebody.is_superuser = True
    if step in steps:
        approve(found, somebody, step)
        return
    with pytest.raises(Forbidden):
        approve(found, somebody, step)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SECRECY_OFFICER, Role.SIGNER])
def test_another_units_people_take_no_step(draft: Document, editor: Person, role: str) -> None:
    found = sent(draft, editor)
    stranger = make_person("stranger", make_unit("市统计局"), role)
    for step in Step:
        with pytest.raises(Forbidden, match="政府办公厅派员"):
            approve(found, stranger, step)
    with pytest.raises(Forbidden):
        review.send_back(by=stranger, now=NOON, review=found, reason="改")


def test_nobody_checks_what_they_wrote_not_even_the_general_office(
    draft: Document, general_office: Person, reviewers: tuple[Person, Person, Person]
) -> None:
    found = sent(draft, general_office)
    with pytest.raises(Forbidden, match="自己的稿子"):
        approve(found, general_office, Step.UNIT)


def test_whoever_saved_the_draft_once_is_an_author(
    draft: Document, editor: Person, general_office: Person
) -> None:
    found = sent(save_draft(draft, by=general_office, body="改一句。"), editor)
    with pytest.raises(Forbidden, match="自己的稿子"):
        approve(found, general_office, Step.UNIT)


def test_the_unit_check_and_the_sign_off_are_by_two_people(
    draft: Document, editor: Person, general_office: Person
) -> None:
    found = sent(draft, editor)
    approve(found, general_office, Step.UNIT)
    approve(found, general_office, Step.SECRECY)
    with pytest.raises(Forbidden, match="两个人"):
        approve(found, general_office, Step.SIGN)
    another = make_person("another", role=Role.GENERAL_OFFICE)
    approve(found, another, Step.SIGN)
    assert draft.editions.count() == 1


def test_steps_are_taken_in_order_and_once(
    draft: Document, editor: Person, reviewers: tuple[Person, Person, Person]
) -> None:
    found = sent(draft, editor)
    with pytest.raises(Forbidden, match="现在轮到单位审核"):
        approve(found, reviewers[2], Step.SIGN)
    approve(found, reviewers[0], Step.UNIT)
    with pytest.raises(Forbidden, match="现在轮到保密审查"):
        approve(found, reviewers[0], Step.UNIT)


# --- the content


@pytest.mark.parametrize(
    "change",
    [{"body": "换掉的正文"}, {"title": "换掉的标题"}, {"number": "财规〔2017〕1号"}, {"keywords": ["换"]}],
)
def test_any_change_after_sending_voids_the_review(
    draft: Document, editor: Person, reviewers: tuple[Person, Person, Person], change: dict[str, object]
) -> None:
    found = checked(draft, editor, reviewers)
    save_draft(draft, by=editor, **change)
    with pytest.raises(ValueError, match="先前的审核作废"):
        approve(found, reviewers[2], Step.SIGN)
    assert journal.size() == 0


def test_a_change_put_straight_into_the_row_is_not_published(
    draft: Document, editor: Person, reviewers: tuple[Person, Person, Person]
) -> None:
    found = checked(draft, editor, reviewers)
    revision = draft.latest_revision
    revision.content["body"] = "偷换"  # type: ignore[union-attr]
    revision.save()  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="作废"):
        approve(found, reviewers[2], Step.SIGN)


def test_a_review_serves_once(draft: Document, editor: Person) -> None:
    document = release(draft, by=editor, now=NOON)
    with pytest.raises(editions.NotReviewed):
        editions.issue(document=document, by=editor, now=SOON)


# --- returning, recalling, scheduling


def test_a_return_needs_a_reason_and_ends_the_review(
    draft: Document, editor: Person, reviewers: tuple[Person, Person, Person]
) -> None:
    found = sent(draft, editor)
    with pytest.raises(ValueError, match="理由必填"):
        review.send_back(by=reviewers[0], now=NOON, review=found, reason=" ")
    review.send_back(by=reviewers[0], now=NOON, review=found, reason="数字对不上")
    assert queries.newest(draft).words == "已退回：数字对不上"  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="已经结束"):
        approve(found, reviewers[0], Step.UNIT)
    assert sent(save_draft(draft, by=editor, body="改好了"), editor).pk != found.pk


def test_what_was_sent_is_recalled_by_its_unit_and_sent_once_at_a_time(
    draft: Document, editor: Person, outsider: Person
) -> None:
    found = sent(draft, editor)
    with pytest.raises(ValueError, match="先收回"):
        sent(draft, editor)
    with pytest.raises(Forbidden):
        review.recall(by=outsider, now=NOON, review=found)
    review.recall(by=editor, now=NOON, review=found)
    sent(draft, editor)


def test_another_units_editor_sends_nothing(draft: Document, outsider: Person) -> None:
    with pytest.raises(Forbidden):
        sent(draft, outsider)


def test_a_schedule_in_the_past_is_refused_and_nothing_is_signed(
    draft: Document, editor: Person, reviewers: tuple[Person, Person, Person]
) -> None:
    found = checked(draft, editor, reviewers)
    with pytest.raises(ValueError, match="已经过去"):
        approve(found, reviewers[2], Step.SIGN, release_at=NOON)
    assert queries.newest(draft).due is Step.SIGN  # type: ignore[union-attr]


def test_what_is_scheduled_goes_online_when_its_time_has_come(draft: Document, editor: Person) -> None:
    document = release(draft, by=editor, now=NOON, release_at=SOON)
    assert review.release_due(now=SOON - dt.timedelta(seconds=1)) == 0
    with pytest.raises(editions.NotReviewed, match="时间还没有到"):
        editions.issue(document=draft_of(document), by=editor, now=NOON)
    assert review.release_due(now=SOON) == 1
    assert review.release_due(now=SOON) == 0
    assert document.edition.online_at == SOON  # type: ignore[union-attr]


def test_one_release_that_fails_holds_up_no_other_and_says_why(editor: Person) -> None:
    first, second = (make_draft_document(title, by=editor) for title in ("甲", "乙"))
    release(first, by=editor, now=NOON, release_at=SOON)
    release(second, by=editor, now=NOON, release_at=SOON)
    save_draft(first, by=editor, body="审后改动")
    assert review.release_due(now=SOON) == 1
    assert (first.edition, second.editions.count()) == (None, 1)
    assert "到时没有发出：《甲》在送审以后改过" in queries.newest(first).words  # type: ignore[union-attr]


# --- the scanner


def test_what_the_scanner_blocks_is_not_sent_and_not_forced(editor: Person, general_office: Person) -> None:
    draft = make_draft_document(by=editor, body=f"张某，{ID}")
    with pytest.raises(review.Held, match="必须先处理") as held:
        sent(draft, editor, reason="领导要求")
    assert ID not in str(held.value.findings)
    with pytest.raises(review.Held):
        review.force(by=general_office, now=NOON, document=draft, reason="紧急")
    assert (Review.objects.count(), journal.size()) == (0, 0)


def test_what_the_scanner_asks_about_goes_with_a_signed_reason(editor: Person) -> None:
    draft = make_draft_document(by=editor, body="值班电话 13800138000")
    with pytest.raises(review.Held, match="写明理由"):
        sent(draft, editor)
    found = sent(draft, editor, reason="这是公开的值班手机")
    assert (found.sent_by, found.reason) == (editor, "这是公开的值班手机")
    assert found.findings[0]["severity"] == "ask"
    assert "13800138000" not in json.dumps(found.findings)


# --- by force


def test_a_forced_publication_is_recorded_in_the_journal_and_listed(
    draft: Document, editor: Person, general_office: Person
) -> None:
    found = sent(draft, editor)
    edition = review.force(by=general_office, now=NOON, document=draft, reason="台风预警，须立即发布")
    assert json.loads(edition.line.body)["review"] == {"forced": "台风预警，须立即发布"}
    assert list(queries.forced()) == [edition]
    found.refresh_from_db()
    assert found.ended_at == NOON


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.SECRECY_OFFICER, Role.SIGNER])
def test_nobody_else_forces(draft: Document, finance: Unit, role: str) -> None:
    person = make_person("forcer", finance, role)
    person.is_superuser = True
    with pytest.raises(Forbidden):
        review.force(by=person, now=NOON, document=draft, reason="急")


def test_force_needs_a_reason(draft: Document, general_office: Person) -> None:
    with pytest.raises(ValueError, match="理由必填"):
        review.force(by=general_office, now=NOON, document=draft, reason="  ")


def test_a_list_says_where_every_draft_stands(
    editor: Person, reviewers: tuple[Person, Person, Person], general_office: Person
) -> None:
    one, two, three = (make_draft_document(title, by=editor) for title in "甲乙丙")
    sent(one, editor)
    checked(two, editor, reviewers)
    assert queries.words_of([one, two, three]) == {one.pk: "待单位审核", two.pk: "待签发"}
    assert [(document, step) for _, document, step in queries.waiting_for(reviewers[0])] == [(one, Step.UNIT)]
    assert [step for _, _, step in queries.waiting_for(reviewers[2])] == [Step.SIGN]
    assert len(queries.waiting_for(general_office)) == 2
    assert queries.waiting_for(editor) == []
