"""Send for review, approve, return, recall, sign and release: four eyes for everybody.

Nothing goes online without a complete review of exactly its content, but by `force`, which tells the public.
"""

import datetime as dt
import logging
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Revision

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.publishing import reviewed_content
from yangguang.publishing.actions import editions, interpretation
from yangguang.publishing.models import Document, Edition, Review, ReviewEntry, ReviewStep
from yangguang.publishing.queries import review as queries
from yangguang.publishing.scanning import scan
from yangguang.rules import four_eyes
from yangguang.rules.four_eyes import Step
from yangguang.rules.scan import Finding, Severity

log = logging.getLogger(__name__)
KIND = ReviewStep.Kind


class Held(ValueError):
    """The scanner keeps the document back, or asks for a signed reason. `findings` say why and where."""

    def __init__(self, sentence: str, findings: Sequence[Finding]) -> None:
        super().__init__(sentence)
        self.findings = tuple(findings)


@transaction.atomic
def submit(*, by: Person, now: dt.datetime, document: Document, reason: str = "") -> Review:
    """Send a working copy for review, with the interpretation that goes live together with it.

    `reason` is signed for what the scanner asks about. Raises Held where the scanner objects, Forbidden for
    another unit's document, ValueError where there is nothing to review or something is missing.
    """
    editions.require_may_publish(by, document)
    drafts = _together(document)
    for draft in drafts:
        _require_reviewable(draft)
    interpretation.require(drafts[0], drafts[1:], now)
    findings = [finding for draft in drafts for finding in scan(draft)]
    _require_clean(findings, reason)
    review = Review.objects.create(
        unit=document.unit,
        sent_by=by,
        sent_at=now,
        findings=[finding.as_json() for finding in findings],
        reason=reason.strip(),
    )
    review.authors.set({by.pk}.union(*(_authors(draft) for draft in drafts)))
    ReviewEntry.objects.bulk_create(
        ReviewEntry(review=review, document=draft, content=reviewed_content.digest(draft)) for draft in drafts
    )
    return review


@transaction.atomic
def approve(
    *,
    by: Person,
    now: dt.datetime,
    review: Review,
    step: Step,
    reason: str = "",
    release_at: dt.datetime | None = None,
) -> Review:
    """Take a step. The sign-off releases at once, or at `release_at`.

    Raises Forbidden where the person may not take this step, ValueError where the review has ended, the
    text was changed after it was sent, or the time is past.
    """
    review = _locked(review)
    found = queries.state(review)
    _require_may(by, review, queries.VERB_OF_STEP[step], step)
    if objection := four_eyes.objection(step, by.pk, authors=found.authors, taken=found.taken):
        raise Forbidden(f"{objection}：请由另一位有权限的人员办理")
    _require_unchanged(review)
    if step is not Step.SIGN and release_at is not None:
        raise ValueError("发布时间由签发人定")
    if release_at is not None and release_at <= now:
        raise ValueError(
            f"定时发布的时间 {release_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 已经过去：请填以后的时间，或者立即发布"
        )
    ReviewStep.objects.create(review=review, kind=step.value, by=by, at=now, reason=reason.strip())
    if step is Step.SIGN:
        review.release_at = release_at
        review.save()
        if release_at is None:
            _release(review, now)
    return review


@transaction.atomic
def send_back(*, by: Person, now: dt.datetime, review: Review, reason: str) -> Review:
    """Return a review to its editor. Whoever may take the due step may; a signed one, its signers."""
    review = _locked(review)
    due = queries.state(review).due or Step.SIGN
    _require_may(by, review, queries.VERB_OF_STEP[due], due)
    if not reason.strip():
        raise ValueError("退回的理由必填：请告诉起草人要改什么")
    ReviewStep.objects.create(review=review, kind=KIND.RETURN, by=by, at=now, reason=reason.strip())
    return _end(review, now)


@transaction.atomic
def recall(*, by: Person, now: dt.datetime, review: Review) -> Review:
    """Take back what was sent, as long as it is not public."""
    review = _locked(review)
    editions.require_may_publish(by, review.entries.select_related("document__unit")[0].document)
    ReviewStep.objects.create(review=review, kind=KIND.RECALL, by=by, at=now)
    return _end(review, now)


@transaction.atomic
def force(*, by: Person, now: dt.datetime, document: Document, reason: str) -> Edition:
    """Publish without a review. The reason goes into the journal and onto the page.

    For the general office alone. What the scanner blocks stays blocked; the reason stands for what it
    asks. Raises Forbidden, Held, ValueError.
    """
    if not allows(by.role, Verb.FORCE_PUBLISH):
        raise Forbidden("只有政府办公厅可以不经审核直接发布：请送审")
    if not reason.strip():
        raise ValueError("直接发布的理由必填：它写入公开日志，公众在文件页上看到")
    draft = reviewed_content.draft_of(document)
    draft.full_clean(exclude=["latest_revision", "live_revision"])
    _require_note(draft)
    _require_clean(scan(draft), reason)
    for review in Review.objects.select_for_update().filter(
        entries__document=document, ended_at__isnull=True
    ):
        _end(review, now)
    return _put_live(draft, by=by, now=now, forced=reason.strip())


def release_due(*, now: dt.datetime) -> int:
    """Release what is signed and whose time has come; returns how many. One that fails holds up no other."""
    released = 0
    for review in queries.scheduled().filter(release_at__lte=now).order_by("release_at", "pk"):
        try:
            with transaction.atomic():
                _release(_locked(review), now)
            released += 1
        except Exception as problem:
            log.exception("定时发布没有办成：送审 %s", review.pk)
            told = (
                str(problem) if isinstance(problem, (ValueError, Forbidden)) else "程序出错，已记入运行日志"
            )
            Review.objects.filter(pk=review.pk).update(problem=told[:500])
    return released


def _release(review: Review, now: dt.datetime) -> None:
    """Put every document of a complete review online: all of them or none."""
    _require_unchanged(review)
    signer = review.steps.select_related("by__unit").get(kind=KIND.SIGN).by
    for entry in review.entries.select_related("document__unit", "document__latest_revision"):
        _put_live(reviewed_content.draft_of(entry.document), by=signer, now=now)
    _end(review, now)


def _put_live(draft: Document, *, by: Person, now: dt.datetime, forced: str = "") -> Edition:
    revision: Revision | None = draft.latest_revision
    draft.live, draft.has_unpublished_changes, draft.live_revision = True, False, revision
    draft.first_published_at = draft.first_published_at or now
    draft.last_published_at = now
    draft.save()
    return editions.issue(document=draft, by=by, now=now, forced=forced)


def _together(document: Document) -> list[Document]:
    """The working copies that one review is about: the document's, then its unpublished material."""
    explains = getattr(document, "material", None)
    if explains and explains.phase == "with" and not explains.policy.editions.exists():
        raise ValueError(
            f"这是《{explains.policy.title}》的同步解读：请打开那份文件一起送审，同时发布；"
            "要分开发布的，请先把解读时间改为“发布前”或者“发布后”"
        )
    rows = document.materials.select_related("document__unit", "document__latest_revision")
    joining = rows.filter(document__editions__isnull=True).exclude(phase="after")
    return [reviewed_content.draft_of(each) for each in (document, *(row.document for row in joining))]


def _require_reviewable(draft: Document) -> None:
    waiting = Review.objects.filter(entries__document=draft.pk, ended_at__isnull=True).first()
    if waiting is not None:
        raise ValueError(
            f"《{draft.title}》已于 {waiting.sent_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 送审：要改动请先收回"
        )
    if hasattr(draft, "withdrawal"):
        raise ValueError(f"《{draft.title}》已经撤回，请另建文件")
    if draft.openness != "active":
        raise ValueError(f"《{draft.title}》的公开属性不是“主动公开”，不用送审发布")
    _require_note(draft)
    try:
        draft.full_clean(exclude=["latest_revision", "live_revision"])
    except ValidationError as problem:
        raise ValueError(f"《{draft.title}》还不能送审：{' '.join(problem.messages)}") from problem


def _require_note(draft: Document) -> None:
    edition = draft.edition
    if edition is None:
        return
    if not draft.note.strip():
        raise ValueError(f"《{draft.title}》的修改说明必填：请用一句话告诉公众改了什么")
    if not draft.has_unpublished_changes:
        raise ValueError(f"《{draft.title}》没有未发布的修改：请先改好存稿，再送审")


def _require_clean(findings: Sequence[Finding], reason: str) -> None:
    blocking = [each for each in findings if each.severity is Severity.BLOCK]
    if blocking:
        raise Held(f"有 {len(blocking)} 处必须先处理，才能送审或者发布", findings)
    asking = [each for each in findings if each.severity is Severity.ASK]
    if asking and not reason.strip():
        raise Held(f"有 {len(asking)} 处需要您核对并写明理由，写明后再送审", findings)


def _authors(draft: Document) -> set[int]:
    """Who saved this working copy since the last edition."""
    saved = draft.revisions.exclude(user__isnull=True)
    if edition := draft.edition:
        saved = saved.filter(created_at__gt=edition.online_at)
    return set(saved.values_list("user", flat=True))


def _require_may(by: Person, review: Review, verb: Verb, step: Step) -> None:
    own = by.unit_id == review.unit_id or allows(by.role, Verb.SEE_ALL_UNITS)
    if not by.is_active or not own or not allows(by.role, verb):
        raise Forbidden(
            f"您不能为{review.unit.name}{four_eyes.WORDS[step]}：请由该单位有此角色的人员办理，"
            "人手不够的，请政府办公厅派员"
        )


def _require_unchanged(review: Review) -> None:
    if changed := queries.changed_since(review):
        raise ValueError(f"《{changed[0].title}》在送审以后改过，先前的审核作废：请起草人收回，重新送审")


def _locked(review: Review) -> Review:
    found = Review.objects.select_for_update().select_related("unit").get(pk=review.pk)
    if found.ended_at is not None:
        raise ValueError("这次送审已经结束（发布、退回或者收回）：请刷新页面看最新情况")
    return found


def _end(review: Review, now: dt.datetime) -> Review:
    review.ended_at, review.problem = now, ""
    review.save()
    return review
