"""The words and signs of the desk."""

import datetime as dt

from yangguang.publishing.models import Form

CADENCES = {
    "daily": "每日",
    "monthly": "每月",
    "quarterly": "每季度",
    "half_yearly": "每半年",
    "yearly": "每年",
    "by_deadline": "有期限",
    "periodic": "定期",
    "timely": "及时",
    "when_due": "适时",
    "none": "没有写明",
}
FORMS = {**dict(Form.choices), "internal": "内部工作"}

COLUMN_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是或否",
    "date": "日期",
    "datetime": "时间",
    "yearmonth": "年月",
    "year": "年",
}

ROLES = {
    "header": "文头",
    "area": "领域",
    "task": "任务",
    "unit": "单位",
    "note": "说明",
    "unplaced": "没有归入",
}


def weekday(day: dt.date) -> str:
    return "周" + "一二三四五六日"[day.weekday()]


def term_words(due: dict[str, object]) -> str:
    """A deadline's term as a person writes it: “1个月”, “20个工作日”, “2017-12-31”, or empty without one."""
    if "months" in due:
        return f"{due['months']}个月"
    if "workdays" in due:
        return f"{due['workdays']}个工作日"
    return str(due.get("day", ""))
