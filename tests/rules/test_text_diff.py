"""The comparison of two texts: complete on both sides, and as short as can be."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules import text_diff
from yangguang.rules.text_diff import Cells, Pair, compare, pieces

OLD = "一、总则\n\n本办法自2017年7月1日起施行，有效期三年。\n\n事项\t期限\n甲\t5日\n乙\t10日\n\n结尾。"
NEW = (
    "一、总则\n\n本办法自2017年8月1日起施行，有效期三年。\n\n事项\t期限\n甲\t5日\n乙\t8日\n丙\t3日\n\n结尾。"
)
ALPHABET = "甲乙丙丁。\t\n"
texts = st.text(ALPHABET, max_size=40)
words = st.text("甲乙丙", max_size=14)


def text(cells: Cells) -> str:
    return "\t".join("".join(mark.text for mark in cell) for cell in cells)


def test_a_changed_paragraph_shows_the_characters_that_changed() -> None:
    changed = [pair for pair in compare(OLD, NEW) if pair.kind == "changed"]
    marks = [[mark for cell in pair.old for mark in cell if mark.kind == "gone"] for pair in changed]
    assert [[mark.text for mark in row] for row in marks] == [["7"], ["10"]]


def test_rows_of_a_table_are_compared_cell_by_cell_and_a_new_row_stands_alone() -> None:
    pairs = compare(OLD, NEW)
    row = next(pair for pair in pairs if text(pair.old) == "乙\t10日")
    assert (row.is_row, text(row.new), row.new[0][0].kind) == (True, "乙\t8日", "same")
    assert [text(pair.new) for pair in pairs if pair.kind == "new"] == ["丙\t3日"]


def test_paragraphs_without_likeness_are_not_put_beside_each_other() -> None:
    pairs = compare("原第一条已经删去。", "完全不同的另外一段文字内容")
    assert [pair.kind for pair in pairs] == ["gone", "new"]


@given(texts, texts)
def test_each_side_of_a_comparison_is_the_whole_of_its_text(old: str, new: str) -> None:
    pairs = compare(old, new)
    assert [text(pair.old) for pair in pairs if pair.kind != "new"] == pieces(old)
    assert [text(pair.new) for pair in pairs if pair.kind != "gone"] == pieces(new)
    assert all(honest(pair) for pair in pairs)


def honest(pair: Pair) -> bool:
    """What is marked as the same is the same on both sides."""
    sides = [
        ["".join(m.text for m in c if m.kind == "same") for c in cells] for cells in (pair.old, pair.new)
    ]
    return pair.kind in ("gone", "new") or sides[0] == sides[1]


@given(words, words)
def test_no_longer_common_text_exists(old: str, new: str) -> None:
    found = sum(step.old.stop - step.old.start for step in text_diff._script(old, new) if step.equal)
    assert found == longest_common(old, new)


def longest_common(one: str, other: str) -> int:
    """The slow twin: the textbook recursion."""

    @cache
    def longest(i: int, j: int) -> int:
        if not i or not j:
            return 0
        if one[i - 1] == other[j - 1]:
            return longest(i - 1, j - 1) + 1
        return max(longest(i - 1, j), longest(i, j - 1))

    return longest(len(one), len(other))


def test_texts_that_share_nothing_are_shown_as_replaced_without_a_long_search() -> None:
    pairs = compare("甲" * 30_000, "乙" * 30_000)
    assert [pair.kind for pair in pairs] == ["gone", "new"]


def test_the_same_text_has_no_differences() -> None:
    assert not text_diff.differs(compare(OLD, OLD.replace("\n", "\r\n")))
