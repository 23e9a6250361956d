"""Identity numbers and bank cards in columns that do not declare them (`rules.scan` recognises them)."""

import re

from yangguang.rules.scan import Finding, Place, Severity, scan_cells
from yangguang.rules.tables.characters import half_width
from yangguang.rules.tables.schema import Check, Field, Type

_LONG_NUMBER = re.compile(r"[0-9](?:[\- ]?[0-9]){9}")
_NOWHERE = Place()


def may_hold(field: Field) -> bool:
    """Whether the cells of a column are to be looked through: public text that declares no number."""
    return field.type is Type.STRING and not field.reporting and field.check is not Check.USCC


def found_in(text: str, field: Field) -> list[Finding]:
    """Personal numbers in one cell that must not or may not go online, values masked.

    The column's title counts as the words beside the number. Landlines of offices are left alone.
    """
    if not _LONG_NUMBER.search(half_width(text)):
        return []
    found = scan_cells([[(field.title, _NOWHERE)], [(text, _NOWHERE)]])
    return [each for each in found if each.severity is not Severity.TELL]
