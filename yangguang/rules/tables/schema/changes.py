"""What the next schema of a register breaks for those who read the last one."""

from dataclasses import dataclass
from enum import StrEnum

from yangguang.rules.tables.schema.values import Descriptor, Field


class Breaks(StrEnum):
    COLUMN_GONE = "column_gone"
    TYPE_CHANGED = "type_changed"
    UNIT_CHANGED = "unit_changed"
    KEY_CHANGED = "key_changed"
    PERIOD_CHANGED = "period_changed"
    ENUM_NARROWED = "enum_narrowed"


@dataclass(frozen=True)
class Break:
    """One thing that readers will trip over; `column` is empty where it concerns the table."""

    kind: Breaks
    column: str
    words: str


def compare(old: Descriptor, new: Descriptor) -> tuple[Break, ...]:
    """What breaks for readers between two schemas of a register, in the order of the old columns.

    New columns, new words of an enumeration, other titles and texts break nothing. A column that is no
    longer public is gone for readers.
    """
    after = {field.name: field for field in new.public_fields}
    found: list[Break] = []
    for field in old.public_fields:
        if field.name not in after:
            found.append(
                Break(Breaks.COLUMN_GONE, field.name, f"列“{field.title}”（{field.name}）不再公开或已删去")
            )
        else:
            found.extend(_column(field, after[field.name]))
    if old.primary_key != new.primary_key:
        found.append(Break(Breaks.KEY_CHANGED, "", f"主键由 {_key(old)} 改为 {_key(new)}"))
    if old.period != new.period:
        found.append(
            Break(Breaks.PERIOD_CHANGED, "", f"期次列由 {old.period or '无'} 改为 {new.period or '无'}")
        )
    return tuple(found)


def _column(old: Field, new: Field) -> list[Break]:
    found = []
    if old.type is not new.type:
        words = f"列“{old.title}”的类型由 {old.type.value} 改为 {new.type.value}"
        found.append(Break(Breaks.TYPE_CHANGED, old.name, words))
    if old.unit != new.unit:
        words = f"列“{old.title}”的计量单位由 {old.unit or '无'} 改为 {new.unit or '无'}"
        found.append(Break(Breaks.UNIT_CHANGED, old.name, words))
    gone = [word for word in old.enum if word not in new.enum]
    if new.enum and (gone or not old.enum):
        words = (
            f"列“{old.title}”不再有这些值：{'、'.join(gone)}"
            if gone
            else f"列“{old.title}”从此只能是：{'、'.join(new.enum)}"
        )
        found.append(Break(Breaks.ENUM_NARROWED, old.name, words))
    return found


def _key(descriptor: Descriptor) -> str:
    return "＋".join(descriptor.primary_key) or "无"
