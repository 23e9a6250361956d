"""Occasions and the publications that answer them, drawn as small journals."""

import datetime as dt

import pytest

from yangguang.rules.events import pair, word_pairs
from yangguang.rules.matching import Match


def journal(text: str) -> list[Match]:
    """One line a match: `on  document-or-dash  day-or-dash  title  [..until]`, numbered from 1."""
    found = []
    for seq, line in enumerate(text.strip().splitlines(), 1):
        on, document, day, title, *until = line.split()
        found.append(
            Match(
                duty="1.1",
                seat="市财政委",
                publisher="市财政委",
                seq=seq,
                on=dt.date.fromisoformat(on),
                document="" if document == "-" else document,
                day=None if day == "-" else dt.date.fromisoformat(day),
                text=title,
                until=dt.date.fromisoformat(until[0].removeprefix("..")) if until else None,
            )
        )
    return found


@pytest.mark.parametrize(
    ("lines", "events"),
    [
        pytest.param(
            """2017-08-02 - 2017-08-01 出台甲办法
               2017-08-10 a 2017-08-01 关于印发甲办法的通知""",
            {1: [2]},
            id="a publication meets the occasion before it",
        ),
        pytest.param(
            """2017-08-02 - 2017-08-01 出台甲办法
               2017-08-03 - 2017-08-02 出台乙细则
               2017-08-10 a 2017-08-05 关于印发乙细则的通知
               2017-08-11 b 2017-08-05 关于印发甲办法的通知""",
            {1: [4], 2: [3]},
            id="the one that shares most words comes first",
        ),
        pytest.param(
            """2017-08-04 - 2017-08-03 出台甲办法
               2017-08-05 - 2017-08-01 出台甲办法
               2017-08-10 a - 甲办法""",
            {1: [], 2: [3]},
            id="of equal ones, the one that happened first",
        ),
        pytest.param(
            """2017-08-20 - 2017-08-15 出台甲办法
               2017-08-21 a 2017-08-10 甲办法""",
            {1: [], 2: [2]},
            id="what was made before the occasion does not answer it",
        ),
        pytest.param("2017-08-10 a 2017-08-01 甲办法", {1: [1]}, id="without an occasion it opens its own"),
        pytest.param(
            """2017-08-10 a 2017-08-01 关于印发甲办法的通知
               2017-08-20 - 2017-08-01 出台甲办法""",
            {1: [1]},
            id="an occasion told after its publication opens nothing new",
        ),
        pytest.param(
            """2017-08-10 a 2017-08-01 关于印发甲办法的通知
               2017-08-20 - 2017-08-01 查处丙案件
               2017-08-21 - 2017-08-02 出台甲办法""",
            {1: [1], 2: [], 3: []},
            id="another matter of that day, or another day, does",
        ),
        pytest.param(
            """2017-08-02 - 2017-08-01 出台甲办法
               2017-08-10 a 2017-08-01 甲办法 ..2017-09-01
               2017-09-05 b 2017-08-01 甲办法""",
            {1: [2, 3]},
            id="withdrawn, the occasion is open again",
        ),
        pytest.param(
            """2017-08-10 a 2017-08-01 甲办法 ..2017-09-01
               2017-09-05 b 2017-08-03 甲办法
               2017-09-06 c 2017-08-01 甲办法""",
            {1: [1, 3], 2: [2]},
            id="an own event takes only what was made on its day",
        ),
        pytest.param(
            """2017-08-02 - 2017-08-01 出台甲办法
               2017-08-10 a 2017-08-01 甲办法
               2017-08-20 a 2017-08-15 甲办法
               2017-08-21 - 2017-08-20 出台甲办法""",
            {1: [2, 3], 4: []},
            id="a revision stays with its document's event",
        ),
        pytest.param(
            """2017-08-10 a - 甲办法
               2017-08-11 b - 甲办法""",
            {1: [1], 2: [2]},
            id="without a day each is its own",
        ),
    ],
)
def test_publications_are_paired_with_what_happened(lines: str, events: dict[int, list[int]]) -> None:
    found = pair(journal(lines))
    assert {event.seq: [item.seq for item in event.evidence] for event in found} == events


def test_word_pairs_do_not_reach_across_keywords() -> None:
    assert word_pairs("甲乙\n丙丁") == {"甲乙", "丙丁"}
    assert word_pairs("ＰＰ") == {"pp"}
