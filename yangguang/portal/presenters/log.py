"""The signed public log as the journal page shows it."""

import datetime as dt
from dataclasses import dataclass

from yangguang.directory.clock import SHANGHAI
from yangguang.journal.log import files, key, publish
from yangguang.journal.log.state import signed
from yangguang.journal.models import Head, Line, Patrol
from yangguang.rules.signed_note import parse
from yangguang.rules.tlog import Checkpoint, checkpoint


@dataclass(frozen=True)
class Cosigned:
    """A witness's cosignature: who, when, and how many lines it covers."""

    name: str
    at: dt.datetime
    size: int


@dataclass(frozen=True)
class Log:
    """What stands signed, by which key and witnesses, how it grows, and what the last patrol found."""

    key: str
    head: Checkpoint | None
    cosigned: tuple[Cosigned, ...]
    is_behind: bool
    is_forked: bool
    today: int
    month: int
    patrol: Patrol | None

    @property
    def root(self) -> str:
        return self.head.root.hex() if self.head else ""


def log(stored: Head | None, as_of: dt.date) -> Log:
    """Read the files and the newest patrol."""
    standing, size, state = publish.standing(), stored.size if stored else 0, signed()
    head = standing[0] if standing else None
    return Log(
        key=key.own().verifier().text(),
        head=head,
        cosigned=_cosigned(),
        is_behind=bool(size) and (head is None or head.size < size),
        is_forked=state is not None and state.size > size,
        today=_since(as_of, size),
        month=_since(as_of.replace(day=1), size),
        patrol=Patrol.objects.first(),
    )


def _cosigned() -> tuple[Cosigned, ...]:
    try:
        note = parse((files.folder() / "cosigned").read_bytes())
    except FileNotFoundError:
        return ()
    head = checkpoint(note.text)
    return tuple(
        Cosigned(
            one.name, dt.datetime.fromtimestamp(int.from_bytes(one.value[:8], "big"), SHANGHAI), head.size
        )
        for one in note.signatures
        if one.name != head.origin
    )


def _since(day: dt.date, size: int) -> int:
    """How many lines there are since a day began. Time goes with the numbers, so it is read from the end."""
    began = dt.datetime.combine(day, dt.time(), SHANGHAI)
    before = Line.objects.filter(at__lt=began).order_by("-seq").values_list("seq", flat=True).first()
    return size - (before or 0)
