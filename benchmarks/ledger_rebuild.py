"""Rebuild the ledger and give every verdict, for growing administrations.

The largest has 3,000 units × 101 obligations × 12 months = 3,636,000 periods and 360,000 journal lines.
The peer is the plain way to keep such a ledger: one stored row for each period, found or made through the
ORM. It is measured on a slice of the same plan in the same run, and extrapolated by the number of rows.

    .venv/bin/python benchmarks/ledger_rebuild.py            # all sizes
    .venv/bin/python benchmarks/ledger_rebuild.py 3000       # one
"""

import datetime as dt
import json
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, measure

SIZES = (375, 750, 1500, 3000)
AS_OF = dt.date(2018, 3, 31)
SLICE = 2_000


def one(units: int) -> None:
    """Build the administration in one process, measure in the next: building has its own memory."""
    with city.folder() as folder:
        measure.in_own_process(__file__, "build", units, folder)
        found = measure.in_own_process(__file__, "measure", units, folder)
    print(json.dumps(found))


def build(units: int, folder: str) -> None:
    city.start(folder)
    city.build(units)
    print(json.dumps({}))


def take(units: int, folder: str) -> None:
    city.start(folder)
    from yangguang.ledger import actions, queries

    started = time.perf_counter()
    rebuilding, rebuilt = measure.seconds(actions.rebuild)
    version = queries.current_version()
    judging, states = measure.seconds(
        lambda: Counter(row.verdict.state.value for row in queries.rows(version, AS_OF))
    )
    wall, ours = time.perf_counter() - started, measure.peak_mb()
    peer, _ = measure.seconds(lambda: plain_rows(SLICE))
    periods = sum(states.values())
    print(
        json.dumps(
            {
                "units": units,
                "lines": rebuilt.lines,
                "periods": periods,
                "matches": rebuilt.matches,
                "rebuild": rebuilding,
                "judge": judging,
                "wall": wall,
                "peak": ours,
                "states": states,
                "peer": peer / SLICE * periods,
            }
        )
    )


def plain_rows(number: int) -> None:
    """The peer: a table with one row for each period, each found or made through the ORM."""
    from django.db import connection, models, transaction

    class PlainRow(models.Model):
        duty = models.CharField(max_length=16)
        unit = models.IntegerField()
        key = models.CharField(max_length=12)
        due_on = models.DateField()

        class Meta:
            app_label = "ledger"
            constraints = [models.UniqueConstraint(fields=["duty", "unit", "key"], name="plain_once")]

    with connection.schema_editor() as editor:
        editor.create_model(PlainRow)
    with transaction.atomic():
        for index in range(number):
            PlainRow.objects.get_or_create(
                duty=f"1.{index % 101}",
                unit=index // 101,
                key="2017-08",
                defaults={"due_on": dt.date(2017, 9, 30)},
            )


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    heading = "units lines periods rebuild_s verdicts_s both_s wall_s growth peak_MB peer_s ratio"
    rows: list[tuple[object, ...]] = [tuple(heading.split())]
    before = None
    for units in sizes:
        found = measure.in_own_process(__file__, "one", units)
        both = found["rebuild"] + found["judge"]
        growth = f"{both / before:.2f}" if before else "-"
        before = both
        counts = [f"{found[name]:,}" for name in ("units", "lines", "periods")]
        times = [f"{seconds:.1f}" for seconds in (found["rebuild"], found["judge"], both, found["wall"])]
        memory, peer = f"{found['peak']:.0f}", f"{found['peer']:,.0f}"
        rows.append((*counts, *times, growth, memory, peer, f"{found['peer'] / both:.0f}"))
    measure.show(rows)
    print(f"verdicts of the largest as of {AS_OF}: {found['states']}")
    print("seconds are processor time except wall_s; growth is per doubling; ratio is peer_s / both_s")
    print(f"peer: ORM get_or_create of one stored row a period, {SLICE:,} rows measured, then extrapolated")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["one", units]:
            one(int(units))
        case ["build", units, folder]:
            build(int(units), folder)
        case ["measure", units, folder]:
            take(int(units), folder)
        case _:
            main()
