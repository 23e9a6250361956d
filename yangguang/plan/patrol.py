"""The plan's versions, compared with the journal lines of their adoption."""

from collections.abc import Iterator

from yangguang.journal.models import Line
from yangguang.journal.patrol import Checked, told_in, without_counterpart
from yangguang.plan.content import stored
from yangguang.plan.models import PlanVersion

PARTS = {"plan": "方案和版次的记载", "areas": "领域", "tasks": "任务", "obligations": "公开事项"}


def versions() -> Iterator[Checked]:
    """Every version: its own facts, areas, tasks and obligations; and none gone.

    A line that was written before these digests were told has none to compare with; its counts are.
    """
    for version in PlanVersion.objects.select_related("plan", "line"):
        yield Checked(f"《{version.plan.title}》第 {version.number} 版", tuple(_problems(version)))
    yield from without_counterpart([Line.Act.ADOPT], "plan_version")


def _problems(version: PlanVersion) -> Iterator[str]:
    logged, content = told_in(version.line), stored(version)
    if logged.get("act") != Line.Act.ADOPT:
        yield f"日志第 {version.line_id} 行不是这一版的通过"
    if (logged.get("plan"), logged.get("version")) != (version.plan.slug, version.number):
        yield f"日志第 {version.line_id} 行说的是另一版"
    counts = {
        "areas": len(content.areas),
        "tasks": len(content.tasks),
        "obligations": len(content.obligations),
    }
    digests, told = content.digests(), logged.get("stored", {})
    for part, name in PARTS.items():
        if part in counts and counts[part] != logged.get(part):
            yield f"{name}现在有 {counts[part]} 项，日志记的是 {logged.get(part)} 项"
        elif told and digests[part] != told.get(part):
            yield f"{name}与通过时的不同：内容被改动过，请从备份核对"
    if not told and version.source_sha256 != logged.get("source_sha256"):
        yield "原文的哈希与日志所记的不同"
