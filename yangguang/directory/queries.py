"""Reads of the directory."""

import datetime as dt
import unicodedata

from django.db.models import Q

from yangguang.directory.models import Membership, Succession, Unit


def resolve(name: str) -> Unit | None:
    """The unit of this name or alias; full-width forms and spaces make no difference. None when unknown."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return Unit.objects.filter(Q(name=plain) | Q(aliases__name=plain)).distinct().first()


def expand(unit: Unit, on: dt.date) -> list[Unit]:
    """Who answers for `unit` on that day: a group gives its members, and a unit its successor, each once."""
    if unit.kind == Unit.Kind.GROUP:
        standing = Membership.objects.filter(
            Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on), group=unit
        ).select_related("member")
        members = sorted((row.member for row in standing), key=lambda member: member.position)
    else:
        members = [unit]
    answering = (successor for member in members for successor in successors_on(member, on))
    return list(dict.fromkeys(answering))


def successors_on(unit: Unit, day: dt.date) -> list[Unit]:
    """What a unit has become by that day, following one reorganisation after another.

    Itself when nothing changed; several when it was divided. A loop in the records is followed once.
    """
    became: list[Unit] = []
    seen: set[int] = set()
    waiting = [unit]
    while waiting:
        now = waiting.pop(0)
        if now.pk in seen:
            continue
        seen.add(now.pk)
        rows = Succession.objects.filter(predecessor=now, on__lte=day).select_related("successor")
        following = [row.successor for row in rows.order_by("pk")]
        waiting.extend(following)
        if not following:
            became.append(now)
    return became or [unit]
