"""Keys that a table is checked against: those of other registers, and those of rows that the law took off."""

from collections.abc import Iterable, Sequence

from yangguang.registers.models import Register, Takedown
from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.checking import Keys
from yangguang.rules.tables.outcome import Value
from yangguang.rules.tables.query import TableQuery
from yangguang.rules.tables.report import Finding
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


def taken_off_again(register: Register, rows: Iterable[Sequence[Value]]) -> list[Finding]:
    """A warning for each row with the key of one that the law took off.

    No problem: a decision that was changed may be published again under its number. Somebody must say so.
    """
    described = register.described
    gone = {tuple(sorted(key.items())): key for key in _keys_off(register)}
    if not gone:
        return []
    places = [(name, described.names.index(name)) for name in sorted(described.primary_key)]
    found = (tuple((name, write(row[place])) for name, place in places) for row in rows)
    return [
        Finding(
            sheet="",
            row=0,
            column="、".join(described.field(name).title for name in gone[key]),
            field="",
            value="，".join(gone[key].values()),
            message="这一行此前已依法撤下",
            remedy="没有新的决定就删去这一行；有新的决定，送审时写明理由",
        )
        for key in found
        if key in gone
    ]


def _keys_off(register: Register) -> Iterable[dict[str, str]]:
    return Takedown.objects.filter(register=register).values_list("key", flat=True)
