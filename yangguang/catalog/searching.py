"""Search the catalogue as CKAN's package_search does: the query, filters, order, a page, and facets."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from yangguang.catalog.dataset import Dataset
from yangguang.catalog.index import EXACT, MOMENTS, TEXT, Bits, Index, bits_at, places
from yangguang.catalog.moments import NoMoment
from yangguang.directory.clock import SHANGHAI
from yangguang.rules.matching import fold
from yangguang.rules.solr_query import QueryProblem, parse

DEFAULT_SORT = "score desc, metadata_modified desc"
MOST_ROWS = 1000
_SORT = re.compile(r"([\w.]+)\s+(asc|desc)", re.IGNORECASE)


class SearchProblem(ValueError):
    """The search cannot be done as it was written."""


@dataclass(frozen=True)
class Asked:
    """One search. `limit` is a facet's largest number of values, below 0 for all of them."""

    q: str = "*:*"
    fq: tuple[str, ...] = ()
    sort: str = DEFAULT_SORT
    rows: int = 10
    start: int = 0
    facets: tuple[str, ...] = ()
    limit: int = 50
    least: int = 1


@dataclass(frozen=True)
class Found:
    """How many were found, one page of them, for each facet its values with their counts; all as bits."""

    count: int
    page: list[Dataset]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    bits: Bits = 0


def search(index: Index, asked: Asked, now: dt.datetime) -> Found:
    """The datasets for which query and all filters hold. Raises SearchProblem."""
    try:
        bits, scores = _ranked(index, asked.q, now)
        for each in asked.fq:
            bits &= index.matching(parse(each), now)
    except (QueryProblem, NoMoment) as problem:
        raise SearchProblem(str(problem)) from problem
    order = _ordered(index, bits, scores, asked.sort or DEFAULT_SORT, now)
    shown = order[asked.start : asked.start + min(asked.rows, MOST_ROWS)]
    facets = {name: _counts(index, name, bits, asked) for name in asked.facets}
    return Found(len(order), [index.datasets[place] for place in shown], facets, bits)


def all_found(index: Index, q: str, now: dt.datetime) -> list[Dataset]:
    """Every dataset that a query finds, in the order of their names, which no new version changes.

    Raises SearchProblem.
    """
    if not q:
        return list(index.datasets)
    found: list[Dataset] = []
    while got := search(index, Asked(q=q, sort="name asc", rows=MOST_ROWS, start=len(found)), now).page:
        found += got
    return found


def _ranked(index: Index, q: str, now: dt.datetime) -> tuple[Bits, dict[int, float]]:
    """Plain words are ranked (dismax); a query with a colon is only held against each dataset."""
    if not q.strip() or ":" in q:
        return index.matching(parse(q), now), {}
    parse(q)  # refuses what CKAN would refuse
    words = [fold(word) for word in q.replace('"', " ").split()]
    wanted = _needed(len(words))
    hits: dict[int, int] = {}
    scores: dict[int, float] = {}
    for word in words:
        best: dict[int, float] = {}
        for name, (weight, _) in TEXT.items():
            for place in places(index.containing(name, word)):
                best[place] = max(best.get(place, 0), weight)
        for place, weight in best.items():
            hits[place] = hits.get(place, 0) + 1
            scores[place] = scores.get(place, 0) + weight
    kept = {place: scores[place] for place, count in hits.items() if count >= wanted}
    return bits_at(kept), kept


def _needed(words: int) -> int:
    """Of how many words how many must stand there: CKAN's mm, `2<-1 5<80%`."""
    if words <= 2:
        return words
    return words - 1 if words <= 5 else words * 80 // 100


def _ordered(index: Index, bits: Bits, scores: dict[int, float], sort: str, now: dt.datetime) -> list[int]:
    order = places(bits)
    for part in reversed(sort.split(",")):
        found = _SORT.fullmatch(part.strip())
        if found is None:
            raise SearchProblem(f"Can't determine a Sort Order (asc or desc) in sort spec '{sort}'")
        name, way = found[1], found[2].lower() == "desc"
        order.sort(key=_key(index, name, scores, now), reverse=way)
    return order


def _key(index: Index, name: str, scores: dict[int, float], now: dt.datetime) -> Callable[[int], Any]:
    datasets = index.datasets
    if name == "score":
        return lambda place: scores.get(place, 0.0)
    if name == "quality":
        return index.scores(now.astimezone(SHANGHAI).date()).__getitem__
    if name in MOMENTS:
        return index.moments(name).__getitem__
    if name in {"title", "title_string"}:
        return lambda place: datasets[place].title
    if name in EXACT:
        return lambda place: tuple(EXACT[name](datasets[place]))
    raise SearchProblem(f"sort param field can't be found: {name}")


def _counts(index: Index, name: str, bits: Bits, asked: Asked) -> dict[str, int]:
    if name not in EXACT:
        return {}
    counted = [(value, (known & bits).bit_count()) for value, known in index.values(name).items()]
    kept = sorted(
        ((value, count) for value, count in counted if count >= asked.least),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return dict(kept if asked.limit < 0 else kept[: asked.limit])
