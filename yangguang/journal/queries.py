"""Reads of the journal."""

from collections.abc import Iterator

from yangguang.journal.models import Head, Line
from yangguang.rules.chain import GENESIS, Break, Link, first_break


def links(*, after: int = 0, until: int | None = None) -> Iterator[Link]:
    """Every line from the first, or those beyond line `after` up to line `until`, as the public sees them."""
    lines = Line.objects.filter(seq__gt=after)
    for seq, body, previous, digest in (
        (lines if until is None else lines.filter(seq__lte=until))
        .order_by("seq")
        .values_list("seq", "body", "previous", "digest")
        .iterator(chunk_size=5000)
    ):
        yield Link(seq, body, previous, digest)


def size() -> int:
    return Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def problem() -> Break | None:
    """The first place where the stored chain does not hold, or None. Checks the head too."""
    broken = first_break(links())
    if broken:
        return broken
    head = Head.objects.filter(pk=1).first()
    last = Line.objects.order_by("-seq").first()
    stored = (last.seq, last.digest) if last else (0, GENESIS)
    if head and (head.size, head.digest) != stored:
        return Break(head.size, f"日志头记有 {head.size} 行，实有 {stored[0]} 行：末尾的行被删去或改动")
    return None
