"""`yangguang sites`: move a unit's old site in, with a report of every page."""

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.cli import database
from yangguang.cli.errors import UsageProblem

if TYPE_CHECKING:
    from yangguang.sites.actions.move_in import Report

SHOWN = 10


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `sites move-in SITE SOURCE [--report FILE]`."""
    parser = subparsers.add_parser("sites", help="站点：move-in")
    commands = parser.add_subparsers(required=True, metavar="move-in", parser_class=type(parser))
    text = "把旧网站的网页文件夹或 CSV 导出迁入一个站点；中断后再运行会接着迁"
    command = commands.add_parser("move-in", help=text, description=text)
    command.add_argument("site", metavar="SITE", help="站点的网址名")
    command.add_argument("source", metavar="FOLDER|CSV", help="网页文件夹，或有“地址、标题、正文”三列的 CSV")
    command.add_argument("--report", metavar="FILE", help="把逐页报告另存为 CSV")
    command.set_defaults(handler=move_in)


def move_in(arguments: argparse.Namespace) -> int:
    """Move every page in and say what became of it. Bad input is a `UsageProblem`."""
    source = Path(arguments.source)
    if not source.exists():
        raise UsageProblem(f"{source} 不存在：请检查旧网站文件夹或 CSV 的路径")
    database.start()
    from yangguang.directory import clock
    from yangguang.sites.actions import move_in as actions
    from yangguang.sites.models import Site
    from yangguang.sites.moving import sources

    site = Site.objects.select_related("unit").filter(slug=arguments.site).first()
    if site is None:
        there = "、".join(Site.objects.values_list("slug", flat=True)) or "还没有站点"
        raise UsageProblem(f"没有网址名为 {arguments.site} 的站点（现有：{there}）：请先在工作台新建")
    try:
        total = sources.count(source)
        pages = sources.read(source)
        report = actions.move_in(
            now=clock.now(), site=site, pages=pages, progress=lambda done: _bar(done, total)
        )
    except (sources.NotReadable, ValueError) as problem:
        raise UsageProblem(str(problem)) from problem
    _say(report)
    if arguments.report:
        _write(report, Path(arguments.report))
    return 0


def _bar(done: int, total: int) -> None:
    if sys.stdout.isatty():
        filled = 30 * done // max(total, 1)
        end = "\n" if done >= total else ""
        print(f"\r  迁入 {'█' * filled}{'░' * (30 - filled)} {done}/{total}", end=end, flush=True)


def _say(report: "Report") -> None:
    print(
        f"迁入 {len(report.carried)} 页，图片 {report.pictures} 张，附件 {report.files} 个，旧地址 {report.redirects} 个"
    )
    for told, rows in (
        ("以前已经迁入", [(path, "") for path in report.known]),
        ("没有迁入", list(report.skipped.items())),
        ("内容相同，合为一份", list(report.duplicates.items())),
        ("站内链接断了", [(path, "、".join(links)) for path, links in report.broken.items()]),
        ("没有认出发布日期", [(path, "") for path in report.without_day]),
        ("有内容没有带入", [(path, "；".join(notes)) for path, notes in report.left_behind.items()]),
    ):
        if rows:
            print(f"{told}（{len(rows)}）")
            for path, why in rows[:SHOWN]:
                print(f"  {path}{f'　{why}' if why else ''}")
            if len(rows) > SHOWN:
                print(f"  …另有 {len(rows) - SHOWN} 页：用 --report 文件.csv 看全部")


def _write(report: "Report", file: Path) -> None:
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(["旧地址", "结果", "说明"])
            writer.writerows([path, "迁入", target] for path, target in report.carried.items())
            writer.writerows([path, "以前已迁入", ""] for path in report.known)
            writer.writerows([path, "没有迁入", why] for path, why in report.skipped.items())
            writer.writerows([path, "重复", first] for path, first in report.duplicates.items())
            writer.writerows([path, "断链", link] for path, links in report.broken.items() for link in links)
            writer.writerows([path, "没有日期", ""] for path in report.without_day)
            writer.writerows(
                [path, "未带入", one] for path, all_ in report.left_behind.items() for one in all_
            )
    except OSError as problem:
        raise UsageProblem(
            f"报告 {file} 写不进去（{problem.strerror}）：迁入已经完成，请换一个路径再运行一次"
        ) from problem
