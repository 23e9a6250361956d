"""What a new version of a plan changes, for the person who is about to adopt it."""

from dataclasses import dataclass

from yangguang.plan.draft import PlanDraft
from yangguang.plan.models import PlanVersion


@dataclass(frozen=True)
class Difference:
    """Tasks by what became of them: (code, text) each; and the numbers of obligations before and after."""

    added: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    same: int
    obligations_before: int
    obligations_after: int


def compare(old: PlanVersion, new: PlanDraft) -> Difference:
    """Tasks are the same where the code stands in both; changed where text or leads differ."""
    before = {
        task.code: (task.text, frozenset(unit.name for unit in task.units.all()))
        for task in old.tasks.prefetch_related("units")
    }
    after = {task.code: (task.text, frozenset(task.leads)) for _, task in new.tasks()}
    both = [code for code in after if code in before]
    changed = [code for code in both if before[code] != after[code]]
    return Difference(
        added=tuple((code, after[code][0]) for code in after if code not in before),
        gone=tuple((code, before[code][0]) for code in before if code not in after),
        changed=tuple((code, after[code][0]) for code in changed),
        same=len(both) - len(changed),
        obligations_before=old.obligations.count(),
        obligations_after=len(new.obligations),
    )
