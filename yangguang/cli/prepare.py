"""`yangguang prepare`: everything that must be there before the site can be served. Quick the second time."""

import argparse
import datetime as dt
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from yangguang.cli.errors import UsageProblem


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `prepare`."""
    text = "建库、载入方案和示例、收集静态文件、开立首批账号（已有的不重做）"
    parser = subparsers.add_parser("prepare", help=text, description=text)
    parser.set_defaults(handler=prepare)


def prepare(_: argparse.Namespace) -> int:
    """Do each step that is still to be done, and say what was done and how long it took."""
    # Ctrl-C ends it at once; the database takes back what was not finished.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _start()
    collecting = _collect_static()
    with _step("数据库"):
        _migrate()
    with _step("分工方案"):
        _adopt_plans()
    with _step("清单"):
        _establish_registers()
    with _step("示例数据"):
        _fill_sample()
    with _step("全文索引"):
        _index_texts()
    with _step("静态文件"):
        _wait_for(collecting)
    _open_desks()
    return 0


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    settings.VAR.mkdir(parents=True, exist_ok=True)
    django.setup()
    try:
        call_command("check", fail_level="ERROR", stdout=io.StringIO())
    except SystemCheckError as problem:
        raise UsageProblem(f"设置有误，没有启动。{problem}") from problem


@contextmanager
def _step(name: str) -> Iterator[None]:
    print(f"  {name} …", end="", flush=True)
    started = time.monotonic()
    yield
    print(f"\r  {name} 就绪（{time.monotonic() - started:.1f} 秒）", flush=True)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=1, no_color=True, stdout=_Applied(len(plan)))
    except DatabaseError as problem:
        name = connection.settings_dict["NAME"]
        raise UsageProblem(
            f"数据库 {name} 不能用（{problem}）：请检查设置 YANGGUANG_DATABASE 和 YANGGUANG_VAR"
        ) from problem


class _Applied(io.StringIO):
    """What `migrate` says, as a bar: it ends each migration with OK."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._total, self._done = total, 0

    def write(self, text: str) -> int:
        if text.strip() == "OK":
            self._done += 1
            _bar(self._done, self._total, "数据库")
        return len(text)


def _adopt_plans() -> None:
    """Adopt each plan of YANGGUANG_PLANS that was never adopted. Amending one is the desk's business."""
    from django.conf import settings
    from django.db import transaction

    from yangguang.directory import actions as directory
    from yangguang.directory import clock
    from yangguang.directory.units_file import UnitsFileProblem
    from yangguang.journal.actions import Forked
    from yangguang.plan import actions, reviewed
    from yangguang.plan.models import Plan
    from yangguang.plan.readers import default_aliases
    from yangguang.rules.obligations_file import Faulty
    from yangguang.rules.plan_table import Unreadable

    adopted = set(Plan.objects.values_list("slug", flat=True))
    try:
        for slug, folder in reviewed.folders(settings.PLANS):
            if slug in adopted:
                continue
            draft = reviewed.open_folder(folder)
            with transaction.atomic():
                directory.load(
                    units=folder / "units.toml",
                    aliases=default_aliases().for_city(f"{draft.title}{draft.issuer}"),
                )
                now = clock.now()
                if settings.DEMONSTRATION_DAY is not None:
                    now = dt.datetime.combine(draft.issued_on, dt.time(17, 30), clock.SHANGHAI)
                actions.adopt(by=None, now=now, draft=draft)
    except Forked as problem:
        afresh = f"若是有意从头开始，请先移走 {settings.JOURNAL_ROOT}"
        raise UsageProblem(f"{problem}。{afresh}") from problem
    except (Faulty, Unreadable, UnitsFileProblem, actions.NotAdoptable) as problem:
        raise UsageProblem(str(problem)) from problem


def _establish_registers() -> None:
    """Make the registers that come with each plan in use, once. A demonstration makes those that it fills."""
    from django.conf import settings

    from yangguang.directory import clock
    from yangguang.plan.models import Plan
    from yangguang.registers.actions import registers
    from yangguang.registers.models import Register
    from yangguang.registers.queries.shipped import descriptors

    if settings.DEMONSTRATION_DAY is not None or Register.objects.exists():
        return
    for slug in Plan.objects.values_list("slug", flat=True):
        found = descriptors(settings.PLANS / slug / "registers")
        try:
            registers.establish_missing(by=None, now=clock.now(), descriptors=found.values())
        except ValueError as problem:
            raise UsageProblem(f"分工方案 {slug} 自带的清单没有建立：{problem}") from problem


def _fill_sample() -> None:
    """In a demonstration, fill the newest plan's year up to the demonstration's day, once."""
    from django.conf import settings

    from yangguang.directory import clock
    from yangguang.ledger import actions as ledger
    from yangguang.ledger.queries import NoPlan, current_version
    from yangguang.publishing.models import Document
    from yangguang.sample import sites
    from yangguang.sample.actions import fill

    if settings.DEMONSTRATION_DAY is not None:
        sites.fill(now=clock.now())
    if settings.DEMONSTRATION_DAY is not None and not Document.objects.exists():
        try:
            version = current_version()
        except NoPlan:
            return
        first = version.adopted_on + dt.timedelta(days=1)
        fill(version, first=first, last=settings.DEMONSTRATION_DAY, progress=_bar)
    ledger.catch_up()


def _index_texts() -> None:
    from yangguang.search import actions

    actions.follow(progress=partial(_bar, name="全文索引"))


def _bar(done: int, total: int, name: str = "示例数据") -> None:
    if not total:
        return
    if sys.stdout.isatty() and (done % 10 == 0 or done == total):
        filled = 30 * done // total
        print(f"\r  {name} {'█' * filled}{'░' * (30 - filled)} {done}/{total}", end="", flush=True)
    if done == total and sys.stdout.isatty():
        print("\r" + " " * 60 + "\r", end="")


def _collect_static() -> "tuple[subprocess.Popen[bytes], str] | None":
    """Begin to collect, beside the other steps, where a file or its place changed; with what was found."""
    digest = _static_digest()
    if _stamp().exists() and _stamp().read_text() == digest:
        return None
    # redoc: the interface has one page of documentation; its library brings the script of another.
    collecting = subprocess.Popen(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v0", "--ignore=redoc*"]
    )
    return collecting, digest


def _stamp() -> Path:
    from django.conf import settings

    return Path(settings.STATIC_ROOT) / "collected"


def _static_digest() -> str:
    import hashlib

    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            digest.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _wait_for(begun: "tuple[subprocess.Popen[bytes], str] | None") -> None:
    if begun is None:
        return
    collecting, digest = begun
    if collecting.wait():
        raise UsageProblem(
            "静态文件没有收集成（原因见上）：请检查磁盘空间和设置 YANGGUANG_VAR 的文件夹能否写入，再运行一次"
        )
    _stamp().write_text(digest)


def _open_desks() -> None:
    """Open the first accounts, and keep their passwords in a file that only its owner can read."""
    from django.conf import settings

    from yangguang.directory import actions as directory
    from yangguang.directory.models import Person, Unit

    if Person.objects.exists():
        return
    unit = Unit.objects.filter(name="市财政委").first() or Unit.objects.exclude(kind=Unit.Kind.GROUP).first()
    if unit is None:
        raise UsageProblem("名录里没有单位，无法开立账号：请检查 YANGGUANG_PLANS 文件夹里的 units.toml")
    passwords = directory.open_first_desks(unit=unit)
    told = {
        "office": "政府办公厅",
        "editor": f"{unit.name}编辑（起草、送审）",
        "reviewer": f"{unit.name}审核员（单位审核）",
        "signer": f"{unit.name}签发人（保密审查、签发）",
    }
    lines = [f"{name}\t{password}\t{told[name]}" for name, password in passwords.items()]
    file = settings.VAR / "staff-password"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write("\n".join(lines) + "\n")
    print("\n  首次启动，已开立四个工作台账号（密码随机生成，只显示这一次）：")
    for name, password in passwords.items():
        print(f"    {name:<10}{password}    {told[name]}")
    print(f"  密码另存在 {file}（只有本机当前用户可读，记下后可以删去）")
