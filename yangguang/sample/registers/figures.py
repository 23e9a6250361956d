"""Sample figures: of a plausible size for their unit, with seasons, sums and shares that agree."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from yangguang.rules.tables.schema import Descriptor, Field, Type
from yangguang.sample.conduct import dice
from yangguang.sample.registers.relations import CUMULATIVE, PERCENT, SHARES

# From least to most, by unit of measure.
_SIZES: Mapping[str, tuple[float, float]] = {
    "万元": (80, 6_000),
    "亿元": (8, 420),
    "元": (20, 9_000),
    "万人": (180, 1_100),
    "万个": (20, 90),
    "户": (15, 600),
    "人": (40, 900),
    "套": (0, 160),
    "个": (90, 540),
    "家": (20, 80),
    "班": (2, 10),
    "项": (1, 8),
    "例": (0, 800),
    "起": (0, 6),
    "件": (5, 90),
    "条": (100, 90_000),
    "年": (10, 30),
    "次": (0, 2),
    "工作日": (3, 20),
    "个月": (12, 36),
    "分": (60, 110),
    "公里": (0.5, 8),
    "万千瓦时": (100, 9_000),
    "亿千瓦时": (20, 120),
    "厘/千瓦时": (-90, -20),
    "毫克每升": (0.2, 1.6),
    "微克每立方米": (18, 60),
    "分贝": (52, 59),
    "万标箱": (180, 240),
    "1/10万": (0.1, 20),
    "倍": (0.1, 0.8),
    "吨": (1, 60),
}
_BY_NAME: Mapping[str, tuple[float, float]] = {
    "total_investment": (8_000, 400_000),
    "amount_month": (100_000, 900_000),
    "control_months": (12, 12),
    "revenue": (120, 900),
    "assets": (400, 3_000),
    "base_points": (60, 100),
    "bonus_points": (0, 12),
    "monitored_items": (61, 61),
    "payable_salary": (40, 90),
    "contributions": (8, 16),
    "CF_NR_FK": (0.2, 20),
    "debt_ratio": (40, 62),
    "budget_share": (6, 10),
    "limit": (1, 50),
    "households": (5, 240),
    "deaths": (0, 0),
    "average_base": (4_200, 7_600),
    "price": (2, 160),
    "loss": (200, 1_800),
    "standard": (900, 900),
    "task_units": (60, 400),
    "units_planned": (120, 1_200),
    "problems_found": (1, 6),
    "growth": (-4, 14),
    "incidence": (0.1, 20),
    "units_available": (60, 5_000),
}


@dataclass
class Figures:
    """The figures of one row: drawn by name, each once. `place` names the row in every period alike,
    `month` is the last month of the period, `fixed` holds what is known beforehand."""

    descriptor: Descriptor
    place: tuple[object, ...]
    day: dt.date
    fixed: Mapping[str, object]
    _drawn: dict[str, Decimal] = field(default_factory=dict)

    def value(self, column: Field) -> int | Decimal:
        """The figure of a column: an int in whole-number columns, else a Decimal of at most two places."""
        figure = self._named(column.name)
        return int(figure) if column.type is Type.INTEGER else figure.quantize(Decimal("0.01"))

    def _named(self, name: str) -> Decimal:
        if isinstance(known := self.fixed.get(name), (int, float)):
            return Decimal(str(known))
        if name not in self._drawn:
            self._drawn[name] = self._within(name, self._draw(name))
        return self._drawn[name]

    def _draw(self, name: str) -> Decimal:
        slug, names = self.descriptor.name, self.descriptor.names
        if CUMULATIVE.get(name) in names:
            return self._so_far(CUMULATIVE[name])
        if (parts := PERCENT.get((slug, name))) is not None:
            return 100 * self._named(parts[0]) / max(self._named(parts[1]), Decimal(1))
        if name == "points" and "base_points" in names:
            return self._named("base_points") + self._named("bonus_points")
        if name == "progress":
            return Decimal(min(100, dice(*self.place, name).randint(5, 45) + 6 * self.day.month))
        other, least, most = SHARES.get(name, ("", 0, 0))
        if other in names:
            return self._named(other) * self._noise(name, least, most)
        return self._size(name)

    def _size(self, name: str) -> Decimal:
        column = self.descriptor.field(name)
        unit = column.unit or str(self.fixed.get("measure_unit", ""))
        least, most = _BY_NAME.get(name) or _SIZES.get(unit) or (60, 99)
        base = Decimal(str(dice(*self.place, name).uniform(least, most)))
        if not self.descriptor.period or least == most or name.startswith("total"):
            return base
        return base * self._season() * self._noise(name, 0.94, 1.06)

    def _so_far(self, monthly: str) -> Decimal:
        months = [self.day.replace(month=month, day=1) for month in range(1, self.day.month + 1)]
        rows = [Figures(self.descriptor, self.place, month, self.fixed) for month in months]
        return sum((row._named(monthly).quantize(Decimal("0.01")) for row in rows), Decimal(0))

    def _season(self) -> Decimal:
        """Busier towards the end of the year and, day by day, quieter at the weekend."""
        wave = 1 + 0.1 * math.sin(2 * math.pi * (self.day.month - 6) / 12)
        daily = self.descriptor.cadence == "daily" and self.day.weekday() >= 5
        return Decimal(str(wave * (0.6 if daily else 1)))

    def _noise(self, name: str, least: float, most: float) -> Decimal:
        when = self.day if self.descriptor.cadence == "daily" else self.day.month
        period = when if self.descriptor.period and not name.startswith("planned") else ""
        return Decimal(str(dice(*self.place, name, period).uniform(least, most)))

    def _within(self, name: str, figure: Decimal) -> Decimal:
        column = self.descriptor.field(name)
        if isinstance(column.minimum, (int, float)):
            figure = max(figure, Decimal(str(column.minimum)))
        if isinstance(column.maximum, (int, float)):
            figure = min(figure, Decimal(str(column.maximum)))
        return figure
