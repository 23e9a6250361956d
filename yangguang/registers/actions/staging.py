"""From checked rows to a whole table in the store, ready to be published."""

from collections.abc import Iterable, Sequence

from yangguang.registers.actions.versions import Staged
from yangguang.registers.models import Register
from yangguang.warehouse.tables.merging import Whole, write_whole
from yangguang.warehouse.tables.writing import Value, Written


def stage(register: Register, rows: Iterable[Sequence[Value]], *, period: str = "") -> Staged:
    """Write the table that the register would have with these rows, all fields in their order.

    Nothing is public by this; what is never published is an orphan in the store. Raises DiskFull, and
    ValueError where the register is kept by period and none is given.
    """
    last, previous = newest(register)
    whole = write_whole(rows, register.described, previous=previous, period=period)
    return staged_of(register, whole, based_on=last)


def newest(register: Register) -> tuple[int, str]:
    """The number of the newest version, and the hash of its table with all columns: 0 and "" for none."""
    last = register.versions.order_by("number").last()
    return (last.number, last.reporting or last.served) if last else (0, "")


def staged_of(register: Register, whole: Whole, *, based_on: int) -> Staged:
    """A whole table in the store as what is to be published."""
    measure = register.described.measure
    return Staged(
        sha256=whole.public.sha256,
        rows=whole.public.rows,
        size=whole.public.size,
        facts=_facts(whole.public),
        reporting=whole.reporting.sha256 if whole.reporting else "",
        based_on=based_on,
        counted=None
        if measure is None
        else {
            "field": measure.field,
            "count": whole.counted or 0,
            "wanted": measure.count,
            "unit": measure.unit,
        },
    )


def _facts(written: Written) -> list[dict[str, object]]:
    return [{"name": column.name, "filled": column.filled} for column in written.columns]
