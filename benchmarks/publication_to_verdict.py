"""One publication in a large administration: from its journal line to the verdicts that it changes.

3,000 units × 101 obligations × 12 months, with a year of journal lines already there. Timed is what a
face does after an act: `catch_up`, which finds the matches of the new line, stores them and moves the
mark. Reading the unit's verdicts anew is timed apart. The peer is what a ledger without an index of its
own must do: match the whole journal again, measured in the same run.

    .venv/bin/python benchmarks/publication_to_verdict.py
"""

import datetime as dt
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, measure

SIZES = (375, 750, 1500, 3000)
TRIES = 50


def build(units: int, folder: str) -> None:
    city.start(folder)
    city.build(units)
    print(json.dumps({}))


def take(units: int, folder: str) -> None:
    city.start(folder)
    from yangguang.directory.models import Unit
    from yangguang.ledger import actions, queries

    rebuilding, rebuilt = measure.seconds(actions.rebuild)
    publish(1, units)
    actions.catch_up()
    following, working, reading = [], [], []
    for number in range(2, TRIES + 2):
        publish(number, units)
        started, busy = time.perf_counter(), time.process_time()
        read = actions.catch_up()
        following.append(time.perf_counter() - started)
        working.append(time.process_time() - busy)
        assert read == 1
        unit = Unit.objects.get(name=f"示例单位{number % units + 1:04d}")
        started = time.perf_counter()
        found = queries.standings(as_of=dt.date(2018, 12, 31), unit=unit)
        reading.append(time.perf_counter() - started)
        met = [one for one in found if rebuilt.lines + number in one.lines]
        assert len(met) == 1
    print(
        json.dumps(
            {
                "lines": rebuilt.lines,
                "follow": statistics.median(following) * 1000,
                "work": statistics.median(working) * 1000,
                "slowest": max(following) * 1000,
                "read": statistics.median(reading) * 1000,
                "peak": measure.peak_mb(),
                "peer": rebuilding * 1000,
            }
        )
    )


def publish(number: int, units: int) -> None:
    """Append one line through the journal's own verb."""
    from django.db import transaction

    from yangguang.journal import actions as journal
    from yangguang.journal.models import Line

    body = city.publication(number % units + 1, number % 12 + 1, 3)
    facts = {key: value for key, value in body.items() if key not in {"act", "by"}}
    at = dt.datetime(2018, 6, 1, 9, tzinfo=city.SHANGHAI) + dt.timedelta(minutes=number)
    with transaction.atomic():
        journal.append(act=Line.Act.PUBLISH, body={**facts, "document": f"new-{number}"}, at=at, by="示例")


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    heading = "units lines line_to_verdict_ms of_it_work_ms slowest_ms unit_page_ms peak_MB reread_ms ratio"
    rows: list[tuple[object, ...]] = [tuple(heading.split())]
    for units in sizes:
        with city.folder() as folder:
            measure.in_own_process(__file__, "build", units, folder)
            found = measure.in_own_process(__file__, "measure", units, folder)
        times = [f"{found[name]:.2f}" for name in ("follow", "work", "slowest", "read")]
        peer = f"{found['peer']:,.0f}"
        ratio = f"{found['peer'] / found['work']:,.0f}"
        rows.append((f"{units:,}", f"{found['lines']:,}", *times, f"{found['peak']:.0f}", peer, ratio))
    measure.show(rows)
    print(f"line_to_verdict: median of {TRIES} lines by the clock on the wall; of it: processor time")
    print(
        "reread_ms: processor time of matching the whole journal again, the peer; ratio to our processor time"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", units, folder]:
            build(int(units), folder)
        case ["measure", units, folder]:
            take(int(units), folder)
        case _:
            main()
