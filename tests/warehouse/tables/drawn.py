"""Registers drawn for these tests, and their rows."""

import datetime as dt
from decimal import Decimal

from yangguang.rules.tables.schema import Descriptor, Field, Kind, Type

MORNING = dt.datetime(2017, 6, 19, 8, 30)  # noqa: DTZ001 a moment in Shanghai, as tables hold it
NEW_YEAR = dt.datetime(2017, 1, 1)  # noqa: DTZ001

FIELDS = (
    Field("code", "编号"),
    Field("name", "名称"),
    Field("area", "区域"),
    Field("count", "数量", Type.INTEGER),
    Field("amount", "金额", Type.NUMBER, unit="万元"),
    Field("open", "开放", Type.BOOLEAN),
    Field("day", "日期", Type.DATE),
    Field("moment", "时间", Type.DATETIME),
    Field("month", "月份", Type.YEARMONTH),
    Field("year", "年份", Type.YEAR),
)
REGISTER = Descriptor("waters", "示例水源", Kind.LIST, FIELDS, primary_key=("code",))
ROWS = [
    (
        "001",
        "深圳水库",
        "罗湖",
        3,
        Decimal("0.1"),
        True,
        dt.date(2017, 6, 19),
        MORNING,
        "2017-06",
        2017,
    ),
    (
        "002",
        "铁岗水库",
        "宝安",
        None,
        Decimal("123456789012.345"),
        False,
        dt.date(2017, 6, 20),
        None,
        "2017-06",
        2017,
    ),
    ("010", "=1+1", None, -7, Decimal("-2"), None, None, NEW_YEAR, "2017-01", 2016),
    ("011", '引号"与,逗号\n换行', "宝安", 0, None, True, dt.date(1999, 12, 31), None, None, None),
    (
        "100",
        " 两边有空格 ",
        "盐田",
        9_007_199_254_740_993,
        Decimal("100"),
        False,
        None,
        None,
        "2016-12",
        2016,
    ),
]
