"""Count the rows of versions, so that their quality needs no counting when somebody asks."""

import logging

from django.db import transaction

from yangguang.registers.models import RowCounts, Version
from yangguang.registers.queries import public as queries
from yangguang.warehouse.tables import quality
from yangguang.warehouse.tables.engine import TableError
from yangguang.warehouse.tables.stored import Stored

logger = logging.getLogger(__name__)
AT_ONCE = 100
"""Versions counted in one round of the background work, so that other jobs have their turn."""


def count(*, version: Version) -> RowCounts:
    """Count a version's rows; what was counted before rows were taken off it makes room.

    A new row each time: whoever keeps what was worked out of it sees by the key that it is another.
    """
    facts = quality.count(Stored.public(version.served, version.described), version.described)
    with transaction.atomic():
        RowCounts.objects.filter(version=version).delete()
        return RowCounts.objects.create(
            version=version,
            served=version.served,
            rows=facts.rows,
            distinct=facts.distinct,
            columns=facts.columns,
            filled=facts.filled,
            valid=facts.valid,
        )


def count_missing() -> int:
    """Count what is uncounted, the newest versions first. Returns how many versions were looked at."""
    waiting = list(queries.uncounted()[:AT_ONCE])
    for version in waiting:
        try:
            count(version=version)
        except (OSError, TableError):
            # The others must not wait for one whose bytes are gone; the nightly patrol names it.
            logger.exception("数据质量没有统计 %s", version)
    return len(waiting)
