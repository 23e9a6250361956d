"""`yangguang ledger`: show verdicts, rebuild the ledger, recompute verdicts from the public files.

The handlers import what they need, so that the other commands start at once.
"""

import argparse
import datetime as dt
import difflib
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yangguang.cli import database
from yangguang.cli.days import day
from yangguang.cli.errors import UsageProblem
from yangguang.cli.table import table

if TYPE_CHECKING:
    from yangguang.rules.verdict import Verdict


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `ledger show`, `ledger rebuild` and `ledger recompute`."""
    parser = subparsers.add_parser("ledger", help="台账：show、rebuild、recompute")
    commands = parser.add_subparsers(
        required=True, metavar="show|rebuild|recompute", parser_class=type(parser)
    )
    command = _command(commands, "show", show, "某日的应公开事项和判定")
    command.add_argument("--as-of", required=True, metavar="DATE", help="日期，如 2017-11-30")
    command.add_argument("--unit", metavar="NAME", help="只看一个单位")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    _command(commands, "rebuild", rebuild, "丢弃台账，从公开日志重新计算")
    command = _command(commands, "recompute", recompute, "只用公开的方案和日志文件重新计算判定，不需要数据库")
    command.add_argument("--plan", required=True, metavar="PLAN.json", help="/api/v1/plan 的内容")
    command.add_argument(
        "--journal", required=True, metavar="JOURNAL.jsonl", help="/api/v1/journal.jsonl 的内容"
    )
    command.add_argument("--as-of", required=True, metavar="DATE", help="日期，如 2017-11-30")
    command.add_argument("--json", action="store_true", help="输出 JSON")


def show(arguments: argparse.Namespace) -> int:
    """Print the verdicts of a day from the stored records."""
    as_of = day("--as-of", arguments.as_of)
    database.start()
    from yangguang.directory.queries import resolve
    from yangguang.ledger import queries

    unit = None
    if arguments.unit:
        unit = resolve(arguments.unit)
        if unit is None:
            raise UsageProblem(f"参数 --unit：{_unknown_unit(arguments.unit)}")
    try:
        found = queries.standings(as_of=as_of, unit=unit)
    except queries.NoPlan as problem:
        raise UsageProblem(str(problem)) from problem
    _print(
        (
            _row(
                one.obligation.code,
                one.obligation.title,
                one.unit.name,
                (one.key, one.label),
                one.verdict,
            )
            for one in found
        ),
        as_of,
        as_json=arguments.json,
    )
    return 0


def rebuild(_: argparse.Namespace) -> int:
    """Drop the ledger and work it out again; tells what was done."""
    database.start()
    from yangguang.ledger import actions

    terminal = sys.stderr.isatty()
    done = actions.rebuild(progress=_bar if terminal else None)
    if terminal:
        print(file=sys.stderr)
    print(f"台账已重建：读日志 {done.lines} 行，相符 {done.matches} 条，用时 {done.seconds:.1f} 秒")
    return 0


def recompute(arguments: argparse.Namespace) -> int:
    """Print the verdicts of a day from the two public files alone."""
    from yangguang.cli import public_files
    from yangguang.rules import recompute as verdicts

    as_of = day("--as-of", arguments.as_of)
    duties, register = public_files.plan(Path(arguments.plan))
    bodies = public_files.journal(Path(arguments.journal))
    titles = {duty.code: duty.title for duty in duties}
    _print(
        (
            _row(row.duty, titles[row.duty], row.unit, (row.period.key, row.period.label), row.verdict)
            for row in verdicts.recompute(duties, register, bodies, as_of)
        ),
        as_of,
        as_json=arguments.json,
    )
    return 0


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    handler: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.set_defaults(handler=handler)
    return command


def _row(code: str, title: str, unit: str, period: tuple[str, str], verdict: "Verdict") -> dict[str, Any]:
    key, label = period
    return {
        "code": code,
        "title": title,
        "unit": unit,
        "period": key,
        "label": label,
        "due_on": _text(verdict.due_on),
        "state": verdict.state.value,
        "days_late": verdict.days_late,
        "met_on": _text(verdict.met_on),
        "met_by": verdict.met_by,
        "provisional": verdict.provisional,
        "counted": verdict.counted,
        "reason": verdict.reason,
    }


def _told(row: dict[str, Any]) -> str:
    from yangguang.rules.verdict import State
    from yangguang.rules.verdict_words import NAMES, SIGNS

    state = State(row["state"])
    told = NAMES[state] if state is State.INTERNAL else f"{SIGNS[state]} {NAMES[state]}"
    if state is State.LATE and row["days_late"] is not None:
        return f"{told} {row['days_late']} 个工作日"
    return f"{told} {row['counted']}" if state is State.PARTIAL else told


def _text(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _print(rows: Iterable[dict[str, Any]], as_of: dt.date, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    lines = [("编号", "公开事项", "单位", "期", "期限", "状态", "理由")]
    for row in rows:
        due, state = row["due_on"] or "–", _told(row)
        lines.append((row["code"], row["title"], row["unit"], row["label"], due, state, row["reason"]))
    print(table(lines))
    print(f"截至 {as_of}，共 {len(lines) - 1} 期")


def _unknown_unit(name: str) -> str:
    from yangguang.directory.models import Unit

    near = difflib.get_close_matches(name, Unit.objects.values_list("name", flat=True), cutoff=0.4)
    hint = f"相近的有：{'、'.join(near)}" if near else "请用方案中的单位名称"
    return f"没有名为“{name}”的单位，{hint}"


def _bar(read: int, size: int) -> None:
    done = 30 * read // size if size else 30
    print(f"\r读日志 [{'█' * done}{'·' * (30 - done)}] {read}/{size}", end="", file=sys.stderr, flush=True)
