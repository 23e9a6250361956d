"""Reads the file that lists the units of one government (`plans/<plan>/units.toml`)."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yangguang.directory.models import Unit

SECTIONS = {
    "unit": {"slug", "name", "kind", "note"},
    "group": {"slug", "name", "members", "note"},
    "succession": {"predecessor", "successor", "on", "source", "verified"},
}


class UnitsFileProblem(ValueError):
    """The list of units cannot be used. The text names the file, the entry and the remedy."""


@dataclass(frozen=True)
class ListedUnit:
    """A unit or a group; `members` are names and stand only with groups."""

    slug: str
    name: str
    kind: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListedSuccession:
    predecessor: str
    successor: str
    on: dt.date
    source: str
    verified: bool


@dataclass(frozen=True)
class UnitsFile:
    units: tuple[ListedUnit, ...]
    successions: tuple[ListedSuccession, ...]


def read(path: Path) -> UnitsFile:
    """The units, groups and reorganisations in `path`. Raises UnitsFileProblem."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnitsFileProblem(f"{path} 不存在：每个方案文件夹须有 units.toml，列出它的单位") from None
    except tomllib.TOMLDecodeError as problem:
        raise UnitsFileProblem(f"{path} 不是有效的 TOML：{problem}") from None
    return parse(data, str(path))


def parse(data: Mapping[str, Any], name: str) -> UnitsFile:
    """The same from parsed TOML; `name` stands in error sentences."""
    entries = {section: _entries(data, section, name) for section in SECTIONS}
    if unknown := set(data) - set(SECTIONS):
        raise UnitsFileProblem(f"{name}：不认识的部分 {sorted(unknown)}：只能写 unit、group、succession")
    units = [ListedUnit(e["slug"], e["name"], _kind(e, name)) for e in entries["unit"]]
    groups = [
        ListedUnit(e["slug"], e["name"], Unit.Kind.GROUP, tuple(e["members"])) for e in entries["group"]
    ]
    successions = [
        ListedSuccession(e["predecessor"], e["successor"], e["on"], e["source"], e["verified"])
        for e in entries["succession"]
    ]
    known = {unit.name for unit in units}
    named = [(group.name, member) for group in groups for member in group.members]
    named += [
        (entry.predecessor, unit) for entry in successions for unit in (entry.predecessor, entry.successor)
    ]
    for entry_name, unit in named:
        if unit not in known:
            raise UnitsFileProblem(f"{name}：“{entry_name}”提到的单位“{unit}”没有列出：请先加一条 [[unit]]")
    return UnitsFile((*units, *groups), tuple(successions))


def _entries(data: Mapping[str, Any], section: str, name: str) -> list[dict[str, Any]]:
    keys = SECTIONS[section]
    required = keys - {"note"}
    entries: list[dict[str, Any]] = data.get(section, [])
    for place, entry in enumerate(entries, 1):
        if unknown := set(entry) - keys:
            raise UnitsFileProblem(f"{name}：第 {place} 条 {section} 有不认识的键 {sorted(unknown)}")
        if missing := required - set(entry):
            raise UnitsFileProblem(f"{name}：第 {place} 条 {section} 缺少 {sorted(missing)}")
    return entries


def _kind(entry: Mapping[str, str], name: str) -> str:
    kinds = {Unit.Kind.DEPARTMENT, Unit.Kind.DISTRICT, Unit.Kind.VERTICAL}
    if entry["kind"] not in kinds:
        raise UnitsFileProblem(
            f"{name}：单位“{entry['name']}”的 kind 写作 {entry['kind']!r}：只能是 {'、'.join(sorted(kinds))}"
        )
    return entry["kind"]
