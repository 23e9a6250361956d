"""Who holds a duty: groups spread over their members, successors take over on their day.

Units are named by their canonical names; a name in a line or plan may be an alias.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Member:
    """`member` stands in `group` from `since` until the day before `until`; None leaves that side open."""

    group: str
    member: str
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Succeeds:
    """From the day `on`, `successor` owes what `predecessor` owed."""

    predecessor: str
    successor: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit that a duty names, alone or as member of a group, and the days on which it does."""

    unit: str
    since: dt.date | None = None
    until: dt.date | None = None

    def taken(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Register:
    """The units: every name they answer to, the groups, and what became of whom.

    `names` maps each name and alias to the canonical name.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    successions: tuple[Succeeds, ...] = ()

    def named(self, name: str) -> str:
        """The canonical name; an unknown name stands for itself."""
        return self.names.get(name, name)

    def seats(self, unit: str) -> tuple[Seat, ...]:
        """Who sits behind a name in a plan: the unit itself, or the members of the group.

        A group that has no members yet stays as one holder, so that its duties are not lost from view.
        """
        return self._seats_of_groups.get(unit) or (Seat(unit),)

    def holders(self, seat: Seat, day: dt.date) -> tuple[str, ...]:
        """Who owes for the seat on a day: nobody outside its days, else the unit or its successors."""
        if not seat.taken(day):
            return ()
        if seat.unit not in self._after:
            return (seat.unit,)
        return tuple(dict.fromkeys(self._follow(seat.unit, day, frozenset())))

    def lineage(self, unit: str) -> frozenset[str]:
        """The unit with all it came from and all that came of it: their publications count as its own."""
        if unit not in self._after and unit not in self._before:
            return frozenset((unit,))
        return frozenset(_reach(unit, self._after) | _reach(unit, self._before))

    @cached_property
    def _seats_of_groups(self) -> dict[str, tuple[Seat, ...]]:
        seats: dict[str, list[Seat]] = {}
        for member in self.members:
            seats.setdefault(member.group, []).append(Seat(member.member, member.since, member.until))
        return {group: tuple(found) for group, found in seats.items()}

    @cached_property
    def _after(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for step in self.successions:
            found[step.predecessor] = (*found.get(step.predecessor, ()), step.successor)
        return found

    @cached_property
    def _before(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for step in self.successions:
            found[step.successor] = (*found.get(step.successor, ()), step.predecessor)
        return found

    def _follow(self, unit: str, day: dt.date, seen: frozenset[str]) -> Iterator[str]:
        """Walk the successions that have happened by the day. A circle of records ends where it began."""
        steps = [
            step
            for step in self.successions
            if step.predecessor == unit and step.on <= day and step.successor not in seen
        ]
        if not steps:
            yield unit
        for step in steps:
            yield from self._follow(step.successor, day, seen | {unit})


def _reach(unit: str, steps: Mapping[str, tuple[str, ...]]) -> set[str]:
    reached, waiting = {unit}, [unit]
    while waiting:
        for other in steps.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached
