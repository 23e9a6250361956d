"""How the database finds words: every word in one of the fields, the best rows first."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Case, Count, Model, Q, QuerySet, Value, When, Window

from yangguang.search.folding import pattern

M = TypeVar("M", bound=Model)


def having(rows: QuerySet[M], words: Iterable[str], fields: Sequence[str]) -> QuerySet[M]:
    """The rows in which every word stands in one of the fields."""
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__regex": pattern(word)})
        rows = rows.filter(anywhere)
    return rows


def best(rows: QuerySet[M], words: Iterable[str], title: str, order: str, limit: int) -> list[Any]:
    """At most `limit` rows: those with every word in the title first, then by `order`.

    Each row has `total`, the number of rows without the limit.
    """
    every = Q()
    for word in words:
        every &= Q(**{f"{title}__regex": pattern(word)})
    rank = Case(When(every, then=Value(0)), default=Value(1))
    ranked = rows.annotate(rank=rank, total=Window(Count("pk")))
    return list(ranked.order_by("rank", order, "pk")[:limit])
