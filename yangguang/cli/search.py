"""`yangguang search rebuild`: build the full-text index anew."""

import argparse
import sys
import time

from yangguang.cli import database


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `search rebuild`."""
    parser = subparsers.add_parser("search", help="全文索引：rebuild")
    commands = parser.add_subparsers(required=True, metavar="rebuild", parser_class=type(parser))
    text = "从已发布的文件重新建立全文索引（原有索引用到新的建成为止）"
    command = commands.add_parser("rebuild", help=text, description=text)
    command.set_defaults(handler=rebuild)


def rebuild(_: argparse.Namespace) -> int:
    """Build it beside the one in use, change over, and say how many entries it has. A killed build leaves nothing."""
    database.start()
    from yangguang.search import actions

    started = time.monotonic()
    entries = actions.rebuild(progress=_bar if sys.stderr.isatty() else None)
    print(f"全文索引已建立：{entries} 条，{time.monotonic() - started:.1f} 秒")
    return 0


def _bar(done: int, total: int) -> None:
    filled = 30 * done // max(total, 1)
    end = "\n" if done == total else ""
    print(f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{total}", end=end, file=sys.stderr, flush=True)
