"""The working-day calendar that every deadline is counted with."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from yangguang.api.errors import not_found
from yangguang.api.schemas.journal import CalendarFilters, CalendarOut
from yangguang.api.schemas.shared import Error
from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.workdays import Calendar, CalendarYear

router = Router(tags=["工作日"])


@router.get("/calendar", response={200: CalendarOut, 404: Error, 422: Error}, summary="工作日历")
def calendar(request: HttpRequest, filters: Query[CalendarFilters]) -> dict[str, Any]:
    """国务院办公厅放假通知：哪些天放假，哪些周末上班。没有列出的日子，周一至周五上班。"""
    known = shipped_calendar()
    years = [year for year in known.years if filters.year in (None, year.year)]
    if not years:
        first, last = known.first_day.year, known.last_day.year
        raise not_found(f"{filters.year} 年的放假通知没有录入：现有 {first} 至 {last} 年", "year")
    return {"years": [_year(known, year) for year in years]}


def _year(known: Calendar, year: CalendarYear) -> dict[str, Any]:
    first, last = dt.date(year.year, 1, 1), dt.date(year.year, 12, 31)
    days = [known.describe(first + dt.timedelta(days=place)) for place in range((last - first).days + 1)]
    return {
        "year": year.year,
        "notices": [
            {
                "title": notice.title,
                "number": notice.number,
                "issued": notice.issued,
                "verified": notice.verified,
            }
            for notice in year.notices
        ],
        "workdays": sum(day.works for day in days),
        "days_off": [day.day for day in days if not day.works and day.why != "周末"],
        "worked": [day.day for day in days if day.works and day.day.weekday() >= 5],
    }
