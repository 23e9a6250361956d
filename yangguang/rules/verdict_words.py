"""The words and signs of verdicts, the same on the desk, in the terminal, in calendars and for machines."""

from yangguang.rules.verdict import State, Verdict

SIGNS = {
    State.ON_TIME: "●",
    State.LATE: "◐",
    State.PARTIAL: "◔",
    State.MISSING: "○",
    State.NOT_YET: "◌",
    State.PROVISIONAL: "◇",
    State.UNJUDGED: "–",
    State.INTERNAL: "–",
}
NAMES = {
    State.ON_TIME: "按时",
    State.LATE: "迟",
    State.PARTIAL: "不全",
    State.MISSING: "未公开",
    State.NOT_YET: "未到期",
    State.PROVISIONAL: "暂定",
    State.UNJUDGED: "不评",
    State.INTERNAL: "内部工作，不计分",
}


def told(verdict: Verdict) -> str:
    """“按时”, “迟 3 个工作日”, “不全，10/11”, “未公开，已过 2 个工作日” …"""
    if verdict.state is State.LATE and verdict.days_late is not None:
        return f"迟 {verdict.days_late} 个工作日"
    if verdict.state is State.MISSING and verdict.days_late:
        return f"未公开，已过 {verdict.days_late} 个工作日"
    if verdict.state is State.PARTIAL:
        return f"不全，{verdict.counted}"
    return NAMES[verdict.state]
