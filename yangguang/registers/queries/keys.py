"""Keys that a table is checked against: those of other registers, and those of rows that the law took off."""

from collections.abc import Iterable, Mapping

from yangguang.registers.models import Register, Takedown
from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.checking import Keys
from yangguang.rules.tables.query import TableQuery
from yangguang.rules.tables.report import Finding
from yangguang.rules.tables.schema import Descriptor
from yangguang.warehouse.tables.reading import page
from yangguang.warehouse.tables.stored import Stored

MOST_KEYS = 200_000


def known_keys(described: Descriptor) -> dict[str, Keys]:
    """By name of register, the keys of its newest version, as canonical text.

    A register without a version, or with more keys than fit in memory, is left out: it is not checked, which the report says.
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


def keys_off(register: Register) -> list[dict[str, str]]:
    """The keys of the rows that the law took off: canonical texts by name of field."""
    return list(Takedown.objects.filter(register=register).values_list("key", flat=True))


def taken_off_again(register: Register, met: Iterable[Mapping[str, str]]) -> list[Finding]:
    """A warning for each key of a row that the law took off and that a file has again.

    No problem: a decision that was changed may be published again under its number. Somebody must say so.
    """
    described = register.described
    return [
        Finding(
            sheet="",
            row=0,
            column="、".join(described.field(name).title for name in key),
            field="",
            value="，".join(key.values()),
            message="这一行此前已依法撤下",
            remedy="没有新的决定就删去这一行；有新的决定，送审时写明理由",
        )
        for key in met
    ]
