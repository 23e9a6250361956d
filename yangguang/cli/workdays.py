"""`yangguang workdays`: add, count and explain working days. No framework is started."""

import argparse
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from yangguang.cli.errors import UsageProblem
from yangguang.directory.calendars import CalendarProblem, shipped_calendar
from yangguang.rules.workdays import Calendar, CountedDay, NoNotice, explain_workdays

# Twenty years of working days: longer than any period the law knows.
MOST_WORKDAYS = 5000


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `workdays add START N`, `workdays count A B` and `workdays explain START N`."""
    parser = subparsers.add_parser("workdays", help="工作日推算：add、count、explain")
    commands = parser.add_subparsers(required=True, metavar="add|count|explain", parser_class=type(parser))
    for name, work, text in (
        ("add", add, "START 之后第 N 个工作日（START 当日不计）"),
        ("explain", explain, "逐日说明从 START 起的 N 个工作日"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("start", metavar="START", help="日期，如 2017-06-19")
        command.add_argument("number", metavar="N", help="工作日数")
        command.set_defaults(handler=_answering(work))
    text = "A 之后至 B（含）的工作日数"
    command = commands.add_parser("count", help=text, description=text)
    command.add_argument("after", metavar="A", help="日期，当日不计")
    command.add_argument("through", metavar="B", help="日期，当日计入")
    command.set_defaults(handler=_answering(count))


def add(arguments: argparse.Namespace, calendar: Calendar) -> str:
    """The N-th working day after START, as YYYY-MM-DD."""
    start, number = _read_date("START", arguments.start), _read_number("N", arguments.number)
    return calendar.add_workdays(start, number).isoformat()


def count(arguments: argparse.Namespace, calendar: Calendar) -> str:
    """The number of working days after A, up to and including B."""
    after, through = _read_date("A", arguments.after), _read_date("B", arguments.through)
    if through < after:
        raise UsageProblem(f"参数 B（{through}）早于参数 A（{after}），请对调")
    return str(calendar.count_workdays(after, through))


def explain(arguments: argparse.Namespace, calendar: Calendar) -> str:
    """Every day from START to the N-th working day, as an aligned table."""
    start, number = _read_date("START", arguments.start), _read_number("N", arguments.number)
    calendar.describe(start)
    lines = explain_workdays(calendar, start, number)
    text = _table(lines)
    if not calendar.knows(lines[-1].day):
        text += f"\n暂定：{NoNotice(calendar.last_day.year + 1)}"
    return text


def _answering(work: Callable[[argparse.Namespace, Calendar], str]) -> Callable[[argparse.Namespace], int]:
    def handler(arguments: argparse.Namespace) -> int:
        try:
            print(work(arguments, shipped_calendar()))
        except (NoNotice, CalendarProblem) as problem:
            raise UsageProblem(str(problem)) from problem
        return 0

    return handler


def _read_date(name: str, text: str) -> date:
    remedy = "请写成 2017-06-19 这样的日期"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise UsageProblem(f"参数 {name} 不是日期（{text!r}），{remedy}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageProblem(f"参数 {name} 没有这一天（{text}），{remedy}") from None


def _read_number(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > MOST_WORKDAYS:
        raise UsageProblem(f"参数 {name} 不是可用的工作日数（{text!r}），请写 0 至 {MOST_WORKDAYS} 的整数")
    return int(text)


def _table(lines: Sequence[CountedDay]) -> str:
    rows = [("日期", "星期", "计数", "原因")]
    for line in lines:
        counted = "–" if line.number is None else str(line.number)
        rows.append((line.day.isoformat(), line.weekday, counted, line.why))
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    return "\n".join(_row(row, widths) for row in rows)


def _row(row: tuple[str, str, str, str], widths: list[int]) -> str:
    day, weekday, counted, why = row
    left = [cell + " " * (width - _width(cell)) for cell, width in zip((day, weekday), widths, strict=False)]
    return "  ".join([*left, " " * (widths[2] - _width(counted)) + counted, why])


def _width(text: str) -> int:
    """Columns on a terminal: a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
