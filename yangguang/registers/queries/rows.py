"""One row of a register by its primary key: read from what a person typed, found in the versions."""

from collections.abc import Mapping
from typing import Any

from yangguang.registers.models import Register, Version
from yangguang.rules.tables.cells import read_cell
from yangguang.rules.tables.outcome import Problem
from yangguang.rules.tables.query import Value
from yangguang.warehouse.tables import reading
from yangguang.warehouse.tables.stored import Stored


def key_of(register: Register, told: Mapping[str, str]) -> dict[str, Value]:
    """The primary key from text, each part read by its column's type. Raises ValueError, naming the column."""
    described = register.described
    found: dict[str, Value] = {}
    for name in described.primary_key:
        field = described.field(name)
        read = read_cell(told.get(name, "").strip(), field)
        if isinstance(read, Problem):
            raise ValueError(f"{field.title}：{read.message}。{read.remedy}")
        if read.value is None:
            raise ValueError(f"请填写“{field.title}”：主键各列都要写全")
        found[name] = read.value
    return found


def holding(register: Register, key: Mapping[str, Value]) -> list[tuple[Version, dict[str, Any]]]:
    """The versions that hold the row of this key, the newest first, each with the row's public values."""
    found = []
    for version in register.versions.order_by("-number"):
        stored = Stored.public(version.served, version.described)
        if not set(key) <= {field.name for field in stored.fields}:
            continue
        if (row := reading.row(stored, key)) is not None:
            found.append((version, row))
    return found
