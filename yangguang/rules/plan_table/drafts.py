"""What the grid and the prose reader hand over: areas and tasks with keys, before names and duties are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from yangguang.rules.plan_table.source import Place, SourceLine

HEADER, AREA, TASK, UNIT, NOTE, UNPLACED = "header", "area", "task", "unit", "note", "unplaced"


@dataclass
class DraftTask:
    """A task as found. `leads` are printed names as keys; `extras` are cells that say when and where."""

    text: str
    key: str
    place: Place
    number: int | None = None
    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    leads_printed: str = ""
    lead_inherited: bool = False
    when: str = ""
    where: str = ""


@dataclass
class DraftArea:
    """An area as found; `number` None when none is printed."""

    name: str
    number: int | None = None
    tasks: list[DraftTask] = field(default_factory=list)
    leads: tuple[str, ...] = ()
    leads_printed: str = ""


@dataclass(frozen=True)
class Notice:
    """What was assumed while reading: a kind, a Chinese sentence, and the place."""

    kind: str
    text: str
    source: Place


@dataclass
class Work:
    """The state of one reading: which line got which role, and the notices so far."""

    notices: list[Notice] = field(default_factory=list)
    first_leads: bool = False
    _roles: dict[SourceLine, str] = field(default_factory=dict)

    def put(self, lines: Iterable[SourceLine], role: str) -> None:
        """Give lines their role. The first role stands: a line ends in exactly one."""
        for line in lines:
            self._roles.setdefault(line, role)

    def role(self, line: SourceLine) -> str:
        """The line's role; a line nobody placed is `unplaced`."""
        return self._roles.get(line, UNPLACED)

    def has(self, line: SourceLine) -> bool:
        return line in self._roles

    def notice(self, kind: str, text: str, source: Place) -> None:
        self.notices.append(Notice(kind, text, source))
