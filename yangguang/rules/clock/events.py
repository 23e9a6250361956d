"""What can happen to a running period of working days.

Each event is a fact with its day; the clock is derived from the facts. `why` is a short Chinese
phrase for the explanation (征求第三方意见, 收到补正材料).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


class ClockProblem(ValueError):
    """The events cannot all be true. The text is one Chinese sentence: which event, what to do."""


@dataclass(frozen=True)
class Reset:
    """The completed request arrived: the whole period runs anew, this day not counted.

    政府信息公开条例 (2019) Art. 30: 答复期限自行政机关收到补正的申请之日起计算. An earlier pause and an
    earlier extension end with the old period.
    """

    on: date
    why: str = "收到补正材料"


@dataclass(frozen=True)
class Pause:
    """Somebody else was asked on this day: a third party or another agency.

    政府信息公开条例 (2019) Art. 33 ¶3: the time for asking third parties and other agencies is not
    counted. That time begins on the next day, as every period does (法释〔2018〕1号 Art. 48 ¶2), so
    the day of asking still counts.
    """

    on: date
    why: str = "征求意见"


@dataclass(frozen=True)
class Resume:
    """The answer arrived: this day is the last one not counted."""

    on: date
    why: str = "收到意见"


@dataclass(frozen=True)
class Extend:
    """The period was lengthened by working days: once, and by no more than the law allows.

    政府信息公开条例 (2019) Art. 33 ¶2.
    """

    on: date
    workdays: int
    why: str = "延长期限"


Event = Reset | Pause | Resume | Extend


@dataclass(frozen=True)
class WorkdayClock:
    """A period of working days that events can move.

    `received` is the day of receipt (not counted), `workdays` the period, `max_extension` the most
    working days that one extension may add (0: none is allowed).
    """

    received: date
    workdays: int
    max_extension: int = 0

    def __post_init__(self) -> None:
        if self.workdays < 1 or self.max_extension < 0:
            raise ClockProblem("期限至少一个工作日，延长上限不能是负数")


def checked_events(clock: WorkdayClock, events: Iterable[Event]) -> tuple[Event, ...]:
    """The events in order of their days; events of one day keep their given order.

    Raises ClockProblem for an event before receipt, a pause within a pause, a resumption without a
    pause, a second extension of one period, and an extension of less than one day or over the maximum.
    """
    ordered = tuple(sorted(events, key=lambda event: event.on))
    paused = extended = False
    for event in ordered:
        if event.on < clock.received:
            raise ClockProblem(f"{event.on}“{event.why}”早于收到之日 {clock.received}，请核对日期")
        match event:
            case Reset():
                paused = extended = False
            case Pause():
                if paused:
                    raise ClockProblem(f"{event.on}“{event.why}”时期限已在暂停中，请先登记恢复")
                paused = True
            case Resume():
                if not paused:
                    raise ClockProblem(f"{event.on}“{event.why}”时期限并未暂停，请先登记暂停")
                paused = False
            case Extend():
                _check_extension(clock, event, extended)
                extended = True
    return ordered


def _check_extension(clock: WorkdayClock, event: Extend, extended: bool) -> None:
    if extended:
        raise ClockProblem(f"{event.on}“{event.why}”：同一期限只能延长一次，请删去后一次")
    if not 1 <= event.workdays <= clock.max_extension:
        raise ClockProblem(
            f"{event.on}“{event.why}”{event.workdays} 个工作日：只能延长 1 至 {clock.max_extension} 个工作日"
            if clock.max_extension
            else f"{event.on}“{event.why}”：这一期限不得延长，请删去"
        )
