"""The deadlines that hold where a plan names a frequency and no day: the product's own, open to review.

A reviewed plan states its own in `plan.toml`; these are proposed when a plan is adopted in the desk.
"""

import datetime as dt
from collections.abc import Mapping

from yangguang.rules.obligations_file import Due

_LAW = "法定期限是信息形成或者变更之日起20个工作日"


def law(year: int) -> str:
    """The article on the 20 working days that was in force in a year."""
    if year < 2019:
        return f"{_LAW}（2008年施行的《政府信息公开条例》第十八条）。"
    return f"{_LAW}（2019年修订的《政府信息公开条例》第二十六条）。"


def house_terms(year: int) -> Mapping[str, Due]:
    """Cadence (of `rules.cadence.CADENCES`, or "internal") → the deadline used in a plan of that year."""
    timely = f"方案写“及时”；{law(year)}"
    year_end = dt.date(year, 12, 31)
    return {
        "daily": Due("daily", "default", "方案没有写明几时公开，统一按次一工作日判定。", workdays=1),
        "monthly": Due("monthly", "default", "方案没有写明月后几日，统一按次月底判定。", months=1),
        "quarterly": Due("quarterly", "default", "方案没有写明季后几日，统一按季后一个月内判定。", months=1),
        "half_yearly": Due(
            "half_yearly", "default", "方案没有写明期后几日，统一按期后两个月内判定。", months=2
        ),
        "yearly": Due("yearly", "default", "方案没有写明年后几日，统一按年后三个月内判定。", months=3),
        "by_deadline": Due("once", "assumed", "方案写有期限，请核对；暂按方案年度年底判定。", day=year_end),
        "periodic": Due(
            "quarterly", "assumed", "方案只写“定期”，暂按每季度一次、季后一个月内判定。", months=1
        ),
        "timely": Due("event", "default", timely, workdays=20),
        "when_due": Due("once", "stated", "方案写“适时”或“按要求”，没有写明期限；没有公开时不评。"),
        "none": Due(
            "once", "default", "方案没有写明频次和期限，统一按方案年度内至少公开一次判定。", day=year_end
        ),
        "internal": Due("internal", "stated", "方案没有要求公开，是内部工作，只列出，不计分。"),
    }
