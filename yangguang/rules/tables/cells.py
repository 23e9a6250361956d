"""One cell of a file → the value of its column, or what is wrong with it.

Nothing is guessed and nothing is altered silently: a cell that is not in its canonical form already
(`canonical.pattern`) comes with the list of what was done to it, and a cell that may mean two things is
a problem with its remedy.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as default
from decimal import Decimal

from yangguang.rules.tables import canonical, characters, dates, figures
from yangguang.rules.tables.dates import Serial
from yangguang.rules.tables.figures import Doubtful, Percent, Unworked
from yangguang.rules.tables.outcome import Cell, Change, Changed, Problem, Refused, Value
from yangguang.rules.tables.schema import Check, Field, Type

__all__ = ["Cell", "Change", "Changed", "Doubtful", "Percent", "Problem", "Serial", "Value", "read_cell"]

Raw = bool | int | float | Decimal | dt.date | Serial | Percent
EXCEL_ERRORS = {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
"""Words that no cell may hold, though they are in the canonical form of a text."""
_TRUTH = {
    **dict.fromkeys(("true", "是", "yes", "y", "1", "√"), True),
    **dict.fromkeys(("false", "否", "no", "n", "0", "×"), False),
}
MOST_EXCEL_DIGITS = 15


@dataclass
class _Reading:
    """A cell on its way: what it holds by now, and what was done to it."""

    field: Field
    unit: str
    done: list[Changed] = default(default_factory=list)

    def turn(self, before: str, after: str, kind: Changed) -> str:
        """Note a step where it changed something."""
        if after != before:
            self.note(kind)
        return after

    def note(self, kind: Changed) -> None:
        if kind not in self.done:
            self.done.append(kind)


def read_cell(
    raw: object, field: Field, *, missing: tuple[str, ...] = ("",), unit: str = ""
) -> Cell | Problem:
    """The value of a cell.

    `raw` is what the file holds: text, number, truth, date, None; `dates.Serial` for a number that a
    workbook formats as a date, `figures.Percent` for one that it shows as a percentage, `figures.Doubtful`
    for one that it may show so. `missing` are the words for "no value". `unit` is the unit that heading or
    sheet state for the column, where it is not the field's own: figures are then converted, each listed.
    """
    reading = _Reading(field, unit)
    try:
        value = _value(raw, reading, missing)
    except Refused as refused:
        return Problem(refused.message, refused.remedy, _shown(raw))
    if not reading.done:
        return Cell(value)
    return Cell(value, Change(tuple(reading.done), _shown(raw), canonical.write(value)))


def _value(raw: object, reading: _Reading, missing: tuple[str, ...]) -> Value:
    if isinstance(raw, str):
        if raw in missing:
            return None
        text = _clean(raw, reading)
        if text in missing:
            return None
        return _FROM_TEXT[reading.field.type](text, reading)
    if raw is None:
        return None
    if isinstance(raw, float) and (raw != raw or raw in (float("inf"), float("-inf"))):
        raise Refused("不是一个数", "请改成数字，没有数据就留空")
    if isinstance(raw, Unworked):
        raise Refused("公式没有算出的值", "请在 Excel 中打开并保存一次，或者改成数值")
    if isinstance(raw, Doubtful):
        raw = _decided(raw, reading)
    if isinstance(raw, (bool, int, float, Decimal, dt.date, Serial, Percent)):
        return _FROM_VALUE[reading.field.type](raw, reading)
    raise Refused("这一格不是单个的值", "请改成一个文字、数字或日期")


def _decided(raw: Doubtful, reading: _Reading) -> float:
    if "%" in (reading.unit, reading.field.unit):
        raise Refused(
            "看不出是不是百分比格式：旧格式的文件里没有写", "请在 Excel 中打开，另存为 .xlsx 后再上传"
        )
    return raw.number


def _clean(raw: str, reading: _Reading) -> str:
    if not characters.can_be_stored(raw):
        raise Refused("含有不完整的字符", "请重新输入这一格")
    text = reading.turn(raw, characters.seen(raw), Changed.UNSEEN)
    text = reading.turn(text, characters.trimmed(text), Changed.TRIM)
    if text.upper() in EXCEL_ERRORS:
        raise Refused(f"是 Excel 的错误值 {text}", "请更正公式，或者改成数值、留空")
    return text


# --- text


def _string(text: str, reading: _Reading) -> Value:
    field = reading.field
    if field.is_code:
        text = reading.turn(text, characters.half_width_alnum(text), Changed.WIDTH)
    if field.check is not Check.NONE:
        text = reading.turn(text, text.translate(_ASCII_UPPER), Changed.CAPITALS)
        text = reading.turn(text, _without_spaces(text), Changed.SPACES)
        if not text:
            raise Refused("没有号码，只有连接符", "请填写号码，没有就留空")
    return text


_ASCII_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}


def _without_spaces(text: str) -> str:
    return "".join(sign for sign in text if sign != "-" and characters.trimmed(sign))


def _string_of_value(raw: Raw, reading: _Reading) -> Value:
    if isinstance(raw, (dt.date, Serial)):
        raise Refused("Excel 已把它变成日期", "请把这一列设为“文本”格式，再按原样重新填写")
    if isinstance(raw, (bool, Percent)):
        raise Refused("文字列里是逻辑值或者百分比", "请把这一列设为“文本”格式，再按原样重新填写")
    number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(str(raw))
    digits = f"{number:f}"
    if not isinstance(raw, int) and (
        number == number.to_integral_value() or len(digits) > MOST_EXCEL_DIGITS + 1
    ):
        raise Refused(
            "文字列里是数值，它原来怎样写已经不知道",
            "请把这一列设为“文本”格式，再按原样重新填写（前导零、末位都要在）",
        )
    if len(digits.lstrip("-")) > MOST_EXCEL_DIGITS:
        raise Refused(
            f"超过 {MOST_EXCEL_DIGITS} 位的号码存成了数值，Excel 只保留前 {MOST_EXCEL_DIGITS} 位",
            "请把这一列设为“文本”格式，再填写完整号码",
        )
    return digits


# --- figures


def _figure(text: str, reading: _Reading) -> Value:
    found = figures.read_figure(text, reading.unit or reading.field.unit)
    for kind in found.done:
        reading.note(kind)
    unit = found.unit or reading.unit
    if reading.field.type is Type.INTEGER and "." in text and not unit:
        reading.note(Changed.ZEROS)
    return _fitted(_in_unit(found.value, unit, reading, stated=bool(found.unit)), reading)


def _figure_of_value(raw: Raw, reading: _Reading) -> Value:
    if isinstance(raw, Percent):
        reading.note(Changed.PERCENT)
        value = figures.exact(raw.number) * 100
        return _fitted(_in_unit(_rounded(value, reading), "%", reading, stated=True), reading)
    if isinstance(raw, (bool, dt.date, Serial)):
        raise Refused("数值列里是日期或者逻辑值", "请把这一格设为“数值”格式，再重新填写")
    value = figures.exact(raw)
    if isinstance(raw, float):
        value = _rounded(value, reading)
    return _fitted(_in_unit(value, reading.unit, reading, stated=False), reading)


def _rounded(value: Decimal, reading: _Reading) -> Decimal:
    """A binary fraction as the 15 digits that spreadsheets show (0.30000000000000004 → 0.3)."""
    rounded = figures.rounded(value)
    if rounded != value:
        reading.note(Changed.PRECISION)
    return rounded


def _in_unit(value: Decimal, unit: str, reading: _Reading, *, stated: bool) -> Decimal:
    """The figure in the field's unit. `stated`: the cell itself says the unit, which is noted too."""
    if not unit:
        return value
    if not stated and figures.same_unit(unit, reading.field.unit):
        return value
    reading.note(Changed.UNIT)
    return figures.converted(value, unit, reading.field.unit)


def _fitted(value: Decimal, reading: _Reading) -> Value:
    whole = reading.field.type is Type.INTEGER
    if whole and value != value.to_integral_value():
        raise Refused("应是整数", "请改成整数；确有小数时请联系登记册的维护人改列的类型")
    if whole:
        if abs(value) < 10**18:
            return int(value)
        raise Refused("超过 18 位，不能作为整数", "这样长的多半是编码，请联系登记册的维护人把列改为文字")
    if figures.digits(value) > canonical.MOST_DIGITS:
        raise Refused(
            f"超过 {canonical.MOST_DIGITS} 位数字，不能准确保存", "请减少小数位，或者改用更大的计量单位"
        )
    return value


# --- truth and time


def _truth(text: str, reading: _Reading) -> Value:
    if text not in ("true", "false"):
        reading.note(Changed.WORD)
    value = _TRUTH.get(characters.half_width(text).lower())
    if value is None:
        raise Refused("应是“是”或者“否”", "请改成“是”或者“否”")
    return value


def _truth_of_value(raw: Raw, reading: _Reading) -> Value:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, (int, float)) and raw in (0, 1):
        reading.note(Changed.WORD)
        return raw == 1
    raise Refused("应是“是”或者“否”", "请改成“是”或者“否”")


def _timed(read: Callable[[str], Value], message: str, remedy: str) -> Callable[[str, _Reading], Value]:
    """A reader of text for one of the types of time."""

    def reader(text: str, reading: _Reading) -> Value:
        try:
            value = read(text)
        except ValueError as problem:
            raise Refused(message, remedy) from problem
        if canonical.write(value) != text:
            reading.note(Changed.DATE_FORM)
        return value

    return reader


def _day_of_text(text: str) -> Value:
    """A date; a time of midnight, as spreadsheets and databases append it, is no part of it."""
    try:
        return dates.read_date(text)
    except ValueError:
        moment = dates.read_moment(text)
        if moment.time() != dt.time():
            raise
        return moment.date()


_day = _timed(
    _day_of_text, "不是一个看得懂的日期", "请写成 2017-06-19 或者 2017年6月19日，年份四位，年月日齐全"
)
_moment = _timed(dates.read_moment, "不是一个看得懂的时刻", "请写成 2017-06-19 09:30，日期和时间都要有")
_month = _timed(dates.read_month, "不是一个看得懂的月份", "请写成 2017-06 或者 2017年6月")
_year = _timed(dates.read_year, "不是一个看得懂的年份", "请写成四位数字的年份，如 2017")


def _instant(raw: Raw, reading: _Reading) -> dt.datetime | None:
    """The moment of a date cell; None for a cell that is a number."""
    if isinstance(raw, Serial):
        reading.note(Changed.DATE_FORM)
        try:
            return dates.in_range(raw.moment())
        except ValueError as problem:
            raise Refused(f"Excel 日期序号不能用：{problem}", "请重新填写日期") from problem
    if isinstance(raw, dt.datetime):
        if raw.tzinfo is not None:
            reading.note(Changed.DATE_FORM)
            return (raw.astimezone(dt.UTC) + dates.SHANGHAI).replace(tzinfo=None, microsecond=0)
        if raw.microsecond:
            reading.note(Changed.PRECISION)
        return raw.replace(microsecond=0)
    if isinstance(raw, dt.date):
        return dt.datetime.combine(raw, dt.time())
    return None


def _day_of_value(raw: Raw, reading: _Reading) -> Value:
    instant = _instant(raw, reading)
    if instant is None:
        if isinstance(raw, int) and not isinstance(raw, bool) and len(str(raw)) == 8:
            return _day(str(raw), reading)
        raise Refused(
            "日期列里是数值，看不出是哪一天",
            "如果是 Excel 日期，请把这一格设为“日期”格式；否则写成 2017-06-19",
        )
    if instant.time() != dt.time():
        raise Refused("日期列里有时间", "请只留日期")
    return instant.date()


def _moment_of_value(raw: Raw, reading: _Reading) -> Value:
    instant = _instant(raw, reading)
    if instant is None or (isinstance(raw, dt.date) and not isinstance(raw, dt.datetime)):
        raise Refused("不是一个看得懂的时刻", "请写成 2017-06-19 09:30，日期和时间都要有")
    return instant


def _month_of_value(raw: Raw, reading: _Reading) -> Value:
    instant = _instant(raw, reading)
    if instant is not None:
        if instant.day != 1 or instant.time() != dt.time():
            raise Refused("月份列里是某一天", "请只写年月，如 2017-06")
        reading.note(Changed.DATE_FORM)
        return f"{instant:%Y-%m}"
    if isinstance(raw, int) and not isinstance(raw, bool) and len(str(raw)) == 6:
        return _month(str(raw), reading)
    raise Refused("月份列里是数值（2017.1 和 2017.10 会混在一起）", "请把这一列设为“文本”格式，写成 2017-06")


def _year_of_value(raw: Raw, reading: _Reading) -> Value:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and raw == int(raw):
        return _year(str(int(raw)), reading)
    raise Refused("不是一个看得懂的年份", "请写成四位数字的年份，如 2017")


_FROM_TEXT: dict[Type, Callable[[str, _Reading], Value]] = {
    Type.STRING: _string,
    Type.INTEGER: _figure,
    Type.NUMBER: _figure,
    Type.BOOLEAN: _truth,
    Type.DATE: _day,
    Type.DATETIME: _moment,
    Type.YEARMONTH: _month,
    Type.YEAR: _year,
}
_FROM_VALUE: dict[Type, Callable[[Raw, _Reading], Value]] = {
    Type.STRING: _string_of_value,
    Type.INTEGER: _figure_of_value,
    Type.NUMBER: _figure_of_value,
    Type.BOOLEAN: _truth_of_value,
    Type.DATE: _day_of_value,
    Type.DATETIME: _moment_of_value,
    Type.YEARMONTH: _month_of_value,
    Type.YEAR: _year_of_value,
}


def _shown(raw: object) -> str:
    """A raw cell in a report, which any database must be able to keep."""
    match raw:
        case Percent():
            return f"{raw.number:.15g}（显示为百分比）"
        case Serial():
            return f"{raw.number:.15g}（日期序号）"
        case _:
            return characters.keepable(str(raw))
