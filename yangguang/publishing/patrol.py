"""What publishing has put before the public, compared with its journal lines."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from yangguang.journal.models import Line
from yangguang.journal.patrol import Checked, differing, time_differing, told_in, without_counterpart
from yangguang.publishing.actions import editions as told_of
from yangguang.publishing.actions import erasure as erasures
from yangguang.publishing.actions import status
from yangguang.publishing.commitments import HIDDEN, neutral_title, told
from yangguang.publishing.models import (
    Cleanup,
    Edition,
    Erasure,
    MarkRequest,
    Occasion,
    StatusAct,
    Withdrawal,
)
from yangguang.rules.legal_status import Kind
from yangguang.warehouse import store

CHUNK = 500


def editions() -> Iterator[Checked]:
    """Every edition: all of its facts, its body, its time, its attachments; and none gone."""
    erased = _erased()
    hashed: dict[str, bool] = {}
    rows = Edition.objects.select_related("document", "unit", "line", "salt", "interprets").order_by("pk")
    for edition in rows.iterator(chunk_size=CHUNK):
        logged = told_in(edition.line)
        if edition.document.index_no in erased and edition.concerns:
            problems = _erased_problems(edition, logged)
        else:
            problems = [*_edition_problems(edition, logged), *_file_problems(edition, hashed)]
        problems += time_differing(logged, edition.online_at)
        yield Checked(f"文件 {edition.document.index_no} 第 {edition.number} 版", tuple(problems))
    yield from without_counterpart([Line.Act.PUBLISH, Line.Act.REVISE], "edition")


def acts() -> Iterator[Checked]:
    """Withdrawals, acts of legal status and occasions."""
    for withdrawal in Withdrawal.objects.select_related("document", "line").iterator(chunk_size=CHUNK):
        logged = told_in(withdrawal.line)
        stored = {
            "document": withdrawal.document.index_no,
            "reason": withdrawal.reason,
            "act": Line.Act.WITHDRAW,
        }
        problems = (*differing(logged, stored), *time_differing(logged, withdrawal.withdrawn_at))
        yield Checked(f"文件 {withdrawal.document.index_no} 的撤回", problems)
    rows = StatusAct.objects.select_related("document__unit", "successor", "source", "line")
    for act in rows.iterator(chunk_size=CHUNK):
        # Title and unit are those of the editor's copy when the act was told; the act does not hold them.
        facts = {key: value for key, value in status.facts(act).items() if key not in {"title", "unit"}}
        problems = differing(told_in(act.line), {**facts, "act": act.act})
        yield Checked(f"文件 {act.document.index_no} 的效力变动（{act.get_act_display()}）", problems)
    for occasion in Occasion.objects.select_related("unit", "line").iterator(chunk_size=CHUNK):
        stored = {
            "unit": occasion.unit.name,
            "title": occasion.title,
            "keywords": occasion.keywords,
            "happened_on": occasion.happened_on.isoformat(),
            "act": Line.Act.OCCASION,
        }
        yield Checked(f"公开事由 {occasion.pk}", differing(told_in(occasion.line), stored))
    yield from _erasures()
    yield from _cleanups()
    yield from without_counterpart([Line.Act.ERASE], "erasure")
    yield from without_counterpart([Line.Act.WITHDRAW], "withdrawal")
    yield from without_counterpart([Line.Act.OCCASION], "occasion")
    yield from without_counterpart([Line.Act(kind.value) for kind in Kind], "status_act")


def _erasures() -> Iterator[Checked]:
    """What was taken out for good: on whose asking, on what ground."""
    for line in Line.objects.filter(act=Line.Act.ERASE, erasure__isnull=False).order_by("seq"):
        erasure = Erasure.objects.select_related("document__unit", "asked_by__unit").get(line=line)
        logged = told_in(line)
        problems = list(differing(logged, {**erasures.facts(erasure), "act": Line.Act.ERASE}))
        if erasure.decided_at is not None:
            problems += time_differing(logged, erasure.decided_at)
        yield Checked(f"文件 {erasure.document.index_no} 的删除", tuple(problems))


def _cleanups() -> Iterator[Checked]:
    """Results of cleaning-up, and what units asked to have marked."""
    for cleanup in Cleanup.objects.select_related("unit", "notice", "line").iterator(chunk_size=CHUNK):
        stored = {
            "unit": cleanup.unit.name,
            "title": cleanup.title,
            "number": cleanup.number,
            "decided_on": cleanup.decided_on.isoformat(),
            "notice": cleanup.notice.index_no if cleanup.notice else None,
            "sha256": cleanup.sha256,
            "documents": cleanup.rows.count(),
            "sample": cleanup.is_sample,
        }
        yield Checked(f"清理结果《{cleanup.title}》", differing(told_in(cleanup.line), stored))
    rows = MarkRequest.objects.select_related("unit", "row__cleanup", "line")
    for request in rows.iterator(chunk_size=CHUNK):
        logged = told_in(request.line)
        stored = {"unit": request.unit.name, "decided_on": request.row.cleanup.decided_on.isoformat()}
        problems = (*differing(logged, stored), *time_differing(logged, request.asked_at))
        yield Checked(f"提请标注 {request.pk}", problems)
    yield from without_counterpart([Line.Act.CLEANUP], "cleanup")
    yield from without_counterpart([Line.Act.ASK_TO_MARK], "mark_request")


def _edition_problems(edition: Edition, logged: Mapping[str, Any]) -> list[str]:
    salt = bytes(edition.salt.value) if edition.concerns and hasattr(edition, "salt") else None
    if edition.concerns and salt is None:
        return ["盐值不见了，而日志里没有删除的记录：内容不能再核对"]
    stored = told(told_of.facts(edition), edition, salt)
    problems = list(differing(logged, stored))
    problems += [f"日志记有“{name}”，现在没有" for name in logged.keys() - stored.keys() - ADDED]
    if logged.get("act") != (Line.Act.PUBLISH if edition.number == 1 else Line.Act.REVISE):
        problems.append(f"日志第 {edition.line_id} 行不是这一版的发布")
    if hashlib.sha256(edition.body.encode()).hexdigest() != edition.sha256:
        problems.append("正文与它的哈希不符：正文被改动过")
    return problems


ADDED = {"act", "at", "by", "seq"}
"""What every line has beside the facts of its act."""


def _file_problems(edition: Edition, hashed: dict[str, bool]) -> Iterator[str]:
    """Attachments whose bytes in the store are not those of their hash. Each file is read once."""
    for entry in edition.files:
        if entry.sha256 not in hashed:
            hashed[entry.sha256] = store.stands(entry.sha256)
        if not hashed[entry.sha256]:
            yield f"附件“{entry.name}”不见了，或者内容与它的哈希不符"


def _erased_problems(edition: Edition, logged: Mapping[str, Any]) -> list[str]:
    """An erased edition keeps what was told in the open, and nothing else."""
    stored = told_of.facts(edition)
    problems = list(differing(logged, {key: stored[key] for key in stored.keys() - HIDDEN}))
    if edition.body or edition.title != neutral_title(edition) or edition.summary or edition.attachments:
        problems.append("日志记有删除，内容却还在")
    return problems


def _erased() -> set[str]:
    return {told_in(line).get("document", "") for line in Line.objects.filter(act=Line.Act.ERASE)}
