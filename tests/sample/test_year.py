"""The sample year is labelled, plausible, in order, and the same on every machine."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.factories import at
from yangguang.directory import actions as directory
from yangguang.directory.calendars import shipped_calendar
from yangguang.journal import queries as journal
from yangguang.journal.models import Line
from yangguang.ledger import queries as ledger
from yangguang.plan import actions as plans
from yangguang.plan import reviewed
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Document, Edition, Occasion, StatusAct, Withdrawal
from yangguang.publishing.queries import cleanups
from yangguang.registers import patrol
from yangguang.registers.models import Feedback, Planned, Register, Version
from yangguang.registers.queries import release
from yangguang.registers.queries.feedback import tallies
from yangguang.registers.queries.shipped import descriptors
from yangguang.rules.verdict import State
from yangguang.sample import actions as sample
from yangguang.sample import datasets
from yangguang.sample.acts import Act, PublishTable

# The year is filled once, for all tests of one worker.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("year")]

FOLDER = Path(settings.PLANS) / "shenzhen-2017"
FIRST, LAST = dt.date(2017, 6, 20), dt.date(2017, 11, 30)


class Year:
    """The real plan, adopted, with its sample; `planned` was worked out twice before anything was done."""

    def __init__(self) -> None:
        directory.load(units=FOLDER / "units.toml")
        self.version: PlanVersion = plans.adopt(
            by=None, now=at("2017-06-19 17:30"), draft=reviewed.open_folder(FOLDER)
        )
        self.planned: list[Act] = sample.acts_of(self.version, first=FIRST, last=LAST)
        self.planned_again = sample.acts_of(self.version, first=FIRST, last=LAST)
        self.told: list[tuple[int, int]] = []
        self.done = sample.fill(
            self.version, first=FIRST, last=LAST, progress=lambda *told: self.told.append(told)
        )


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Year]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Year()
        transaction.set_rollback(True)


def test_everything_says_that_it_is_a_sample(year: Year) -> None:
    assert Document.objects.count() + Version.objects.count() > 350
    assert not Document.objects.filter(is_sample=False).exists()
    assert not Register.objects.filter(is_sample=False).exists()
    for edition in Edition.objects.all():
        assert "【示例】" in edition.keywords
        assert "【示例】" in edition.body
        assert "示例数据" in edition.body or "示例内容" in edition.body
    bodies = [json.loads(line.body) for line in Line.objects.exclude(act=Line.Act.ADOPT)]
    assert all(body["sample"] is True for body in bodies)
    numbers = [body["number"] for body in bodies if isinstance(body.get("number"), str)]
    assert not [number for number in numbers if number and "示例" not in number]


def test_it_is_the_same_every_time(year: Year) -> None:
    assert year.planned == year.planned_again
    assert year.done == len(year.planned)
    assert year.told[-1] == (year.done, year.done)


def test_time_goes_forward_in_office_hours_on_working_days(year: Year) -> None:
    times = [act.at for act in year.planned]
    assert times == sorted(times)
    assert times[0].date() >= FIRST
    assert times[-1].date() <= LAST
    for moment in times:
        assert shipped_calendar().is_workday(moment.date()), moment
        assert dt.time(9) <= moment.time() < dt.time(17, 30), moment
    assert journal.problem() is None


def test_every_sort_of_act_and_verdict_is_there_to_be_seen(year: Year) -> None:
    acts = Counter(type(act).__name__ for act in year.planned)
    corrected = [act for act in year.planned if isinstance(act, PublishTable) and act.note]
    assert acts["Revise"] + len(corrected) >= 5
    assert acts["Withdraw"] >= 2
    assert Withdrawal.objects.count() == acts["Withdraw"]
    assert 35 <= Occasion.objects.count() <= 50
    states = Counter(one.verdict.state for one in ledger.standings(as_of=LAST, version=year.version))
    assert states[State.ON_TIME] > 4 * (states[State.LATE] + states[State.MISSING])
    assert states[State.LATE] >= 15
    assert states[State.MISSING] >= 10
    assert states[State.PARTIAL] == 1
    assert states[State.NOT_YET]
    assert states[State.UNJUDGED]
    assert states[State.INTERNAL]


def test_units_differ(year: Year) -> None:
    points = [score.points for _, score in ledger.scores_by_unit(LAST) if score.points is not None]
    assert max(points) == 100
    assert min(points) < 60
    assert len(points) > 25


def test_every_publication_serves_the_duty_that_it_was_made_for(year: Year) -> None:
    standings = ledger.standings(as_of=LAST, version=year.version)
    served = {line for one in standings for line in one.lines}
    published = set(Line.objects.filter(act=Line.Act.PUBLISH).values_list("seq", flat=True))
    assert published <= served


def test_bodies_have_paragraphs_and_many_have_a_table(year: Year) -> None:
    bodies = list(Edition.objects.values_list("body", flat=True))
    assert all(3 <= len(body.split("\n\n")) <= 7 for body in bodies)
    assert sum("\t" in body for body in bodies) > len(bodies) / 3


def test_documents_end_in_every_way_and_some_are_marked_late(year: Year) -> None:
    acts = Counter(StatusAct.objects.values_list("act", flat=True))
    assert set(acts) == {"abolish", "expire", "replace", "amend"}
    assert Edition.objects.exclude(attachments=[]).exists()
    states = Counter(one.state.value for one in cleanups.markings(LAST))
    assert (states["on_time"] >= 3, states["late"], states["missing"], states["none"]) == (True, 1, 1, 1)


def test_the_release_plan_lives_with_what_is_open_overdue_and_to_come(year: Year) -> None:
    board = release.board(LAST)
    assert len(board.batches) == 3
    assert sum(line.open for line in board.batches) == board.open_now > 40
    assert len(board.overdue) == 7
    assert sum(line.to_come for line in board.batches) > 20
    assert len(board.dropped) == 1
    (put_off,) = (one.planned.moved_from for one in board.entries if one.planned.moved_from)
    assert put_off.batch.due_on < LAST
    (promised,) = (one.planned for one in board.entries if one.planned.request)
    assert promised.batch.title == board.batches[-1].name
    assert not [problem for checked in patrol.release() for problem in checked.problems]


def test_readers_were_heard_and_some_still_wait(year: Year) -> None:
    told = list(Feedback.objects.order_by("pk"))
    assert all(one.is_sample and one.text.startswith("【示例】") for one in told)
    assert {one.kind for one in told} == set(Feedback.Kind)
    assert {bool(one.answered_at) for one in told} == {True, False}
    assert sum(row.overdue for row in tallies(LAST)) == 1


def test_the_six_hundred_are_planned_published_and_counted_when_asked(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = datasets.six_hundred()[::90]
    monkeypatch.setattr(datasets, "six_hundred", lambda: few)
    before = Register.objects.count()
    told: list[tuple[int, int]] = []
    made = datasets.fill(now=at("2017-11-30"), progress=lambda *done: told.append(done))
    assert told[-1] == (len(few), len(few))
    assert Register.objects.count() == before + made
    assert datasets.fill(now=at("2017-11-30")) == 0
    for described, unit in few:
        register = Register.objects.filter(slug=described.name, unit=unit).first()
        assert Planned.objects.filter(slug=described.name).exists()
        if register is not None:
            assert register.is_sample
            assert register.described == described
            assert register.versions.get().rows > 0


def test_every_register_of_the_plan_has_rows_and_those_kept_by_period_have_their_periods(year: Year) -> None:
    kept: dict[str, list[Version]] = {}
    for version in Version.objects.select_related("register").order_by("number"):
        kept.setdefault(version.register.descriptor["name"], []).append(version)
    for name in descriptors(FOLDER / "registers"):
        assert kept.get(name), name
        assert all(version.rows for version in kept[name]), name
    # A first version brings the year's earlier months along; each month after it is added when it is over.
    assert kept["social-assistance"][-1].period == "2017-10"
    assert len(kept["science-projects"]) > 1
    assert kept["science-projects"][0].rows < kept["science-projects"][-1].rows
    # What a unit let pass stays missing though its register holds the year before.
    assert [version.period for version in kept["electricity-trading"]] == ["2016H2"]
