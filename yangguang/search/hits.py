"""What a search gives back."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from yangguang.directory.models import Unit
from yangguang.search.folding import Segment


class Kind(StrEnum):
    """What was found."""

    PLAN = "plan"
    UNIT = "unit"
    TASK = "task"
    OBLIGATION = "obligation"
    DOCUMENT = "document"


LABELS = {
    Kind.PLAN: "分工方案",
    Kind.UNIT: "单位",
    Kind.TASK: "任务",
    Kind.OBLIGATION: "公开事项",
    Kind.DOCUMENT: "文件",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where it is, and the piece of it that holds what was searched for.

    `heading` is the title in segments, with the words marked. `day` is the day a document went online or
    a plan was issued; None for the others. A withdrawn document is still found, and says so.
    """

    kind: Kind
    title: str
    heading: tuple[Segment, ...]
    url: str
    excerpt: tuple[Segment, ...]
    unit: Unit | None = None
    day: dt.date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, best first. `total` counts those beyond the limit too."""

    kind: Kind
    hits: tuple[Hit, ...]
    total: int

    @property
    def label(self) -> str:
        return LABELS[self.kind]
