"""The standing of a document on a day."""

import datetime as dt

import pytest

from yangguang.rules.legal_status import Act, Kind, Standing, Status, status_on


def day(number: int) -> dt.date:
    return dt.date(2017, 1, 1) + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], Standing(Status.IN_FORCE)),
        ([Act(day(11), 1, Kind.ABOLISH)], Standing(Status.IN_FORCE)),
        ([Act(day(10), 1, Kind.ABOLISH)], Standing(Status.ABOLISHED, day(10), 1)),
        ([Act(day(3), 1, Kind.REPLACE)], Standing(Status.ABOLISHED, day(3), 1)),
        ([Act(day(3), 1, Kind.EXPIRE)], Standing(Status.EXPIRED, day(3), 1)),
        ([Act(day(3), 1, Kind.AMEND), Act(day(5), 2, Kind.AMEND)], Standing(Status.AMENDED, day(5), 2)),
        ([Act(day(3), 1, Kind.AMEND), Act(day(5), 2, Kind.ABOLISH)], Standing(Status.ABOLISHED, day(5), 2)),
        ([Act(day(3), 1, Kind.ABOLISH), Act(day(5), 2, Kind.RESTORE)], Standing(Status.IN_FORCE)),
        (
            [Act(day(2), 1, Kind.AMEND), Act(day(3), 2, Kind.ABOLISH), Act(day(3), 3, Kind.RESTORE)],
            Standing(Status.AMENDED, day(2), 1),
        ),
        (
            [Act(day(5), 1, Kind.RESTORE), Act(day(6), 2, Kind.ABOLISH)],
            Standing(Status.ABOLISHED, day(6), 2),
        ),
    ],
)
def test_the_last_act_that_works_by_the_day_decides(acts: list[Act], expected: Standing) -> None:
    assert status_on(day(10), acts=acts) == expected
    assert status_on(day(10), acts=acts[::-1]) == expected


def test_a_term_ends_by_itself_on_the_day_after_its_last() -> None:
    assert status_on(day(10), acts=[], expires_on=day(10)).status == Status.IN_FORCE
    assert status_on(day(11), acts=[], expires_on=day(10)) == Standing(Status.EXPIRED, day(11))


def test_an_act_that_ends_the_document_counts_before_its_term() -> None:
    acts = [Act(day(3), 7, Kind.ABOLISH)]
    assert status_on(day(20), acts=acts, expires_on=day(10)) == Standing(Status.ABOLISHED, day(3), 7)


def test_a_withdrawal_counts_before_everything_from_its_day() -> None:
    acts = [Act(day(3), 7, Kind.ABOLISH)]
    assert status_on(day(5), acts=acts, withdrawn_on=day(5)) == Standing(Status.WITHDRAWN, day(5))
    assert status_on(day(4), acts=acts, withdrawn_on=day(5)).status == Status.ABOLISHED
