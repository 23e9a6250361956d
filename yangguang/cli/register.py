"""`yangguang register establish|check|publish|diff`: a table against its schema, into its register, against another version."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yangguang.cli.descriptors import read_descriptor
from yangguang.cli.errors import UsageProblem
from yangguang.cli.establish import establish
from yangguang.cli.steps import Steps
from yangguang.cli.table import table

if TYPE_CHECKING:
    from yangguang.registers.models import Register, Version
    from yangguang.rules.tables.report import Report

SHOWN = 200
FAILED = 2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `register` and its commands."""
    parser = subparsers.add_parser("register", help="清单和数据：establish、check、publish、diff")
    commands = parser.add_subparsers(
        required=True, metavar="establish|check|publish|diff|files|index", parser_class=type(parser)
    )
    text = "按表结构建立清单（各区、各部门每个单位一份）；已有的不动"
    command = commands.add_parser("establish", help=text, description=text)
    command.add_argument(
        "files", metavar="FILE", nargs="*", help="表结构文件或文件夹；不写时为各分工方案自带的全部表结构"
    )
    command.set_defaults(handler=establish)
    text = "按表结构逐行检查一个表格文件，不写入任何内容"
    command = commands.add_parser("check", help=text, description=text)
    command.add_argument("schema", metavar="SCHEMA", help="表结构（JSON 文件）")
    command.add_argument("file", metavar="FILE", help=".xlsx、.xls、.ods、.csv 或 .json")
    command.add_argument("--period", default="", metavar="P", help="所属期：核对每一行是否属于这一期")
    command.add_argument("--json", action="store_true", help="输出完整报告（JSON）")
    command.set_defaults(handler=check)
    text = "检查一个表格文件，全部通过才发布为清单的下一版"
    command = commands.add_parser("publish", help=text, description=text)
    command.add_argument("slug", metavar="SLUG", help="清单的网址名")
    command.add_argument("file", metavar="FILE", help="表格文件")
    command.add_argument("--period", default="", metavar="P", help="所属期：2017-08、2017Q3、2017H1、2017")
    command.add_argument("--note", default="", help="更新说明，公众可见")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(handler=publish)
    text = "生成各版次还没有的下载文件（csv、xlsx 等），数出数据质量"
    command = commands.add_parser("files", help=text, description=text)
    command.set_defaults(handler=files)
    text = "为行数很多的表建立侧索引（后台工作已经包含）"
    command = commands.add_parser("index", help=text, description=text)
    command.set_defaults(handler=index)
    text = "两个版次之间增加、减少、改动的行"
    command = commands.add_parser("diff", help=text, description=text)
    command.add_argument("slug", metavar="SLUG", help="清单的网址名")
    command.add_argument("a", type=int, metavar="A", help="前一个版次")
    command.add_argument("b", type=int, metavar="B", help="后一个版次")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(handler=diff)


def check(arguments: argparse.Namespace) -> int:
    """Check a file against a schema: 0 where it passes, else 2 with the whole report."""
    from yangguang.registers import intake
    from yangguang.warehouse.tables.engine import TableError

    described, period = read_descriptor(Path(arguments.schema))[1], _period(arguments.period)
    file = Path(arguments.file)
    with Steps() as steps:
        sheets = _sheets(file)
        try:
            choices = (proposed := intake.propose(sheets, described)).choices
            against = intake.Against(period=period)
            checked = intake.check_file(file, file.name, described, choices, against, progress=steps)
        except (ValueError, TableError) as problem:
            raise UsageProblem(f"{arguments.file}：{problem}") from problem
    report = checked.report
    passed = report.passed and not proposed.lacking
    if arguments.json:
        told = {**_report(report), "passed": passed, "lacking": list(proposed.lacking)}
        told |= {"choices": proposed.choices.as_json(), "left_out": checked.left_out}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print_report(report, proposed.lacking, checked.left_out)
    return 0 if passed else FAILED


def publish(arguments: argparse.Namespace) -> int:
    """Publish a file as the next version, all of it or nothing: 0, or 2 with the report."""
    from yangguang.cli import database

    database.start()
    from yangguang.directory import clock
    from yangguang.ledger import actions as ledger
    from yangguang.registers.actions import intakes, review
    from yangguang.rules.plan_table import Unreadable
    from yangguang.warehouse.tables.engine import TableError

    register, file = _register(arguments.slug), Path(arguments.file)
    with Steps(of=7) as steps:
        try:
            steps("收下文件")
            taken = intakes.receive(
                by=None,
                now=clock.now(),
                register=register,
                name=file.name,
                data=_there(file),
                period=arguments.period,
                note=arguments.note,
            )
            report = intakes.check(by=None, now=clock.now(), taken=taken, progress=steps)
            if report.passed:
                steps("发布")
                version = review.publish_unreviewed(now=clock.now(), taken=taken)
                ledger.catch_up()
        except (Unreadable, ValueError, TableError) as problem:
            raise UsageProblem(f"{file}：{problem}") from problem
    if not report.passed:
        _print_report(report, (), taken.report["left_out"])
        print(f"yangguang: {file}：{report.problem_count} 处不通过，没有发布", file=sys.stderr)
        return FAILED
    if arguments.json:
        print(version.line.body)
    else:
        print(
            f"已发布《{version.title}》第 {version.number} 版，{version.rows} 行，日志第 {version.line_id} 行："
        )
        print(version.get_absolute_url())
    return 0


def files(_: argparse.Namespace) -> int:
    """Make the files that are missing and count rows for quality, one round; prints for how many versions."""
    from yangguang.cli import database

    database.start()
    from yangguang.registers.actions import counts
    from yangguang.registers.actions import files as making

    counted = counts.count_missing()
    print(f"{making.make_missing()} 个版次备好文件，{counted} 个版次数过行")
    return 0


def index(_: argparse.Namespace) -> int:
    """Make the side indexes that are missing; prints how many."""
    from yangguang.cli import database

    database.start()
    from yangguang.registers.actions import indexes
    from yangguang.warehouse.tables.engine import TableError

    with Steps(of=2) as steps:
        try:
            made = indexes.make_missing(steps)
        except TableError as problem:
            raise UsageProblem(str(problem)) from problem
    print(f"{made} 个大表建好侧索引")
    return 0


def diff(arguments: argparse.Namespace) -> int:
    """What changed from one version to another."""
    from yangguang.cli import database

    database.start()
    from yangguang.warehouse.tables import diff as tables
    from yangguang.warehouse.tables.stored import Stored

    register = _register(arguments.slug)
    before, after = _version(register, arguments.a), _version(register, arguments.b)
    old, new = Stored.public(before.served, before.described), Stored.public(after.served, after.described)
    with Steps(of=2) as steps:
        steps("比较两个版次")
        counts = tables.compare(old, new).counts
        steps("列出改动")
        changes = list(tables.every_change(old, new))
    if arguments.json:
        told = {
            "register": register.slug,
            "a": before.number,
            "b": after.number,
            "added": counts.added,
            "gone": counts.gone,
            "changed": counts.changed,
            "changes": [_change(one) for one in changes],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return 0
    print(
        f"第 {before.number} 版 → 第 {after.number} 版：增加 {counts.added}，减少 {counts.gone}，改动 {counts.changed}"
    )
    words = {"added": "增加", "gone": "减少", "changed": "改动"}
    for one in changes[:SHOWN]:
        cells = "；".join(f"{cell.column} {_shown(cell.before)} → {_shown(cell.after)}" for cell in one.cells)
        print(f"{words[one.kind]}  {'＋'.join(map(_shown, one.key))}  {cells}".rstrip())
    if len(changes) > SHOWN:
        print(f"… 还有 {len(changes) - SHOWN} 行，全部见 --json")
    return 0


def _period(key: str) -> str:
    from yangguang.rules.periods import span_of

    try:
        return span_of(key).key if key else ""
    except ValueError as problem:
        raise UsageProblem(str(problem)) from problem


def _sheets(file: Path) -> Any:
    from yangguang.registers.intake import read_file
    from yangguang.rules.plan_table import Unreadable

    try:
        return read_file(_there(file), file.name)
    except Unreadable as problem:
        raise UsageProblem(f"{file} 读不了：{problem}") from problem


def _there(file: Path) -> Path:
    """The file, if it can be opened."""
    try:
        file.open("rb").close()
    except OSError as problem:
        raise UsageProblem(f"{file} 读不了：{problem.strerror}；请核对文件名") from problem
    return file


def _register(slug: str) -> "Register":
    from yangguang.registers.models import Register

    found = Register.objects.select_related("unit").filter(slug=slug).first()
    if found is None:
        raise UsageProblem(f"没有清单 {slug}：请核对网址名（/data/ 里每项数据网址的最后一段）")
    return found


def _version(register: "Register", number: int) -> "Version":
    found: Version | None = register.versions.filter(number=number).first()
    if found is None:
        raise UsageProblem(f"清单 {register.slug} 没有第 {number} 版：共有 {register.versions.count()} 版")
    return found


def _report(report: "Report") -> dict[str, Any]:
    return {
        "rows": report.row_count,
        "problem_count": report.problem_count,
        "change_count": report.change_count,
        "counts": [one.as_json() for one in report.counts],
        "problems": [one.as_json() for one in report.problems],
        "warnings": [one.as_json() for one in report.warnings],
        "changes": [one.as_json() for one in report.changes],
    }


def _print_report(report: "Report", lacking: tuple[str, ...], left_out: dict[str, list[int]]) -> None:
    for title in lacking:
        print(f"缺少列“{title}”：请补上这一列，或者把表头改成这个名称")
    if report.problems:
        cells = [("工作表", "行", "列", "值", "问题", "怎样改")]
        cells += [
            (one.sheet, str(one.row), one.column_words, one.value, one.message, one.remedy)
            for one in report.problems[:SHOWN]
        ]
        print(table(cells, right={1}))
    if report.problem_count > SHOWN:
        print(f"… 共 {report.problem_count} 处，全部见 --json")
    for one in report.warnings[:SHOWN]:
        print(f"请核对：{one.words}")
    for count in report.counts:
        print(count.words)
    for what, rows in left_out.items():
        print(f"没有当作数据：{what}（第 {'、'.join(map(str, rows[:20]))} 行）")
    if report.change_count:
        print(
            f"写法改动 {report.change_count} 处（去空格、全角转半角、统一日期和数字的写法等），逐处见 --json"
        )
    state = "通过" if report.passed and not lacking else f"不通过：{report.problem_count + len(lacking)} 处"
    print(f"{report.row_count} 行，{state}")


def _change(one: Any) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "key": list(one.key),
        "before": one.before,
        "after": one.after,
        "cells": [{"column": cell.column, "before": cell.before, "after": cell.after} for cell in one.cells],
    }


def _shown(value: object) -> str:
    return "（空）" if value is None else str(value)
