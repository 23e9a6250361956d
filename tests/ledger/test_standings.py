"""From a publication to the verdict that follows, through the stored plan and journal."""

import datetime as dt

import pytest

from tests.factories import make_plan, publish, record_occasion, revise, withdraw
from yangguang.ledger import queries
from yangguang.rules.verdict import State

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2017, 11, 30)


def states(as_of: dt.date, code: str) -> dict[str, State]:
    return {
        standing.key: standing.verdict.state
        for standing in queries.standings(as_of=as_of)
        if standing.obligation.code == code
    }


def test_a_month_is_on_time_late_missing_or_not_yet_due() -> None:
    make_plan()
    publish("2017年6月全市一般公共预算收支情况", on="2017-07-10", covers="2017-06")
    publish("2017年7月全市一般公共预算收支情况", on="2017-09-05", covers="2017-07")
    assert states(NOVEMBER, "1.1") == {
        "2017-06": State.ON_TIME,
        "2017-07": State.LATE,
        "2017-08": State.MISSING,
        "2017-09": State.MISSING,
        "2017-10": State.NOT_YET,
        "2017-11": State.NOT_YET,
        "2017-12": State.NOT_YET,
    }


def test_a_withdrawn_publication_counts_until_its_withdrawal() -> None:
    make_plan()
    document = publish(on="2017-09-15", covers="2017-08")
    withdraw(document, on="2017-10-20")
    assert states(dt.date(2017, 10, 19), "1.1")["2017-08"] is State.ON_TIME
    assert states(dt.date(2017, 10, 20), "1.1")["2017-08"] is State.MISSING
    assert states(dt.date(2017, 9, 14), "1.1")["2017-08"] is State.NOT_YET


def test_a_revision_does_not_change_when_the_duty_was_first_met() -> None:
    make_plan()
    document = publish(on="2017-09-15", covers="2017-08")
    revise(document, on="2017-11-20")
    [standing] = [one for one in queries.standings(as_of=NOVEMBER) if one.key == "2017-08"]
    assert standing.verdict.state is State.ON_TIME
    assert standing.verdict.met_on == dt.date(2017, 9, 15)
    assert [line.act for line in queries.evidence(standing)] == ["publish", "revise"]


def test_an_occasion_opens_a_period_and_a_publication_meets_it() -> None:
    make_plan()
    assert states(NOVEMBER, "2.1") == {"2017": State.UNJUDGED}
    record_occasion("出台降费政策文件", on="2017-08-02", happened_on="2017-08-01")
    assert states(dt.date(2017, 8, 10), "2.1") == {"#2": State.NOT_YET}
    assert states(NOVEMBER, "2.1") == {"#2": State.MISSING}
    publish("关于降费政策文件的通知", on="2017-08-20", form="document", made_on=dt.date(2017, 8, 1))
    assert states(NOVEMBER, "2.1") == {"#2": State.ON_TIME}


def test_internal_work_is_shown_and_not_scored() -> None:
    make_plan()
    assert states(NOVEMBER, "2.2") == {"2017": State.INTERNAL}
