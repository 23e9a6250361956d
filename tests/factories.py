"""Small, real records for tests: made through the product's own verbs."""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from yangguang.directory.models import Membership, Person, Unit
from yangguang.directory.permissions import Role
from yangguang.journal.models import Line
from yangguang.plan import actions as plans
from yangguang.plan.draft import DraftArea, DraftObligation, DraftTask, PlanDraft
from yangguang.plan.models import PlanVersion
from yangguang.publishing.actions import documents, erasure, occasions, status
from yangguang.publishing.actions import review as reviews
from yangguang.publishing.models import Document, Occasion, StatusAct
from yangguang.publishing.reviewed_content import draft_of
from yangguang.rules.four_eyes import Step
from yangguang.rules.legal_status import Kind

SHANGHAI = ZoneInfo("Asia/Shanghai")
ADOPTED = dt.datetime(2017, 6, 19, 9, tzinfo=SHANGHAI)
_running = itertools.count(1)


def at(text: str) -> dt.datetime:
    """A moment in Shanghai: "2017-08-14" (at ten) or "2017-08-14 15:30"."""
    moment = dt.datetime.fromisoformat(text if " " in text else f"{text} 10:00")
    return moment.replace(tzinfo=SHANGHAI)


def make_unit(
    name: str = "市财政委", slug: str = "", kind: str = Unit.Kind.DEPARTMENT, members: Sequence[Unit] = ()
) -> Unit:
    """The unit of this name, made when missing; `members` make it a group."""
    number = next(_running)
    unit, _ = Unit.objects.get_or_create(
        name=name,
        defaults={
            "slug": slug or f"unit-{number}",
            "kind": Unit.Kind.GROUP if members else kind,
            "position": number,
        },
    )
    for member in members:
        Membership.objects.get_or_create(group=unit, member=member)
    return unit


def make_person(
    username: str = "", unit: Unit | None = None, role: str = Role.EDITOR, password: str | None = None
) -> Person:
    """Somebody with a desk; an editor without a unit is given 市财政委."""
    if role == Role.EDITOR and unit is None:
        unit = make_unit()
    name = username or f"person-{next(_running)}"
    return Person.objects.create_user(username=name, password=password, unit=unit, role=role)


def make_task(code: str, text: str, lead: str, **values: Any) -> DraftTask:
    return DraftTask(
        code=code, text=text, **{"leads": (lead,), "cadence": "none", "form": "document", **values}
    )


def make_obligation(
    code: str, title: str, *, cadence: str, form: str, words: Sequence[Sequence[str]], **values: Any
) -> DraftObligation:
    """An obligation of task "1.1" for code "1.1a"; `rule` keys given in `values["rule"]` win."""
    return DraftObligation(
        code=code,
        task=code.rstrip("abcdefgh"),
        title=title,
        phrase=values.pop("phrase", title),
        form=form,
        cadence=cadence,
        rule=make_rule(cadence, form, words, **values.pop("rule", {})),
        **values,
    )


def make_rule(cadence: str, form: str, words: Sequence[Sequence[str]], **keys: Any) -> Mapping[str, object]:
    """A rule dict as `rules.obligations_file` writes it."""
    return {"words": [list(one) for one in words], "forms": [form], **keys}


def make_draft(slug: str = "example-2017", **values: Any) -> PlanDraft:
    """A small plan, marked as an example: two areas, four tasks, four obligations, two units."""
    budget = make_task(
        "1.1", "1.按月公开全市一般公共预算收支情况。", "市财政委", cadence="monthly", form="series"
    )
    statistics = make_task("1.2", "2.按季度公开统计数据。", "市统计局", cadence="quarterly", form="series")
    fees = make_task("2.1", "1.及时公开降费政策文件。", "市财政委", cadence="timely")
    mechanism = make_task("2.2", "2.建立政务公开工作机制。", "市统计局", form="internal")
    drafted: dict[str, Any] = {
        "slug": slug,
        "title": "示例市2017年政务公开工作要点分工方案",
        "number": "示例函〔2017〕1号",
        "issuer": "示例市人民政府办公厅",
        "issued_on": dt.date(2017, 6, 19),
        "year": 2017,
        "source_name": "example.txt",
        "source_sha256": "0" * 64,
        "areas": (
            DraftArea(1, "加强预期引导", (budget, statistics)),
            DraftArea(2, "推进政策公开", (fees, mechanism)),
        ),
        "obligations": (
            make_obligation(
                "1.1", "预算收支情况", cadence="monthly", form="series", words=[["一般公共预算", "收支"]]
            ),
            make_obligation("1.2", "季度统计数据", cadence="quarterly", form="series", words=[["统计数据"]]),
            make_obligation("2.1", "降费政策文件", cadence="timely", form="document", words=[["降费"]]),
            make_obligation("2.2", "公开工作机制", cadence="none", form="internal", words=[]),
        ),
    }
    return PlanDraft(**{**drafted, **values})


def make_plan(*, now: dt.datetime = ADOPTED, by: Person | None = None, **values: Any) -> PlanVersion:
    """Adopt `make_draft(**values)`; its two units are there afterwards."""
    make_unit("市财政委", "caizhengwei")
    make_unit("市统计局", "tongjiju")
    return plans.adopt(by=by, now=now, draft=make_draft(**values))


def publish(
    title: str = "2017年8月全市一般公共预算收支情况",
    *,
    on: str = "2017-09-15",
    unit: Unit | str = "市财政委",
    **values: Any,
) -> Document:
    """Publish a document at `on` (see `at`). The journal keeps order: publish earlier days first."""
    publisher = make_unit(unit) if isinstance(unit, str) else unit
    given = {"by": None, "body": "示例正文。", "form": "series", "is_sample": True, **values}
    return documents.publish(now=at(on), unit=publisher, title=title, **given)


def revise(
    document: Document, *, on: str, note: str = "更正数字", body: str = "更正后的示例正文。"
) -> Document:
    return documents.revise(by=None, now=at(on), document=document, note=note, body=body)


def withdraw(document: Document, *, on: str, reason: str = "数字有误") -> None:
    documents.withdraw(by=None, now=at(on), document=document, reason=reason)


def erase(document: Document, *, on: str, reason: str = "公示期满") -> Line:
    """Take a withdrawn record out: one person of the general office asks, another agrees."""
    asker, decider = (make_person(role=Role.GENERAL_OFFICE) for _ in range(2))
    asked = erasure.ask(by=asker, now=at(on), document=document, ground="pipl-47", reason=reason)
    return erasure.agree(by=decider, now=at(on), erasure=asked)


def mark(document: Document, act: str, *, on: str, reason: str = "已有新规定", **facts: Any) -> StatusAct:
    given = {"effective_on": at(on).date(), "by": None, **facts}
    return status.mark(now=at(on), document=document, act=Kind(act), reason=reason, **given)


def record_occasion(title: str, *, on: str, happened_on: str, unit: Unit | str = "市财政委") -> Occasion:
    return occasions.record(
        by=None,
        now=at(on),
        unit=make_unit(unit) if isinstance(unit, str) else unit,
        title=title,
        happened_on=dt.date.fromisoformat(happened_on),
        is_sample=True,
    )


def make_draft_document(
    title: str = "关于示例事项的通知", *, by: Person, unit: Unit | None = None, **facts: Any
) -> Document:
    """A working copy that `by` wrote, as the desk saves it."""
    given = {"body": "第一段。\n\n第二段。", **facts}
    document = Document(unit=unit or by.unit or make_unit(), title=title, live=False, **given)
    document.full_clean(exclude=["index_no"])
    document.save()
    document.save_revision(user=by)
    return document


def save_draft(document: Document, *, by: Person, **facts: Any) -> Document:
    """Change the working copy of a document, as the desk does."""
    draft = draft_of(Document.objects.get(pk=document.pk))
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision(user=by, changed=True)
    return Document.objects.get(pk=document.pk)


def make_reviewers(unit: Unit) -> tuple[Person, Person, Person]:
    """A unit's reviewer, confidentiality officer and signer, made when missing."""

    def person(role: str) -> Person:
        found = Person.objects.filter(unit=unit, role=role).first()
        return found or make_person(f"{role}-{unit.slug}", unit, role)

    return person(Role.REVIEWER), person(Role.SECRECY_OFFICER), person(Role.SIGNER)


def release(
    document: Document, *, by: Person, now: dt.datetime, release_at: dt.datetime | None = None, **given: Any
) -> Document:
    """Take a working copy through all of its review, by three people of its unit."""
    sent = reviews.submit(by=by, now=now, document=document, **given)
    checker, officer, signer = make_reviewers(document.unit)
    reviews.approve(by=checker, now=now, review=sent, step=Step.UNIT)
    reviews.approve(by=officer, now=now, review=sent, step=Step.SECRECY)
    reviews.approve(by=signer, now=now, review=sent, step=Step.SIGN, release_at=release_at)
    return Document.objects.get(pk=document.pk)
