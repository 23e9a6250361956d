"""What a column demands of a value that was read: given, of the list, in shape, in range, with its check digit."""

import datetime as dt
import difflib
import re
from decimal import Decimal
from functools import lru_cache

from stdnum.cn import ric, uscc

from yangguang.rules.scan.checks import PROVINCES, is_birth
from yangguang.rules.tables import canonical
from yangguang.rules.tables.outcome import Problem, Value
from yangguang.rules.tables.schema import Check, Field, Type

_CREDIT_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")
_SHOWN_WORDS = 12
LEAST_ALIKE = 0.5


def problem_of(value: Value, field: Field) -> Problem | None:
    """The first demand of the field that the value does not meet; None where it meets all.

    Uniqueness and keys need the other rows: see `checking`.
    """
    if value is None:
        if field.required:
            return Problem("没有填写", f"请填写“{field.title}”", "")
        return None
    found = _text(value, field) if isinstance(value, str) else None
    if slip := found or _range(value, field):
        return Problem(*slip, canonical.write(value))
    return None


def _text(value: str, field: Field) -> tuple[str, str] | None:
    if field.enum and value not in field.enum:
        return "不在规定的值当中", f"请改成其中之一：{_listed(field.enum)}{_nearest(value, field.enum)}"
    if field.pattern and not _compiled(field.pattern).fullmatch(value):
        example = f"，例如 {field.example}" if field.example else f"（{field.pattern}）"
        return "写法不合规定", f"请按规定的写法填写{example}"
    if field.min_length is not None and len(value) < field.min_length:
        return f"太短，至少 {field.min_length} 字", "请补全"
    if field.max_length is not None and len(value) > field.max_length:
        return f"太长，至多 {field.max_length} 字，现有 {len(value)} 字", "请缩短"
    if field.check is Check.USCC and (slip := credit_code_slip(value)):
        return slip, "请对照营业执照或者登记证书核对 18 位统一社会信用代码"
    if field.check is Check.ID_NUMBER and (slip := id_number_slip(value)):
        return slip, "请对照身份证核对 18 位号码"
    return None


def credit_code_slip(code: str) -> str:
    """What is wrong with a 统一社会信用代码 (GB 32100-2015); "" for nothing."""
    if len(code) != 18:
        return f"统一社会信用代码应是 18 位，现有 {len(code)} 位"
    if not _CREDIT_CODE.fullmatch(code):
        return "统一社会信用代码只有数字和大写字母（没有 I、O、S、V、Z）"
    if uscc.calc_check_digit(code[:17]) != code[17]:
        return "统一社会信用代码的校验码不对，多半抄错了一位"
    return ""


def id_number_slip(number: str) -> str:
    """What is wrong with a 公民身份号码 (GB 11643-1999); "" for nothing.

    The county is not looked up: lists of former counties are never whole.
    """
    if len(number) != 18:
        return f"公民身份号码应是 18 位，现有 {len(number)} 位"
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return "公民身份号码是 17 位数字加一位数字或者 X"
    if number[:2] not in PROVINCES or not is_birth(number[6:14]):
        return "公民身份号码里的地区或者出生日期不存在"
    if ric.calc_check_digit(number) != number[17]:
        return "公民身份号码的校验码不对，多半抄错了一位"
    return ""


def _range(value: Value, field: Field) -> tuple[str, str] | None:
    if field.minimum is not None and _below(value, field.minimum, field.type):
        return f"小于规定的最小值 {field.minimum}", "请核对数值和计量单位"
    if field.maximum is not None and _below(value, field.maximum, field.type, above=True):
        return f"大于规定的最大值 {field.maximum}", "请核对数值和计量单位"
    return None


def _below(value: Value, bound: int | float | str, kind: Type, *, above: bool = False) -> bool:
    """Whether a value lies under the bound, or over it. Times compare as their canonical text does."""
    if kind.is_numeric and isinstance(value, (int, Decimal)) and not isinstance(bound, str):
        limit = Decimal(repr(bound))
        return value > limit if above else value < limit
    if isinstance(value, (str, dt.date)) and isinstance(bound, str):
        text = canonical.write(value)
        return text > bound if above else text < bound
    return False


def _listed(words: tuple[str, ...]) -> str:
    shown = "、".join(words[:_SHOWN_WORDS])
    return f"{shown}等 {len(words)} 个" if len(words) > _SHOWN_WORDS else shown


def _nearest(value: str, words: tuple[str, ...]) -> str:
    """The allowed word that is most like the value, where one is like it at all."""
    found = difflib.get_close_matches(value, words, n=1, cutoff=LEAST_ALIKE)
    return f"（最接近的是“{found[0]}”）" if found else ""


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
