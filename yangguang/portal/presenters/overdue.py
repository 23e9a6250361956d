"""What is missing now, duty by duty."""

from collections.abc import Iterable
from dataclasses import dataclass

from yangguang.directory.models import Unit
from yangguang.ledger.queries import Standing
from yangguang.portal.presenters import tally

NAMED = 3


@dataclass(frozen=True)
class Gap:
    """A duty with missing periods, the longest overdue first."""

    missing: list[Standing]

    @property
    def worst(self) -> Standing:
        return self.missing[0]

    @property
    def units(self) -> list[Unit]:
        return list(dict.fromkeys(standing.unit for standing in self.missing))

    @property
    def named(self) -> list[Unit]:
        return self.units[:NAMED]

    @property
    def more_units(self) -> int:
        return len(self.units) - len(self.named)


def gaps(standings: Iterable[Standing]) -> list[Gap]:
    """The duties with missing periods, the one longest overdue first."""
    by_duty = tally.grouped(tally.overdue(standings), lambda s: s.obligation.pk)
    return [Gap(missing) for missing in by_duty.values()]
