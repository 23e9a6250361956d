"""Which verdicts a page read: what its lines serve is told by words, so that a moved duty changes nothing."""

import datetime as dt

import pytest

from tests.factories import at, make_draft, make_plan, publish
from yangguang import readset
from yangguang.ledger import queries, seen
from yangguang.plan import actions as plans

DAY = dt.date(2017, 11, 30)


def told(line: int) -> tuple[str, str]:
    with readset.recorded() as reads:
        queries.serving([line], as_of=DAY)
    assert reads.statements == {}
    [pair] = reads.values.items()
    return pair


@pytest.mark.django_db
def test_a_new_version_with_the_same_duty_gives_the_same_digest_and_another_plan_a_new_one() -> None:
    make_plan()
    edition = publish().edition
    assert edition is not None
    name, digest = told(edition.line_id)
    assert name == f"verdicts {seen.IN_FORCE} lines {edition.line_id}"
    plans.adopt(by=None, now=at("2017-11-20"), draft=make_draft(title="同一方案的新标题"))
    scope = name.split(" ", 2)[2]
    assert seen.Now(queries.standings(as_of=DAY)).digest(scope) == digest == told(edition.line_id)[1]
    plans.adopt(by=None, now=at("2017-11-21"), draft=make_draft("example-2018", title="另一方案"))
    assert seen.Now(queries.standings(as_of=DAY)).digest(scope) == told(edition.line_id)[1] != digest


@pytest.mark.django_db
def test_that_no_plan_is_in_force_is_told_too() -> None:
    with readset.recorded() as reads, pytest.raises(queries.NoPlan):
        queries.serving([1], as_of=DAY)
    assert list(reads.values) == [f"verdicts {seen.IN_FORCE} lines 1"]
