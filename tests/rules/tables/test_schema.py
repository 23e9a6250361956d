"""A register's descriptor: read, refused with all its slips, given back, compared with the next."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from yangguang.rules.tables.cells import Cell, read_cell
from yangguang.rules.tables.schema import DescriptorProblem, Intake, Kind, Type, compare, read, table_schema

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "plans/shenzhen-2017/registers").glob("*.json"))
WATER: dict[str, Any] = {
    "name": "water-sources",
    "title": "饮用水水源水质",
    "kind": "series",
    "cadence": "monthly",
    "intake": "period",
    "period": "month",
    "measure": {"field": "source_name", "count": 11, "unit": "座"},
    "chart": {"mark": "line", "x": "month", "y": "rate", "series": "source_name", "title": "达标率"},
    "schema": {
        "fields": [
            {"name": "month", "title": "月份", "type": "yearmonth", "constraints": {"required": True}},
            {"name": "source_name", "title": "水源名称", "type": "string", "aliases": ["水源地"]},
            {
                "name": "rate",
                "title": "达标率",
                "type": "number",
                "unit": "%",
                "constraints": {"maximum": 100},
            },
            {"name": "grade", "title": "类别", "type": "string", "constraints": {"enum": ["Ⅱ类", "Ⅲ类"]}},
            {"name": "phone", "title": "电话", "type": "string", "reporting": True},
        ],
        "primaryKey": ["month", "source_name"],
        "missingValues": ["", "-"],
    },
}


def changed(*path: Any, to: Any) -> dict[str, Any]:
    """The example with one value of it changed."""
    told = copy.deepcopy(WATER)
    place: Any = told
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return told


def test_a_descriptor_is_read_into_values() -> None:
    register = read(WATER)
    assert register.kind is Kind.SERIES
    assert register.intake is Intake.PERIOD
    assert register.field("rate").type is Type.NUMBER
    assert register.primary_key == ("month", "source_name")
    assert [field.name for field in register.public_fields] == ["month", "source_name", "rate", "grade"]
    assert register.measure is not None
    assert register.measure.count == 11
    with pytest.raises(KeyError):
        register.field("none")


SLIPS: list[tuple[tuple[Any, ...], Any, str]] = [
    (("name",), "Water Sources", "name：“Water Sources”"),
    (("title",), "", "title：没有写"),
    (("kind",), "table", "kind：“table”不是其中之一：list"),
    (("cadence",), "weekly", "cadence：“weekly”不是其中之一"),
    (("intakes",), "period", "intakes：没有这个属性"),
    (("unverified",), "yes", "unverified：应是 true 或 false"),
    (("keywords",), [1], "keywords：应是文字的列表"),
    (("period",), "monat", "period：没有列“monat”"),
    (("period",), None, "period：数列（series）要有期次列"),
    (("measure", "field"), "nothing", "measure.field：没有列“nothing”"),
    (("measure", "count"), 0, "measure.count：应是正整数"),
    (("measure",), [], "measure：应是一个 JSON 对象"),
    (("chart", "mark"), "pie", "chart.mark：“pie”不是其中之一"),
    (("chart", "y"), "phone", "chart：列“phone”只上报不公开"),
    (("chart", "y"), None, "chart.y：请写明纵轴的列"),
    (("schema",), None, "schema：应是一个 JSON 对象"),
    (("schema", "fields"), [], "schema.fields：应是非空的列表"),
    (("schema", "fields", 1), "x", "schema.fields[1]：应是一个 JSON 对象"),
    (("schema", "fields", 1, "name"), "水源", "schema.fields[1].name"),
    (("schema", "fields", 1, "name"), "MONTH", "“month”重复"),
    (("schema", "fields", 1, "aliases"), ["月份"], "“月份”重复"),
    (("schema", "fields", 1, "type"), "text", "schema.fields[1].type：“text”不是其中之一"),
    (("schema", "fields", 1, "alias"), "x", "schema.fields[1].alias：没有这个属性"),
    (("schema", "fields", 1, "constraints"), {"pattern": "("}, "不是正确的正则表达式"),
    (("schema", "fields", 1, "constraints"), {"pattern": "(?=a)a"}, "不能用环视"),
    (("schema", "fields", 1, "constraints"), {"pattern": r"(a)\1"}, "不能用环视"),
    (("schema", "fields", 1, "constraints"), {"minLength": -1}, "minLength：应是非负整数"),
    (("schema", "fields", 1, "constraints"), {"minLength": 5, "maxLength": 2}, "minLength 大于 maxLength"),
    (("schema", "fields", 1, "constraints"), {"minimum": 5}, "只用于数值列"),
    (("schema", "fields", 2, "constraints"), {"minimum": 5, "maximum": 2}, "minimum 大于 maximum"),
    (("schema", "fields", 2, "constraints"), {"pattern": "x"}, "只用于 string 列"),
    (("schema", "fields", 2, "check"), "uscc", "check 只用于 string 列"),
    (("schema", "fields", 3, "constraints"), {"enum": ["Ⅱ类", "Ⅱ类"]}, "enum“Ⅱ类”重复"),
    (("schema", "primaryKey"), ["phone"], "primaryKey：列“phone”只上报不公开"),
    (("schema", "primaryKey"), ["fax"], "primaryKey：没有列“fax”"),
    (
        ("schema", "foreignKeys"),
        [{"fields": ["fax"], "reference": {"resource": "units", "fields": ["name"]}}],
        "foreignKeys：没有列“fax”",
    ),
    (
        ("schema", "foreignKeys"),
        [{"fields": ["grade"], "reference": {"resource": "units", "fields": ["a", "b"]}}],
        "列数应相同",
    ),
]


@pytest.mark.parametrize(("path", "value", "words"), SLIPS, ids=lambda value: str(value)[:40])
def test_a_slip_is_told_with_its_place(path: tuple[Any, ...], value: Any, words: str) -> None:
    with pytest.raises(DescriptorProblem) as caught:
        read(changed(*path, to=value))
    assert any(words in problem for problem in caught.value.problems), caught.value.problems


def test_all_slips_are_told_at_once() -> None:
    told = changed("kind", to="table")
    told["cadence"] = "weekly"
    told["schema"]["fields"][2]["type"] = "float"
    with pytest.raises(DescriptorProblem) as caught:
        read(told)
    assert len(caught.value.problems) == 3


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(DescriptorProblem):
        read([1, 2])


def test_the_public_schema_leaves_out_what_is_only_reported() -> None:
    schema = table_schema(read(WATER))
    assert [field["name"] for field in schema["fields"]] == ["month", "source_name", "rate", "grade"]
    assert schema["missingValues"] == [""]
    assert schema["primaryKey"] == ["month", "source_name"]
    assert schema["fields"][2] == {
        "name": "rate",
        "title": "达标率",
        "type": "number",
        "unit": "%",
        "constraints": {"maximum": 100},
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_register_is_read_and_given_back_unchanged(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    register = read(told)
    again = read({**told, "schema": table_schema(register, public=False)})
    assert again == register
    for field in register.fields:
        assert not field.example or isinstance(read_cell(field.example, field), Cell), field.name


def test_there_are_shipped_registers() -> None:
    assert len(SHIPPED) >= 40


# what changes | in the new descriptor | what breaks
BREAKS: list[tuple[tuple[Any, ...], Any, list[str]]] = [
    (("title",), "新名", []),
    (("schema", "fields", 2, "title"), "合格率", []),
    (("schema", "fields", 3, "constraints"), {"enum": ["Ⅰ类", "Ⅱ类", "Ⅲ类"]}, []),
    (("schema", "fields", 3, "constraints"), {}, []),
    (("schema", "fields", 3, "constraints"), {"enum": ["Ⅱ类"]}, ["enum_narrowed"]),
    (("schema", "fields", 1, "constraints"), {"enum": ["铁岗"]}, ["enum_narrowed"]),
    (("schema", "fields", 2, "type"), "integer", ["type_changed"]),
    (("schema", "fields", 2, "unit"), "‰", ["unit_changed"]),
    (("schema", "fields", 3, "reporting"), True, ["column_gone"]),
    (("schema", "fields", 3, "name"), "class", ["column_gone"]),
    (("schema", "primaryKey"), ["source_name"], ["key_changed"]),
    (("period",), "source_name", ["period_changed"]),
]


@pytest.mark.parametrize(("path", "value", "kinds"), BREAKS, ids=lambda value: str(value)[:40])
def test_what_breaks_for_readers_is_named(path: tuple[Any, ...], value: Any, kinds: list[str]) -> None:
    found = compare(read(WATER), read(changed(*path, to=value)))
    assert [each.kind for each in found] == kinds
    assert all(each.words for each in found)
