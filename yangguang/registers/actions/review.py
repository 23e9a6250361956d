"""Send checked data for review, approve, return, recall, publish: four eyes for everybody.

The steps are those of documents (`rules.four_eyes`); what is reviewed is exactly the staged table.
"""

import datetime as dt

from django.db import transaction

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.registers.actions import versions
from yangguang.registers.actions.registers import require_may_keep
from yangguang.registers.actions.versions import Staged
from yangguang.registers.actions.wording import require_short
from yangguang.registers.models import Intake, IntakeStep, Version, Warrant
from yangguang.registers.queries.intakes import VERB_OF_STEP, authors, steps
from yangguang.rules import four_eyes
from yangguang.rules.four_eyes import Step

KIND = IntakeStep.Kind


@transaction.atomic
def submit(*, by: Person, now: dt.datetime, taken: Intake, reason: str = "") -> Intake:
    """Send a checked file for review. `reason` answers what the check asked a person to look at.

    Raises Forbidden, Overtaken where the register has moved on since the check, and ValueError where it did
    not pass or a warning is unanswered.
    """
    taken = _locked(taken)
    require_may_keep(by, taken.register.unit)
    if taken.sent_at is not None:
        raise ValueError("这份数据已经送审")
    _require_passed(taken, reason)
    require_short(reason, "说明")
    versions.require_newest(taken.register, taken.staged["based_on"])
    taken.sent_at, taken.sent_by, taken.reason = now, by, reason.strip()
    taken.save()
    return taken


@transaction.atomic
def submit_pushed(*, now: dt.datetime, taken: Intake, reason: str = "") -> Version | None:
    """Send on what came by a token: to review, or online where a signer signed for the token once.

    What a person is asked to look at goes to review whatever was signed. Raises as `submit` does.
    """
    taken = _locked(taken)
    if taken.token is None:
        raise ValueError("这份数据不是推送来的：请由经办人送审")
    _require_passed(taken, reason)
    require_short(reason, "说明")
    taken.sent_at, taken.reason = now, reason.strip()
    taken.save()
    if taken.token.signed_at is None or taken.report.get("warnings"):
        return None
    words = f"接口推送（{taken.token.label}），由签发人授权"
    return _publish(taken, by=None, now=now, warrant=Warrant.TOKEN, reason=words)


@transaction.atomic
def approve(*, by: Person, now: dt.datetime, taken: Intake, step: Step, reason: str = "") -> Version | None:
    """Take a step; the sign-off publishes, and returns the version.

    Raises Forbidden where the person may not take this step, Overtaken where the register has moved on.
    """
    taken = _locked(taken)
    if taken.sent_at is None:
        raise ValueError("这份数据还没有送审")
    _require_may(by, taken, step)
    require_short(reason, "意见")
    if objection := four_eyes.objection(step, by.pk, authors=authors(taken), taken=steps(taken)):
        raise Forbidden(f"{objection}：请由另一位有权限的人员办理")
    versions.require_newest(taken.register, taken.staged["based_on"])
    IntakeStep.objects.create(intake=taken, kind=step.value, by=by, at=now, reason=reason.strip())
    if step is not Step.SIGN:
        return None
    return _publish(taken, by=by, now=now, warrant=Warrant.REVIEWED)


@transaction.atomic
def send_back(*, by: Person, now: dt.datetime, taken: Intake, reason: str) -> Intake:
    """Return it to its editor; whoever may take the due step may."""
    taken = _locked(taken)
    _require_may(by, taken, four_eyes.next_step(steps(taken)) or Step.SIGN)
    if not reason.strip():
        raise ValueError("退回的理由必填：请告诉经办人要改什么")
    require_short(reason, "退回理由")
    return _reopen(taken, KIND.RETURN, by, now, reason)


@transaction.atomic
def recall(*, by: Person, now: dt.datetime, taken: Intake) -> Intake:
    """Take back what was sent, as long as it is not public."""
    taken = _locked(taken)
    require_may_keep(by, taken.register.unit)
    return _reopen(taken, KIND.RECALL, by, now, "")


@transaction.atomic
def force(*, by: Person, now: dt.datetime, taken: Intake, reason: str) -> Version:
    """Publish without review: for the general office alone; the reason is told to the public."""
    taken = _locked(taken)
    if not by.is_active or not allows(by.role, Verb.FORCE_PUBLISH):
        raise Forbidden("只有政府办公厅可以不经审核直接发布：请送审")
    if not reason.strip():
        raise ValueError("直接发布的理由必填：它写入公开日志，公众在数据页上看到")
    require_short(reason, "直接发布的理由")
    _require_passed(taken, reason)
    return _publish(taken, by=by, now=now, warrant=Warrant.FORCED, reason=reason.strip())


@transaction.atomic
def publish_unreviewed(*, now: dt.datetime, taken: Intake) -> Version:
    """Publish by a command of the operator, with nobody as the actor: what was public elsewhere before."""
    taken = _locked(taken)
    _require_passed(taken, taken.reason or "-")
    return _publish(taken, by=None, now=now, warrant="")


def _publish(
    taken: Intake, *, by: Person | None, now: dt.datetime, warrant: str, reason: str = ""
) -> Version:
    version = versions.publish(
        by=by,
        now=now,
        register=taken.register,
        staged=Staged(**taken.staged),
        period=taken.period,
        made_on=taken.made_on,
        note=taken.note,
        warrant=warrant,
        warrant_reason=reason,
        checks=_told_steps(taken),
    )
    taken.version, taken.ended_at = version, now
    taken.save()
    return version


def _told_steps(taken: Intake) -> list[dict[str, str]]:
    """The steps as the public reads them: unit and role, never a person's name."""
    wanted = set(steps(taken))
    return [
        {
            "step": step.kind,
            "by": f"{step.by.unit.name if step.by.unit else ''}{step.by.get_role_display()}",
            "at": step.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        }
        for step in taken.steps.select_related("by__unit").order_by("pk")
        if step.kind in {one.value for one in wanted} and (taken.sent_at is None or step.at >= taken.sent_at)
    ]


def _require_passed(taken: Intake, reason: str) -> None:
    if not taken.report.get("passed") or not taken.staged:
        raise ValueError("这份数据还没有通过检查：请先改正检查指出的问题，重新上传")
    if taken.report.get("warnings") and not reason.strip():
        raise ValueError(f"有 {len(taken.report['warnings'])} 处需要您核对并写明理由，写明后再送审")


def _require_may(by: Person, taken: Intake, step: Step) -> None:
    unit = taken.register.unit
    own = by.unit_id == unit.pk or allows(by.role, Verb.SEE_ALL_UNITS)
    if not by.is_active or not own or not allows(by.role, VERB_OF_STEP[step]):
        raise Forbidden(f"您不能为{unit.name}{four_eyes.WORDS[step]}：请由该单位有此角色的人员办理")


def _reopen(taken: Intake, kind: str, by: Person, now: dt.datetime, reason: str) -> Intake:
    if taken.sent_at is None:
        raise ValueError("这份数据没有送审")
    IntakeStep.objects.create(intake=taken, kind=kind, by=by, at=now, reason=reason.strip())
    taken.sent_at = None
    taken.save()
    return taken


def _locked(taken: Intake) -> Intake:
    rows = Intake.objects.select_for_update(of=("self",)).select_related("register__unit", "token")
    found = rows.get(pk=taken.pk)
    if found.ended_at is not None:
        raise ValueError("这份数据已经办结：请刷新页面看最新情况")
    return found
