"""What readers of the sample year say about its data, and what the units answer; some of it is overdue."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from yangguang.directory.models import Unit
from yangguang.registers.actions import feedback
from yangguang.registers.actions.feedback import Told
from yangguang.registers.models import Batch, Feedback, Register
from yangguang.rules.tables.canonical import write
from yangguang.rules.workdays import Calendar
from yangguang.sample.acts import Act, Reply, Speak
from yangguang.sample.conduct import dice
from yangguang.sample.days import in_office_hours, workday_between
from yangguang.warehouse.tables import reading
from yangguang.warehouse.tables.stored import Stored


@dataclass(frozen=True)
class Piece:
    """One piece: how many days before the sample's last it comes in, how many days later it is answered."""

    days_before: int
    kind: str
    about: str
    text: str
    title: str = ""
    after: int = 0
    outcome: str = ""
    summary: str = ""
    answer: str = ""


WATER = "drinking-water-sources"
PIECES = (
    Piece(
        *(62, "error", WATER, "【示例】这座水源的类别和上月公报写的不一样，请核对。"),
        *("", 5, "declined", "水源的水质类别与上月公报不一致。"),
        "已与监测站原始记录核对：公报取的是季度均值，本表是当月值，两者都没有错（示例）。",
    ),
    Piece(
        *(
            50,
            "request",
            "市发展改革委",
            "【示例】想做一张充电地图，要位置、功率和空闲情况。",
            "公共充电桩位置",
        ),
        *(19, "accepted", "申请开放公共充电桩的位置、功率和空闲情况。"),
        "同意开放：位置和功率列入今年最后一批，空闲情况待运营企业接入（示例）。",
    ),
    Piece(
        *(45, "reuse", WATER, "【示例】把十一座水源的月度水质画成了一张小图。", "水源水质小图"),
        *(4, "accepted", "一张按月看十一座水源水质的小图。"),
        "感谢使用，已列在数据集页上（示例）。",
    ),
    Piece(20, "error", WATER, "【示例】九月只有十座水源，少的一座是哪里？"),
    Piece(10, "request", "", "【示例】给带孩子的家庭做一份出行指引。", "各街道母婴室清单"),
    Piece(6, "request", "市规划国土委", "【示例】想给老人画一张散步的路线图。", "城市绿道线路"),
)


def acts_for(calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[Act]:
    """What is said from `first` to `last`, and answered by then."""
    for number, piece in enumerate(PIECES, 1):
        handle, lot = f"feedback-{number}", dice("feedback", number)
        day = last - dt.timedelta(days=piece.days_before)
        if day < first:
            continue
        yield Speak(in_office_hours(lot, day), handle, piece.kind, piece.about, piece.title, piece.text)
        end = day + dt.timedelta(days=piece.after)
        answered = workday_between(calendar, lot, end, min(end + dt.timedelta(days=10), last))
        if piece.after and answered:
            yield Reply(in_office_hours(lot, answered), handle, piece.outcome, piece.summary, piece.answer)


def do(act: Speak | Reply, spoken: dict[str, Feedback]) -> None:
    """Say it, or answer what was said; nothing where the register that it is about is not there."""
    if isinstance(act, Reply):
        if act.handle in spoken:
            feedback.answer(
                by=None,
                now=act.at,
                feedback=spoken[act.handle],
                outcome=act.outcome,
                summary=act.summary,
                text=act.answer,
                batch=Batch.objects.last() if act.outcome == Feedback.Outcome.ACCEPTED else None,
            )
    elif (told := _told(act)) is not None:
        spoken[act.handle] = feedback.file(now=act.at, told=told, is_sample=True)


def _told(act: Speak) -> Told | None:
    if act.kind == Feedback.Kind.REQUEST:
        unit = Unit.objects.filter(name=act.about).first()
        return Told(act.kind, act.text, title=act.title, unit=unit)
    register = Register.objects.select_related("unit").filter(slug=act.about).first()
    version = register.versions.order_by("number").last() if register else None
    if register is None or version is None:
        return None
    key = {}
    if act.kind == Feedback.Kind.ERROR:
        described = version.described
        row = reading.row(Stored.public(version.served, described), version.rows) or {}
        key = {name: write(row[name]) for name in described.primary_key if name in row}
    return Told(act.kind, act.text, title=act.title, register=register, version=version.number, row=key)
