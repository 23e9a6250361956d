"""Sample issues of the gazette: one at the end of each of the last months, made of that month's documents."""

import datetime as dt

from yangguang.directory.clock import SHANGHAI
from yangguang.gazette.actions import issues
from yangguang.gazette.models import Issue
from yangguang.publishing.models import Edition
from yangguang.publishing.models.edition import Form
from yangguang.sample.acts import IssueGazette

TITLE = "市人民政府公报"
PUBLISHER = "市人民政府办公厅"
MOST_ISSUES, MOST_TEXTS = 3, 8
SECTIONS = {Form.DOCUMENT: "部门文件", Form.LIST: "清单目录", Form.SERIES: "统计数据"}


def acts_for(first: dt.date, last: dt.date) -> list[IssueGazette]:
    """The last whole months within [first, last], an issue at five in the afternoon of each month's last day."""
    ends: list[dt.date] = []
    month = first.replace(day=1)
    while (following := (month + dt.timedelta(days=32)).replace(day=1)) - dt.timedelta(days=1) < last:
        ends.append(following - dt.timedelta(days=1))
        month = following
    return [
        IssueGazette(at=dt.datetime.combine(end, dt.time(17, 25), SHANGHAI), number=end.month)
        for end in ends[-MOST_ISSUES:]
        if end >= first
    ]


def make(act: IssueGazette) -> Issue | None:
    """Compose and issue it; None where the month has nothing to print."""
    month = act.at.replace(day=1, hour=0, minute=0)
    published = Edition.objects.filter(
        online_at__gte=month, online_at__lt=act.at, number=1, document__withdrawal__isnull=True
    )
    chosen = [
        (section, edition)
        for form, section in SECTIONS.items()
        for edition in published.filter(form=form).order_by("online_at", "pk")[: MOST_TEXTS // 2]
    ][:MOST_TEXTS]
    if not chosen:
        return None
    issue = issues.start(
        by=None, year=act.at.year, number=act.number, title=TITLE, publisher=PUBLISHER, is_sample=True
    )
    for section, edition in chosen:
        issues.place(by=None, issue=issue, edition=edition, section=section)
    return issues.issue(by=None, now=act.at, issue=issue)
