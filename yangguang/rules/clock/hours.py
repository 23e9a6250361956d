"""Shanghai dates, and clocks that run in hours.

Hour clocks in use: a response to a matter of public concern within 48 h, a press conference on a
grave emergency within 24 h (国办发〔2016〕61号); first authoritative word within 5 h (国办发〔2016〕80号).
"""

from datetime import date, datetime, timedelta, timezone

# China has kept one time without summer time since 1991; the calendars begin in 2008.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def shanghai_date(moment: datetime) -> date:
    """The date in Shanghai at an aware moment. Raises ValueError for a moment without time zone."""
    return _in_shanghai(moment).date()


def hour_deadline(started: datetime, hours: int) -> datetime:
    """The last moment in time of a clock of `hours`, as Shanghai time.

    Hours run from the minute of the start, day and night, on days off too: an emergency keeps no
    office hours. Raises ValueError for a moment without time zone or a negative number of hours.
    """
    if hours < 0:
        raise ValueError("小时数不能是负数")
    return _in_shanghai(started) + timedelta(hours=hours)


def _in_shanghai(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("时刻没有时区，无法换算为北京时间")
    return moment.astimezone(SHANGHAI)
