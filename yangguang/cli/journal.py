"""`yangguang journal`: check that the public journal still holds."""

import argparse

from yangguang.cli import database
from yangguang.cli.errors import UsageProblem


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `journal check`."""
    parser = subparsers.add_parser("journal", help="公开日志：check")
    commands = parser.add_subparsers(required=True, metavar="check", parser_class=type(parser))
    text = "逐行核对日志的哈希链"
    command = commands.add_parser("check", help=text, description=text)
    command.set_defaults(handler=check)


def check(_: argparse.Namespace) -> int:
    """Walk the stored chain. Raises UsageProblem at the first line where it breaks."""
    database.start()
    from yangguang.journal import queries

    problem = queries.problem()
    if problem is not None:
        raise UsageProblem(f"日志的哈希链在第 {problem.seq} 行断开，{problem.reason}：请从备份核对数据库")
    print(f"日志完整：共 {queries.size()} 行，哈希链逐行成立")
    return 0
