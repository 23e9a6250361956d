"""The working-day calendars as recorded in `calendars/`, one TOML file a year.

Plain Python: the command line reads them without starting a framework.
"""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from yangguang.rules.workdays import Calendar, CalendarYear, Festival, Notice, NoticeProblem

FOLDER = Path(__file__).resolve().parents[2] / "calendars"


class CalendarProblem(ValueError):
    """A calendar file cannot be used. The text is one Chinese sentence: file, place, remedy."""


def load_calendar(folder: Path = FOLDER) -> Calendar:
    """The calendar made of every `YYYY.toml` in the folder.

    Raises CalendarProblem when there is none, when the years have a gap, or when a file is no
    valid calendar year (the fields are described in calendars/README.md).
    """
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9].toml"))
    if not files:
        raise CalendarProblem(f"{folder} 中没有 YYYY.toml 放假通知文件，请至少录入一年")
    try:
        return Calendar(tuple(read_year(path) for path in files))
    except NoticeProblem as problem:
        raise CalendarProblem(f"{folder}：{problem}") from problem


@cache
def shipped_calendar() -> Calendar:
    """The calendar that comes with the product, read once."""
    return load_calendar()


def read_year(path: Path) -> CalendarYear:
    """One calendar file. Raises CalendarProblem naming the file and the place in it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CalendarProblem(f"{path.name} 不是有效的 TOML 文件，请改正：{problem}") from problem
    top = _Table(content, path.name)
    year = top.take("year", int)
    if f"{year}.toml" != path.name:
        raise CalendarProblem(f"{path.name} 中的 year = {year} 与文件名不符，请改成一致")
    notices = tuple(_notice(table) for table in top.tables("notice"))
    top.close()
    calendar_year = CalendarYear(year, notices)
    try:
        Calendar((calendar_year,))
    except NoticeProblem as problem:
        raise CalendarProblem(f"{path.name}：{problem}") from problem
    return calendar_year


def _notice(table: "_Table") -> Notice:
    notice = Notice(
        title=table.take("title", str),
        number=table.take("number", str),
        verified=table.take("verified", bool),
        issued=table.take("issued", date) if "issued" in table.content else None,
        festivals=tuple(_festival(festival) for festival in table.tables("festivals")),
    )
    table.close()
    if notice.verified and not notice.number:
        raise CalendarProblem(f"{table.place} 没有文号却写着 verified = true，请补文号或改成 false")
    return notice


def _festival(table: "_Table") -> Festival:
    worked = table.take("worked", list) if "worked" in table.content else []
    if not all(_is(day, date) for day in worked):
        raise CalendarProblem(f"{table.place} 的 worked 只能是日期，例如 [2017-01-22]")
    festival = Festival(
        name=table.take("name", str),
        first=table.take("first", date) if "first" in table.content else None,
        last=table.take("last", date) if "last" in table.content else None,
        worked=tuple(worked),
    )
    table.close()
    return festival


class _Table:
    """A TOML table that knows its place and wants every key to be read."""

    def __init__(self, content: dict[str, Any], place: str) -> None:
        self.content = dict(content)
        self.place = place

    def take(self, key: str, kind: type) -> Any:
        if key not in self.content:
            raise CalendarProblem(f"{self.place} 缺少 {key}，请补上")
        value = self.content.pop(key)
        if not _is(value, kind):
            raise CalendarProblem(f"{self.place} 的 {key} = {value!r} 类型不对，请对照 calendars/README.md")
        return value

    def tables(self, key: str) -> list["_Table"]:
        rows = self.take(key, list)
        if not all(isinstance(row, dict) for row in rows):
            raise CalendarProblem(f"{self.place} 的 {key} 应是表的列表，请对照 calendars/README.md")
        return [_Table(row, f"{self.place} 第 {number} 个 {key}") for number, row in enumerate(rows, 1)]

    def close(self) -> None:
        if self.content:
            keys = "、".join(self.content)
            raise CalendarProblem(f"{self.place} 有不认识的项 {keys}，请删去或改名")


def _is(value: object, kind: type) -> bool:
    # A TOML date-time is a Python date, and a TOML boolean a Python int.
    if kind is date and isinstance(value, datetime):
        return False
    if kind is int and isinstance(value, bool):
        return False
    return isinstance(value, kind)
