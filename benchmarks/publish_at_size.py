"""Publishing one document beside few and beside many stored ones: the cost must not grow with the archive.

Stored documents are made by the product's own import. Timed is `documents.publish`: its row, its edition, its
journal line and the commit. The directory page of twenty is timed too. The larger size is compared with the
smaller one of the same run.

    python benchmarks/publish_at_size.py [--quick] [--sizes 2000 200000]
"""

import argparse
import datetime as dt
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, measure

SIZES = (2_000, 20_000, 200_000)
QUICK = (500, 5_000)
TRIES = 60
BATCH = 1_000
BODY = "【示例】第一段，说明事项的背景和范围。\n\n一、主要内容\n\n" + "各有关单位应当按照要求公开信息。" * 40


def take(size: int, folder: str) -> None:
    """Fill a new database with `size` documents, publish some more, and print the milliseconds."""
    city.start(folder)
    from yangguang.directory.models import Unit
    from yangguang.publishing.actions import documents
    from yangguang.publishing.actions.imports import Incoming, publish_many
    from yangguang.publishing.queries import directory

    units = [Unit.objects.create(slug=f"u{number}", name=f"示例单位{number}") for number in range(10)]
    start = dt.datetime(2017, 1, 3, 9, tzinfo=city.SHANGHAI)
    for first in range(0, size, BATCH):
        incoming = [
            Incoming(
                key=str(number),
                sha256=f"{number:064x}",
                unit=units[number % len(units)],
                facts={"title": f"关于示例事项第{number}号的通知", "body": BODY, "topic": "综合政务"},
            )
            for number in range(first, min(first + BATCH, size))
        ]
        publish_many(now=start + dt.timedelta(seconds=first), source="benchmark", incoming=incoming)
    now = start + dt.timedelta(seconds=size)
    publishing, busy, listing = [], [], []
    for number in range(TRIES):
        started, working = time.perf_counter(), time.process_time()
        documents.publish(
            by=None,
            now=now + dt.timedelta(seconds=number),
            unit=units[number % len(units)],
            title=f"新发布的文件{number}",
            body=BODY,
            is_sample=True,
        )
        publishing.append(time.perf_counter() - started)
        busy.append(time.process_time() - working)
        started = time.perf_counter()
        found = directory.page(directory.Wanted(unit=units[0]), dt.date(2018, 1, 1), 20)
        listing.append(time.perf_counter() - started)
        assert len(found.editions) == 20
    told = {"publish": publishing, "work": busy, "list": listing}
    print(json.dumps({name: statistics.median(times) * 1000 for name, times in told.items()}))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    given = parser.parse_args()
    sizes = QUICK if given.quick else given.sizes
    print(f"{'stored':>10}{'publish ms':>14}{'processor ms':>14}{'a page of 20 ms':>18}", flush=True)
    found = []
    for size in sizes:
        with city.folder() as folder:
            one = measure.in_own_process(__file__, "take", size, folder)
        found.append(one)
        print(f"{size:>10,}{one['publish']:>14.1f}{one['work']:>14.1f}{one['list']:>18.1f}", flush=True)
    ratio = found[-1]["work"] / found[0]["work"]
    print(f"publishing beside {sizes[-1]:,} / beside {sizes[0]:,} stored: {ratio:.2f} (at most 1.5)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["take"]:
        take(int(sys.argv[2]), sys.argv[3])
    else:
        main()
