"""Stored plans and units → the values that `rules.recompute` works on."""

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db import connection

from yangguang.directory.calendars import shipped_calendar
from yangguang.directory.models import Membership, Succession, Unit, UnitAlias
from yangguang.plan.models import Obligation, PlanVersion
from yangguang.rules.duties import Duty, duty_of
from yangguang.rules.holders import Member, Register, Succeeds
from yangguang.rules.recompute import Book


@dataclass(frozen=True)
class Shelf:
    """One version of a plan, ready for verdicts, with the stored rows that its names and codes mean."""

    version: PlanVersion
    book: Book
    obligations: dict[str, Obligation]
    units: dict[str, Unit]

    @cached_property
    def codes(self) -> dict[int, str]:
        """Primary key of an obligation → its code."""
        return {obligation.pk: code for code, obligation in self.obligations.items()}

    @cached_property
    def unit_keys(self) -> dict[str, int]:
        """Name of a unit → its primary key."""
        return {name: unit.pk for name, unit in self.units.items()}

    @cached_property
    def names(self) -> dict[int, str]:
        """Primary key of a unit → its name."""
        return {unit.pk: name for name, unit in self.units.items()}


def shelf(version: PlanVersion, units: str | None = None) -> Shelf:
    """The shelf of a version, made once for as long as units and obligations stay as they are.

    `units` is the `units_print` of this moment, where the caller has just asked for it.
    """
    return _shelf(version.pk, units or units_print(), obligations_print(version))


@lru_cache(maxsize=4)
def _shelf(version_pk: int, units: str, obligations: tuple[str | int | None, ...]) -> Shelf:
    version = PlanVersion.objects.select_related("plan").get(pk=version_pk)
    rows = list(Obligation.objects.filter(version=version_pk).select_related("version__plan", "task__area"))
    named: dict[int, list[str]] = {}
    pairs = Obligation.units.through._default_manager.filter(obligation__version=version_pk)
    for obligation, name in pairs.order_by("unit__position", "unit__name").values_list(
        "obligation_id", "unit__name"
    ):
        named.setdefault(obligation, []).append(name)
    duties = [duty(row, tuple(named.get(row.pk, ()))) for row in rows]
    return Shelf(
        version=version,
        book=Book(duties, register()),
        obligations={row.code: row for row in rows},
        units={unit.name: unit for unit in Unit.objects.all()},
    )


def duty(obligation: Obligation, units: tuple[str, ...]) -> Duty:
    """A stored obligation as a value. `units` are the names of its units."""
    version = obligation.version
    return duty_of(
        obligation.rule,
        code=obligation.code,
        title=obligation.title,
        units=units,
        form=obligation.form,
        cadence=obligation.cadence,
        issued_on=version.plan.issued_on,
        year=version.plan.year,
        calendar=shipped_calendar(),
    )


def register() -> Register:
    """The directory as the rules read it."""
    names = {name: name for name in Unit.objects.values_list("name", flat=True)}
    aliases = dict(UnitAlias.objects.values_list("name", "unit__name"))
    return Register(
        names=aliases | names,
        members=tuple(
            Member(*row)
            for row in Membership.objects.order_by("member__position", "pk").values_list(
                "group__name", "member__name", "since", "until"
            )
        ),
        successions=tuple(
            Succeeds(*row)
            for row in Succession.objects.order_by("pk").values_list(
                "predecessor__name", "successor__name", "on"
            )
        ),
    )


def units_print() -> str:
    """A fingerprint of all that `register` reads: when it changes, the ledger is rebuilt.

    It is asked for at every look into the ledger, so the database does the work: names and days are
    joined into one text, and numbers are summed, each weighted with the key of its row.
    """
    joined = {"sqlite": "group_concat", "postgresql": "string_agg"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(_UNIT_FACTS.format(joined=joined))
        return hashlib.sha256(repr(cursor.fetchone()).encode()).hexdigest()


_UNIT_FACTS = """
SELECT
  (SELECT count(*) || ' ' || sum(id * position) || {joined}(name, '|')
   FROM (SELECT id, position, name FROM directory_unit ORDER BY id) AS facts),
  (SELECT count(*) || ' ' || sum(id * unit_id) || {joined}(name, '|')
   FROM (SELECT id, unit_id, name FROM directory_unitalias ORDER BY id) AS facts),
  (SELECT count(*) || ' ' || sum(id * group_id) || ' ' || sum(id * member_id)
     || coalesce({joined}(CASE WHEN since IS NOT NULL THEN id || ':' || since END, '|'), '') || '/'
     || coalesce({joined}(CASE WHEN until IS NOT NULL THEN id || ':' || until END, '|'), '')
   FROM (SELECT * FROM directory_membership ORDER BY id) AS facts),
  (SELECT count(*) || ' ' || sum(id * predecessor_id) || ' ' || sum(id * successor_id)
     || {joined}(id || ':' || day, '|')
   FROM (SELECT id, predecessor_id, successor_id, "on" AS day FROM directory_succession ORDER BY id) AS facts)
"""


def obligations_print(version: PlanVersion) -> tuple[str | int | None, ...]:
    """Tells one state of a version's obligations from another.

    The journal's digest of what was adopted, and how many rows stand in the database.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT digest FROM journal_line WHERE seq = %s), count(*), max(id)"
            " FROM plan_obligation WHERE version_id = %s",
            [version.line_id, version.pk],
        )
        return tuple(cursor.fetchone())
