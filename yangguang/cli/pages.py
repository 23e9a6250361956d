"""`yangguang pages rebuild`: bake every public page anew; `pages check`: compare what lies there."""

import argparse
import hashlib
import sys

from yangguang.cli import work
from yangguang.cli.errors import UsageProblem


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `pages rebuild` and `pages check`."""
    parser = subparsers.add_parser("pages", help="烘焙好的页面：rebuild、check")
    commands = parser.add_subparsers(required=True, metavar="rebuild|check", parser_class=type(parser))
    for name, handler, text in (
        ("rebuild", rebuild, "丢弃烘焙好的页面，全部重新烘焙（先停掉 yangguang serve）"),
        ("check", check, "核对每个页面文件仍是烘焙时的内容"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(handler=handler)


def rebuild(_: argparse.Namespace) -> int:
    """Bake everything. Raises UsageProblem where a worker is at it, or where a page could not be baked."""
    work.start()
    from django.conf import settings

    from yangguang.bakery import actions
    from yangguang.chores.turn import FolderTurn
    from yangguang.directory import clock

    turn = FolderTurn(settings.VAR / "worker.lock")
    if not turn.is_mine():
        raise UsageProblem("后台工作正在运行，页面由它烘焙：请先停掉 yangguang serve 或 yangguang work")
    try:
        done = actions.rebuild(now=clock.now(), progress=_bar if sys.stderr.isatty() else None)
    except actions.NotBaked as problem:
        raise UsageProblem(f"{problem}：请看日志里的原因") from problem
    finally:
        turn.give_back()
    print(f"已烘焙 {len(done.rendered)} 个页面")
    return 0


def check(_: argparse.Namespace) -> int:
    """Read every page again. Raises UsageProblem that names the first file that is not as it was baked."""
    work.start()
    from yangguang.bakery import actions, tree

    count = 0
    for path, sha256 in actions.baked():
        file = tree.place(path)
        if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            raise UsageProblem(f"页面 {path} 的文件 {file} 与烘焙时不同：请运行 yangguang pages rebuild 重做")
        count += 1
    print(f"{count} 个页面都与烘焙时相同")
    return 0


def _bar(done: int, total: int) -> None:
    filled = 30 * done // total if total else 30
    print(f"\r烘焙 [{'█' * filled}{'·' * (30 - filled)}] {done}/{total}", end="", file=sys.stderr, flush=True)
    if done >= total:
        print(file=sys.stderr)
