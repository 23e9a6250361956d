"""`yangguang work`: what the machine does by itself. `serve` does the same beside the server.

To add a job: one line in `jobs`.
"""

import argparse
import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

from yangguang.cli import database

FACES_ONLY = frozenset(
    {
        "yangguang.office",
        "yangguang.api",
        "wagtail.users",
        "wagtail.snippets",
        "wagtail.images",
        "wagtail.documents",
        "wagtail.admin",
        "ninja",
    }
)
"""Applications that show something to somebody: without them the worker needs half the memory."""

if TYPE_CHECKING:
    from yangguang.chores.worker import Job, Worker


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `work`."""
    text = "后台工作：跟随公开日志、定时办理例行事务（yangguang serve 已经包含）"
    parser = subparsers.add_parser("work", help=text, description=text)
    parser.set_defaults(handler=work)


def work(_: argparse.Namespace) -> int:
    """Work until Ctrl-C or SIGTERM. Waits for its turn where another worker is at it."""
    start()
    stop = Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, told)
    signal.signal(signal.SIGTERM, told)
    print("阳光：后台工作已开始，按 Ctrl-C 停止", flush=True)
    worker().run(stop)
    return 0


def start() -> None:
    """Set Django up for background work: the records and the public pages, without desk and interface."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
    from django.apps import apps
    from django.conf import settings

    if not apps.ready:
        settings.INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name not in FACES_ONLY]
        settings.ROOT_URLCONF = "yangguang.bakery.urls"
    database.start()


def worker() -> "Worker":
    """The worker of this installation. Django must be set up."""
    from django.conf import settings

    from yangguang.chores.turn import DatabaseTurn, FolderTurn
    from yangguang.chores.worker import Worker
    from yangguang.directory import clock
    from yangguang.journal import queries as journal

    return Worker(
        list(jobs()),
        clock=clock.now,
        journal_size=journal.size,
        here=FolderTurn(settings.VAR / "worker.lock"),
        everywhere=DatabaseTurn(),
    )


def jobs() -> "Iterator[Job]":
    """Every job, in the order done: what readers wait for first."""
    from django.conf import settings

    from yangguang.bakery import actions as bakery
    from yangguang.chores.worker import Job
    from yangguang.cli import rounds
    from yangguang.journal import actions as journal
    from yangguang.journal.log import cosigning
    from yangguang.ledger import actions as ledger
    from yangguang.publishing.actions import review, status
    from yangguang.search import actions as search
    from yangguang.search.newest import newest
    from yangguang.sites.actions import digests, outbox

    # What is published signs at once by itself; this makes good what failed then.
    yield Job("签名公开日志", lambda now: journal.checkpoint(now=now), follows=True)
    yield Job("定时发布", lambda now: review.release_due(now=now), every=10, alone=True)
    yield Job("台账跟随日志", lambda _: ledger.catch_up(), follows=True)
    yield Job("全文索引跟随日志", lambda _: search.follow(), every=1)
    yield Job("公开页面跟随日志", lambda now: bakery.follow(now=now), every=0.5)
    if settings.JOURNAL_WITNESSES:
        yield Job(
            "请见证人副署", lambda _: cosigning.ask_all(settings.JOURNAL_WITNESSES), every=300, alone=True
        )
    yield Job("备好数据的下载文件", _make_files, every=5, alone=True)
    yield Job("备好大表的侧索引", _make_indexes, every=10)
    yield Job("备好推送的文字", lambda now: outbox.prepare(now=now), follows=True, alone=True)
    yield Job("发送已确认的推送", lambda now: outbox.send_due(now=now), every=30, alone=True)
    found = partial(newest, count=digests.MOST_ITEMS)
    yield Job("寄送订阅邮件", lambda now: digests.send_due(now=now, search=found), every=60, alone=True)
    yield Job("夜间巡查", lambda _: rounds.go(), daily=NIGHT, alone=True)
    yield Job("有效期届满的文件标注失效", lambda now: status.expire_due(now=now), every=600, alone=True)
    yield Job("有效期将满提醒", lambda now: status.warn_ahead(now=now), every=3600, alone=True)


NIGHT = dt.time(3, 0)
"""When the daily jobs begin, in Shanghai."""


def _make_files(_: dt.datetime) -> None:
    """In a process of its own, and only where something is missing: DuckDB's memory is given back with it."""
    from yangguang.registers.queries.public import uncounted, without_files

    if uncounted().exists() or without_files().exists():
        _run("register", "files")


def _make_indexes(_: dt.datetime) -> None:
    """The same for what each machine keeps for itself."""
    from yangguang.registers.actions import indexes

    if indexes.are_due():
        _run("register", "index")


def _run(*command: str) -> None:
    words = [sys.executable, "-m", "yangguang.cli.main", *command]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own words
