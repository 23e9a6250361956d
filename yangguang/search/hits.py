"""What a search gives back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yangguang.rules.legal_status import Status
from yangguang.search.folding import Segment


class Kind(StrEnum):
    """What was found."""

    PLAN = "plan"
    UNIT = "unit"
    TASK = "task"
    OBLIGATION = "obligation"
    DOCUMENT = "document"
    DATASET = "dataset"
    GAZETTE = "gazette"


LABELS = {
    Kind.PLAN: "分工方案",
    Kind.UNIT: "单位",
    Kind.TASK: "任务",
    Kind.OBLIGATION: "公开事项",
    Kind.DOCUMENT: "文件",
    Kind.DATASET: "数据",
    Kind.GAZETTE: "历史公报",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where it is, and the piece of it that holds what was searched for.

    `heading` is the title in segments, with the words marked. `day` is the day a document went online or
    a plan was issued; None for the others. `number` is a document's 文号, `status` its standing in law on
    the day searched; `unit` is a unit's name.
    """

    kind: Kind
    title: str
    heading: tuple[Segment, ...]
    url: str
    excerpt: tuple[Segment, ...]
    unit: str = ""
    day: dt.date | None = None
    number: tuple[Segment, ...] = ()
    status: Status = Status.IN_FORCE


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, best first. `total` counts those beyond the limit too."""

    kind: Kind
    hits: tuple[Hit, ...]
    total: int

    @property
    def label(self) -> str:
        return LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything about one search.

    `documents` is one page of them; `facets` counts all that were found, by facet and value, the most
    frequent first. `others` are plans, units, tasks and duties, groups without a hit left out.
    `suggestions` are queries that find something where this one finds nothing. `by_pinyin` says that the
    letters stand nowhere as written and were read as pinyin; `one_by_one` are the words that the documents
    hold where the query stands in none as typed. `notice` tells people why something is left out.
    """

    documents: Group
    others: tuple[Group, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    by_pinyin: bool = False
    one_by_one: tuple[str, ...] = ()
    notice: str = ""

    @property
    def total(self) -> int:
        return self.documents.total + sum(group.total for group in self.others)
