"""`yangguang register establish`: make the registers that descriptors describe, ready for their first version."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from yangguang.cli.descriptors import read_descriptor
from yangguang.cli.errors import UsageProblem
from yangguang.cli.table import table


def establish(arguments: argparse.Namespace) -> int:
    """Make what is missing, print each; all of it or, where one descriptor is wrong, nothing."""
    from yangguang.cli import database

    database.start()
    from django.conf import settings

    from yangguang.directory import clock
    from yangguang.registers.actions import registers

    named = [Path(name) for name in arguments.files] or sorted(settings.PLANS.glob("*/registers"))
    files = [file for one in named for file in _files(one)]
    if not files:
        raise UsageProblem(
            f"{'、'.join(map(str, named)) or settings.PLANS} 里没有表结构（*.json）：请指明文件或文件夹"
        )
    described = [read_descriptor(file)[0] for file in files]
    try:
        made = registers.establish_missing(by=None, now=clock.now(), descriptors=described)
    except ValueError as problem:
        raise UsageProblem(f"没有建立任何清单：{problem}") from problem
    if made:
        rows = [(one.slug, one.title, one.unit.name) for one in made]
        print(table([("网址名", "清单", "单位"), *rows]))
    print(f"新建 {len(made)} 份清单；发布第一版以后公众才能看到")
    return 0


def _files(named: Path) -> Iterator[Path]:
    if named.is_dir():
        yield from sorted(named.glob("*.json"))
    else:
        yield named
