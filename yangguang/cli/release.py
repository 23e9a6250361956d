"""`yangguang release`: the plan of which data come online when, from a file, and how far it is."""

import argparse
import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yangguang.cli import database
from yangguang.cli.errors import UsageProblem
from yangguang.cli.table import table

if TYPE_CHECKING:
    from yangguang.registers.models import Batch

COLUMNS = ("批次", "期限", "单位", "名称", "网址名")
NAMES = ("batch", "due_on", "unit", "title", "register")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `release plan` and `release show`."""
    parser = subparsers.add_parser("release", help="数据开放计划：分批列入、查看进度")
    commands = parser.add_subparsers(required=True, metavar="plan|show", parser_class=type(parser))
    text = (
        f"照文件列入计划，全部列入或者都不列入。CSV 的列：{'、'.join(COLUMNS)}；JSON 的键：{'、'.join(NAMES)}"
    )
    command = commands.add_parser("plan", help=text, description=text)
    command.add_argument("file", metavar="FILE", help="CSV（UTF-8 或 GB18030）或 JSON；网址名可以空着")
    command.set_defaults(handler=plan)
    text = "各批次的期限和进度，由已公开的版次算出"
    command = commands.add_parser("show", help=text, description=text)
    command.set_defaults(handler=show)


def plan(arguments: argparse.Namespace) -> int:
    """Put every line of the file into its batch; a batch that is not there begins with its first day."""
    rows = _rows(Path(arguments.file))
    database.start()
    from django.db import transaction

    problems: list[str] = []
    with transaction.atomic():
        for number, row in rows:
            try:
                _plan(row)
            except ValueError as problem:
                problems.append(f"第 {number} 行：{problem}")
        if problems:
            transaction.set_rollback(True)
    if problems:
        raise UsageProblem(f"{arguments.file} 没有列入：" + "；".join(problems[:20]))
    print(f"已列入 {len(rows)} 项")
    return 0


def show(_: argparse.Namespace) -> int:
    """A line for each batch."""
    database.start()
    from yangguang.directory import clock
    from yangguang.registers.queries import release

    board = release.board(clock.today())
    cells: list[tuple[str, ...]] = [("批次", "期限", "计划", "已开放", "逾期", "未到期")]
    cells += [
        (one.name, str(one.due_on or ""), *map(str, (one.planned, one.open, one.overdue, one.to_come)))
        for one in board.batches
    ]
    print(table(cells, right={2, 3, 4, 5}))
    print(f"已开放 {board.open_now} 个数据集，目标 {release.TARGET} 个")
    return 0


def _plan(row: dict[str, str]) -> None:
    from yangguang.directory import clock, queries
    from yangguang.registers.actions import release

    unit = queries.resolve(row["unit"])
    if unit is None:
        raise ValueError(f"单位名录里没有“{row['unit']}”：请先登记单位，或者改正名称")
    due_on = _day(row["due_on"])
    now = clock.now()
    release.plan(
        by=None,
        now=now,
        batch=_batch(row["batch"], due_on, now),
        unit=unit,
        title=row["title"],
        slug=row["register"],
        due_on=due_on,
    )


def _batch(title: str, due_on: dt.date, now: dt.datetime) -> "Batch":
    from yangguang.registers.actions import release
    from yangguang.registers.models import Batch

    found = Batch.objects.filter(title=title).first()
    return found or release.open_batch(by=None, now=now, title=title, due_on=due_on)


def _day(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"期限“{written}”认不出来：请按 2017-12-31 写") from None


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """The lines with their number in the file (of JSON, in the list). Raises UsageProblem."""
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise UsageProblem(f"{file} 读不了：{problem.strerror}；请核对文件名") from problem
    found = _of_json(content, file) if file.suffix.lower() == ".json" else _of_csv(content, file)
    if not found:
        raise UsageProblem(f"{file} 里没有一项：请一行写一项")
    return found


def _of_json(content: bytes, file: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        listed: Any = json.loads(content)
    except ValueError as problem:
        raise UsageProblem(f"{file} 不是正确的 JSON：{problem}") from problem
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise UsageProblem(f"{file} 应是一个列表，每项是一个对象，键是 {'、'.join(NAMES)}")
    return [
        (number, {name: str(one.get(name) or "").strip() for name in NAMES})
        for number, one in enumerate(listed, 1)
    ]


def _of_csv(content: bytes, file: Path) -> list[tuple[int, dict[str, str]]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UsageProblem(f"{file} 的编码认不出来：请另存为 UTF-8")
    lines = csv.DictReader(io.StringIO(text))
    if missing := [name for name in COLUMNS[:4] if name not in (lines.fieldnames or ())]:
        raise UsageProblem(f"{file} 缺少列 {'、'.join(missing)}：第一行写列名 {'、'.join(COLUMNS)}")
    return [
        (
            lines.line_num,
            {name: (line.get(title) or "").strip() for name, title in zip(NAMES, COLUMNS, strict=True)},
        )
        for line in lines
        if any(value and str(value).strip() for value in line.values())
    ]
