"""Four eyes: who may take which step of a document's review, and when a review is complete.

Whoever wrote takes no step, and the unit's check and the sign-off are by two people; the confidentiality
check (保密审查, 政府信息公开条例第十七条) may be by either of them. So at least three people stand behind
every publication. No role stands above this rule.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Step(StrEnum):
    """The three approvals, in their order."""

    UNIT = "unit"
    SECRECY = "secrecy"
    SIGN = "sign"


APPROVALS = frozenset(step.value for step in Step)
ORDER = (Step.UNIT, Step.SECRECY, Step.SIGN)
WORDS = {Step.UNIT: "单位审核", Step.SECRECY: "保密审查", Step.SIGN: "签发"}


def next_step(taken: Collection[Step]) -> Step | None:
    """The step that is to be taken next; None when all were."""
    return next((step for step in ORDER if step not in taken), None)


def objection(step: Step, person: int, *, authors: Collection[int], taken: Mapping[Step, int]) -> str | None:
    """Why this person may not take this step now, or None. People are told by their keys."""
    expected = next_step(taken)
    if expected is None:
        return "三道审核都已经完成"
    if step is not expected:
        return f"现在轮到{WORDS[expected]}，还不能{WORDS[step]}"
    if person in authors:
        return f"起草、修改或者送审的人不能{WORDS[step]}自己的稿子"
    if step is Step.SIGN and taken[Step.UNIT] == person:
        return "单位审核和签发须由两个人办理"
    return None


def is_complete(*, authors: Collection[int], taken: Mapping[Step, int]) -> bool:
    """Whether these approvals suffice for publication: each step taken in order without objection."""
    before: dict[Step, int] = {}
    for step in ORDER:
        if step not in taken or objection(step, taken[step], authors=authors, taken=before):
            return False
        before[step] = taken[step]
    return True
