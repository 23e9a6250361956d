"""The catalogue as its page shows it: what was asked, the ways to narrow it down, one page of datasets."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.catalog.dataset import Dataset
from yangguang.catalog.index import Bits, Index, bits_of
from yangguang.catalog.searching import DEFAULT_SORT, Found, search
from yangguang.catalog.searching import Asked as Search
from yangguang.directory.clock import SHANGHAI
from yangguang.portal import words
from yangguang.portal.presenters.finding import Choice, Facet, Pages

PAGE = 20
LONGEST = 80
FIELDS = {
    "unit": "organization",
    "topic": "groups",
    "kind": "extras_kind",
    "cadence": "extras_cadence",
    "format": "res_format",
}
LABELS: dict[str, str | Promise] = {
    "unit": gettext_lazy("单位"),
    "topic": gettext_lazy("主题"),
    "kind": gettext_lazy("类型"),
    "cadence": gettext_lazy("更新周期"),
    "updated": gettext_lazy("最近更新"),
    "format": gettext_lazy("格式"),
    "quality": gettext_lazy("数据质量"),
}
FRESH: dict[str, tuple[int, str | Promise]] = {
    "week": (7, gettext_lazy("7 天以内")),
    "month": (31, gettext_lazy("一个月以内")),
    "quarter": (92, gettext_lazy("三个月以内")),
    "year": (366, gettext_lazy("一年以内")),
}
GOOD: dict[str, tuple[float, str | Promise]] = {
    "95": (95, gettext_lazy("95 分以上")),
    "85": (85, gettext_lazy("85 分以上")),
    "70": (70, gettext_lazy("70 分以上")),
}
SORTS = {"": DEFAULT_SORT, "title": "title asc", "quality": "quality desc, title asc"}
_SIGNS = re.compile(r"[^\w\s.·—-]+|(?<!\w)-+")


@dataclass(frozen=True)
class Asked:
    """What an address of the catalogue asks for."""

    query: str
    filters: Mapping[str, str]
    sort: str
    page: int


@dataclass(frozen=True)
class Catalogue:
    asked: Asked
    found: Found
    facets: tuple[Facet, ...]
    pages: Pages
    unfiltered: str
    orders: tuple[tuple[str, str, bool], ...]
    """Ways to order: word, link, whether it is the one taken."""
    shown: tuple[tuple[Dataset, float | None], ...]
    """The datasets of the page with their quality, 0 to 100; None where it has not been counted."""


def asked(given: QueryDict) -> Asked:
    """Read an address. What makes no sense counts as not given."""
    filters = {name: value for name in LABELS if (value := given.get(name, "").strip()[:LONGEST])}
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    sort = given.get("sort", "")
    return Asked(given.get("q", "").strip()[:LONGEST], filters, sort if sort in SORTS else "", max(number, 1))


def catalogue(index: Index, given: Asked, now: dt.datetime) -> Catalogue:
    """Search. Never fails: what is typed is taken as words, whatever signs are in it."""
    today = now.astimezone(SHANGHAI).date()
    typed = " ".join(_SIGNS.sub(" ", given.query).split())
    wanted = [
        f'{FIELDS[name]}:"{value.replace(chr(34), "")}"'
        for name, value in given.filters.items()
        if name in FIELDS
    ]
    days = FRESH.get(given.filters.get("updated", ""), (0, ""))[0]
    if days:
        wanted.append(f"metadata_modified:[NOW-{days}DAYS TO *]")
    least = GOOD.get(given.filters.get("quality", ""), (0.0, ""))[0]
    if least:
        wanted.append(f"quality:[{least:g} TO *]")
    found = search(
        index,
        Search(
            q=_as_words(typed) or "*:*",
            fq=tuple(wanted),
            sort=SORTS[given.sort],
            rows=PAGE,
            start=(given.page - 1) * PAGE,
            facets=tuple(FIELDS.values()),
            limit=-1,
        ),
        now,
    )
    return Catalogue(
        given,
        found,
        tuple(_facets(index, found, given, now)),
        _pages(found.count, given),
        link(Asked(given.query, {}, given.sort, 1)),
        tuple(_orders(given)),
        tuple((one, _points(one, today)) for one in found.page),
    )


def _orders(given: Asked) -> Iterator[tuple[str, str, bool]]:
    usual = _("最相关的在前") if given.query else _("新更新的在前")
    for sort, word in (("", usual), ("title", _("按名称")), ("quality", _("质量高的在前"))):
        yield word, link(given, sort=sort), given.sort == sort


def _points(dataset: Dataset, today: dt.date) -> float | None:
    found = dataset.quality_on(today)
    return found.score if found else None


def link(given: Asked, **changes: str) -> str:
    """The query of the same search with some things changed, on its first page; "" takes one away."""
    query = QueryDict(mutable=True)
    said = {"q": given.query, **given.filters, "sort": given.sort, **changes}
    query.update({name: value for name, value in said.items() if value})
    return f"?{query.urlencode()}" if query else "?"


def _as_words(typed: str) -> str:
    """Lucene's own words in small letters, so that they are words like any other."""
    return " ".join(word.lower() if word in ("AND", "OR", "NOT") else word for word in typed.split())


def _facets(index: Index, found: Found, given: Asked, now: dt.datetime) -> Iterator[Facet]:
    named = index.words
    for name, label in LABELS.items():
        counts = _counts(index, found, name, now)
        chosen = given.filters.get(name)
        if chosen is not None:
            counts = {chosen: counts.get(chosen, 0)}
        choices = tuple(
            Choice(
                value,
                _word(name, value, named),
                count,
                value == chosen,
                link(given, **{name: "" if value == chosen else value}),
            )
            for value, count in counts.items()
        )
        if len(choices) > 1 or chosen is not None:
            yield Facet(name, str(label), choices)


def _word(name: str, value: str, named: Mapping[str, Mapping[str, str]]) -> str:
    """The words for a value; the value itself where it is none of ours."""
    bands: Mapping[str, tuple[float, object]] = GOOD if name == "quality" else FRESH
    if name in ("updated", "quality"):
        return str(bands[value][1]) if value in bands else value
    if name in ("kind", "cadence"):
        known: Mapping[str, object] = words.FORMS if name == "kind" else words.CADENCES
        return str(known.get(value, value))
    return named.get(FIELDS[name], {}).get(value, value)


def _counts(index: Index, found: Found, name: str, now: dt.datetime) -> dict[str, int]:
    if name in FIELDS:
        return found.facets[FIELDS[name]]
    today = now.astimezone(SHANGHAI).date()
    bands = _good(index, today) if name == "quality" else _fresh(index, today)
    counted = {name: (bits & found.bits).bit_count() for name, bits in bands.items()}
    return {name: count for name, count in counted.items() if count}


@lru_cache(maxsize=2)
def _good(index: Index, today: dt.date) -> dict[str, Bits]:
    """The datasets with at least so many points of quality."""
    scores = index.scores(today)
    return {name: bits_of(score >= least for score in scores) for name, (least, _word) in GOOD.items()}


@lru_cache(maxsize=2)
def _fresh(index: Index, today: dt.date) -> dict[str, Bits]:
    """The datasets that changed within so many days."""
    found = dict.fromkeys(FRESH, 0)
    for place, dataset in enumerate(index.datasets):
        age = (today - dataset.modified.date()).days
        for name, (days, _word) in FRESH.items():
            if age <= days:
                found[name] |= 1 << place
    return found


def _pages(total: int, given: Asked) -> Pages:
    count = max(1, -(-total // PAGE))
    back = link(given, page=str(given.page - 1)) if given.page > 1 else ""
    on = link(given, page=str(given.page + 1)) if given.page < count else ""
    return Pages(given.page, count, back, on)
