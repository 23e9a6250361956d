"""The two public files that anybody needs to work the verdicts out again.

The plan as /api/v1/plan gives it, and the journal as /api/v1/journal.jsonl gives it: one line
{"seq", "body", "previous", "digest"} for each act, whose chain is checked before anything is believed.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from yangguang.cli.errors import UsageProblem
from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.chain import Link, first_break
from yangguang.rules.duties import Duty, duty_of
from yangguang.rules.holders import Member, Register, Succeeds

T = TypeVar("T")


def plan(path: Path) -> tuple[tuple[Duty, ...], Register]:
    """The duties of the plan and its register of units. Raises UsageProblem."""
    found = _decode(_text(path), f"{path}", "/api/v1/plan")
    return _whole(lambda: (tuple(_duties(found)), _register(found["register"])), f"{path}", "/api/v1/plan")


def journal(path: Path) -> list[dict[str, Any]]:
    """The decoded bodies of the journal's lines, in order. Raises UsageProblem where the chain breaks."""
    links = list(_links(path))
    broken = first_break(links)
    if broken:
        raise UsageProblem(f"{path} 的哈希链不成立，{broken.reason}：请重新下载 /api/v1/journal.jsonl")
    return [_decode(link.body, f"{path} 第 {link.seq} 行", "/api/v1/journal.jsonl") for link in links]


def _links(path: Path) -> Iterator[Link]:
    for number, text in enumerate(_text(path).splitlines(), 1):
        if text.strip():
            place = f"{path} 第 {number} 行"
            found = _decode(text, place, "/api/v1/journal.jsonl")
            yield _whole(partial(_link, found), place, "/api/v1/journal.jsonl")


def _link(found: dict[str, Any]) -> Link:
    return Link(int(found["seq"]), str(found["body"]), str(found["previous"]), str(found["digest"]))


def _duties(found: dict[str, Any]) -> Iterator[Duty]:
    issued_on, calendar = dt.date.fromisoformat(found["issued_on"]), shipped_calendar()
    tasks = [task for area in found["areas"] for task in area["tasks"]] + found["outside_table"]
    obligations = [one for task in tasks for one in task["obligations"]]
    for obligation in sorted(obligations, key=lambda one: one["position"]):
        yield duty_of(
            obligation["rule"],
            code=obligation["code"],
            title=obligation["title"],
            units=tuple(obligation["units"]),
            form=obligation["form"],
            cadence=obligation["cadence"],
            issued_on=issued_on,
            year=found["year"],
            calendar=calendar,
        )


def _register(found: dict[str, Any]) -> Register:
    names = {alias: unit["name"] for unit in found["units"] for alias in unit["aliases"]}
    return Register(
        names=names | {unit["name"]: unit["name"] for unit in found["units"]},
        members=tuple(
            Member(row["group"], row["member"], _day(row["since"]), _day(row["until"]))
            for row in found["members"]
        ),
        successions=tuple(
            Succeeds(row["predecessor"], row["successor"], dt.date.fromisoformat(row["on"]))
            for row in found["successions"]
        ),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as problem:
        raise UsageProblem(f"{path} 打不开（{problem.strerror}）：请检查文件路径") from problem
    except UnicodeDecodeError as problem:
        raise UsageProblem(f"{path} 不是 UTF-8 文本：请重新下载这个文件") from problem


def _decode(text: str, place: str, address: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as problem:
        raise UsageProblem(f"{place} 不是 JSON（{problem.msg}）：请用 {address} 的内容") from problem
    if not isinstance(found, dict):
        raise UsageProblem(f"{place} 不是 JSON 对象：请用 {address} 的内容")
    return found


def _whole(make: Callable[[], T], place: str, address: str) -> T:
    """What `make` returns; a field that is missing or wrong is told as a sentence."""
    try:
        return make()
    except KeyError as problem:
        raise UsageProblem(f"{place} 缺少 {problem.args[0]}：请用 {address} 的内容") from problem
    except (TypeError, ValueError, AttributeError, StopIteration) as problem:
        raise UsageProblem(f"{place} 的内容不合格式（{problem}）：请用 {address} 的内容") from problem
