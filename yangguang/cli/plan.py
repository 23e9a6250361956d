"""`yangguang plan read`: show a plan as the reader understands it. No framework is started."""

import argparse
import json
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from yangguang.cli.errors import UsageProblem
from yangguang.plan.readers import read_file
from yangguang.rules.plan_table import PlanReading, Task, Unreadable, to_json

TEXT_WIDTH = 72
LEADS_WIDTH = 30


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `plan read FILE [--json]`."""
    parser = subparsers.add_parser("plan", help="分工方案：read")
    commands = parser.add_subparsers(required=True, metavar="read", parser_class=type(parser))
    text = "识读一份分工方案（.txt .docx .xlsx .html .pdf）"
    command = commands.add_parser("read", help=text, description=text)
    command.add_argument("file", metavar="FILE", help="方案文件")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(handler=read)


def read(arguments: argparse.Namespace) -> int:
    """Print the reading as JSON or as a table; a file that holds no plan is a `UsageProblem`."""
    try:
        reading = read_file(Path(arguments.file))
    except Unreadable as problem:
        raise UsageProblem(str(problem)) from problem
    if arguments.json:
        print(json.dumps(to_json(reading), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_table(reading)))
    return 0


def _table(reading: PlanReading) -> Iterable[str]:
    issued = reading.issued_on.isoformat() if reading.issued_on else "日期不详"
    yield reading.title
    yield f"{reading.number or '无文号'}　{reading.issuer or '印发单位不详'}　{issued}"
    yield f"领域 {len(reading.areas)} 个，任务 {len(reading.tasks)} 项，表外职责 {len(reading.outside_table)} 项"
    for area in reading.areas:
        yield ""
        yield f"{area.number}　{area.name}"
        for task in area.tasks:
            yield from _rows(task)
    if reading.outside_table:
        yield ""
        yield "表外职责"
        for task in reading.outside_table:
            yield from _rows(task)
    yield from _remarks("识读说明", [(notice.text, notice.source.as_dict()) for notice in reading.notices])
    yield from _remarks("未归位", [(line.text.strip(), line.place.as_dict()) for line in reading.unplaced])


def _rows(task: Task) -> Iterable[str]:
    leads = ("↑" if task.lead_inherited else "") + "、".join(task.leads or ("（未写明）",))
    texts = _wrapped(task.text.replace("\n", ""), TEXT_WIDTH)
    units = _wrapped(leads, LEADS_WIDTH)
    for number in range(max(len(texts), len(units))):
        first = task.id if number == 0 else ""
        last = task.cadence if number == 0 else ""
        text = texts[number] if number < len(texts) else ""
        unit = units[number] if number < len(units) else ""
        yield f"  {_padded(first, 6)}{_padded(text, TEXT_WIDTH + 2)}{_padded(unit, LEADS_WIDTH + 2)}{last}".rstrip()


def _remarks(title: str, remarks: Sequence[tuple[str, dict[str, int | str]]]) -> Iterable[str]:
    if not remarks:
        return
    names = {"line": "第{}行", "row": "第{}行", "table": "表{}", "sheet": "工作表{}", "page": "第{}页"}
    yield ""
    yield f"{title}（{len(remarks)}）"
    for text, place in remarks:
        where = "，".join(names[name].format(value) for name, value in place.items())
        yield from textwrap.wrap(f"  {where}：{text}", 200, subsequent_indent="    ")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, columns: int) -> str:
    return text + " " * max(columns - _width(text), 1)


def _wrapped(text: str, columns: int) -> list[str]:
    lines, room = [""], columns
    for sign in text:
        if _width(sign) > room:
            lines.append("")
            room = columns
        lines[-1] += sign
        room -= _width(sign)
    return lines
