"""At least six hundred sample datasets, when asked: each planned in a batch and put online at one moment."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.journal import actions as journal
from yangguang.registers.actions import registers, release, versions
from yangguang.registers.actions.staging import stage
from yangguang.registers.models import Batch, Planned, Register
from yangguang.rules.periods import Span
from yangguang.rules.tables.schema import Descriptor, Intake, write
from yangguang.sample.conduct import dice
from yangguang.sample.registers import periods_of, rows_of
from yangguang.sample.release import six_hundred

MOST_PERIODS = 12
AT_ONCE = 25
LEFT_OUT = 40
"""One in so many stays planned, as does what is overdue: a board on which all is done shows nothing."""


def fill(*, now: dt.datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Put online what of the six hundred is not there yet; returns how many were. Doing it again adds none.

    A plan with its units must have been adopted. `progress` is told (done, total).
    """
    wanted = six_hundred()
    known = set(Register.objects.values_list("slug", flat=True))
    missing = [(one, unit) for one, unit in wanted if one.name not in known]
    today = now.astimezone(SHANGHAI).date()
    overdue = set(Planned.objects.filter(due_on__lt=today).values_list("slug", flat=True))
    made = 0
    with journal.one_checkpoint(now=now):
        for start in range(0, len(missing), AT_ONCE):
            with transaction.atomic():
                for number, (described, unit) in enumerate(missing[start : start + AT_ONCE], start):
                    _plan(now, described, unit)
                    if described.name not in overdue and number % LEFT_OUT != LEFT_OUT - 1:
                        _publish(now, described, unit)
                        made += 1
                    progress(number + 1, len(missing))
    return made


def _plan(now: dt.datetime, described: Descriptor, unit: Unit) -> None:
    """In one of two further batches of the year, where the plan does not name it already."""
    if not Planned.objects.filter(slug=described.name).exists():
        batch = _batch(now, dice("release", described.name).randrange(2))
        release.plan(by=None, now=now, batch=batch, unit=unit, title=described.title, slug=described.name)


def _batch(now: dt.datetime, number: int) -> Batch:
    year = now.astimezone(SHANGHAI).year
    title = f"{year}年第{'四五'[number]}批（示例）"
    due_on = (dt.date(year, 12, 15), dt.date(year, 12, 31))[number]
    found = Batch.objects.filter(title=title).first()
    return found or release.open_batch(by=None, now=now, title=title, due_on=due_on, is_sample=True)


def _publish(now: dt.datetime, described: Descriptor, unit: Unit) -> None:
    register = registers.establish(by=None, now=now, descriptor=write(described), unit=unit, is_sample=True)
    today = now.astimezone(SHANGHAI).date()
    spans = _spans(described, today)
    rows = [row for span in spans for row in rows_of(described, span.key, unit.name, today)]
    by_period = described.intake is Intake.PERIOD
    covers = spans[-1].key if by_period else ""
    values = [[row.get(name) for name in described.names] for row in rows]
    versions.publish(
        by=None,
        now=now,
        register=register,
        staged=stage(register, values, period=covers),
        period=covers,
        made_on=None if by_period else spans[-1].ends_on,
        note="示例数据",
    )


def _spans(described: Descriptor, day: dt.date) -> list[Span]:
    """The last periods that are over; of what has none yet, the one of the year before."""
    over = [span for span in periods_of(described, day.year) if span.ends_on < day]
    return (over or periods_of(described, day.year - 1))[-MOST_PERIODS:]
