"""A csv file of 1,000,000 rows from upload to validated, written and queryable; beside sqlite-utils and PostgreSQL COPY.

    .venv/bin/python benchmarks/tables_ingest.py                  # 1,000,000 rows, all peers
    .venv/bin/python benchmarks/tables_ingest.py 200000
    .venv/bin/python benchmarks/tables_ingest.py 10000000 --without-peers    # for the memory

Ours goes the way of `yangguang register publish`: it keeps the file, finds heading and columns, checks every
cell, key and range, looks for totals and personal numbers, sorts by the key, hashes, publishes and signs; the peers only
load. Also: the files of the version, the side index, the difference to a version with one percent moved, and
an .xlsx of 100,000 rows. Seconds on the wall and of processor time, each part in a process of its own.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, measure, permits

ROOT = Path(__file__).resolve().parents[1]


def main(rows: int, peers: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="yangguang-benchmark-") as folder:
        file = Path(folder) / "permits.csv"
        permits.write(file, rows)
        permits.write(Path(folder) / "later.csv", rows, salt="later")
        found = measure.in_own_process(__file__, "ours", rows, folder)
        found |= measure.in_own_process(__file__, "xlsx", min(rows, 100_000), f"{folder}/xlsx")
        if peers:
            found |= measure.in_own_process(__file__, "sqlite", rows, folder)
            found |= postgres(folder)
        print(json.dumps({"rows": rows, "csv_mb": file.stat().st_size / 1e6, **found}))
        shown = [("", "wall s", "processor s")]
        shown += [(name, *found[name]) for name in found if isinstance(found[name], list)]
        measure.show(shown)


def timed(work: Callable[[], Any]) -> tuple[list[float], Any]:
    wall, spent = time.perf_counter(), measure.all_cpu()
    result = work()
    return [time.perf_counter() - wall, measure.all_cpu() - spent], result


def ours(rows: int, folder: str) -> None:
    city.start(folder)
    from yangguang.rules.tables.query import TableQuery
    from yangguang.warehouse.tables import diff, files, reading
    from yangguang.warehouse.tables import rows as side
    from yangguang.warehouse.tables.stored import Stored

    register = permits.register()

    def take(name: str) -> Stored:
        """As `yangguang register publish` takes it: kept, checked, published, and asked for a page."""
        version = permits.publish(register, Path(folder) / name)
        stored = Stored.public(version.served, version.described)
        assert reading.page(stored, TableQuery()).total == rows
        return stored

    found: dict[str, Any] = {}
    found["ours"], version = timed(lambda: take("permits.csv"))
    found["ours_peak_mb"] = measure.peak_mb()
    _, later = timed(lambda: take("later.csv"))
    found["diff"], _ = timed(lambda: diff.compare(version, later))
    found["files"], _ = timed(lambda: files.make(version.sha256, version.fields))
    found["side_index"], _ = timed(lambda: side.make(version))
    found["all_peak_mb"] = measure.peak_mb()
    print(json.dumps(found))


def xlsx(rows: int, folder: str) -> None:
    """An .xlsx of ours published again: read, proposed, checked, written."""
    Path(folder).mkdir()
    city.start(folder)
    from yangguang.warehouse import store
    from yangguang.warehouse.tables import files

    register = permits.register()
    permits.write(Path(folder) / "small.csv", rows)
    version = permits.publish(register, Path(folder) / "small.csv")
    (made,) = files.make(version.served, permits.FIELDS, ["xlsx"])
    book = Path(folder) / "permits.xlsx"
    book.write_bytes(store.read(made.sha256))
    found, _ = timed(lambda: permits.publish(register, book))
    print(json.dumps({f"xlsx of {rows} rows": found, "xlsx_peak_mb": measure.peak_mb()}))


def sqlite(rows: int, folder: str) -> None:
    database = Path(folder) / "peer.db"
    command = [
        str(ROOT / ".venv/bin/sqlite-utils"),
        "insert",
        str(database),
        "permits",
        f"{folder}/permits.csv",
    ]
    found, _ = timed(
        lambda: subprocess.run([*command, "--csv", "--pk", "permit_no"], check=True, capture_output=True)
    )
    print(json.dumps({"sqlite-utils": found}))


def postgres(folder: str) -> dict[str, Any]:
    """The peer with a server of its own; nothing where there is none."""
    script = str(ROOT / "scripts" / "with_postgres.py")
    command = [sys.executable, script, sys.executable, __file__, "postgres", "0", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    last = (done.stdout.splitlines() or [""])[-1]
    return dict(json.loads(last)) if last.startswith("{") else {}


def copy(folder: str) -> None:
    import os

    import psycopg

    with psycopg.connect(os.environ["YANGGUANG_DATABASE"], autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE peer (permit_no text PRIMARY KEY, department text, category text, decided_on date,"
            " amount numeric, holder text, content text, hash text)"
        )

        def load() -> None:
            with (
                open(f"{folder}/permits.csv", "rb") as source,
                connection.cursor().copy("COPY peer FROM STDIN (FORMAT csv, HEADER)") as out,
            ):
                while chunk := source.read(1 << 20):
                    out.write(chunk)

        started = time.perf_counter()
        load()
        # The server works in processes that are not ours: only the wall is known.
        print(json.dumps({"PostgreSQL COPY": [time.perf_counter() - started, 0.0]}))


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    match arguments:
        case ["ours", rows, folder]:
            ours(int(rows), folder)
        case ["xlsx", rows, folder]:
            xlsx(int(rows), folder)
        case ["sqlite", rows, folder]:
            sqlite(int(rows), folder)
        case ["postgres", _, folder]:
            copy(folder)
        case _:
            main(int(arguments[0]) if arguments else 1_000_000, "--without-peers" not in sys.argv)
