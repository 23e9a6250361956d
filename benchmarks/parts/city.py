"""An invented large administration in a database of its own: units, one plan, a year of journal lines.

Everything in it is made up. 101 monthly duties are owed by a group that holds all units; every unit
publishes ten documents a month, most of them in time, in the order of the days.
"""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

DUTIES = 101
MONTHS = 12
A_MONTH = 10
YEAR = 2017
SHANGHAI = ZoneInfo("Asia/Shanghai")


def start(folder: str) -> None:
    """Set Django up on a new database in the folder (or the one that YANGGUANG_DATABASE names)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
    os.environ["YANGGUANG_VAR"] = folder
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="yangguang-benchmark-")


def build(units: int) -> None:
    """Enter units, plan and journal."""
    from django.db import transaction

    with transaction.atomic():
        _enter_units(units)
        _adopt_plan()
        _write_journal(units)


def title(duty: int, month: int) -> str:
    return f"{YEAR}年{month}月示例事项{duty:03d}公开情况"


def _enter_units(number: int) -> None:
    from yangguang.directory.models import Membership, Unit

    group = Unit.objects.create(slug="all", name="各单位", kind=Unit.Kind.GROUP)
    units = Unit.objects.bulk_create(
        Unit(slug=f"unit-{index}", name=f"示例单位{index:04d}", position=index)
        for index in range(1, number + 1)
    )
    Membership.objects.bulk_create(Membership(group=group, member=unit) for unit in units)


def _adopt_plan() -> None:
    from yangguang.plan import actions
    from yangguang.plan.draft import DraftArea, DraftObligation, DraftTask, PlanDraft

    duties = [f"1.{number}" for number in range(1, DUTIES + 1)]
    draft = PlanDraft(
        slug="benchmark",
        title="示例方案",
        number="",
        issuer="示例",
        issued_on=dt.date(YEAR, 1, 1),
        year=YEAR,
        source_name="none",
        source_sha256="0" * 64,
        areas=(
            DraftArea(
                1,
                "示例领域",
                tuple(DraftTask(code, code, ("各单位",), "monthly", "series") for code in duties),
            ),
        ),
        obligations=tuple(
            DraftObligation(
                code=code,
                task=code,
                title=f"示例事项{number:03d}",
                phrase=code,
                form="series",
                cadence="monthly",
                rule={
                    "kind": "monthly",
                    "due": {"months": 1},
                    "basis": "default",
                    "reason": "次月底前。",
                    "words": [[f"示例事项{number:03d}", "公开情况"]],
                    "forms": ["series", "document"],
                },
            )
            for number, code in enumerate(duties, 1)
        ),
    )
    actions.adopt(by=None, now=dt.datetime(YEAR, 1, 1, 8, tzinfo=SHANGHAI), draft=draft)


def _write_journal(units: int) -> None:
    """Lines as `journal.actions.append` writes them, many at a time."""
    from yangguang.journal.models import Head, Line
    from yangguang.rules.chain import canonical, digest

    head = Head.objects.get()
    lines: list[Line] = []
    for at, body in publications(units):
        head.size += 1
        text = canonical({**body, "at": at.isoformat(timespec="seconds"), "seq": head.size})
        previous, head.digest = head.digest, digest(head.digest, text)
        line = Line(seq=head.size, act="publish", at=at, body=text, previous=previous, digest=head.digest)
        lines.append(line)
        if len(lines) == 20_000:
            Line.objects.bulk_create(lines)
            lines.clear()
    Line.objects.bulk_create(lines)
    head.save()


def publications(units: int) -> Iterator[tuple[dt.datetime, dict[str, object]]]:
    for month in range(1, MONTHS + 1):
        for place in range(A_MONTH):
            # In the month after; the last two of the ten come after the month's end, and are late.
            day = dt.datetime(YEAR, month, 1, 9, tzinfo=SHANGHAI) + dt.timedelta(days=32 + 4 * place)
            for unit in range(1, units + 1):
                yield day, publication(unit, month, place)


def publication(unit: int, month: int, place: int) -> dict[str, object]:
    """The facts of one line; which duties a unit meets depends on its number."""
    duty = (unit + place * 7) % DUTIES + 1
    return {
        "act": "publish",
        "by": "示例",
        "document": f"unit-{unit}-{YEAR}-{month * A_MONTH + place:05d}",
        "edition": 1,
        "unit": f"示例单位{unit:04d}",
        "title": title(duty, month),
        "number": "",
        "form": "series",
        "keywords": [f"第{unit}号示例"],
        "covers": f"{YEAR}-{month:02d}",
        "made_on": None,
        "channel": "政府网站",
        "url": f"/documents/unit-{unit}/",
        "note": "",
        "sha256": "0" * 64,
        "sample": True,
    }


def database_mb() -> float:
    """Size of the database file; 0 for a server."""
    from django.conf import settings

    path = Path(str(settings.DATABASES["default"]["NAME"]))
    return path.stat().st_size / 2**20 if path.exists() else 0.0
