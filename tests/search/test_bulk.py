"""Cutting many texts at once gives the terms of cutting them one by one."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from yangguang.search import tokens, vocabulary
from yangguang.search.bulk import Cutter
from yangguang.search.cutting import Cut, cut

# Han of two planes, what folds, what is no letter, the end of a C string, and white space.
ALPHABET = "政务公开信息\U00020b9fAＡ（，\0 　\t\n\x1f"
TEXTS = st.lists(st.text(ALPHABET, max_size=30), min_size=1, max_size=3)
WORDS = st.sets(st.text("政务公开信息", min_size=3, max_size=7), max_size=8)


def terms(found: Cut) -> Sequence[list[str]]:
    """The pairs and what is spoken in order; which of the words behind the pairs comes first plays no part."""
    ordered = []
    for field in found:
        parts = [part for part in field.split(" ") if part]
        ordered.append(
            [part for part in parts if len(part) < 3] + sorted(part for part in parts if len(part) > 2)
        )
    return ordered


@given(st.lists(TEXTS, min_size=1, max_size=6), WORDS)
def test_texts_of_all_kinds(many: list[list[str]], words: set[str]) -> None:
    slow = [cut(texts, vocabulary.finder(words)) for texts in many]
    assert list(map(terms, Cutter(words).cut(many))) == list(map(terms, slow))


def test_the_real_plan() -> None:
    plan = Path(__file__).resolve().parents[2] / "plans" / "shenzhen-2017" / "plan.txt"
    lines = iter(plan.read_text(encoding="utf-8").splitlines())
    many = list(iter(lambda: list(islice(lines, 7)), []))
    words = vocabulary.seen_in(map(tokens.joined, many))
    assert len(words) > 200
    fast = Cutter(words).cut(many)
    assert list(map(terms, fast)) == [terms(cut(texts)) for texts in many]


def test_no_text_and_no_word() -> None:
    assert Cutter([]).cut([]) == []
    assert Cutter([]).cut([[""], ["政"]]) == [cut([""]), cut(["政"])]
