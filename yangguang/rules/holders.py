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

    @property
    def always(self) -> bool:
        return self.since is None and self.until is None

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

    def seating(self, units: tuple[str, ...]) -> "Seating":
        """Who sits behind the names of a duty: the units themselves, the members of the groups.

        A group that has no members yet stays as one holder, so that its duties are not lost from view.
        """
        found = self._seatings.get(units)
        if found is None:
            seats: dict[str, list[Seat]] = {}
            for named in units:
                for seat in self._seats_of_groups.get(named) or (Seat(named),):
                    seats.setdefault(seat.unit, []).append(seat)
            found = Seating(self, {unit: tuple(taken) for unit, taken in seats.items()})
            self._seatings[units] = found
        return found

    def heirs(self, unit: str, day: dt.date) -> tuple[str, ...]:
        """The unit, or what it had become by that day; several when it was divided."""
        if unit not in self._after:
            return (unit,)
        return tuple(dict.fromkeys(self._follow(unit, day, frozenset())))

    def lineage(self, unit: str) -> frozenset[str]:
        """The unit with all it came from and all that came of it: their publications count as its own."""
        if not self.changes(unit):
            return frozenset((unit,))
        return frozenset(_reach(unit, self._after) | _reach(unit, self._before))

    def changes(self, unit: str) -> bool:
        """Whether the unit came from another or became another."""
        return unit in self._after or unit in self._before

    @cached_property
    def _seatings(self) -> dict[tuple[str, ...], "Seating"]:
        return {}

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


@dataclass(frozen=True)
class Seating:
    """The seats of one duty, by the unit that sits there."""

    register: Register
    seats: Mapping[str, tuple[Seat, ...]]

    def holders(self, day: dt.date) -> Mapping[str, tuple[str, ...]]:
        """The units that owe on a day, each with the seats that it holds."""
        if self._fixed is not None:
            return self._fixed
        found: dict[str, tuple[str, ...]] = {}
        for unit, seats in self.seats.items():
            if any(seat.taken(day) for seat in seats):
                for heir in self.register.heirs(unit, day):
                    found[heir] = (*found.get(heir, ()), unit)
        return found

    def pools(self) -> tuple[tuple[str, ...], ...]:
        """The seats whose units are of one lineage, together: what one published may serve another."""
        pools: list[tuple[frozenset[str], tuple[str, ...]]] = []
        for unit in self.seats:
            lineage = self.register.lineage(unit)
            together: tuple[str, ...] = (unit,)
            if len(lineage) > 1:
                touching = [pool for pool in pools if pool[0] & lineage]
                pools = [pool for pool in pools if not pool[0] & lineage]
                lineage = lineage.union(*(pool[0] for pool in touching))
                together = (*(seat for pool in touching for seat in pool[1]), unit)
            pools.append((lineage, together))
        return tuple(seats for _, seats in pools)

    def of(self, unit: str) -> "Seating":
        """Only the seats that can bear on one unit's duties."""
        lineage = self.register.lineage(unit)
        return Seating(
            self.register, {seat: self.seats[seat] for seat in sorted(lineage & self.seats.keys())}
        )

    @cached_property
    def _fixed(self) -> Mapping[str, tuple[str, ...]] | None:
        """The holders where they are the same on every day: by far the most duties."""
        for unit, seats in self.seats.items():
            if self.register.changes(unit) or not any(seat.always for seat in seats):
                return None
        return {unit: (unit,) for unit in self.seats}
