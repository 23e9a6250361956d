"""Lists of units, names that only look like units, and canonical names."""

import pytest

from yangguang.rules.unit_names import AliasTable, Names, is_unit, parse_aliases, split_units

TABLE = parse_aliases(
    """
    [general.stems]
    "发改委" = "发展改革委"
    [general.likely]
    "人社局" = ["人力资源社会保障局", "人力资源保障局"]
    [general.departments]
    names = ["教育局"]
    [cities."深圳"]
    "经贸信息委" = "市经贸信息委"
    """
)


def _names(*printed: str, city: str = "") -> Names:
    return Names(TABLE, TABLE.for_city(city), frozenset(printed))


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("市市场和质量监管委、市财政局和市税务局", ["市市场和质量监管委", "市财政局", "市税务局"]),
        ("各区各部门", ["各区", "各部门"]),
        ("市发展\n改革委", ["市发展改革委"]),
        ("市教育局\n市民政局", ["市教育局", "市民政局"]),
        ("市市场和质量\n监管委,市审计\n局", ["市市场和质量监管委", "市审计局"]),
        ("市政府\n办公室", ["市政府办公室"]),
        ("市住房和城乡\n建设局", ["市住房和城乡建设局"]),
        ("市财政局、市人力资源和社会\n保障局", ["市财政局", "市人力资源和社会保障局"]),
        ("市委\n宣传部", ["市委宣传部"]),
        ("各县(市、区)人民政府,市直各单位", ["各县(市、区)人民政府", "市直各单位"]),
        ("市住房和城乡建设局 市教育局", ["市住房和城乡建设局", "市教育局"]),
        ("市财政局等部门", ["市财政局"]),
    ],
)
def test_a_list_of_units_is_split_at_its_marks_only(printed: str, names: list[str]) -> None:
    assert split_units(printed) == names


@pytest.mark.parametrize("word", ["市编办", "各区", "罗湖区政府", "人行江城中心支行", "市委网信办"])
def test_units_are_told_by_their_ending(word: str) -> None:
    assert is_unit(word)


@pytest.mark.parametrize(
    "word", ["一般程序", "试行", "征求意见稿", "0.5", "以下简称《办法》", "新一代信息技术专项"]
)
def test_what_else_stands_in_brackets_is_no_unit(word: str) -> None:
    assert not is_unit(word)


@pytest.mark.parametrize(
    ("name", "neighbours", "canonical", "kind"),
    [
        ("市发改委", (), ("市发展改革委",), "alias"),
        ("省发改委", (), ("省发展改革委",), "alias"),
        ("市财政委", (), ("市财政委",), None),
        ("各区政府(新区管委会)", (), ("各区",), "group"),
        ("市直各单位", (), ("各部门",), "group"),
        ("教育局", ("市财政局", "教育局"), ("市教育局",), "level"),
        ("教育局", ("财政局", "教育局"), ("教育局",), None),
        ("经贸信息委", ("市统计局",), ("经贸信息委",), None),
        ("市人社局", (), ("市人社局",), "unsure"),
    ],
)
def test_a_name_is_changed_only_where_nobody_could_doubt_it(
    name: str, neighbours: tuple[str, ...], canonical: tuple[str, ...], kind: str | None
) -> None:
    found, assumed = _names().canonical(name, neighbours)
    assert found == canonical
    assert (assumed.kind if assumed else None) == kind


def test_an_abbreviation_stands_for_the_full_name_that_the_same_plan_prints() -> None:
    found, _ = _names("市人力资源社会保障局").canonical("市人社局")
    assert found == ("市人力资源社会保障局",)


def test_a_city_has_its_own_aliases() -> None:
    found, _ = _names(city="深圳市2017年分工方案").canonical("经贸信息委")
    assert found == ("市经贸信息委",)
    assert AliasTable().for_city("深圳市") == {}
