"""Which column of a file is which field of the register: proposed with its reason, confirmed by a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from yangguang.rules.tables import units
from yangguang.rules.tables.grid import folded
from yangguang.rules.tables.schema import Descriptor, Field

LEAST_ALIKE = 0.58
LEAD = 0.1
"""How much more alike than the next field a similar one must be."""


class How(StrEnum):
    """Why a column is taken for a field, the surest first."""

    REMEMBERED = "remembered"
    EXACT = "exact"
    ALIAS = "alias"
    FOLDED = "folded"
    SIMILAR = "similar"
    NONE = "none"


WORDS = {
    How.REMEMBERED: "上次确认过",
    How.EXACT: "名称相同",
    How.ALIAS: "是登记的别名",
    How.FOLDED: "除全角半角、空格、括号、单位外相同",
    How.SIMILAR: "名称相近，请核对",
    How.NONE: "没有对应的列",
}
_SURE = {
    How.REMEMBERED: 1.0,
    How.EXACT: 1.0,
    How.ALIAS: 0.95,
    How.FOLDED: 0.9,
    How.SIMILAR: 0.0,
    How.NONE: 0.0,
}


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one column of a file (counted from 0).

    `field` is the field's name, "" for none; `sure` goes from 0 to 1. `rivals` are fields that another
    column wants as well, or that are as much alike: a person decides. `unit` is the unit that heading or
    sheet state where it is not the field's own: figures are converted from it. `problem` says in Chinese
    what keeps the column from being used as it is.
    """

    column: int
    heading: str
    field: str = ""
    how: How = How.NONE
    sure: float = 0.0
    rivals: tuple[str, ...] = ()
    unit: str = ""
    problem: str = ""


def propose(
    names: Sequence[str],
    descriptor: Descriptor,
    *,
    sheet_units: tuple[str, ...] = (),
    remembered: Mapping[str, str] | None = None,
) -> tuple[Proposal, ...]:
    """One proposal for each heading, in order. No field is ever proposed for two columns.

    `remembered` maps headings to names of fields ("" for "leave it out") as a person confirmed them before.
    """
    found = [_certain(column, name, descriptor, remembered or {}) for column, name in enumerate(names)]
    found = _settled(found)
    found = _similar(found, descriptor, remembered or {})
    return tuple(with_unit(each, descriptor, sheet_units) for each in found)


def missing(proposals: Sequence[Proposal], descriptor: Descriptor) -> tuple[Field, ...]:
    """Fields that must be given and have no column."""
    given = {each.field for each in proposals}
    needed = {field.name for field in descriptor.fields if field.required} | set(descriptor.primary_key)
    return tuple(field for field in descriptor.fields if field.name in needed - given)


def alike(first: str, second: str) -> float:
    """How alike two headings are, 0 to 1: the mean of the shares of common pairs of characters (Dice) and of
    characters that need no change (Levenshtein)."""
    one, two = folded(first), folded(second)
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    pairs_one, pairs_two = _pairs(one), _pairs(two)
    common = sum(min(count, pairs_two.get(pair, 0)) for pair, count in pairs_one.items())
    dice = 2 * common / (sum(pairs_one.values()) + sum(pairs_two.values()))
    return (dice + 1 - _distance(one, two) / max(len(one), len(two))) / 2


def _certain(column: int, heading: str, descriptor: Descriptor, remembered: Mapping[str, str]) -> Proposal:
    """The field whose name the heading is, in one spelling or another."""
    nothing = Proposal(column, heading)
    if not heading:
        return nothing
    if heading in remembered:
        name = remembered[heading]
        if not name:
            return replace(nothing, how=How.REMEMBERED, sure=1.0)
        if name in descriptor.names:
            return replace(nothing, field=name, how=How.REMEMBERED, sure=1.0)
    for how, names_of in ((How.EXACT, _own_names), (How.ALIAS, _aliases), (How.FOLDED, _folded_names)):
        forms = _spellings(heading) if how is How.FOLDED else {heading}
        fields = [field.name for field in descriptor.fields if forms & names_of(field)]
        if len(fields) == 1:
            return replace(nothing, field=fields[0], how=how, sure=_SURE[how])
        if fields:
            return replace(nothing, rivals=tuple(fields), problem=_doubt(fields, descriptor))
    return nothing


def _own_names(field: Field) -> set[str]:
    return {field.title, field.name}


def _aliases(field: Field) -> set[str]:
    return set(field.aliases)


def _folded_names(field: Field) -> set[str]:
    words = (field.title, field.name, *field.aliases)
    return {folded(form) for word in words for form in (word, units.without_unit(word))}


def _spellings(heading: str) -> set[str]:
    """Forms of a heading that count as the same: without its unit, without a remark in brackets at its end,
    without the levels above its last."""
    last = heading.rpartition("/")[2] or heading
    bare = units.without_unit(heading)
    unbracketed = re.sub(r"[(（][^()（）]*(?:必填|选填|可空|盖章)[^()（）]*[)）]$", "", bare)
    return {folded(form) for form in (heading, bare, unbracketed, last, units.without_unit(last))}


def _settled(found: list[Proposal]) -> list[Proposal]:
    """Where two columns want one field, the surer one has it; where both are as sure, neither."""
    settled = []
    for each in found:
        others = [other for other in found if other.field == each.field and other is not each]
        if each.field and any(other.sure >= each.sure for other in others):
            rivals = "、".join(other.heading for other in others)
            words = f"“{rivals}”也对应这一列，请选定其中一个"
            each = replace(each, field="", how=How.NONE, sure=0.0, rivals=(each.field,), problem=words)
        settled.append(each)
    return settled


def _similar(found: list[Proposal], descriptor: Descriptor, remembered: Mapping[str, str]) -> list[Proposal]:
    """The most alike of the fields that are left, best pairs first, only where the next is well behind."""
    taken = {each.field for each in found if each.field} | {rival for each in found for rival in each.rivals}
    free = [field for field in descriptor.fields if field.name not in taken]
    open_columns = [
        each for each in found if each.how is How.NONE and not each.rivals and _may_be_similar(each.heading)
    ]
    scores = sorted(
        (
            (_alike_to(each.heading, field), each.column, field.name)
            for each in open_columns
            for field in free
        ),
        reverse=True,
    )
    result = list(found)
    for score, column, name in scores:
        if score < LEAST_ALIKE or name in taken or result[column].rivals or result[column].field:
            continue
        near = [
            (other_column, other_name)
            for other, other_column, other_name in scores
            if other > score - LEAD
            and other >= LEAST_ALIKE
            and (other_column == column) != (other_name == name)
        ]
        if near:
            fields = tuple(dict.fromkeys([name, *(other for _, other in near)]))
            result[column] = replace(result[column], rivals=fields, problem=_doubt(fields, descriptor))
            continue
        result[column] = replace(result[column], field=name, how=How.SIMILAR, sure=round(score, 2))
        taken.add(name)
    return result


def _may_be_similar(heading: str) -> bool:
    return len(folded(heading)) >= 2


def _alike_to(heading: str, field: Field) -> float:
    return max(
        alike(form, units.without_unit(word))
        for form in {heading, units.without_unit(heading)}
        for word in (field.title, *field.aliases)
    )


def _doubt(fields: Sequence[str], descriptor: Descriptor) -> str:
    titles = "、".join(descriptor.field(name).title for name in fields)
    return f"可能是{titles}，请选定"


def with_unit(proposal: Proposal, descriptor: Descriptor, sheet_units: tuple[str, ...]) -> Proposal:
    """The proposal with its unit: compare the one that heading or sheet state with the field's own."""
    if not proposal.field:
        return proposal
    field = descriptor.field(proposal.field)
    stated = units.of_heading(proposal.heading)
    if not field.type.is_numeric:
        return proposal
    if not stated:
        unit = units.for_field(sheet_units, field.unit)
        return replace(proposal, unit=unit) if unit and units.factor(unit, field.unit) != 1 else proposal
    factor = units.factor(stated, field.unit)
    if factor is None:
        wanted = f"“{field.unit}”" if field.unit else "没有写明"
        return replace(proposal, problem=f"表头的单位是“{stated}”，登记册的单位{wanted}，不能换算")
    return replace(proposal, unit=stated) if factor != 1 else proposal


def _pairs(text: str) -> dict[str, int]:
    """Pairs of neighbouring characters with their counts, the edges counting as characters."""
    framed = f"^{text}$"
    counts: dict[str, int] = {}
    for place in range(len(framed) - 1):
        counts[framed[place : place + 2]] = counts.get(framed[place : place + 2], 0) + 1
    return counts


def _distance(first: str, second: str) -> int:
    """Levenshtein's distance."""
    before = list(range(len(second) + 1))
    for row, sign in enumerate(first, 1):
        now = [row]
        for column, other in enumerate(second, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (sign != other)))
        before = now
    return before[-1]
