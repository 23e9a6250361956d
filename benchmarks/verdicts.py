"""The pure rules alone: every verdict of a plan from decoded journal lines, without a database.

The peer is the slow and obvious second implementation that the tests compare with (`tests/rules/
slow_verdicts.py`), run on the same lines in the same run. It looks at every line for every period, so its
cost grows with the square; only the smallest sizes are given to it.

    .venv/bin/python benchmarks/verdicts.py
"""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, measure

SIZES = (5, 10, 100, 200, 400)
PEER_UP_TO = 10
AS_OF = dt.date(2018, 3, 31)


def take(units: int) -> None:
    from tests.rules import slow_verdicts
    from yangguang.directory.calendars import shipped_calendar
    from yangguang.rules.duties import duty_of
    from yangguang.rules.holders import Member, Register
    from yangguang.rules.recompute import recompute

    names = [f"示例单位{unit:04d}" for unit in range(1, units + 1)]
    register = Register(members=tuple(Member("各单位", name) for name in names))
    duties = [
        duty_of(
            {
                "kind": "monthly",
                "due": {"months": 1},
                "reason": "次月底前。",
                "words": [[f"示例事项{number:03d}", "公开情况"]],
                "forms": ["series"],
            },
            code=f"1.{number}",
            title="示例",
            units=("各单位",),
            form="series",
            cadence="monthly",
            issued_on=dt.date(city.YEAR, 1, 1),
            year=city.YEAR,
            calendar=shipped_calendar(),
        )
        for number in range(1, city.DUTIES + 1)
    ]
    bodies: list[dict[str, Any]] = [
        {**body, "at": at.isoformat(timespec="seconds"), "seq": seq}
        for seq, (at, body) in enumerate(city.publications(units), 1)
    ]
    ours, rows = measure.seconds(lambda: recompute(duties, register, bodies, AS_OF))
    found = {
        "periods": len(rows),
        "lines": len(bodies),
        "ours": ours,
        "peak": measure.peak_mb(),
        "peer": None,
    }
    if units <= PEER_UP_TO:
        peer, states = measure.seconds(lambda: slow_verdicts.states(duties, register, bodies, AS_OF))
        assert states == {
            (row.duty, row.unit, row.period.key): (row.verdict.state.value, row.verdict.met_by)
            for row in rows
        }
        found["peer"] = peer
    print(json.dumps(found))


def main() -> None:
    heading = "units lines periods seconds us_a_period peak_MB peer_s ratio"
    rows: list[tuple[object, ...]] = [tuple(heading.split())]
    for units in SIZES:
        found = measure.in_own_process(__file__, "measure", units)
        peer = f"{found['peer']:.1f}" if found["peer"] else "-"
        ratio = f"{found['peer'] / found['ours']:.0f}" if found["peer"] else "-"
        a_period = f"{found['ours'] / found['periods'] * 1e6:.1f}"
        counts = [f"{number:,}" for number in (units, found["lines"], found["periods"])]
        rows.append((*counts, f"{found['ours']:.2f}", a_period, f"{found['peak']:.0f}", peer, ratio))
    measure.show(rows)
    print("seconds are processor time; the peer's answers were compared with ours and are equal")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["measure", units]:
            take(int(units))
        case _:
            main()
