"""The catalogue of 10,000 datasets: package_search, and a harvest of all of it, through the whole product.

    python benchmarks/catalogue.py [--sizes 1000 10000]

Peer: the same records asked by Django's ORM as a catalogue without an index of its own would (`icontains`
over the titles and descriptions, the counts of facets by GROUP BY). Milliseconds on the wall, from the
request that the server hands over to the bytes of the answer; each size in a process of its own.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city
from benchmarks.parts.measure import in_own_process, peak_mb, show

QUERIES: tuple[dict[str, str], ...] = (
    {"q": "水质"},
    {"q": "行政处罚", "facet.field": json.dumps(["organization", "tags", "res_format", "groups"])},
    {"fq": "organization:unit-7 AND res_format:CSV", "sort": "metadata_modified desc"},
    {"q": "title:监测*", "rows": "20", "start": "40"},
    {"fq": "metadata_modified:[2017-06-01T00:00:00Z TO *]", "sort": "name asc"},
)
SUBJECTS = ("水质监测", "行政处罚", "行政许可", "财政收支", "价格公示", "项目进展", "抽查结果", "招生计划")
UNITS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description="package_search and harvest of a large catalogue")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measured(arguments.measure)))
        return
    rows: list[tuple[object, ...]] = [
        (
            "datasets",
            "search p50 ms",
            "p95 ms",
            "peer p95 ms",
            "ratio",
            "harvest/s",
            "first load s",
            "peak MB",
        )
    ]
    for size in arguments.sizes:
        told = in_own_process(__file__, "--measure", size)
        rows.append(
            (f"{size:,}", *(told[name] for name in ("p50", "p95", "peer", "ratio", "harvest", "load", "mb")))
        )
    show(rows)


def measured(size: int) -> dict[str, float]:
    with city.folder() as folder:
        city.start(folder)
        enter(size)
        from django.test import Client

        client = Client(headers={"host": "127.0.0.1"})
        load, _ = wall(lambda: asked(client, {"rows": "1"}))
        ours = [wall(lambda q=query: asked(client, q))[0] for query in QUERIES * 40]
        peers = [wall(lambda q=query: peer(q))[0] for query in QUERIES * 4]
        harvest, seen = wall(lambda: harvested(client))
    if seen != size:
        sys.exit(f"harvested {seen} of {size}")
    p95, other = percentile(ours, 95), percentile(peers, 95)
    return {
        "p50": percentile(ours, 50),
        "p95": p95,
        "peer": other,
        "ratio": other / p95,
        "harvest": size / harvest * 1000,
        "load": load / 1000,
        "mb": peak_mb(),
    }


def enter(size: int) -> None:
    """Registers with one version each, as the product's verbs write them, many at a time."""
    import datetime as dt

    from yangguang.directory.models import Unit
    from yangguang.journal.models import Head, Line
    from yangguang.registers.models import Register, Version

    units = Unit.objects.bulk_create(
        Unit(slug=f"unit-{number}", name=f"示例单位{number:02d}", position=number) for number in range(UNITS)
    )
    at = dt.datetime(2017, 3, 1, 9, tzinfo=city.SHANGHAI)
    described = [descriptor(number) for number in range(size)]
    registers = Register.objects.bulk_create(
        Register(
            slug=one["name"],
            title=one["title"],
            kind=one["kind"],
            unit=units[number % UNITS],
            topic="市场监管、安全生产监管",
            cadence="monthly",
            descriptor=one,
            established_at=at,
        )
        for number, one in enumerate(described)
    )
    lines = Line.objects.bulk_create(
        [
            Line(seq=n + 1, act="version", at=at, body="{}", previous="", digest=f"{n:064x}")
            for n in range(size)
        ],
        batch_size=5000,
    )
    Version.objects.bulk_create(
        (
            Version(
                register=register,
                number=1,
                line=line,
                title=register.title,
                descriptor=register.descriptor,
                sha256=line.digest,
                served=line.digest,
                rows=100,
                size=2000,
                online_at=at + dt.timedelta(minutes=number * 7),
            )
            for number, (register, line) in enumerate(zip(registers, lines, strict=True))
        ),
        batch_size=2000,
    )
    Head.objects.create(pk=1, size=size, digest=lines[-1].digest)


def descriptor(number: int) -> dict[str, Any]:
    subject = SUBJECTS[number % len(SUBJECTS)]
    return {
        "name": f"sample-{number:05d}",
        "title": f"【示例】第{number}号{subject}信息",
        "description": f"示例单位公布的{subject}，按月更新，第{number}号。",
        "kind": "series",
        "unit": "示例单位",
        "cadence": "monthly",
        "intake": "period",
        "period": "month",
        "keywords": [subject, f"第{number % 97}类"],
        "schema": {
            "fields": [
                {"name": "month", "title": "月份", "type": "yearmonth"},
                {"name": "value", "title": f"{subject}数值", "type": "number"},
            ]
        },
    }


def asked(client: Any, query: dict[str, str]) -> Any:
    response = client.get("/api/3/action/package_search", query)
    assert response.status_code == 200, response.content[:300]
    return response


def harvested(client: Any) -> int:
    """All datasets as ckanext-harvest asks for them: pages of 100 by id until one is empty."""
    seen = 0
    while page := asked(client, {"rows": "100", "start": str(seen), "sort": "id asc"}).json()["result"][
        "results"
    ]:
        seen += len(page)
    return seen


def peer(query: dict[str, str]) -> list[Any]:
    from django.db.models import Count, Q

    from yangguang.registers.models import Register

    word = query.get("q", "").removeprefix("title:").rstrip("*")
    found = Register.objects.filter(Q(title__icontains=word) | Q(descriptor__icontains=word))
    if "organization" in query.get("fq", ""):
        found = found.filter(unit__slug="unit-7")
    if "facet.field" in query:
        list(found.values("unit__slug").annotate(number=Count("pk")))
        list(found.values("topic").annotate(number=Count("pk")))
    found.count()
    return [json.dumps(one.descriptor) for one in found.select_related("unit").order_by("slug")[:10]]


def wall(act: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what came."""
    started = time.perf_counter()
    result = act()
    return (time.perf_counter() - started) * 1000, result


def percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


if __name__ == "__main__":
    main()
