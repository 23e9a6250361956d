"""Patrols: everything public is compared with its journal line, so that a silent change is found.

Rooms above give their own checks (`publishing.patrol`, …); each yields one `Checked` for every thing it
has looked at. This module knows the journal itself and keeps the result of a round.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yangguang.journal import queries
from yangguang.journal.log import files, key
from yangguang.journal.log.publish import standing
from yangguang.journal.log.state import signed
from yangguang.journal.log.tiles import Tree
from yangguang.journal.models import Line, Patrol
from yangguang.rules import merkle
from yangguang.rules.signed_note import NoteProblem, parse
from yangguang.rules.tlog import TILE

MOST_KEPT = 200
"""Findings that a stored round keeps; a database gone wrong would fill it otherwise."""


@dataclass(frozen=True)
class Checked:
    """One thing that was looked at: where it stands, and what is wrong with it (nothing: empty)."""

    place: str
    problems: tuple[str, ...] = field(default=())


Check = Callable[[], Iterable[Checked]]


def go(
    checks: Iterable[Check],
    *,
    now: Callable[[], dt.datetime],
    progress: Callable[[int], None] = lambda _: None,
) -> Patrol:
    """Do all checks, keep the result and return it. `progress` is told how many things were looked at."""
    started, count, findings = now(), 0, []
    for check in checks:
        for checked in check():
            count += 1
            progress(count)
            findings += [{"place": checked.place, "reason": problem} for problem in checked.problems]
    return Patrol.objects.create(
        started_at=started, finished_at=now(), checked=count, findings=findings[:MOST_KEPT]
    )


def told_in(line: Line) -> dict[str, Any]:
    """The facts of a line; none where its text was so changed that it says nothing any more."""
    try:
        found = json.loads(line.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def differing(logged: Mapping[str, object], stored: Mapping[str, object]) -> tuple[str, ...]:
    """Each fact whose stored value is not the logged one, in a sentence."""
    return tuple(
        f"“{name}”现在是 {_shown(value)}，日志记的是 {_shown(logged.get(name))}"
        for name, value in stored.items()
        if logged.get(name) != value
    )


def time_differing(logged: Mapping[str, object], stored: dt.datetime) -> tuple[str, ...]:
    """Whether the stored time is the logged one, to the second, in a sentence."""
    try:
        same = dt.datetime.fromisoformat(str(logged.get("at"))) == stored.replace(microsecond=0)
    except ValueError:
        same = False
    return () if same else (f"时间现在是 {stored.isoformat()}，日志记的是 {logged.get('at')}",)


def without_counterpart(acts: Iterable[Line.Act], relation: str) -> Iterator[Checked]:
    """Lines of these acts whose record is gone."""
    for line in Line.objects.filter(act__in=list(acts), **{f"{relation}__isnull": True}).iterator():
        title = told_in(line).get("title", "")
        yield Checked(
            f"日志第 {line.seq} 行《{title}》",
            (f"日志记有这次{line.get_act_display()}，数据库里的记录不见了",),
        )


def lines() -> Iterator[Checked]:
    """Every line: the chain, its columns, its entry in the signed files, and the signed root."""
    broken = queries.problem()
    if broken is not None:
        yield Checked(f"日志第 {broken.seq} 行", (broken.reason,))
    state = signed()
    tree = Tree(files.folder(), state.size if state else 0)
    bundle, expected = _Bundle(tree, 0), 1
    for line in Line.objects.order_by("seq").iterator(chunk_size=1000):
        if line.seq != expected:
            yield Checked(f"日志第 {expected} 行", ("这一行不见了",))
        expected = line.seq + 1
        if (line.seq - 1) // TILE != bundle.number:
            bundle = _Bundle(tree, (line.seq - 1) // TILE)
        yield Checked(f"日志第 {line.seq} 行", tuple(_line_problems(line, bundle)))
    if state is not None:
        yield Checked(
            "日志末尾", (f"签名到第 {state.size} 行，数据库里没有",) if expected <= state.size else ()
        )
        yield Checked("检查点", tuple(_checkpoint_problems(tree, state.root)))


class _Bundle:
    """256 lines as the signed files hold them: their hashes and their texts."""

    def __init__(self, tree: Tree, number: int) -> None:
        self.number, self.signed = number, tree.size
        try:
            self.hashes = tree.hashes(0, number)
            self.entries = tree.entries(number) if self.hashes else []
        except (OSError, NoteProblem):
            self.hashes, self.entries = b"", []

    def holds(self, line: Line) -> bool:
        place, entry = (line.seq - 1) % TILE, line.body.encode()
        hashed = self.hashes[place * 32 : place * 32 + 32]
        return hashed == merkle.leaf_hash(entry) and self.entries[place : place + 1] == [entry]


def _line_problems(line: Line, bundle: _Bundle) -> Iterator[str]:
    told = told_in(line)
    if (told.get("act"), told.get("seq")) != (line.act, line.seq):
        yield "行为或者行号与内容不符"
    yield from time_differing(told, line.at)
    if line.seq <= bundle.signed and not bundle.holds(line):
        yield "内容与已签名公布的日志文件不同：数据库或者日志文件被改动过"


def _checkpoint_problems(tree: Tree, root: str) -> Iterator[str]:
    try:
        if tree.root().hex() != root:
            yield "日志文件算出的根哈希与已签名的不同：日志文件被改动过"
    except FileNotFoundError as problem:
        yield f"日志文件 {problem.filename} 不见了"
    try:
        published = standing()
        if published is None or (published[0].size, published[0].root.hex()) != (tree.size, root):
            yield "公布的检查点不是最后签名的那一个"
        elif not key.own().verifier().accepts(parse(published[1])):
            yield "公布的检查点不是本日志的密钥签的"
    except NoteProblem as problem:
        yield f"公布的检查点被改动过：{problem}"


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text[:80]}”"
