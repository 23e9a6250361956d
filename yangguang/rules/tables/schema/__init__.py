"""What a register holds: its descriptor, read from JSON, given back as Table Schema, compared with the next."""

from yangguang.rules.tables.schema.changes import Break, Breaks, compare
from yangguang.rules.tables.schema.reading import DescriptorProblem, read
from yangguang.rules.tables.schema.table_schema import table_schema
from yangguang.rules.tables.schema.values import (
    Chart,
    Check,
    Descriptor,
    Field,
    ForeignKey,
    Intake,
    Kind,
    Measure,
    Type,
)
from yangguang.rules.tables.schema.writing import write

__all__ = [
    "Break",
    "Breaks",
    "Chart",
    "Check",
    "Descriptor",
    "DescriptorProblem",
    "Field",
    "ForeignKey",
    "Intake",
    "Kind",
    "Measure",
    "Type",
    "compare",
    "read",
    "table_schema",
    "write",
]
