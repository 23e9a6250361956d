"""One round of the patrol over all rooms; the nightly job and `yangguang journal patrol` go the same way."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from yangguang.cli.errors import UsageProblem

if TYPE_CHECKING:
    from yangguang.journal.models import Patrol
    from yangguang.journal.patrol import Checked
    from yangguang.publishing.models import Edition

PATIENCE = 20
"""Seconds for one answer of the live site."""


def go(*, address: str = "", progress: Callable[[int, int], None] = lambda done, total: None) -> "Patrol":
    """Patrol everything stored and, with `address`, what the site there really serves; the result is kept."""
    from yangguang.directory import clock
    from yangguang.gazette import patrol as gazette
    from yangguang.journal import patrol, queries
    from yangguang.plan import patrol as plan
    from yangguang.publishing import patrol as publishing
    from yangguang.publishing.models import Edition
    from yangguang.registers import patrol as registers

    checks: list[patrol.Check] = [patrol.lines, plan.versions, publishing.editions, publishing.acts]
    checks += [gazette.issues, gazette.scans, registers.versions, registers.takedowns, registers.feedback]
    checks.append(registers.release)
    total = 2 * queries.size()
    if address:
        _require_site(address)
        checks.append(partial(served, address.rstrip("/")))
        total += Edition.objects.count()
    found = patrol.go(checks, now=clock.now, progress=lambda done: progress(min(done, total), total))
    progress(total, total)
    return found


def served(address: str) -> "Iterator[Checked]":
    """Every edition's text and record as the site serves them, against the journal line."""
    from yangguang.journal.patrol import Checked
    from yangguang.publishing.models import Edition

    rows = Edition.objects.select_related("document", "line").order_by("pk")
    for edition in rows.iterator(chunk_size=500):
        place = f"{address}/documents/{urllib.parse.quote(edition.document.index_no)}/v/{edition.number}"
        yield Checked(place, tuple(_served_problems(place, edition)))


def _served_problems(place: str, edition: "Edition") -> Iterator[str]:
    from yangguang.journal.verify import yangguang_verify as verifier

    manifest = json.loads(edition.line.body)
    for name in ("/text", ".json"):
        try:
            content = _fetched(place + name)
            if name == "/text" and "commitment" not in manifest:
                if verifier.match(manifest, content) != "正文":
                    yield "网站给出的正文与日志不符"
            elif name == ".json" and edition.body:
                verifier.match(manifest, content)
        except (verifier.Differs, verifier.Unusable) as problem:
            yield f"网站给出的内容与日志不符：{problem}"
        except OSError as problem:
            yield f"{place}{name} 取不到（{problem}）"


def _require_site(address: str) -> None:
    if urllib.parse.urlsplit(address).scheme not in {"http", "https"}:
        raise UsageProblem(f"网址“{address}”须以 http:// 或 https:// 开头")
    try:
        _fetched(f"{address.rstrip('/')}/journal/")
    except OSError as problem:
        raise UsageProblem(f"网站 {address} 连不上（{problem}）：请检查网址，或者先启动服务") from problem


def _fetched(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 http or https only
            content: bytes = answer.read()
            return content
    except urllib.error.HTTPError as problem:
        problem.close()
        raise
