"""The keys of other registers that a register's foreign keys may name."""

from yangguang.registers.models import Register
from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.checking import Keys
from yangguang.rules.tables.query import TableQuery
from yangguang.rules.tables.schema import Descriptor
from yangguang.warehouse.tables.reading import page
from yangguang.warehouse.tables.stored import Stored

MOST_KEYS = 200_000


def known_keys(described: Descriptor) -> dict[str, Keys]:
    """By name of register, the keys of its newest version, as canonical text.

    A register without a version, or with more keys than fit in memory, is left out: it is not checked.
    """
    found: dict[str, Keys] = {}
    for foreign in described.foreign_keys:
        register = Register.objects.filter(slug=foreign.register).first() if foreign.register else None
        version = register.versions.order_by("number").last() if register else None
        if version is None or version.rows > MOST_KEYS:
            continue
        there = version.described
        asked = TableQuery(columns=foreign.there, limit=MOST_KEYS)
        rows = page(Stored.public(version.served, there), asked, total=False).rows
        found[foreign.register] = {tuple(map(write, row)) for row in rows}
    return found
