"""The words and signs of the desk."""

import datetime as dt

from yangguang.rules.verdict import State, Verdict

SIGNS = {
    State.ON_TIME: "●",
    State.LATE: "◐",
    State.MISSING: "○",
    State.NOT_YET: "◌",
    State.PROVISIONAL: "◇",
    State.UNJUDGED: "–",
    State.INTERNAL: "–",
}
WORDS = {
    State.ON_TIME: "按时",
    State.LATE: "迟",
    State.MISSING: "未公开",
    State.NOT_YET: "未到期",
    State.PROVISIONAL: "暂定",
    State.UNJUDGED: "不评",
    State.INTERNAL: "内部工作，不计分",
}


def verdict_words(verdict: Verdict) -> str:
    """“按时”, “迟 3 个工作日”, “未公开，已过 2 个工作日” …"""
    if verdict.state == State.LATE and verdict.days_late is not None:
        return f"迟 {verdict.days_late} 个工作日"
    if verdict.state == State.MISSING and verdict.days_late:
        return f"未公开，已过 {verdict.days_late} 个工作日"
    return WORDS[verdict.state]


def weekday(day: dt.date) -> str:
    return "周" + "一二三四五六日"[day.weekday()]
