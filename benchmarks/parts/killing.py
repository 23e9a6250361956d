"""Publish without pause, be killed at a random moment, and go on; then look whether anything was lost.

    python -m benchmarks.parts.killing FOLDER KILLS SEED

Each round is a process of its own that publishes and tells each publication once it is acknowledged; it is
killed with SIGKILL 0 to 50 ms after the first, the second or none. Status 1 and sentences where a promise was broken.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yangguang.publishing.models import Edition

LONGEST = 0.05
"""Seconds at most between a publication acknowledged and the kill."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("kills", type=int)
    parser.add_argument("seed", type=int)
    given = parser.parse_args()
    _set_up(given.folder)
    _in_child(_prepare)
    chance = random.Random(given.seed)
    acknowledged: list[tuple[str, int]] = []
    broken: list[str] = []
    for number in range(1, given.kills + 1):
        told = _killed_round(chance.randrange(3), chance.uniform(0, LONGEST))
        acknowledged += told
        signed = _signed_size(given.folder)
        broken += [f"{index_no} was acknowledged unsigned" for index_no, seq in told if seq > signed]
        if sys.stderr.isatty():
            print(f"\r{number}/{given.kills} kills", end="", file=sys.stderr, flush=True)
    broken += _lost(acknowledged)
    print(json.dumps({"kills": given.kills, "acknowledged": len(acknowledged), "broken": broken}))
    return 1 if broken else 0


def _set_up(folder: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "yangguang.config.settings",
        "YANGGUANG_VAR": str(folder),
        "YANGGUANG_DATABASE": "",
        "YANGGUANG_DEMONSTRATION_DAY": "",
    }
    import django

    django.setup()


def _prepare() -> None:
    """A database with one unit. One that stands there already (the tests bring theirs) is only brought up to date."""
    from django.core.management import call_command

    from yangguang.directory.models import Unit

    call_command("migrate", verbosity=0)
    Unit.objects.get_or_create(
        name="市财政委", defaults={"slug": "caizhengwei", "kind": "department", "position": 1}
    )


def _in_child(act) -> None:  # noqa: ANN001
    """Do something in a process of its own, so that this one never holds a connection when it forks."""
    child = os.fork()
    if child == 0:
        act()
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise SystemExit("the database could not be prepared")


def _killed_round(waited_for: int, patience: float) -> list[tuple[str, int]]:
    """What one round acknowledged before it was killed: so many seconds after so many publications."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _publish_for_ever(writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        pipe.readline()  # the child has begun
        lines = [pipe.readline() for _ in range(waited_for)]
        time.sleep(patience)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += [line for line in pipe if line.endswith("\n")]
    return [(index_no, int(seq)) for index_no, seq in map(str.split, lines)]


def _publish_for_ever(writing: int) -> None:
    from django.db import transaction

    from yangguang.directory import clock
    from yangguang.directory.models import Unit
    from yangguang.publishing.actions import documents

    unit = Unit.objects.get()

    def publish() -> "Edition":
        document = documents.publish(
            by=None, now=clock.now(), unit=unit, title=f"通知 {time.time_ns()}", body="正文。\n\n" * 50
        )
        edition = document.edition
        assert edition is not None
        return edition

    # Once for nothing, so that what is imported late is there before the clock runs.
    with transaction.atomic():
        publish()
        transaction.set_rollback(True)
    os.write(writing, b"begun\n")
    while True:
        edition = publish()
        os.write(writing, f"{edition.document.index_no} {edition.line_id}\n".encode())


def _signed_size(folder: Path) -> int:
    try:
        size: int = json.loads((folder / "journal" / "state.json").read_bytes())["size"]
    except FileNotFoundError:
        return 0
    return size


def _lost(acknowledged: list[tuple[str, int]]) -> list[str]:
    """Every promise that does not hold at the end, in a sentence."""
    from yangguang.directory import clock
    from yangguang.journal import patrol, queries
    from yangguang.journal.actions import checkpoint
    from yangguang.journal.log import key, proofs
    from yangguang.journal.verify import yangguang_verify as verifier
    from yangguang.publishing import patrol as publishing
    from yangguang.publishing.models import Document, Edition

    broken = []
    checkpoint(now=clock.now())
    stored = dict(Edition.objects.values_list("document__index_no", "line_id"))
    bodies = dict(Edition.objects.values_list("line_id", "body"))
    public = key.own().verifier().text()
    for index_no, seq in acknowledged:
        if stored.get(index_no) != seq:
            broken.append(f"{index_no} was acknowledged as line {seq} and is lost")
            continue
        proof = proofs.proof(seq)
        try:
            verifier.verify(proof or b"", bodies[seq].encode(), public, [])
        except (verifier.Differs, verifier.Unusable) as problem:
            broken.append(f"{index_no}: {problem}")
    half = Document.objects.filter(editions__isnull=True).count()
    broken += [f"{half} documents are half public"] if half else []
    broken += [f"{queries.size()} lines, {len(stored)} editions"] if queries.size() != len(stored) else []
    for check in (patrol.lines, publishing.editions):
        broken += [f"{one.place}: {problem}" for one in check() for problem in one.problems]
    return broken


if __name__ == "__main__":
    sys.exit(main())
