"""What every test stands on: no other machine, a fixed day, and the usual cast."""

import datetime as dt
import gc
import itertools
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from tests import network

SHANGHAI = ZoneInfo("Asia/Shanghai")

# How long an example takes depends on the machine: no test fails for that.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks the database is run: the rest was seen on SQLite, and is no different."""
    if connections["default"].vendor != "postgresql":
        return
    asking: dict[bool, list[pytest.Item]] = {True: [], False: []}
    for item in items:
        asking[_asks_the_database(item)].append(item)
    config.hook.pytest_deselected(items=asking[False])
    items[:] = asking[True]


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it again and again takes a tenth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _asks_the_database(item: pytest.Item) -> bool:
    marks = (item.get_closest_marker(name) for name in ("django_db", "postgres"))
    wanted = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(wanted) or any(marks)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """With `--nomigrations` the tables come from the models, in a tenth of the time. That every migration
    is through is then told, for the commands that tests start as processes of their own.
    """
    if request.config.getvalue("nomigrations"):
        with django_db_blocker.unblock(), override_settings(MIGRATION_MODULES={}):
            call_command("migrate", fake=True, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        network.refuse_other_machines(monkeypatch)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_connection_is_closed_inside_a_transaction() -> Iterator[None]:
    """Most tests run inside one, and closing loses all that they wrote: PostgreSQL says so at the next
    query, a SQLite in memory never. A response that streams is read to its end, not closed half-way. Threads
    of the live server close what they share with the test when they end, which does nothing.
    """
    wrapper = type(connections["default"])
    close = wrapper.close

    def close_outside(self: BaseDatabaseWrapper) -> None:
        if threading.current_thread() is threading.main_thread():
            assert not self.in_atomic_block, "the connection was closed inside a transaction"
        close(self)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(wrapper, "close", close_outside)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_request_at_a_time() -> Iterator[None]:
    """The live server answers in threads that share one SQLite in memory, so also its transaction: a second
    request would stand inside the first one's. On PostgreSQL nothing is shared.
    """
    one, answer = threading.Lock(), WSGIHandler.__call__

    def answer_alone(self: WSGIHandler, *args: object) -> object:
        with one:
            return answer(self, *args)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(WSGIHandler, "__call__", answer_alone)
        yield


_logs = itertools.count(1)


@pytest.fixture(autouse=True)
def a_log_of_its_own(settings: Settings) -> None:
    """Every test begins with an empty database, so with an unsigned public log."""
    settings.JOURNAL_ROOT = settings.VAR / "logs" / f"{os.getpid()}-{next(_logs)}"


@pytest.fixture
def noon() -> dt.datetime:
    """Noon on the day on which the tests' demonstration stands still."""
    return dt.datetime(2017, 11, 30, 12, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium. Without it the browser tests are reported as skipped, with this reason."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("没有 chromium：apt install chromium fonts-noto-cjk 之后浏览器测试才能运行")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking"]
        running = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield running
        running.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 2 MB, mounted for the test; skipped where nobody may mount."""
    place = tmp_path / "small"
    place.mkdir()
    if os.system(f"mount -t tmpfs -o size=2m tmpfs '{place}' 2>/dev/null") != 0:  # noqa: S605 a folder of ours
        pytest.skip("不能挂载 tmpfs：需要 root")
    yield place
    os.system(f"umount '{place}'")  # noqa: S605
