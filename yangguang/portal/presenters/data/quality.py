"""The quality of a version as its page shows it: points, and what they are made of."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from yangguang.catalog.dataset import counts_of
from yangguang.catalog.quality import quality_on, reach
from yangguang.portal import charts
from yangguang.registers.models import Version
from yangguang.rules.tables.quality import Freshness, Part, Share

NAMES: dict[Part, tuple[str | Promise, str | Promise]] = {
    Part.COMPLETE: (gettext_lazy("完整"), gettext_lazy("有值的格 ÷ 全部的格")),
    Part.VALID: (gettext_lazy("合规"), gettext_lazy("合乎本列要求的格 ÷ 有值的格")),
    Part.UNIQUE: (gettext_lazy("不重复"), gettext_lazy("互不相同的行 ÷ 全部的行")),
    Part.FRESH: (gettext_lazy("及时"), gettext_lazy("一期的工作日 ÷ 一期的和已逾期的工作日")),
    Part.DOCUMENTED: (gettext_lazy("有说明"), gettext_lazy("有说明的列（数值还要有计量单位）÷ 公开的列")),
}
"""What each share is called and made of; its order is the page's."""


@dataclass(frozen=True)
class Row:
    """One share: its name, how it is made, per cent to one decimal (None: not measured), its bar."""

    name: str | Promise
    made_of: str | Promise
    share: Share
    percent: str
    bar: str


@dataclass(frozen=True)
class Shown:
    """`through`: the last day that the data reach. `freshness` is None where no cycle is promised."""

    score: float | None
    rows: list[Row]
    through: dt.date
    freshness: Freshness | None


def quality(version: Version, versions: Sequence[Version], on: dt.date) -> Shown | None:
    """The quality of a version on a day; `versions` are the register's. None until its rows are counted."""
    facts = counts_of(version)
    if facts is None:
        return None
    through = reach(version, [one.period for one in versions if one.number <= version.number])
    found = quality_on(facts, version.described, through, on)
    return Shown(found.score, [_row(share) for share in found.shares], through, found.freshness)


@dataclass(frozen=True)
class UnitQuality:
    """The mean of a unit's datasets, to one decimal (None: none is counted yet). `datasets`: all it has."""

    score: float | None
    counted: int
    datasets: int


def of_unit(versions: Sequence[Version], periods: Mapping[int, Sequence[str]], on: dt.date) -> UnitQuality:
    """How good a unit's data are on a day; `versions` are the newest ones, `periods` theirs by register."""
    scores = []
    for version in versions:
        facts = counts_of(version)
        if facts is None:
            continue
        through = reach(version, periods.get(version.register_id, ()))
        score = quality_on(facts, version.described, through, on).score
        if score is not None:
            scores.append(score)
    mean = round(sum(scores) / len(scores), 1) if scores else None
    return UnitQuality(mean, len(scores), len(versions))


def _row(share: Share) -> Row:
    name, made_of = NAMES[share.part]
    if share.value is None:
        return Row(name, made_of, share, "", "")
    # Rounded down: 100 % is shown only of what is whole.
    percent = f"{int(share.value * 1000) / 10:g}%"
    gap = max(share.of - share.met, 0)
    bar = charts.lying([("on_time", share.met), ("missing", gap)], share.of)
    return Row(name, made_of, share, percent, bar)
