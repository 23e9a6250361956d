"""Which sheet, which heading, which column is what: proposed, then chosen by a person."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from yangguang.registers.intake.sheets import Sheet
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.tables.columns import How, Proposal, missing, with_unit
from yangguang.rules.tables.columns import propose as propose_columns
from yangguang.rules.tables.headings import Heading, find_heading, heading_at
from yangguang.rules.tables.schema import Descriptor

MOST_COLUMNS = 1_000


@dataclass(frozen=True)
class Choices:
    """How a file is read: the sheet's name, the heading's rows (from 0), the field of each column ("": none),
    and the unit that figures of a field are stated in."""

    sheet: str
    first_row: int
    last_row: int
    columns: tuple[str, ...]
    units: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "columns": list(self.columns), "units": dict(self.units)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Choices":
        return cls(
            told["sheet"], told["first_row"], told["last_row"], tuple(told["columns"]), dict(told["units"])
        )


@dataclass(frozen=True)
class Proposed:
    """What is proposed for a file: how to read it, and why; `lacking` are the titles of columns that must be
    there and are not. `sure` says that nobody needs to look."""

    choices: Choices
    heading: Heading
    columns: tuple[Proposal, ...]
    lacking: tuple[str, ...]

    @property
    def sure(self) -> bool:
        doubtful = any(one.how is How.SIMILAR or one.rivals or one.problem for one in self.columns)
        return not self.lacking and not doubtful


def fingerprint(names: Sequence[str]) -> str:
    """What a matching of columns is remembered by: the headings, whatever the rows say."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def propose(
    sheets: Sequence[Sheet],
    descriptor: Descriptor,
    *,
    sheet: str = "",
    first_row: int | None = None,
    last_row: int | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
) -> Proposed:
    """The reading of a file that fits the register best; a person may name sheet and heading.

    `remembered` holds, by the headings' fingerprint, the fields that a person once chose for headings.
    Raises Unreadable where no sheet has anything like a heading.
    """
    tried = [
        found
        for one in sheets
        if (one.name == sheet if sheet else not one.hidden)
        if (found := _of_sheet(one, descriptor, first_row, last_row, remembered or {})) is not None
    ]
    if not tried:
        names = "、".join(f"“{one.name}”{'隐藏，没有看' if one.hidden else ''}" for one in sheets if one.name)
        unhide = "，或者取消隐藏后重新上传" if any(one.hidden for one in sheets) else ""
        where = f"（工作表：{names}）" if names else ""
        raise Unreadable(f"没有找到表头{where}；请确认第一行或者某一行写着各列的名称{unhide}")
    return max(tried, key=_fitness)


def units_of(heading: Heading, columns: Sequence[str], descriptor: Descriptor) -> dict[str, str]:
    """The units that heading or sheet state for the chosen fields, where figures are converted from them."""
    chosen = (
        with_unit(Proposal(place, name, field), descriptor, heading.units)
        for place, (name, field) in enumerate(zip(heading.names, columns, strict=False))
        if field
    )
    return {one.field: one.unit for one in chosen if one.unit}


def _of_sheet(
    sheet: Sheet,
    descriptor: Descriptor,
    first_row: int | None,
    last_row: int | None,
    remembered: Mapping[str, Mapping[str, str]],
) -> Proposed | None:
    if first_row is not None:
        heading: Heading | None = heading_at(sheet.rows, first_row, last_row, merges=sheet.merges)
    else:
        known = {word for field in descriptor.fields for word in (field.name, field.title, *field.aliases)}
        heading = find_heading(sheet.rows, merges=sheet.merges, known=known)
    if heading is None:
        return None
    if len(heading.names) > MOST_COLUMNS:
        raise Unreadable(
            f"表头有 {len(heading.names)} 列，超过 {MOST_COLUMNS} 列；请核对分隔符，或者删去数据以外的列"
        )
    proposals = propose_columns(
        heading.names,
        descriptor,
        sheet_units=heading.units,
        remembered=remembered.get(fingerprint(heading.names)),
    )
    choices = Choices(
        sheet.name,
        heading.first_row,
        heading.last_row,
        tuple(one.field for one in proposals),
        {one.field: one.unit for one in proposals if one.field and one.unit},
    )
    return Proposed(
        choices, heading, proposals, tuple(field.title for field in missing(proposals, descriptor))
    )


def _fitness(found: Proposed) -> tuple[float, int]:
    return sum(one.sure for one in found.columns), -len(found.lacking)
