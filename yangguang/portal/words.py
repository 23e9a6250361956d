"""The words on screen for the codes in the records, in the visitor's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from yangguang.rules.verdict import State, Verdict

CADENCES = {
    "daily": lazy("每日"),
    "monthly": lazy("每月"),
    "quarterly": lazy("每季度"),
    "half_yearly": lazy("每半年"),
    "yearly": lazy("每年"),
    "by_deadline": lazy("限期"),
    "periodic": lazy("定期"),
    "timely": lazy("及时"),
    "when_due": lazy("适时"),
    "none": lazy("未写明频次"),
}

FORMS = {
    "document": lazy("文件、解读"),
    "list": lazy("清单、目录"),
    "series": lazy("统计数据"),
    "cases": lazy("案件、决定、名录"),
    "project": lazy("项目进展"),
    "dataset": lazy("数据集"),
    "consultation": lazy("征求意见"),
    "meeting": lazy("会议、发布会"),
    "internal": lazy("内部工作"),
}

STATES = {
    State.ON_TIME: lazy("按时"),
    State.LATE: lazy("迟"),
    State.MISSING: lazy("未公开"),
    State.NOT_YET: lazy("未到期"),
    State.PROVISIONAL: lazy("暂定"),
    State.UNJUDGED: lazy("不评"),
    State.INTERNAL: lazy("内部工作"),
}

ACTS = {
    "adopt": lazy("通过方案"),
    "publish": lazy("发布"),
    "revise": lazy("修改"),
    "withdraw": lazy("撤回"),
    "occasion": lazy("登记公开事由"),
}

KINDS = {
    "department": lazy("部门"),
    "district": lazy("区"),
    "vertical": lazy("垂直管理机构"),
    "group": lazy("集合"),
}

HITS = {
    "plan": lazy("分工方案"),
    "unit": lazy("单位"),
    "task": lazy("任务"),
    "obligation": lazy("公开事项"),
    "document": lazy("文件"),
}

NUMERALS = "〇一二三四五六七八九"


def verdict(verdict: Verdict) -> str:
    """A verdict in a few words: 按时, 迟 3 个工作日, 未公开, …"""
    days = verdict.days_late
    if verdict.state is State.LATE and days is not None:
        return ngettext("迟 %(days)s 个工作日", "迟 %(days)s 个工作日", days) % {"days": days}
    if verdict.state is State.MISSING and days:
        return ngettext("未公开，已过 %(days)s 个工作日", "未公开，已过 %(days)s 个工作日", days) % {
            "days": days
        }
    return str(STATES[verdict.state])


def numeral(number: int) -> str:
    """A Chinese numeral from 1 to 99, as areas are numbered in print: 十, 二十二."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十"
    return head + (NUMERALS[ones] if ones else "")


def month(key: str) -> str:
    """ "2017-08" in words: 2017年8月."""
    year, number = key.split("-")
    return _("%(year)s年%(month)s月") % {"year": year, "month": int(number)}
