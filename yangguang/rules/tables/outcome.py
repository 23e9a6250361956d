"""What comes of reading a cell: a value, perhaps changed in form, or a problem."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yangguang.rules.tables import canonical

Value = str | int | Decimal | bool | dt.date | dt.datetime | None


class Changed(StrEnum):
    """What was done to the form of a cell."""

    TRIM = "trim"
    UNSEEN = "unseen"
    WIDTH = "width"
    CAPITALS = "capitals"
    SPACES = "spaces"
    THOUSANDS = "thousands"
    SIGN = "sign"
    ZEROS = "zeros"
    UNIT = "unit"
    PERCENT = "percent"
    PRECISION = "precision"
    DATE_FORM = "date_form"
    WORD = "word"


WORDS = {
    Changed.TRIM: "去掉首尾空白",
    Changed.UNSEEN: "去掉看不见的字符，统一换行",
    Changed.WIDTH: "全角改半角",
    Changed.CAPITALS: "字母改大写",
    Changed.SPACES: "去掉号码里的空格和连接符",
    Changed.THOUSANDS: "去掉千分位逗号",
    Changed.SIGN: "去掉正号或货币符号",
    Changed.ZEROS: "去掉不表示数值的零",
    Changed.UNIT: "按写明的计量单位换算",
    Changed.PERCENT: "百分比格式按显示的数值",
    Changed.PRECISION: "浮点尾数按 15 位取整",
    Changed.DATE_FORM: "统一日期写法",
    Changed.WORD: "是、否统一写法",
}


@dataclass(frozen=True)
class Change:
    """One cell whose form was changed: what was done, what stood there, what stands there now."""

    kinds: tuple[Changed, ...]
    before: str
    after: str

    @property
    def words(self) -> str:
        return "；".join(WORDS[kind] for kind in self.kinds)


@dataclass(frozen=True)
class Cell:
    """A value of the column's type, None for none, and the change of form that led to it."""

    value: Value
    change: Change | None = None

    @property
    def text(self) -> str:
        """The value in its canonical form."""
        return canonical.write(self.value)


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be taken: what is wrong, what to do, what stands there."""

    message: str
    remedy: str
    value: str


class Refused(ValueError):
    """Raised inside the readers of cells, caught by `cells.read_cell`."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
