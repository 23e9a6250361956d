"""A table pushed by a unit's own system: taken in, checked and sent on in one step, or nothing is kept."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from yangguang.registers.actions import intakes, review
from yangguang.registers.models import Intake, Token, Version
from yangguang.rules.tables.report import Report


class NotPassed(ValueError):
    """The table has faults. `report` tells all of them; `lacking` are titles of columns that are not there."""

    def __init__(self, report: Report, lacking: tuple[str, ...]) -> None:
        found = [f"检查出 {report.problem_count} 处错误"] if report.problem_count else []
        if lacking:
            found.append(f"缺少必填的列：{'、'.join(lacking)}")
        super().__init__(f"{'；'.join(found)}。没有保存任何内容：请改正后重新推送")
        self.report, self.lacking = report, lacking


class Doubtful(ValueError):
    """A column may be this field or that: only a person can say, once (`intakes.choose`)."""


@dataclass(frozen=True)
class Pushed:
    """What became of a push: the file as it waits, and the version where it went online at once."""

    taken: Intake
    report: Report
    version: Version | None


def push(
    *,
    now: dt.datetime,
    token: Token,
    name: str,
    data: bytes,
    period: str = "",
    made_on: dt.date | None = None,
    note: str = "",
    reason: str = "",
) -> Pushed:
    """Check a table and send it on: to review, or online where a signer signed for the token.

    `reason` answers what the check asks a person to look at. A file pushed before by the same token for
    the same period, which nobody has looked at yet, gives way. Raises NotPassed, Doubtful, Unreadable and
    ValueError; then nothing is kept.
    """
    taken = intakes.receive(
        by=None,
        now=now,
        register=token.register,
        name=name,
        data=data,
        period=period,
        made_on=made_on,
        note=note,
        token=token,
    )
    try:
        return _send_on(taken, now=now, reason=reason)
    except BaseException:
        # Checking takes seconds: nothing else is locked meanwhile, and what came to nothing is taken out again.
        taken.delete()
        raise


def _send_on(taken: Intake, *, now: dt.datetime, reason: str) -> Pushed:
    proposed = intakes.proposal(taken)
    if doubts := [one.problem or one.heading for one in proposed.columns if one.rivals or one.problem]:
        raise Doubtful(
            f"{'；'.join(doubts)}：请用清单的列名（{'、'.join(taken.register.described.names)}），"
            "或者先在工作台上传一次，确认列的对应，系统会记住"
        )
    report = intakes.check(by=None, now=now, taken=taken)
    if not report.passed or proposed.lacking:
        raise NotPassed(report, proposed.lacking)
    with transaction.atomic():
        _give_way(taken, now)
        version = review.submit_pushed(now=now, taken=taken, reason=reason)
    taken.refresh_from_db()
    return Pushed(taken, report, version)


def _give_way(taken: Intake, now: dt.datetime) -> None:
    waiting = Intake.objects.filter(
        register=taken.register, token=taken.token, period=taken.period, ended_at=None, steps=None
    )
    waiting.exclude(pk=taken.pk).update(ended_at=now)
