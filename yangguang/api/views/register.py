"""The units with their names, groups and reorganisations, as plain values."""

from typing import Any

from django.db.models import QuerySet

from yangguang.directory.models import Membership, Succession, Unit


def register() -> dict[str, Any]:
    """All of it (`schemas.plan.RegisterOut`)."""
    return {
        "units": [named(unit) for unit in Unit.objects.prefetch_related("aliases")],
        "members": members(Membership.objects.order_by("group__position", "member__position", "pk")),
        "successions": successions(Succession.objects.order_by("pk")),
    }


def named(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "slug": unit.slug,
        "kind": unit.kind,
        "aliases": [alias.name for alias in unit.aliases.all()],
    }


def members(rows: QuerySet[Membership]) -> list[dict[str, Any]]:
    return [
        {"group": row.group.name, "member": row.member.name, "since": row.since, "until": row.until}
        for row in rows.select_related("group", "member")
    ]


def successions(rows: QuerySet[Succession]) -> list[dict[str, Any]]:
    return [
        {
            "predecessor": row.predecessor.name,
            "successor": row.successor.name,
            "on": row.on,
            "source": row.source,
            "verified": row.verified,
        }
        for row in rows.select_related("predecessor", "successor")
    ]
