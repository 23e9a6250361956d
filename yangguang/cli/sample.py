"""`yangguang sample`: more labelled sample data than a demonstration begins with."""

import argparse
import sys
import time

from yangguang.cli import database
from yangguang.cli.errors import UsageProblem


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `sample datasets`."""
    parser = subparsers.add_parser("sample", help="更多的示例数据（只在演示里）")
    commands = parser.add_subparsers(required=True, metavar="datasets", parser_class=type(parser))
    text = "各区、各部门六百多个示例数据集，都标明示例、列入开放计划（已有的不重做）"
    command = commands.add_parser("datasets", help=text, description=text)
    command.set_defaults(handler=datasets)


def datasets(_: argparse.Namespace) -> int:
    """Put the six hundred online, with a bar; says how many there are now."""
    database.start()
    from django.conf import settings

    from yangguang.directory import clock
    from yangguang.ledger import actions as ledger
    from yangguang.ledger.queries import NoPlan, current_version
    from yangguang.registers.models import Register
    from yangguang.sample import datasets as sample

    if settings.DEMONSTRATION_DAY is None:
        raise UsageProblem(
            "示例数据只放在演示里：请先设置 YANGGUANG_DEMONSTRATION_DAY，或者用 make sample-600"
        )
    try:
        current_version()
    except NoPlan as problem:
        raise UsageProblem("还没有通过分工方案，没有单位可以放数据：请先运行 yangguang prepare") from problem
    started = time.monotonic()
    made = sample.fill(now=clock.now(), progress=_bar)
    ledger.catch_up()
    total = Register.objects.filter(is_sample=True, versions__isnull=False).distinct().count()
    print(f"新放 {made} 个示例数据集，共 {total} 个（{time.monotonic() - started:.0f} 秒）")
    return 0


def _bar(done: int, total: int) -> None:
    if sys.stdout.isatty() and (done % 5 == 0 or done == total):
        filled = 30 * done // total
        print(f"\r  示例数据集 {'█' * filled}{'░' * (30 - filled)} {done}/{total}", end="", flush=True)
        if done == total:
            print("\r" + " " * 60 + "\r", end="")
