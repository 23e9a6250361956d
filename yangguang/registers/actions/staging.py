"""From checked rows to a whole table in the store, ready to be published."""

from collections.abc import Iterable, Sequence

from yangguang.registers.actions.versions import Staged
from yangguang.registers.models import Register
from yangguang.warehouse.tables.merging import write_whole
from yangguang.warehouse.tables.writing import Value, Written


def stage(register: Register, rows: Iterable[Sequence[Value]], *, period: str = "") -> Staged:
    """Write the table that the register would have with these rows, all fields in their order.

    Nothing is public by this; what is never published is an orphan in the store. Raises DiskFull, and
    ValueError where the register is kept by period and none is given.
    """
    described = register.described
    last = register.versions.order_by("number").last()
    before = (last.reporting or last.served) if last else ""
    whole = write_whole(rows, described, previous=before, period=period)
    measure = described.measure
    return Staged(
        sha256=whole.public.sha256,
        rows=whole.public.rows,
        size=whole.public.size,
        facts=_facts(whole.public),
        reporting=whole.reporting.sha256 if whole.reporting else "",
        based_on=last.number if last else 0,
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
