"""Change stored rows past every guard, as somebody with the database's password could."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from yangguang.journal.patrol import Check

MOST_ROWS = 3


def findings(checks: Iterable[Check]) -> list[str]:
    return [
        f"{checked.place} {problem}"
        for check in checks
        for checked in check()
        for problem in checked.problems
    ]


def require_each_found(rows: Iterable[models.Model], field: models.Field, checks: Sequence[Check]) -> None:
    """The field is changed in the first rows that can be changed, one after the other; each must be found."""
    found = (row for row in rows if found_when_changed(row, field, checks))
    assert list(itertools.islice(found, MOST_ROWS)), field.attname
    assert findings(checks) == [], field.attname


def found_when_changed(row: models.Model, field: models.Field, checks: Sequence[Check]) -> bool:
    """Change one field of one row and put it back; False where the database itself refuses."""
    name, value = field.attname, other_value(field, row)
    rows = type(row)._default_manager.filter(pk=row.pk)
    if value is None:
        return False
    with connection.constraint_checks_disabled():
        try:
            with transaction.atomic():
                rows.update(**{name: value})
        except IntegrityError:
            return False
        assert findings(checks), (row, name, value)
        rows.update(**{name: getattr(row, name)})
    return True


def other_value(field: models.Field, row: models.Model) -> Any:
    """A value that the field may hold and does not."""
    value = getattr(row, field.attname)
    if field.is_relation:
        others = field.related_model._default_manager.exclude(pk=value)  # type: ignore[union-attr]
        taken = list(type(row)._default_manager.values_list(field.attname, flat=True)) if field.unique else []
        return others.exclude(pk__in=taken).values_list("pk", flat=True).first()
    match field:
        case models.BooleanField():
            return not value
        case models.DateTimeField():
            return value + dt.timedelta(seconds=1)
        case models.DateField():
            return (value or dt.date(2017, 1, 1)) - dt.timedelta(days=1)
        case models.JSONField():
            return _other_json(field, value)
        case models.BinaryField():
            return bytes(32)
        case models.IntegerField():
            return value + 1000
    choices = [choice for choice, _ in field.choices or () if choice != value]
    return choices[0] if choices else f"{value}。"[-(field.max_length or 10**6) :]


def _other_json(field: models.Field, value: Any) -> Any:
    if isinstance(value, dict):
        return {**value, "多出的": 1}
    more = {"name": "x.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    return [*value, more if field.name == "attachments" else "多出的"]


def deleted(row: models.Model, check: Callable[[], None]) -> None:
    """Delete the row without anybody being asked, check, and put it back."""
    rows = type(row)._default_manager
    with connection.constraint_checks_disabled():
        rows.filter(pk=row.pk)._raw_delete("default")  # type: ignore[attr-defined]
        check()
        rows.bulk_create([row])
