"""What a form for feedback is about, as its address names it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from yangguang.portal.presenters.data import cells
from yangguang.portal.presenters.data.table import stored
from yangguang.portal.views.data import finding
from yangguang.registers.models import Feedback, Register, Version
from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.query import ROW
from yangguang.rules.tables.schema import Field
from yangguang.warehouse.tables import reading


@dataclass(frozen=True)
class About:
    """What a form is about: nothing, a dataset, or one row of a version, with its cells and its key."""

    register: Register | None = None
    version: Version | None = None
    row: int = 0
    cells: list[tuple[Field, str]] = field(default_factory=list)
    key: Mapping[str, str] = field(default_factory=dict)


def about(kind: str, given: QueryDict) -> About:
    """Read an address or a form. Raises Http404 for a dataset, a version or a row that there is not."""
    if kind == Feedback.Kind.REQUEST:
        return About()
    slug = given.get("dataset", "")
    if not slug:
        raise Http404(_("请从数据集的页面打开：在数据目录里找到它，再按“报告差错”或者“展示”。"))
    register, versions = finding.register(slug)
    number = _number(given.get("v", "")) or versions[-1].number
    version = finding.version(versions, number)
    row = _number(given.get("row", "")) if kind == Feedback.Kind.ERROR else 0
    if not row:
        return About(register, version)
    found = reading.row(stored(version), row)
    if found is None:
        raise Http404(
            _("第 %(number)s 版没有第 %(row)s 行：请从表里再打开一次。") % {"number": number, "row": row}
        )
    fields = version.described.public_fields
    shown = [(each, cells.shown(found[each.name], each)) for each in fields]
    names = [name for name in version.described.primary_key if name in found]
    whole = names and len(names) == len(version.described.primary_key)
    key = {name: write(found[name]) for name in names} if whole else {ROW: str(row)}
    return About(register, version, row, shown, key)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 12 else 0
