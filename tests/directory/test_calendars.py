"""The shipped calendar files, and what the loader says of a broken one."""

from pathlib import Path

import pytest

from yangguang.directory.calendars import (
    FOLDER,
    CalendarProblem,
    load_calendar,
    read_year,
    shipped_calendar,
)

FILES = sorted(FOLDER.glob("*.toml"))


def test_the_shipped_years_are_2008_to_2026() -> None:
    assert [path.name for path in FILES] == [f"{year}.toml" for year in range(2008, 2027)]
    assert [calendar_year.year for calendar_year in shipped_calendar().years] == list(range(2008, 2027))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_loads_and_names_its_notices(path: Path) -> None:
    calendar_year = read_year(path)
    assert calendar_year.notices
    for notice in calendar_year.notices:
        assert notice.title.startswith("国务院")
        assert notice.festivals
        assert notice.verified == bool(notice.number)
        if notice.issued and notice.number:
            assert f"〔{notice.issued.year}〕" in notice.number


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_year_has_its_festivals(path: Path) -> None:
    names = " ".join(festival.name for notice in read_year(path).notices for festival in notice.festivals)
    for festival in ("元旦", "春节", "清明节", "劳动节", "端午节", "国庆节"):
        assert festival in names
    # In 2020 中秋节 fell on National Day; the notice names both.
    assert "中秋节" in names


@pytest.mark.parametrize(
    ("year", "notices"), [(2011, 2), (2015, 2), (2017, 1), (2018, 2), (2019, 2), (2020, 2)]
)
def test_a_year_may_follow_more_than_one_notice(year: int, notices: int) -> None:
    assert len(read_year(FOLDER / f"{year}.toml").notices) == notices


GOOD = """
year = 2030
[[notice]]
title = "通知"
number = ""
verified = false
festivals = [{ name = "元旦", first = 2030-01-01, last = 2030-01-01, worked = [2030-01-05] }]
"""


def write(folder: Path, text: str, name: str = "2030.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_another_folder_can_be_given(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "not a calendar", "README.md")
    assert [calendar_year.year for calendar_year in load_calendar(tmp_path).years] == [2030]


BROKEN = {
    "no TOML": ("year =", "年份", "2030.toml 不是有效的 TOML"),
    "another year": ("year = 2030", "year = 2031", "与文件名不符"),
    "no year": ("year = 2030", "", "缺少 year"),
    "a year in quotes": ("year = 2030", 'year = "2030"', "year = '2030' 类型不对"),
    "a truth for a year": ("year = 2030", "year = true", "year = True 类型不对"),
    "unknown key": ('title = "通知"', 'titel = "通知"', "第 1 个 notice 缺少 title"),
    "one key too many": ("verified = false", "verified = false\nnote = 1", "不认识的项 note"),
    "verified without number": ("verified = false", "verified = true", "没有文号"),
    "a day as text": ("[2030-01-05]", '["2030-01-05"]', "worked 只能是日期"),
    "a moment for a day": ("last = 2030-01-01,", "last = 2030-01-01T00:00:00,", "的 last = datetime"),
    "a day of another year": ("[2030-01-05]", "[2029-12-30]", "2030.toml：2029-12-30 不在 2030 年"),
    "festivals that are no tables": ("festivals = [{", 'festivals = ["x", {', "应是表的列表"),
}


@pytest.mark.parametrize(("old", "new", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_named_with_the_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(CalendarProblem, match="2030") as caught:
        read_year(path)
    assert says in str(caught.value)


def test_a_folder_without_calendars_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalendarProblem, match="请至少录入一年"):
        load_calendar(tmp_path)


def test_a_gap_between_the_years_is_named(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("2030", "2032").replace("01-05", "01-04"), "2032.toml")
    with pytest.raises(CalendarProblem, match="缺 2031 年"):
        load_calendar(tmp_path)
