"""Read a signed plan (分工方案) from the lines and tables of its source."""

from yangguang.rules.plan_table.as_json import to_json
from yangguang.rules.plan_table.drafts import Notice
from yangguang.rules.plan_table.reading import read_plan
from yangguang.rules.plan_table.source import (
    Block,
    Cell,
    Grid,
    Paragraph,
    Place,
    Simplify,
    SourceLine,
    Unreadable,
    key_of,
)
from yangguang.rules.plan_table.values import Area, Placed, PlanReading, Task

__all__ = [
    "Area",
    "Block",
    "Cell",
    "Grid",
    "Notice",
    "Paragraph",
    "Place",
    "Placed",
    "PlanReading",
    "Simplify",
    "SourceLine",
    "Task",
    "Unreadable",
    "key_of",
    "read_plan",
    "to_json",
]
