"""Keep the side indexes of large tables: those of the newest versions, on each machine its own."""

from collections.abc import Callable

from yangguang.registers.queries import public as queries
from yangguang.warehouse.tables import rows


def are_due() -> bool:
    """Whether a side index is to be made."""
    return not all(map(rows.stands, queries.large()))


def make_missing(progress: Callable[[str], None] = lambda _: None) -> int:
    """Make what is missing, drop what nobody reads any more. Returns how many were made.

    Raises DiskFull; what stood before still stands, and answers come without a side index as well.
    """
    wanted = queries.large()
    missing = [version for version in wanted if not rows.stands(version)]
    for number, version in enumerate(missing, 1):
        progress(f"侧索引 {number}/{len(missing)}")
        rows.make(version)
    rows.keep_only(wanted)
    return len(missing)
