"""A journal with lines, signed as it would be after each commit."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from yangguang.journal import actions
from yangguang.journal.models import Line

NOON = dt.datetime(2017, 11, 30, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def tell(db: None) -> Callable[[int], None]:
    """Append that many lines, in one transaction."""

    def lines(count: int) -> None:
        with transaction.atomic():
            bodies = [{"title": f"示例 {number}"} for number in range(count)]
            actions.append_many(act=Line.Act.PUBLISH, bodies=bodies, at=NOON, by="示例")

    return lines
