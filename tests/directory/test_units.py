"""Units load from a plan's folder; names resolve; groups and reorganisations unfold by day."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from yangguang.directory import actions, queries, units_file
from yangguang.directory.models import Membership, Succession, Unit, UnitAlias

FILES = sorted(Path(settings.PLANS).glob("*/units.toml"))
SHENZHEN = Path(settings.PLANS) / "shenzhen-2017" / "units.toml"


def counts() -> list[int]:
    return [model.objects.count() for model in (Unit, UnitAlias, Membership, Succession)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_shipped_list_of_units_reads(file: Path) -> None:
    listed = units_file.read(file)
    slugs = [unit.slug for unit in listed.units]
    assert len(set(slugs)) == len(slugs)
    assert len({unit.name for unit in listed.units}) == len(listed.units)


@pytest.mark.django_db
def test_loading_twice_changes_nothing() -> None:
    actions.load(units=SHENZHEN, aliases={"市发改委": "市发展改革委"})
    once = counts()
    actions.load(units=SHENZHEN, aliases={"市发改委": "市发展改革委"})
    assert counts() == once
    assert once[0] > 35


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("市发展改革委", "市发展改革委"),
        ("市发改委", "市发展改革委"),
        (" 市 发改委 ", "市发展改革委"),
        ("市不存在局", None),
        ("", None),
    ],
)
def test_a_unit_is_found_by_its_name_or_an_alias(asked: str, found: str | None) -> None:
    actions.load(units=SHENZHEN, aliases={"市发改委": "市发展改革委"})
    unit = queries.resolve(asked)
    assert (unit.name if unit else None) == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("unit", "day", "answering"),
    [
        ("市教育局", "2017-11-30", ["市教育局"]),
        ("市人居环境委", "2017-11-30", ["市人居环境委"]),
        ("市人居环境委", "2018-12-31", ["市人居环境委"]),
        ("市人居环境委", "2019-01-01", ["市生态环境局"]),
        ("市经贸信息委", "2020-01-01", ["市工业和信息化局", "市商务局"]),
    ],
)
def test_a_reorganised_unit_is_answered_for_by_its_successors(
    unit: str, day: str, answering: list[str]
) -> None:
    actions.load(units=SHENZHEN)
    found = queries.expand(Unit.objects.get(name=unit), dt.date.fromisoformat(day))
    assert [one.name for one in found] == answering


@pytest.mark.django_db
def test_the_districts_are_ten_and_their_members_change_with_the_day() -> None:
    actions.load(units=SHENZHEN)
    districts = Unit.objects.get(name="各区")
    assert len(queries.expand(districts, dt.date(2017, 7, 1))) == 10
    Membership.objects.filter(member__name="大鹏新区管委会").update(until=dt.date(2017, 9, 1))
    assert len(queries.expand(districts, dt.date(2017, 8, 31))) == 10
    assert len(queries.expand(districts, dt.date(2017, 9, 1))) == 9
    assert "光明区政府" in [unit.name for unit in queries.expand(districts, dt.date(2018, 10, 1))]


@pytest.mark.django_db
def test_both_tax_bureaus_are_followed_by_one() -> None:
    actions.load(units=SHENZHEN)
    group = Unit.objects.create(slug="tax", name="税务机关", kind=Unit.Kind.GROUP)
    for name in ("市国税局", "市地税局"):
        Membership.objects.create(group=group, member=Unit.objects.get(name=name))
    assert [unit.name for unit in queries.expand(group, dt.date(2018, 7, 1))] == ["市税务局"]


@pytest.mark.django_db
def test_a_loop_of_successions_does_not_hang() -> None:
    first, second = (Unit.objects.create(slug=slug, name=slug) for slug in ("jia", "yi"))
    for one, other in ((first, second), (second, first)):
        Succession.objects.create(predecessor=one, successor=other, on=dt.date(2017, 1, 1))
    assert queries.expand(first, dt.date(2017, 2, 1)) == [first]


UNIT = '[[unit]]\nslug = "jia"\nname = "市甲局"\nkind = "department"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[unit]]\nslug = "jia"\n', "第 1 条 unit 缺少"),
        (UNIT + 'colour = "red"\n', "不认识的键"),
        (UNIT.replace("department", "ministry"), "只能是"),
        (UNIT + '[[group]]\nslug = "g"\nname = "各局"\nmembers = ["市乙局"]\n', "“市乙局”没有列出"),
        ("[[people]]\n", "不认识的部分"),
        ("unit = ", "不是有效的 TOML"),
    ],
)
def test_a_mistake_in_the_list_is_named_with_file_and_entry(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "units.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(units_file.UnitsFileProblem, match=sentence) as problem:
        units_file.read(file)
    assert str(file) in str(problem.value)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(units_file.UnitsFileProblem, match="不存在"):
        units_file.read(tmp_path / "units.toml")
