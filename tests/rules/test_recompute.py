"""The public's verdicts against the slow twin, over random journals; and the rules that it states."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules import slow_verdicts
from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.duties import Duty, duty_of
from yangguang.rules.holders import Member, Register, Succeeds
from yangguang.rules.recompute import Row, recompute
from yangguang.rules.verdict import State

ISSUED = dt.date(2017, 6, 19)
YEAR_END = dt.date(2017, 12, 31)


def duty(code: str, kind: str, units: tuple[str, ...] = ("财政",), **rule: Any) -> Duty:
    due = {"event": {"workdays": 20}, "once": {"day": "2017-12-31"}, "internal": {}}.get(kind, {"months": 1})
    return duty_of(
        {"kind": kind, "due": due, "reason": "示例。", "words": [["收支"]], "forms": [], **rule},
        code=code,
        title="示例",
        units=units,
        form="internal" if kind == "internal" else "series",
        cadence="none",
        issued_on=ISSUED,
        year=2017,
        calendar=shipped_calendar(),
    )


def line(seq: int, on: str, act: str = "publish", **facts: Any) -> dict[str, Any]:
    return {
        "seq": seq,
        "act": act,
        "at": f"{on}T10:00:00+08:00",
        "document": f"d{seq}",
        "edition": 1,
        "unit": "财政",
        "title": "收支",
        "keywords": [],
        "form": "series",
        "covers": None,
        "made_on": None,
        **facts,
    }


def rows(duty: Duty, *bodies: dict[str, Any], as_of: str = "2017-11-30", **register: Any) -> list[Row]:
    return recompute([duty], Register(**register), bodies, dt.date.fromisoformat(as_of))


def served(duty: Duty, *bodies: dict[str, Any], as_of: str = "2017-12-31") -> set[str]:
    return {row.period.key for row in rows(duty, *bodies, as_of=as_of) if row.verdict.met_by}


@pytest.mark.parametrize(
    ("kind", "on", "covers", "key"),
    [
        ("monthly", "2017-09-15", "2017-08", "2017-08"),
        ("monthly", "2017-09-15", "2017-07", "2017-07"),
        ("monthly", "2017-09-15", None, "2017-08"),
        ("monthly", "2017-08-31", None, "2017-07"),
        ("monthly", "2017-08-15", "2017-08", "2017-08"),
        ("monthly", "2017-07-31", "2017-08", None),
        ("monthly", "2017-06-25", None, None),
        ("monthly", "2017-09-15", "2017Q3", None),
        ("monthly", "2017-09-15", "2016-08", None),
        ("quarterly", "2017-10-15", None, "2017Q3"),
        ("quarterly", "2017-10-15", "2017-09", None),
        ("half_yearly", "2017-12-15", "2017", "2017H2"),
        ("half_yearly", "2017-12-15", "2017H1", "2017H1"),
        ("yearly", "2017-12-15", "2017", "2017"),
        ("yearly", "2017-12-15", None, None),
        ("once", "2017-07-01", "2016", "2017"),
        ("once", "2017-07-01", None, "2017"),
        ("daily", "2017-07-04", None, "2017-07-03"),
        ("daily", "2017-07-04", "2017-07-04", "2017-07-04"),
    ],
)
def test_the_period_that_a_publication_serves(
    kind: str, on: str, covers: str | None, key: str | None
) -> None:
    assert served(duty("1", kind), line(1, on, covers=covers)) == ({key} if key else set())


def test_mending_an_old_text_does_not_meet_a_new_period() -> None:
    first = line(1, "2017-08-10", document="d")
    mended = line(2, "2017-11-10", "revise", document="d", edition=2)
    assert served(duty("1", "monthly"), first, mended) == {"2017-07"}


def test_a_revision_that_first_names_the_thing_meets_the_old_period_late() -> None:
    first = line(1, "2017-08-10", document="d", title="数字")
    mended = line(2, "2017-11-10", "revise", document="d", edition=2)
    [row] = [row for row in rows(duty("1", "monthly"), first, mended) if row.verdict.met_by]
    assert (row.period.key, row.verdict.state, row.verdict.met_by) == ("2017-07", State.LATE, 2)


def test_a_successors_publication_counts_for_what_its_predecessor_owed() -> None:
    change = (Succeeds("财政", "新财政", dt.date(2017, 9, 1)),)
    found = rows(duty("1", "monthly"), line(1, "2017-09-10", unit="新财政"), successions=change)
    assert {row.period.key: row.unit for row in found if row.verdict.met_by} == {"2017-08": "财政"}
    assert {row.unit for row in found if row.period.key > "2017-08"} == {"新财政"}


def test_another_unit_cannot_meet_the_duty() -> None:
    assert not [row for row in rows(duty("1", "monthly"), line(1, "2017-09-10", unit="统计")) if row.evidence]


@pytest.mark.parametrize(
    ("happened", "keys"),
    [
        ("2017-05-01", {"2017"}),  # due before the plan was issued: not under this plan
        ("2017-06-01", {"#1"}),
        ("2017-08-01", {"#1"}),
        ("1999-01-01", {"2017"}),
    ],
)
def test_an_occasion_opens_a_period_when_it_falls_due_under_the_plan(happened: str, keys: set[str]) -> None:
    occasion = line(1, "2017-08-02", "occasion", happened_on=happened)
    assert {row.period.key for row in rows(duty("1", "event"), occasion)} == keys


def test_an_event_duty_without_occasion_says_so() -> None:
    [row] = rows(duty("1", "event"))
    assert row.verdict.state is State.UNJUDGED
    assert "尚无登记事由" in row.verdict.reason


def test_a_publication_without_its_day_of_making_cannot_be_judged_timely() -> None:
    [row] = rows(duty("1", "event"), line(1, "2017-08-02"))
    assert (row.verdict.state, row.verdict.met_by) == (State.UNJUDGED, 1)
    assert "成文日期" in row.verdict.reason


@pytest.mark.parametrize(
    ("on", "state", "days"),
    [("2017-08-29", State.ON_TIME, None), ("2017-08-30", State.LATE, 1), ("2017-09-01", State.LATE, 3)],
)
def test_twenty_working_days_run_from_the_making(on: str, state: State, days: int | None) -> None:
    [row] = rows(duty("1", "event"), line(1, on, made_on="2017-08-01"))
    assert (row.verdict.state, row.verdict.days_late) == (state, days)


def test_an_occasion_before_a_merger_is_owed_by_the_old_unit_and_met_by_the_new() -> None:
    merger = tuple(Succeeds(old, "财税", dt.date(2017, 9, 1)) for old in ("财政", "税务"))
    found = rows(
        duty("1", "event", units=("财政", "税务")),
        line(1, "2017-08-02", "occasion", happened_on="2017-08-01"),
        line(2, "2017-09-05", unit="财税", made_on="2017-09-04"),
        successions=merger,
    )
    assert [(row.unit, row.period.key, row.verdict.met_by) for row in found if row.evidence] == [
        ("财政", "#1", 2)
    ]


DAYS = st.dates(dt.date(2017, 6, 1), YEAR_END)
UNITS = ("财政", "统计", "环保", "生态")
REGISTERS = st.builds(
    Register,
    names=st.just({"财政局": "财政"}),
    members=st.lists(
        st.builds(Member, st.just("各部门"), st.sampled_from(UNITS), st.none() | DAYS, st.none() | DAYS),
        max_size=3,
        unique_by=lambda member: member.member,
    ).map(tuple),
    successions=st.lists(st.builds(lambda on: Succeeds("环保", "生态", on), DAYS), max_size=1).map(tuple),
)
DUTIES = [
    duty("1", "monthly"),
    duty("2", "quarterly", ("各部门", "财政"), words=[["收支"], ["统计", "数据"]]),
    duty("3", "half_yearly", ("环保",), forms=["series"]),
    duty("4", "once", ("统计", "环保")),
    duty("5", "once", ("财政",), due={}),
    duty("6", "yearly", ("各部门",)),
    duty("7", "internal", ("财政",), words=[]),
]


@st.composite
def journals(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Lines in the order of their days: publications, revisions and withdrawals of documents out there."""
    bodies: list[dict[str, Any]] = []
    public: dict[str, int] = {}
    for seq, on in enumerate(sorted(draw(st.lists(DAYS, max_size=12))), 1):
        act = draw(st.sampled_from(["publish", "publish", "revise", "withdraw"] if public else ["publish"]))
        document = f"d{seq}" if act == "publish" else draw(st.sampled_from(sorted(public)))
        unit = next((body["unit"] for body in bodies if body["document"] == document), None)
        facts = {
            "document": document,
            "edition": public.get(document, 0) + 1,
            "unit": unit or draw(st.sampled_from([*UNITS, "财政局"])),
            "title": draw(st.sampled_from(["收支", "统计数据", "数据", "别的"])),
            "keywords": draw(st.lists(st.sampled_from(["统计", "收支"]), max_size=1)),
            "form": draw(st.sampled_from(["series", "document"])),
            "covers": draw(
                st.sampled_from([None, None, "2017-07", "2017-08", "2017-11", "2017Q3", "2017H2", "2017"])
            ),
        }
        bodies.append(line(seq, on.isoformat(), act, **facts))
        if act == "withdraw":
            del public[document]
        else:
            public[document] = facts["edition"]
    return bodies


@settings(max_examples=150, deadline=None)
@given(REGISTERS, journals(), DAYS)
def test_the_verdicts_are_those_of_the_slow_twin(
    register: Register, bodies: list[dict[str, Any]], as_of: dt.date
) -> None:
    found = recompute(DUTIES, register, bodies, as_of)
    ours = {
        (row.duty, row.unit, row.period.key): (row.verdict.state.value, row.verdict.met_by) for row in found
    }
    assert len(ours) == len(found)
    assert ours == slow_verdicts.states(DUTIES, register, bodies, as_of)
