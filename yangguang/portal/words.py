"""The words on screen for the codes in the records, in the visitor's language."""

import datetime as dt
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from yangguang.rules.verdict import State, Verdict

CADENCES = {
    "daily": gettext_lazy("每日"),
    "monthly": gettext_lazy("每月"),
    "quarterly": gettext_lazy("每季度"),
    "half_yearly": gettext_lazy("每半年"),
    "yearly": gettext_lazy("每年"),
    "by_deadline": gettext_lazy("限期"),
    "periodic": gettext_lazy("定期"),
    "timely": gettext_lazy("及时"),
    "when_due": gettext_lazy("适时"),
    "none": gettext_lazy("未写明频次"),
}

FORMS = {
    "document": gettext_lazy("文件、解读"),
    "list": gettext_lazy("清单、目录"),
    "series": gettext_lazy("统计数据"),
    "cases": gettext_lazy("案件、决定、名录"),
    "project": gettext_lazy("项目进展"),
    "dataset": gettext_lazy("数据"),
    "consultation": gettext_lazy("征求意见"),
    "meeting": gettext_lazy("会议、发布会"),
    "internal": gettext_lazy("内部工作"),
}

STATES = {
    State.ON_TIME: gettext_lazy("按时"),
    State.LATE: gettext_lazy("迟"),
    State.PARTIAL: gettext_lazy("不全"),
    State.MISSING: gettext_lazy("未公开"),
    State.NOT_YET: gettext_lazy("未到期"),
    State.PROVISIONAL: gettext_lazy("暂定"),
    State.UNJUDGED: gettext_lazy("不评"),
    State.INTERNAL: gettext_lazy("内部工作"),
}

ACTS = {
    "adopt": gettext_lazy("通过方案"),
    "publish": gettext_lazy("发布"),
    "revise": gettext_lazy("修改"),
    "withdraw": gettext_lazy("撤回"),
    "occasion": gettext_lazy("登记公开事由"),
    "abolish": gettext_lazy("废止"),
    "expire": gettext_lazy("失效"),
    "amend": gettext_lazy("被修改"),
    "replace": gettext_lazy("被替代"),
    "restore": gettext_lazy("恢复有效"),
    "cleanup": gettext_lazy("公布清理结果"),
    "ask_to_mark": gettext_lazy("提请标注"),
    "gazette": gettext_lazy("出版公报"),
    "scan": gettext_lazy("历史公报上网"),
    "proofread": gettext_lazy("校对历史公报"),
    "version": gettext_lazy("发布数据"),
    "take_off": gettext_lazy("撤下数据行"),
    "feedback": gettext_lazy("收到数据反馈"),
    "pass_on": gettext_lazy("转办数据反馈"),
    "answer": gettext_lazy("答复数据反馈"),
    "batch": gettext_lazy("制定开放批次"),
    "plan_data": gettext_lazy("列入开放计划"),
    "move_data": gettext_lazy("调整开放批次"),
    "drop_data": gettext_lazy("移出开放计划"),
}

KINDS = {
    "department": gettext_lazy("部门"),
    "district": gettext_lazy("区"),
    "vertical": gettext_lazy("垂直管理机构"),
    "group": gettext_lazy("集合"),
}

HITS = {
    "plan": gettext_lazy("分工方案"),
    "unit": gettext_lazy("单位"),
    "task": gettext_lazy("任务"),
    "obligation": gettext_lazy("公开事项"),
    "document": gettext_lazy("文件"),
    "dataset": gettext_lazy("数据"),
    "gazette": gettext_lazy("历史公报"),
}

STATUSES = {
    "in_force": gettext_lazy("有效"),
    "amended": gettext_lazy("已修改"),
    "abolished": gettext_lazy("废止"),
    "expired": gettext_lazy("失效"),
    "withdrawn": gettext_lazy("撤回"),
}

MARKINGS = {
    "missing": gettext_lazy("没有标注"),
    "late": gettext_lazy("标注迟了"),
    "not_yet": gettext_lazy("还在期限内"),
    "on_time": gettext_lazy("按时"),
}

NUMERALS = "〇一二三四五六七八九"


def verdict(verdict: Verdict) -> str:
    """A verdict in a few words: 按时, 迟 3 个工作日, 未公开, …"""
    return _verdict(verdict.state, verdict.days_late, verdict.counted, get_language())


# A page says the same few things hundreds of times, and every catalogue is looked through for each.
@lru_cache(maxsize=1000)
def _verdict(state: State, days: int | None, counted: str, language: str | None) -> str:
    if state is State.LATE and days is not None:
        return ngettext("迟 %(days)s 个工作日", "迟 %(days)s 个工作日", days) % {"days": days}
    if state is State.MISSING and days:
        return ngettext("未公开，已过 %(days)s 个工作日", "未公开，已过 %(days)s 个工作日", days) % {
            "days": days
        }
    if state is State.PARTIAL:
        return _("不全 %(counted)s") % {"counted": counted}
    return str(STATES[state])


def numeral(number: int) -> str:
    """A Chinese numeral from 1 to 99, as areas are numbered in print: 十, 二十二."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十"
    return head + (NUMERALS[ones] if ones else "")


def month(key: str) -> str:
    """The month "2017-08" in words: 2017年8月."""
    return _month(key, get_language())


@lru_cache(maxsize=1000)
def _month(key: str, language: str | None) -> str:
    return date_format(_first_day(key), _("Y年n月"))


def short_month(key: str) -> str:
    """The month without its year: 8月."""
    return _short_month(key, get_language())


@lru_cache(maxsize=1000)
def _short_month(key: str, language: str | None) -> str:
    return date_format(_first_day(key), _("n月"))


def _first_day(key: str) -> dt.date:
    return dt.date.fromisoformat(f"{key}-01")
