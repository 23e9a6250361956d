"""Move a unit's old site in: its pages become documents, its addresses lead to them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction

from yangguang.journal import actions as journal
from yangguang.publishing import attachments
from yangguang.publishing.actions import imports
from yangguang.publishing.actions.imports import Incoming
from yangguang.publishing.attachments import Attachment
from yangguang.publishing.models import Imported
from yangguang.sites.models import OldAddress, Site
from yangguang.sites.moving.pages import OldPage
from yangguang.sites.moving.sources import Read
from yangguang.warehouse import store

BATCH = 100


@dataclass
class Report:
    """What became of every page of the old site. Paths and sentences; `carried` maps a path to its new place."""

    carried: dict[str, str] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    duplicates: dict[str, str] = field(default_factory=dict)
    broken: dict[str, list[str]] = field(default_factory=dict)
    without_day: list[str] = field(default_factory=list)
    left_behind: dict[str, list[str]] = field(default_factory=dict)
    pictures: int = 0
    files: int = 0
    redirects: int = 0


def move_in(
    *,
    now: dt.datetime,
    site: Site,
    pages: Iterable[Read],
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Publish every page under the site's unit and keep its old address. `progress` is told how many were read.

    The time of going online is now: nobody can backdate it; the old page's date is kept as 发布日期. What was
    moved in before is left as it is, so that a run that was broken off is simply started again. Two pages of
    the same text become one document with two old addresses. Raises ValueError for a site without a unit.
    """
    if site.unit is None:
        raise ValueError(f"“{site.name}”不属于哪个单位，不知道以谁的名义发布：请先在工作台给它指定单位")
    report, bodies, done = Report(), dict[str, str](), 0
    reading = iter(pages)
    with journal.one_checkpoint(now=now):
        while batch := list(islice(reading, BATCH)):
            _move(site, batch, report, bodies, now)
            done += len(batch)
            progress(done)
    return report


def source_of(site: Site) -> str:
    return f"迁入 {site.slug}"


def _move(site: Site, batch: list[Read], report: Report, bodies: dict[str, str], now: dt.datetime) -> None:
    source = source_of(site)
    known = imports.known(source=source, keys=[path for path, _ in batch])
    incoming: list[Incoming] = []
    again: list[tuple[str, str]] = []
    pages: dict[str, OldPage] = {}
    for path, page in batch:
        if not isinstance(page, OldPage):
            report.skipped[path] = str(page)
        elif path in known:
            report.known.append(path)
            bodies[page.found.body] = path
        elif page.found.body in bodies:
            again.append((path, bodies[page.found.body]))
        elif path in pages:
            report.skipped[path] = "同一地址出现两次，只取第一次"
        else:
            bodies[page.found.body], pages[path] = path, page
            incoming.append(_incoming(site, page, report))
    with transaction.atomic():
        outcome = imports.publish_many(now=now, source=source, incoming=incoming)
        _keep_addresses(site, outcome.imported, again, report)
    report.skipped |= outcome.refused
    for path in outcome.imported:
        _tell(pages[path], report)


def _incoming(site: Site, page: OldPage, report: Report) -> Incoming:
    assert site.unit is not None  # noqa: S101 checked in move_in
    files: list[Attachment] = []
    for picture in page.found.pictures:
        media_type = attachments.media_type_of(picture.name) or "image/png"
        files.append(Attachment(picture.name, media_type, len(picture.content), store.put(picture.content)))
    for file in page.files[: attachments.MOST - len(files)]:
        files.append(_stored(file))
    facts = {
        "title": page.found.title,
        "body": page.found.body,
        "number": page.found.number,
        "issuers": list(page.found.issuers),
        "made_on": page.found.made_on,
        "released_on": page.released_on,
        "is_sample": site.is_sample,
    }
    return Incoming(page.path, page.sha256, site.unit, facts, files)


def _stored(file: Path) -> Attachment:
    with file.open("rb") as opened:
        digest, size = store.put_file(opened)
    return Attachment(file.name, attachments.media_type_of(file.name) or "", size, digest)


def _keep_addresses(
    site: Site, imported: dict[str, str], again: list[tuple[str, str]], report: Report
) -> None:
    """Old addresses of what was carried, with the folder's own address for its index page."""
    for path, index_no in imported.items():
        report.carried[path] = f"/documents/{index_no}/"
    for path, first in again:
        target = report.carried.get(first) or _place(site, first)
        if target:
            report.duplicates[path] = first
            report.carried.setdefault(first, target)
    targets = {path: report.carried[path] for path in imported}
    targets |= {path: report.carried[first] for path, first in again if path in report.duplicates}
    for path, target in list(targets.items()):
        if path.endswith(("/index.html", "/index.htm")):
            targets[path.rpartition("/")[0] + "/"] = target
    rows = [OldAddress(site=site, path=path, target=target) for path, target in targets.items()]
    OldAddress.objects.bulk_create(rows, ignore_conflicts=True)
    report.redirects += len(rows)


def _place(site: Site, path: str) -> str:
    row = Imported.objects.filter(source=source_of(site), key=path).select_related("document").first()
    return row.document.get_absolute_url() if row else ""


def _tell(page: OldPage, report: Report) -> None:
    report.pictures += page.pictures
    report.files += len(page.files)
    if page.broken:
        report.broken[page.path] = page.broken
    if page.released_on is None:
        report.without_day.append(page.path)
    if page.found.notices:
        report.left_behind[page.path] = [str(notice) for notice in page.found.notices]
