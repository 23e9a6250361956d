"""`yangguang documents import FOLDER|CSV`: take over documents that were published elsewhere."""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from yangguang.cli import database
from yangguang.cli.errors import UsageProblem

if TYPE_CHECKING:
    from yangguang.directory.models import Unit
    from yangguang.publishing.actions.taking_in import Result
    from yangguang.publishing.formats.reading.sources import Item

HEAD = ("位置", "结果", "索引号", "网址", "说明")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `documents import SOURCE [--unit] [--report]`."""
    parser = subparsers.add_parser("documents", help="文件：import")
    commands = parser.add_subparsers(required=True, metavar="import", parser_class=type(parser))
    text = (
        "批量导入已经在别处公开的文件：文件夹（.docx .pdf .html .txt）或 CSV 表；中断后再运行一次即接着导入"
    )
    command = commands.add_parser("import", help=text, description=text)
    command.add_argument("source", metavar="FOLDER|CSV", help="文件夹，或 CSV 表（UTF-8 或 GB18030）")
    command.add_argument("--unit", default="", help="来源没有写明单位时用的单位：名称、别名或网址名")
    command.add_argument("--name", default="", help="来源的名称，用来认出以前导入过的；默认取文件夹名或表名")
    command.add_argument(
        "--report", default="", metavar="FILE", help="报告文件（CSV）；默认写在 var/imports/"
    )
    command.set_defaults(handler=take_in)


def take_in(arguments: argparse.Namespace) -> int:
    """Import what is new and write the report. Status 1 where something was refused; UsageProblem for bad input."""
    database.start()
    from yangguang.directory import clock
    from yangguang.publishing.actions import taking_in
    from yangguang.publishing.formats.reading import Unreadable

    path = Path(arguments.source)
    items, total = _items(path)
    source = (arguments.name or path.resolve().name)[:200]
    tally: Counter[str] = Counter()
    with _open_report(arguments.report, source) as file:
        report = csv.writer(file)
        report.writerow(HEAD)
        progress = _bar(total)
        try:
            for results in taking_in.take_in(
                source=source,
                items=items,
                unit_of=_Units(arguments.unit, lenient=path.is_dir()),
                now=clock.now,
            ):
                report.writerows(_line(result) for result in results)
                file.flush()
                tally.update(result.state.value for result in results)
                progress(sum(tally.values()))
        except (Unreadable, ValueError) as problem:
            raise UsageProblem(str(problem)) from problem
        name = file.name
    told = "，".join(f"{state} {count}" for state, count in tally.items()) or "没有可导入的文件"
    print(f"{told}。报告：{name}")
    return 1 if tally["未导入"] else 0


def _items(path: Path) -> "tuple[Iterable[Item], int]":
    """What the source holds, and how much of it there is."""
    from yangguang.publishing.formats.reading import Unreadable, sources

    if path.is_dir():
        files = sources.files_of(path)
        if not files:
            raise UsageProblem(f"文件夹 {path} 里没有文件：请给出放着 .docx、.pdf、.html、.txt 文件的文件夹")
        return sources.items_of_folder(path, files), len(files)
    if not path.exists():
        raise UsageProblem(f"没有 {path}：请给出文件夹，或者 CSV 表")
    if path.suffix.lower() != ".csv":
        raise UsageProblem(f"{path} 不是文件夹也不是 .csv 表：单个文件请在工作台用“从文件导入”")
    try:
        sheet = sources.open_sheet(path)
        return sources.items_of_sheet(sheet), sheet.count()
    except Unreadable as problem:
        raise UsageProblem(str(problem)) from problem


class _Units:
    """The unit that a source's words mean; each name is looked up once.

    A table says units, and an unknown one is refused; a folder's name may say something else (`lenient`).
    """

    def __init__(self, fallback: str, *, lenient: bool) -> None:
        self._lenient = lenient
        self._known: dict[str, Unit | None] = {}
        self._fallback = fallback
        if fallback and self._find(fallback) is None:
            raise UsageProblem(f"没有名为“{fallback}”的单位：请写单位目录里的名称、别名或网址名")

    def __call__(self, name: str) -> "Unit":
        from yangguang.publishing.formats.reading import Unreadable

        unit = self._find(name) if name else None
        if unit is None and self._fallback and (self._lenient or not name):
            unit = self._find(self._fallback)
        if unit is None:
            told = f"没有名为“{name}”的单位" if name else "没有写明单位"
            raise Unreadable(f"{told}：请改成单位目录里的名称，或者用 --unit 指定")
        return unit

    def _find(self, name: str) -> "Unit | None":
        from yangguang.directory import queries
        from yangguang.directory.models import Unit

        if name not in self._known:
            self._known[name] = queries.resolve(name) or Unit.objects.filter(slug=name).first()
        return self._known[name]


def _open_report(name: str, source: str) -> IO[str]:
    """The report, in UTF-8 with a mark, so that Excel reads it."""
    from django.conf import settings

    from yangguang.directory import clock

    stem = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in source)
    path = Path(name) if name else settings.VAR / "imports" / f"{stem}-{clock.now():%Y%m%d-%H%M%S}.csv"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8-sig", newline="")
    except OSError as problem:
        raise UsageProblem(f"报告 {path} 写不了（{problem.strerror}）：请用 --report 换一个位置") from problem


def _line(result: "Result") -> tuple[Any, ...]:
    url = f"/documents/{result.index_no}/" if result.index_no else ""
    return tuple(
        _harmless(str(cell)) for cell in (result.place, result.state, result.index_no, url, result.text)
    )


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def _bar(total: int) -> Callable[[int], None]:
    """A progress bar on a terminal, silent elsewhere."""

    def show(done: int) -> None:
        filled = 30 * done // max(total, 1)
        end = "\n" if done >= total else ""
        print(f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{total}", end=end, file=sys.stderr, flush=True)

    return show if sys.stderr.isatty() else lambda done: None
