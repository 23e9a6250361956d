"""`yangguang gazette digitise FOLDER`: read scanned issues of the gazette."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.cli import database
from yangguang.cli.errors import UsageProblem

if TYPE_CHECKING:
    from yangguang.gazette.actions.digitise import Report
    from yangguang.gazette.digitise.files import Source
    from yangguang.gazette.digitise.process import ReadingProcess


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `gazette digitise`."""
    parser = subparsers.add_parser("gazette", help="政府公报：digitise")
    commands = parser.add_subparsers(required=True, metavar="digitise", parser_class=type(parser))
    text = "识读扫描的历史公报（PDF 或图像），逐页保存；中断后再运行，从断处接着做"
    command = commands.add_parser("digitise", help=text, description=text)
    command.add_argument("folder", metavar="FOLDER", help="一期一个 PDF 或一个子文件夹；或者只有一期的文件夹")
    command.add_argument("--year", type=int, metavar="YEAR", help="年份；文件名写明时不用给")
    command.add_argument("--number", type=int, metavar="N", help="期号；文件名写明时不用给")
    command.add_argument("--title", default="政府公报", metavar="TITLE", help="刊名，缺省“政府公报”")
    command.add_argument("--online", action="store_true", help="识读完整的各期随即上网，不先校对")
    command.set_defaults(handler=digitise)


def digitise(arguments: argparse.Namespace) -> int:
    """Read what is not read yet, and say what was done and what could not be read."""
    found = _sources(arguments)
    database.start()
    from yangguang.gazette.digitise.process import ReadingProcess

    problems = 0
    with ReadingProcess() as process:
        for source in found:
            problems += len(_one(source, arguments, process).problems)
    if problems:
        print(f"有 {problems} 处没有识读：改好以后再运行一次，只做这些", file=sys.stderr)
    return 0


def _sources(arguments: argparse.Namespace) -> "list[Source]":
    from yangguang.gazette.digitise.files import KINDS, Source, sources

    folder = Path(arguments.folder)
    if not folder.is_dir():
        raise UsageProblem(f"{folder} 不是文件夹：请给出放扫描件的文件夹")
    if (arguments.year is None) != (arguments.number is None):
        raise UsageProblem("--year 和 --number 须一起给出")
    found = sources(folder)
    if not found:
        raise UsageProblem(f"{folder} 里没有扫描件：可用 {' '.join(sorted(KINDS))}")
    if arguments.year is not None:
        files = tuple(path for source in found for path in source.files)
        return [Source(arguments.year, arguments.number, files)]
    for source in found:
        if source.year is None:
            raise UsageProblem(
                f"从 {source.files[0]} 的名称看不出是哪一年第几期：请用 --year 和 --number 写明，"
                "或者把文件夹改名为 2003-05 这样"
            )
    return found


def _one(source: "Source", arguments: argparse.Namespace, process: "ReadingProcess") -> "Report":
    from django.core.exceptions import ValidationError

    from yangguang.directory import clock
    from yangguang.gazette.actions import scans
    from yangguang.gazette.actions.digitise import digitise as read

    try:
        issue = scans.open_issue(
            by=None, year=source.year or 0, number=source.number or 0, title=arguments.title
        )
        started = time.monotonic()
        report = read(
            issue=issue, files=source.files, process=process, now=clock.now, progress=Bar(str(issue))
        )
        _end_bar()
    except (ValueError, ValidationError) as problem:
        told = "；".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
        raise UsageProblem(f"{source.year} 年第 {source.number} 期没有识读：{told}") from problem
    seconds = time.monotonic() - started
    print(f"{issue}：识读 {report.read} 页，原有 {report.there} 页，用时 {seconds:.1f} 秒")
    for sentence in report.problems:
        print(f"  未识读：{sentence}", file=sys.stderr)
    if issue.line_id is not None:
        return report
    if arguments.online and not report.problems:
        shown = scans.put_online(by=None, now=clock.now(), issue=issue)
        print(f"  已上网：{shown.get_absolute_url()}，日志第 {shown.line_id} 行")
    else:
        print(f"  请在工作台“公报”里校对，再让它上网：/office/gazette/scans/{issue.pk}/")
    return report


class Bar:
    """A progress bar on a terminal, silent elsewhere."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, done: int, total: int, place: str) -> None:
        if sys.stderr.isatty():
            filled = 30 * done // total if total else 30
            bar = "█" * filled + "·" * (30 - filled)
            print(f"\r\033[K{self.name} [{bar}] {done}/{total} {place}", end="", file=sys.stderr, flush=True)


def _end_bar() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
