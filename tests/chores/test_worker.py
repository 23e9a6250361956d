"""The background worker: what it does when, and that no job holds up another."""

import datetime as dt
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from tests.factories import publish
from yangguang.chores import queries
from yangguang.chores.models import Chore
from yangguang.chores.turn import DatabaseTurn, FolderTurn
from yangguang.chores.worker import Job, Worker
from yangguang.cli import work
from yangguang.journal import queries as journal

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = dt.datetime(2017, 11, 30, 12, tzinfo=SHANGHAI)


class Free:
    """A turn that is always ours, or never."""

    def __init__(self, mine: bool = True) -> None:
        self.mine = mine

    def is_mine(self) -> bool:
        return self.mine

    def give_back(self) -> None:
        self.mine = False


def make_worker(*jobs: Job, now: dt.datetime = NOON, shared: bool = True) -> Worker:
    return Worker(jobs, clock=lambda: now, journal_size=journal.size, here=Free(), everywhere=Free(shared))


def counted(log: list[str], name: str) -> Callable[[dt.datetime], object]:
    return lambda _: log.append(name)


def broken(_: dt.datetime) -> None:
    raise OSError("磁盘满了")


@pytest.mark.django_db
def test_a_job_that_follows_runs_once_for_each_growth_of_the_journal() -> None:
    done: list[str] = []
    worker = make_worker(Job("跟随", counted(done, "x"), follows=True))
    worker.do_due()
    worker.do_due()
    assert len(done) == 1
    publish()
    worker.do_due()
    worker.do_due()
    assert len(done) == 2


@pytest.mark.django_db(transaction=True)  # after a failure the worker may change its connection
def test_a_failing_job_is_kept_in_words_waits_and_holds_up_nobody(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    done: list[str] = []
    worker = make_worker(Job("坏的", broken, follows=True), Job("好的", counted(done, "x"), follows=True))
    assert worker.do_due() == ["坏的", "好的"]
    assert worker.do_due() == []  # it waits before it tries again
    [chore] = queries.failing()
    assert (chore.name, chore.failures, chore.done_at) == ("坏的", 1, None)
    assert "磁盘满了" in chore.problem
    assert done == ["x"]


@pytest.mark.django_db(transaction=True)  # after a failure the worker may change its connection
def test_a_job_that_failed_is_tried_again_and_its_success_clears_the_desk() -> None:
    fails = [True]

    def sometimes(_: dt.datetime) -> None:
        if fails:
            fails.pop()
            raise ValueError("暂时不行")

    worker = make_worker(Job("时好时坏", sometimes, follows=True))
    worker.do_due()
    assert queries.failing()
    worker._jobs[0][1].again = 0  # the pause is over
    worker.do_due()
    assert not queries.failing()
    assert Chore.objects.get().done_at == NOON


@pytest.mark.django_db
def test_a_daily_job_runs_once_a_day_after_its_hour_and_a_restart_does_not_repeat_it() -> None:
    done: list[str] = []
    job = Job("巡查", counted(done, "x"), daily=dt.time(3))
    make_worker(job, now=NOON.replace(hour=2)).do_due()
    assert done == []
    make_worker(job).do_due()
    make_worker(job).do_due()
    assert done == ["x"]
    make_worker(job, now=NOON + dt.timedelta(days=1)).do_due()
    assert done == ["x", "x"]


@pytest.mark.django_db
def test_what_must_happen_once_is_left_to_the_worker_whose_turn_it_is() -> None:
    done: list[str] = []
    jobs = (
        Job("发信", counted(done, "mail"), every=1, alone=True),
        Job("索引", counted(done, "index"), every=1),
    )
    make_worker(*jobs, shared=False).do_due()
    assert done == ["index"]


def test_one_folder_has_one_worker_and_a_worker_that_died_leaves_no_lock(tmp_path: Path) -> None:
    first, second = FolderTurn(tmp_path / "lock"), FolderTurn(tmp_path / "lock")
    assert first.is_mine()
    assert not second.is_mine()
    first.give_back()
    assert second.is_mine()
    second.give_back()
    child = os.fork()
    if child == 0:
        os._exit(0 if FolderTurn(tmp_path / "lock").is_mine() else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert first.is_mine()
    first.give_back()


@pytest.mark.django_db(transaction=True)
def test_one_database_has_one_worker_for_shared_acts() -> None:
    first, second = DatabaseTurn(), DatabaseTurn()
    assert first.is_mine()
    assert first.is_mine()
    if connection.vendor == "postgresql":
        assert not second.is_mine()
        first.give_back()
        assert second.is_mine()
    first.give_back()
    second.give_back()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_stops_before_its_next_job() -> None:
    stop, done = threading.Event(), []

    def long(_: dt.datetime) -> None:
        done.append("first")
        stop.set()

    worker = make_worker(Job("一", long, every=0.1), Job("二", counted(done, "second"), every=0.1))
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert done == ["first"]


@pytest.mark.django_db
def test_every_registered_job_runs_on_an_empty_installation() -> None:
    jobs = list(work.jobs())
    assert len({job.name for job in jobs}) == len(jobs)
    for job in jobs:
        assert job.follows or job.every or job.daily, job.name
        job.run(NOON)
