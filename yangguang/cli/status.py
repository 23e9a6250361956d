"""`yangguang status import LIST`: take in a cleaning-up's list and mark what is confirmed."""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yangguang.cli import database
from yangguang.cli.days import day
from yangguang.cli.errors import UsageProblem
from yangguang.cli.table import table

if TYPE_CHECKING:
    from yangguang.publishing.actions.cleanups import Outcome
    from yangguang.publishing.models import Cleanup, CleanupRow


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `status import LIST --unit U --title T --decided-on DAY`."""
    parser = subparsers.add_parser("status", help="文件效力：import")
    commands = parser.add_subparsers(required=True, metavar="import", parser_class=type(parser))
    text = "导入清理结果清单（.csv .xlsx .docx .txt），匹配文件，标注废止、失效"
    command = commands.add_parser("import", help=text, description=text)
    command.add_argument("file", metavar="CSV", help="清单文件")
    command.add_argument("--unit", required=True, help="清理单位：名称、别名或网址名")
    command.add_argument("--title", required=True, help="清理结果的名称")
    command.add_argument("--decided-on", required=True, help="结果日期，如 2017-09-19")
    command.add_argument("--number", default="", help="清理结果的文号")
    command.add_argument("--notice", default="", metavar="索引号", help="公布清理结果的文件在本站的索引号")
    command.add_argument(
        "--act",
        default="abolish",
        choices=["abolish", "expire", "amend", "keep"],
        help="清单没有写明时的意见",
    )
    command.add_argument(
        "--confirm",
        default="none",
        choices=["none", "exact"],
        help="exact：确定的匹配（文号和标题都相同，或唯一的同名文件）立即标注；none：只匹配（默认）",
    )
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(handler=take_in)


def take_in(arguments: argparse.Namespace) -> int:
    """Match the list, carry out what `--confirm` allows, and report line by line.

    A list that was taken in before is taken up where it stands. Raises UsageProblem for a file that is no
    list, an unknown unit or notice, or a day that has not come.
    """
    database.start()
    from yangguang.directory import clock
    from yangguang.publishing.actions import cleanups
    from yangguang.publishing.models import CleanupRow

    try:
        cleanup = _received(arguments)
        outcome = cleanups.Outcome()
        if arguments.confirm == "exact":
            cleanups.confirm_exact(by=None, cleanup=cleanup)
            outcome = cleanups.carry_out(by=None, now=clock.now(), cleanup=cleanup, tell=_bar("标注"))
    except ValueError as problem:
        raise UsageProblem(f"{arguments.file}：{problem}") from problem
    rows = list(CleanupRow.objects.filter(cleanup=cleanup).select_related("document", "act__line"))
    if arguments.json:
        print(json.dumps(_as_json(cleanup, rows, outcome), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_told(cleanup, rows, outcome)))
    return 0


def _received(arguments: argparse.Namespace) -> "Cleanup":
    from yangguang.directory import clock, queries
    from yangguang.directory.models import Unit
    from yangguang.publishing.actions import cleanups
    from yangguang.publishing.cleanup_files import rows_of
    from yangguang.publishing.models import Cleanup, Document
    from yangguang.rules.cleanup_list import read_rows
    from yangguang.rules.plan_table import Unreadable

    unit = queries.resolve(arguments.unit) or Unit.objects.filter(slug=arguments.unit).first()
    if unit is None:
        raise UsageProblem(f"--unit {arguments.unit}：单位名录里没有这个单位，请写名录里的名称、别名或网址名")
    notice = Document.objects.public().filter(index_no=arguments.notice).first()
    if arguments.notice and notice is None:
        raise UsageProblem(f"--notice {arguments.notice}：本站没有发布过这个索引号的文件，请核对")
    decided_on = day("--decided-on", arguments.decided_on)
    try:
        data = Path(arguments.file).read_bytes()
        reading = read_rows(rows_of(data, Path(arguments.file).name), arguments.act)
    except (OSError, Unreadable) as problem:
        raise UsageProblem(f"{arguments.file} 读不了：{problem}") from problem
    for place, why in reading.unread:
        print(f"第 {place} 行没有读：{why}", file=sys.stderr)
    sha256 = hashlib.sha256(data).hexdigest()
    before = Cleanup.objects.filter(unit=unit, sha256=sha256, decided_on=decided_on).first()
    return before or cleanups.receive(
        by=None,
        now=clock.now(),
        unit=unit,
        title=arguments.title,
        number=arguments.number,
        decided_on=decided_on,
        listed=reading.documents,
        sha256=sha256,
        file_name=Path(arguments.file).name,
        notice=notice,
        tell=_bar("匹配"),
    )


def _state(row: "CleanupRow") -> str:
    if row.act:
        return "marked"
    if row.document:
        return "confirmed"
    if not row.found:
        return "unmatched"
    return "exact" if row.found[0]["exact"] else "to_confirm"


STATES = {
    "marked": "已标注",
    "confirmed": "已确认",
    "exact": "确定",
    "to_confirm": "待确认",
    "unmatched": "未找到",
}


def _told(cleanup: "Cleanup", rows: "list[CleanupRow]", outcome: "Outcome") -> list[str]:
    titles = _titles(rows)
    cells = [("序号", "清单所列", "意见", "匹配", "索引号", "依据")]
    for row in rows:
        best = row.found[0] if row.found else None
        index_no = row.document.index_no if row.document else titles[best["document"]] if best else ""
        why = best["why"] if best else "本站没有这份文件，或者标题相差太大"
        cells.append(
            (str(row.position), row.title[:30], row.get_verb_display(), STATES[_state(row)], index_no, why)
        )
    counts = {word: sum(_state(row) == code for row in rows) for code, word in STATES.items()}
    summary = "，".join(f"{word} {count}" for word, count in counts.items() if count)
    lines = [table(cells, right={0}), "", f"《{cleanup.title}》共 {len(rows)} 份：{summary}"]
    lines += [f"没有标注第 {row.position} 行：{why}" for row, why in outcome.refused]
    if counts["待确认"] or counts["确定"]:
        lines.append(f"待确认的请在办公台“清理结果”里逐条确认：/office/cleanups/{cleanup.pk}/")
    return lines


def _titles(rows: "list[CleanupRow]") -> dict[int, str]:
    from yangguang.publishing.models import Document

    wanted = {found["document"] for row in rows for found in row.found}
    return dict(Document.objects.filter(pk__in=wanted).values_list("pk", "index_no"))


def _as_json(cleanup: "Cleanup", rows: "list[CleanupRow]", outcome: "Outcome") -> dict[str, Any]:
    index_nos = _titles(rows)
    return {
        "cleanup": cleanup.pk,
        "title": cleanup.title,
        "decided_on": cleanup.decided_on.isoformat(),
        "marked": outcome.marked,
        "refused": [{"position": row.position, "why": why} for row, why in outcome.refused],
        "rows": [
            {
                "position": row.position,
                "title": row.title,
                "number": row.number,
                "act": row.verb,
                "state": _state(row),
                "document": row.document.index_no if row.document else None,
                "journal_seq": row.act.line_id if row.act else None,
                "found": [{**found, "document": index_nos[found["document"]]} for found in row.found],
            }
            for row in rows
        ],
    }


def _bar(word: str) -> Any:
    """A bar on the terminal; nothing where standard error is a file or a pipe."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            filled = 30 * done // max(total, 1)
            end = "\n" if done == total else ""
            print(f"\r{word} [{'█' * filled}{' ' * (30 - filled)}] {done}/{total}", end=end, file=sys.stderr)

    return tell
