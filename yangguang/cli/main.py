"""`yangguang`: the command line.

Reading a plan and counting working days start no framework, so that they answer at once;
the other commands set up Django when they run.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from yangguang.cli import (
    documents,
    gazette,
    journal,
    ledger,
    pages,
    plan,
    prepare,
    register,
    release,
    sample,
    search,
    serve,
    sites,
    status,
    work,
    workdays,
)
from yangguang.cli.errors import UsageProblem
from yangguang.warehouse.full import SENTENCE, is_full

ROOMS = (
    plan,
    workdays,
    documents,
    status,
    sites,
    gazette,
    ledger,
    journal,
    pages,
    prepare,
    register,
    release,
    sample,
    search,
    serve,
    work,
)


class OneSentenceParser(argparse.ArgumentParser):
    """Argument errors in the same shape as ours: one sentence, status 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageProblem(f"{message}；用法见 {self.prog} --help")


def build_parser() -> argparse.ArgumentParser:
    parser = OneSentenceParser(prog="yangguang", description="阳光：政务公开分工方案的执行与核验")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=OneSentenceParser)
    for room in ROOMS:
        room.add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit status is returned (0, or 2 for bad input and a full disk)."""
    try:
        arguments = build_parser().parse_args(argv)
        status: int = arguments.handler(arguments)
        sys.stdout.flush()
    except UsageProblem as problem:
        print(f"yangguang: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader (head, less) closed early; leave quietly as other tools do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        if not is_full(problem):
            raise
        print(f"yangguang: {SENTENCE}", file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
