"""At least six hundred datasets for the sample: what every unit keeps, and what every district keeps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from yangguang.rules.periods import span_of
from yangguang.rules.tables.schema import Descriptor
from yangguang.sample.conduct import dice
from yangguang.sample.registers.cells import Value, code
from yangguang.sample.registers.themes import OF_EVERY_DISTRICT, OF_EVERY_UNIT

_CYCLES = {
    "daily": "每日",
    "monthly": "每月",
    "quarterly": "每季度",
    "half_yearly": "每半年",
    "yearly": "每年",
}


class Place(NamedTuple):
    """A unit as the sample sees it."""

    slug: str
    name: str
    is_district: bool


def datasets(registers: Mapping[str, Descriptor], units: Iterable[Place]) -> Iterator[Descriptor]:
    """A register for each unit and each theme that it keeps, made from the register of that theme.

    They serve no duty; a theme whose register belongs to the unit already is left out. Names are
    unique: <register>-<unit>.
    """
    for unit in units:
        themes = OF_EVERY_UNIT + (OF_EVERY_DISTRICT if unit.is_district else ())
        for theme in themes:
            if registers[theme].unit != unit.name:
                yield _of_unit(registers[theme], unit)


def _of_unit(register: Descriptor, unit: Place) -> Descriptor:
    subject = register.title.removeprefix("全市").removeprefix("市属")
    return replace(
        register,
        name=f"{register.name}-{unit.slug}",
        title=f"{unit.name}{subject}",
        description=f"{unit.name}的{subject}（示例）。",
        unit=unit.name,
        obligations=(),
        publication=f"{unit.name}数据集：{'{period}' if register.period else ''}{subject}",
        measure=None,
        foreign_keys=(),
    )


def catalogue_rows(
    catalogue: Descriptor, registers: Sequence[Descriptor], period: str
) -> list[dict[str, Value]]:
    """The rows of the open data catalogue for these datasets, one each, released in three batches."""
    span = span_of(period)
    example = catalogue.field("dataset_id").example
    rows: list[dict[str, Value]] = []
    for number, register in enumerate(registers, 1):
        lot = dice("catalogue", register.name)
        batch = lot.randrange(3)
        known: dict[str, Value] = {
            "year": span.opens_on.year,
            "dataset_id": register.name or code(example, number),
            "dataset_name": register.title,
            "provider": register.unit,
            "theme": register.topic,
            "is_key_area": True,
            "summary": register.description,
            "fields": "、".join(field.title for field in register.public_fields),
            "format": "CSV、XLSX、JSON Lines、Parquet",
            "openness": "无条件开放",
            "update_cycle": _CYCLES.get(register.cadence, "不定期"),
            "record_count": lot.randint(12, 5_000),
            "batch": f"{span.opens_on.year}年第{'一二三'[batch]}批",
            "released_on": span.opens_on.replace(month=(3, 6, 9)[batch], day=lot.randint(1, 28)),
        }
        rows.append({name: known.get(name) for name in catalogue.names})
    return rows
