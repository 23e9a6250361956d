"""Every register that the plan names: its descriptor, the duty it serves, the title that the duty knows."""

import json
import tomllib
from collections.abc import Iterable
from typing import Any

import pytest

from tests.plans.plan_text import FOLDER, printed_tasks, reviewed_files
from yangguang.rules.matching import Wanted, fold, says
from yangguang.rules.obligations_file import ReviewedObligation, read_reviewed
from yangguang.rules.tables.schema import read

PERIODS = {
    "daily": "2017年8月14日",
    "monthly": "2017年8月",
    "quarterly": "2017年第三季度",
    "half_yearly": "2017年上半年",
    "yearly": "2017年",
}
STRUCTURED = {"list", "series", "cases", "project", "dataset"}
# Registers for duties that were reviewed as documents: the plan's words ask for tables all the same.
BESIDE_DOCUMENTS = {"12.2b", "14.2b"}
# The register that supports a task of internal work: shown with it, never judged by it.
INTERNAL = {"5.10a"}


def read_all() -> dict[str, dict[str, Any]]:
    files = sorted((FOLDER / "registers").glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def read_duties() -> dict[str, ReviewedObligation]:
    texts = {id: task.text for id, task in printed_tasks().items()}
    return {one.id: one for one in read_reviewed(reviewed_files(), texts).obligations}


REGISTERS, DUTIES = read_all(), read_duties()
UNITS = tomllib.loads((FOLDER / "units.toml").read_text(encoding="utf-8"))
GROUPS = {group["name"]: frozenset(group["members"]) for group in UNITS["group"]}
NAMES = {unit["name"] for unit in UNITS["unit"]} | GROUPS.keys()
LEADS = {id: task.leads for id, task in printed_tasks().items()}

each_register = pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)


def members(units: Iterable[str]) -> set[str]:
    return {member for unit in units for member in GROUPS.get(unit, frozenset((unit,)))}


def duties_of(unit: str) -> list[ReviewedObligation]:
    """What the unit, or any member of the group, has to publish."""
    return [one for one in DUTIES.values() if members(one.units or LEADS[one.task]) & members((unit,))]


def duties_served(unit: str, kind: str, title: str, keywords: Iterable[str]) -> set[str]:
    """The duties of the unit that a publication with that title and those keywords would be taken for."""
    text = fold("\n".join((title, *keywords)))
    wanted = {one.id: Wanted(one.words, frozenset(one.forms)) for one in duties_of(unit)}
    return {id for id, rule in wanted.items() if rule.accepts(kind) and says(rule, text)}


@each_register
def test_a_register_is_named_as_its_file_and_belongs_to_a_unit_of_the_plan(register: dict[str, Any]) -> None:
    assert REGISTERS[register["name"]] is register
    assert register["unit"] in NAMES
    assert set(register["obligations"]) <= {one.id for one in duties_of(register["unit"])}


@each_register
def test_the_product_reads_it(register: dict[str, Any]) -> None:
    assert read(register).names == tuple(field["name"] for field in register["schema"]["fields"])


@each_register
def test_its_publication_is_taken_for_its_own_duties_and_for_no_other(register: dict[str, Any]) -> None:
    title = register["publication"].replace("{period}", PERIODS.get(register["cadence"], "2017年"))
    served = duties_served(register["unit"], register["kind"], title, register["keywords"])
    assert served == set(register["obligations"]) - INTERNAL


def test_every_duty_of_a_structured_form_has_a_register() -> None:
    structured = {one.id for one in DUTIES.values() if one.form in STRUCTURED}
    served = {id for register in REGISTERS.values() for id in register["obligations"]}
    assert served == structured | BESIDE_DOCUMENTS | INTERNAL


@each_register
def test_a_title_names_its_period_exactly_where_the_file_of_a_period_replaces_its_rows(
    register: dict[str, Any],
) -> None:
    duties = [DUTIES[id] for id in register["obligations"]]
    repeats = any(one.due.kind in PERIODS for one in duties)
    assert ("{period}" in register["publication"]) >= repeats
    if "{period}" in register["publication"]:
        assert register["cadence"] in PERIODS


@each_register
def test_foreign_keys_point_to_a_column_of_the_same_type_in_a_register_of_the_same_unit(
    register: dict[str, Any],
) -> None:
    types = {field["name"]: field["type"] for field in register["schema"]["fields"]}
    for key in register["schema"].get("foreignKeys", []):
        other = REGISTERS[key["reference"]["resource"]]
        there = {field["name"]: field["type"] for field in other["schema"]["fields"]}
        assert other["unit"] == register["unit"]
        assert [types[name] for name in key["fields"]] == [there[name] for name in key["reference"]["fields"]]
        assert set(key["reference"]["fields"]) <= set(other["schema"]["primaryKey"])


@each_register
def test_every_column_has_a_chinese_title_and_says_what_it_holds(register: dict[str, Any]) -> None:
    for field in register["schema"]["fields"]:
        assert all(field[name] for name in ("title", "description")), field["name"]
    assert all(register[name] for name in ("title", "description", "source", "topic"))


def test_people_are_reported_never_shown() -> None:
    shown = [
        (name, field["name"])
        for name, register in REGISTERS.items()
        for field in register["schema"]["fields"]
        if field.get("check") == "id_number" and not field.get("reporting")
    ]
    assert shown == []


def test_the_measures_of_the_plan_are_those_of_the_registers() -> None:
    measured = {
        f"{register['measure']['count']}{register['measure']['unit']}": register["name"]
        for register in REGISTERS.values()
        if register["measure"]
    }
    assert measured == {"11座": "drinking-water-sources", "600项": "open-data-catalogue"}


def test_the_readme_names_every_register() -> None:
    text = (FOLDER / "registers" / "README.md").read_text(encoding="utf-8")
    assert [name for name in REGISTERS if f"`{name}`" not in text] == []
