"""Feedback on data as its pages show it: what it is about, where it stands, what was answered."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.registers.models import Feedback
from yangguang.registers.queries import feedback as queries
from yangguang.registers.queries import release
from yangguang.registers.queries.feedback import Tally
from yangguang.rules.tables.query import ROW
from yangguang.rules.tables.schema import DescriptorProblem

KINDS: dict[Feedback.Kind, tuple[str | Promise, str | Promise]] = {
    Feedback.Kind.REQUEST: (
        gettext_lazy("申请开放数据"),
        gettext_lazy("要用的数据这里没有？告诉我们要什么、做什么用，由有这份数据的单位答复开放不开放。"),
    ),
    Feedback.Kind.ERROR: (
        gettext_lazy("报告数据差错"),
        gettext_lazy("哪一行、哪一列不对，应当是什么。单位更正数据、发布新的一版以后才能答复“已更正”。"),
    ),
    Feedback.Kind.REUSE: (
        gettext_lazy("展示数据应用"),
        gettext_lazy("用数据做了应用、图表、报道或者研究？请给大家看看。经发布单位看过以后列在数据集页上。"),
    ),
}
"""What each is called, and what it is for."""

OUTCOMES: dict[tuple[str, str], str | Promise] = {
    ("request", "accepted"): gettext_lazy("同意开放"),
    ("request", "declined"): gettext_lazy("不能开放"),
    ("error", "accepted"): gettext_lazy("已更正"),
    ("error", "declined"): gettext_lazy("核实无误"),
    ("reuse", "accepted"): gettext_lazy("已展示"),
    ("reuse", "declined"): gettext_lazy("不展示"),
}


def shown(one: Feedback, today: dt.date) -> dict[str, Any]:
    """What the pages of one piece show."""
    return {
        "one": one,
        "kind": KINDS[Feedback.Kind(one.kind)][0],
        "outcome": OUTCOMES.get((one.kind, one.outcome), ""),
        "clock": queries.clocked(one, today),
        "row": row_words(one),
        "row_link": row_link(one),
        "column": column_title(one),
        "entry": release.of_request(one, today),
    }


def row_words(one: Feedback) -> str:
    """The row that is spoken of by its key: 月份 2017-08，水源名称 甲水库. Nothing where the law took it off."""
    if not one.row or queries.row_is_off(one):
        return ""
    if ROW in one.row:
        return _("第 %(version)s 版第 %(row)s 行") % {"version": one.version, "row": one.row[ROW]}
    return "，".join(f"{_title(one, name)} {value}" for name, value in one.row.items())


def row_link(one: Feedback) -> str:
    """Where the row stands in the newest version; empty where it has no key."""
    if one.register is None or not one.row or ROW in one.row or queries.row_is_off(one):
        return ""
    return f"{one.register.get_absolute_url()}?{urlencode(one.row)}#table"


def column_title(one: Feedback) -> str:
    return _title(one, one.column) if one.column else ""


def as_json(one: Feedback) -> dict[str, Any]:
    """An answered piece for programs."""
    assert one.answered_at is not None  # noqa: S101 only such are public
    clock = queries.clocked(one, one.answered_at.date())
    return {
        "number": one.pk,
        "kind": one.kind,
        "unit": one.unit.name if one.unit else None,
        "dataset": one.register.slug if one.register else None,
        "about": one.about,
        "filed_at": one.filed_at.isoformat(timespec="seconds"),
        "due_on": clock.deadline.due_on.isoformat(),
        "answered_at": one.answered_at.isoformat(timespec="seconds"),
        "workdays_late": clock.late_by,
        "outcome": one.outcome,
        "summary": one.summary,
        "answer": one.answer,
        "journal": [one.line_id, one.answer_line_id],
        "sample": one.is_sample,
    }


def tally_as_json(one: Tally) -> dict[str, Any]:
    return {
        "unit": one.unit.name if one.unit else None,
        "open": one.open,
        "overdue": one.overdue,
        "answered": one.answered,
        "answered_late": one.late,
    }


def _title(one: Feedback, name: str) -> str:
    if one.register is None:
        return name
    try:
        return one.register.described.field(name).title
    except (KeyError, DescriptorProblem):
        return name
