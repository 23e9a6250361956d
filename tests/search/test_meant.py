"""Finding by sound, by initials, by 文号, and what a mistyped word may have meant."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_unit, publish
from yangguang.search import actions, numbers, sounds
from yangguang.search.hits import Kind
from yangguang.search.index import place
from yangguang.search.index.suggesting import is_one_apart
from yangguang.search.queries import asked, begin, search

TODAY = dt.date(2017, 11, 30)


@pytest.fixture
def notices(db: None) -> None:
    publish("关于做好政务公开工作的通知", on="2017-09-01", number="深府办函〔2017〕123号", body="甲")
    publish("重庆市对口帮扶资金安排", on="2017-09-02", number="深府办函〔2017〕12号", body="乙")
    publish("集中式饮用水水源水质状况", on="2017-09-03", body="见深府办函〔2017〕123号。")


def titles(query: str) -> list[str]:
    return [hit.title for hit in search(query, as_of=TODAY).documents.hits]


@pytest.mark.usefixtures("notices")
@pytest.mark.parametrize(
    ("letters", "title"),
    [
        ("zhengwugongkai", "关于做好政务公开工作的通知"),
        ("zheng wu gong kai", "关于做好政务公开工作的通知"),
        ("ZWGK", "关于做好政务公开工作的通知"),
        ("chongqing", "重庆市对口帮扶资金安排"),
        ("zhongqing", "重庆市对口帮扶资金安排"),
        ("yinyongshui", "集中式饮用水水源水质状况"),
        ("zi", "重庆市对口帮扶资金安排"),
        ("zj", "重庆市对口帮扶资金安排"),
        ("dkbf", "重庆市对口帮扶资金安排"),
    ],
)
def test_titles_are_found_by_pinyin_and_by_initials(letters: str, title: str) -> None:
    found = search(letters, as_of=TODAY)
    assert [hit.title for hit in found.documents.hits] == [title]
    assert found.by_pinyin


@pytest.mark.usefixtures("notices")
def test_letters_that_stand_somewhere_are_not_read_as_pinyin() -> None:
    publish("GK 接口说明", on="2017-09-05")
    found = search("gk", as_of=TODAY)
    assert [hit.title for hit in found.documents.hits] == ["GK 接口说明"]
    assert not found.by_pinyin


@pytest.mark.usefixtures("notices")
def test_units_are_found_by_pinyin_too() -> None:
    make_unit("市水务局", "water")
    (group,) = search("shuiwuju", as_of=TODAY).others
    assert (group.kind, [hit.title for hit in group.hits]) == (Kind.UNIT, ["市水务局"])


@pytest.mark.usefixtures("notices")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("政物公开", "政务公开"),  # the same sound
        ("正务公开", "政务公开"),
        ("重请", "重庆"),
        ("政务公升", "政务公开"),  # one wrong character
        ("政公公开", "政务公开"),
        ("饮用冰水", "饮用水水"),
        ("政务的公开", "政务公开"),  # one too many
        ("饮水水源", "饮用水水源"),  # one missing
        ("政物公开 通知", "政务公开 通知"),
    ],
)
def test_a_mistyped_word_is_recognised(typed: str, meant: str) -> None:
    found = search(typed, as_of=TODAY)
    assert found.total == 0
    assert meant in found.suggestions
    assert titles(meant)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("财政新息公开", "财政信息公开"),
        ("环境保沪信息", "环境保护信息"),
        ("财政公开信息", None),
        ("市财政维", "市财政委"),
    ],
)
def test_what_duties_areas_and_units_are_called_is_recognised_too(typed: str, meant: str | None) -> None:
    found = search(typed, as_of=TODAY)
    assert found.suggestions == ((meant,) if meant else ())
    assert meant is None or search(meant, as_of=TODAY).others


@pytest.mark.usefixtures("notices")
@pytest.mark.parametrize("typed", ["火星移民", "政务公开", "x", "阿", "㐀㐁㐂㐃"])
def test_nothing_is_suggested_for_what_is_there_or_like_nothing(typed: str) -> None:
    assert search(typed, as_of=TODAY).suggestions == ()


@pytest.mark.usefixtures("notices")
@pytest.mark.parametrize("typed", ["深府办函2017 123", "深府办函〔2017〕123号", "深府办函2017年第123号"])
def test_a_document_number_is_found_however_it_is_typed_its_own_document_first(typed: str) -> None:
    assert titles(typed) == ["关于做好政务公开工作的通知", "集中式饮用水水源水质状况"]


@pytest.mark.usefixtures("notices")
def test_a_document_number_is_not_the_beginning_of_another() -> None:
    assert titles("深府办函2017 12") == ["重庆市对口帮扶资金安排"]


NUMBERS = [
    ("深府办函2017 123", "深府办函(2017)123号"),
    ("深府办函[2017]123号", "深府办函(2017)123号"),
    ("国办发【2016】80", "国办发(2016)80号"),
    ("深财2017年第45号", "深财(2017)45号"),
    ("2017", None),
    ("政务公开2017", None),
    ("关于2017年123项任务的通知", None),
]


@pytest.mark.parametrize(("typed", "printed"), NUMBERS)
def test_what_is_a_document_number(typed: str, printed: str | None) -> None:
    assert numbers.printed(typed) == printed
    if printed:
        assert numbers.reduced(typed.replace("年", "")) == numbers.reduced(printed)


def slow_distance(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    same = slow_distance(one[1:], other[1:]) + (one[0] != other[0])
    return min(same, slow_distance(one[1:], other) + 1, slow_distance(one, other[1:]) + 1)


@given(st.text("政务公", max_size=5), st.text("政务公", max_size=5))
def test_one_apart_is_an_edit_distance_of_one(one: str, other: str) -> None:
    assert is_one_apart(one, other) == (slow_distance(one, other) == 1)


@given(
    st.lists(st.sampled_from(["zheng", "wu", "xi", "an", "xian", "lv", "e", "guang"]), min_size=1, max_size=6)
)
def test_syllables_written_together_are_told_apart(said: list[str]) -> None:
    ways = sounds.split("".join(said))
    assert ways
    assert all("".join(way) == "".join(said) for way in ways)
    assert sounds.split("".join(said) + "q") == []


def test_every_reading_of_a_character_counts_without_its_tone() -> None:
    assert set(sounds.readings("重")) >= {"zhong", "chong"}
    assert sounds.readings("绿")[0] == "lv"
    assert sounds.readings("A") == ("A",)


@pytest.mark.usefixtures("notices")
def test_more_people_than_threads_ask_by_pinyin_at_once() -> None:
    actions.rebuild()
    reader, question = place.reader(), asked("zwgk", as_of=TODAY)
    assert reader is not None
    several = [begin(reader, question, newest=False, offset=0, limit=10) for _ in range(12)]
    assert [one().documents.total for one in several] == [1] * 12
