"""Append to the journal. There is no other write."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import connection

from yangguang.directory import clock
from yangguang.journal.inserting import insert
from yangguang.journal.log.publish import after_commit, checkpoint, one_checkpoint
from yangguang.journal.log.state import Forked, require_same_past
from yangguang.journal.models import Head, Line
from yangguang.rules.chain import GENESIS, canonical, digest
from yangguang.rules.tlog import LONGEST_ENTRY

__all__ = ["Forked", "NotInTransaction", "append", "append_many", "checkpoint", "one_checkpoint"]

# How long an act may have waited for the one before it: two acts at the same moment take turns.
WAITED = dt.timedelta(seconds=30)


class NotInTransaction(RuntimeError):
    """A line was to be written outside the transaction of its act; that would allow one without the other."""


def append(*, act: Line.Act, body: Mapping[str, object], at: dt.datetime, by: str) -> Line:
    """Write the next line, inside the caller's transaction, and return it.

    `body` holds the public facts of the act; `act`, `at` (to the second, with its offset) and `by` (the
    role and unit that acted, never a person's name) are added to it. `at` is the machine's time of the
    act and must carry a time zone. A time before the journal's last line is refused with ValueError:
    nobody can backdate. Only where this act waited for another to end, or where a demonstration's day
    begins anew, does it take the last line's time. Raises ValueError too for facts that are too long for a
    log entry, and Forked where this database is not the one whose journal was signed.
    """
    return append_many(act=act, bodies=[body], at=at, by=by)[0]


def append_many(
    *, act: Line.Act, bodies: Sequence[Mapping[str, object]], at: dt.datetime, by: str
) -> list[Line]:
    """Write the next lines, one for each body, with the promises of `append`: all of them or none."""
    if not connection.in_atomic_block:
        raise NotInTransaction("journal.actions.append 须在业务操作的同一事务内调用")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"size": 0, "digest": GENESIS})
    require_same_past(head)
    at = _in_order(head, at)
    told = {"act": act.value, "at": at.isoformat(timespec="seconds"), "by": by}
    lines = []
    for body in bodies:
        text = canonical({**body, **told, "seq": head.size + 1})
        _require_short(text)
        line = Line(
            seq=head.size + 1,
            act=act,
            at=at,
            body=text,
            previous=head.digest,
            digest=digest(head.digest, text),
        )
        head.size, head.digest = line.seq, line.digest
        lines.append(line)
    insert(lines)
    head.save()
    after_commit(at)
    return lines


def _require_short(text: str) -> None:
    if (length := len(text.encode())) > LONGEST_ENTRY:
        raise ValueError(
            f"要写进公开日志的内容有 {length} 字节，超过一条日志的上限 {LONGEST_ENTRY} 字节："
            "请减少附件、主题词的个数，或者缩短概述和说明"
        )


def _in_order(head: Head, at: dt.datetime) -> dt.datetime:
    """The time of the next line: `at`, or the last line's where `at` is earlier for a good reason."""
    if at.tzinfo is None:
        raise ValueError("日志时间须带时区")
    last = Line.objects.filter(pk=head.size).values_list("at", flat=True).first()
    if last is None or at >= last:
        return at
    local, before = at.astimezone(clock.SHANGHAI), last.astimezone(clock.SHANGHAI)
    same_demonstration = local.date() == before.date() == settings.DEMONSTRATION_DAY
    if last - at > WAITED and not same_demonstration:
        raise ValueError(f"日志时间 {at} 早于最后一行的时间 {last}：不能倒填日期")
    return before
