"""A search as its page shows it: what was asked, the ways to narrow it down, and the pages of hits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from yangguang.directory.models import Unit
from yangguang.portal import words
from yangguang.search.hits import Found

PAGE = 10
FACETS: dict[str, Promise | str] = {
    "unit": gettext_lazy("单位"),
    "topic": gettext_lazy("主题"),
    "form": gettext_lazy("形式"),
    "status": gettext_lazy("效力"),
    "year": gettext_lazy("年份"),
}
OPEN = 6
"""Values of a facet shown at once; the rest open on demand."""
LONGEST = 80


@dataclass(frozen=True)
class Choice:
    """One value to narrow down to, or, where chosen, to take back; `link` is the query of its address."""

    value: str
    label: str
    count: int
    chosen: bool
    link: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def first(self) -> tuple[Choice, ...]:
        return self.choices[:OPEN]

    @property
    def rest(self) -> tuple[Choice, ...]:
        return self.choices[OPEN:]


@dataclass(frozen=True)
class Asked:
    """What an address of the search asks for."""

    query: str
    filters: Mapping[str, str]
    newest: bool
    page: int

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE


def asked(given: QueryDict) -> Asked:
    """Read an address. What makes no sense counts as not given."""
    filters = {name: value for name in FACETS if (value := given.get(name, "").strip()[:LONGEST])}
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    return Asked(given.get("q", "").strip(), filters, given.get("sort") == "date", max(number, 1))


def link(given: Asked, **changes: str) -> str:
    """The query of the same search with some things changed, on its first page; "" takes one away."""
    said = {"q": given.query, **given.filters, "sort": "date" if given.newest else "", **changes}
    return f"?{urlencode({name: value for name, value in said.items() if value})}"


def facets(found: Found, given: Asked) -> tuple[Facet, ...]:
    """The facets with more than one value to choose from, and those that are chosen."""
    names = dict(Unit.objects.values_list("slug", "name")) if found.facets.get("unit") else {}
    made = (
        Facet(name, str(label), tuple(_choices(name, found, given, names))) for name, label in FACETS.items()
    )
    return tuple(facet for facet in made if len(facet.choices) > 1 or facet.name in given.filters)


def _choices(name: str, found: Found, given: Asked, units: Mapping[str, str]) -> Iterator[Choice]:
    chosen = given.filters.get(name)
    counts = dict(found.facets.get(name, {}))
    if chosen is not None:
        counts = {chosen: counts.get(chosen, 0)}
    elif name == "year":
        counts = dict(sorted(counts.items(), reverse=True))
    without = link(given, **{name: ""})
    for value, count in counts.items():
        changed = without if value == chosen else f"{without}&{name}={quote_plus(value)}"
        yield Choice(value, label(name, value, units), count, value == chosen, changed)


def label(name: str, value: str, units: Mapping[str, str]) -> str:
    """The words for a value; the value itself where it is none of ours."""
    if name == "unit":
        return units.get(value, value)
    known: Mapping[str, object] = {"form": words.FORMS, "status": words.STATUSES}.get(name, {})
    return str(known.get(value, value))


@dataclass(frozen=True)
class Pages:
    """Where in the list a page is; empty links at its ends."""

    number: int
    count: int
    previous: str
    next: str


def pages(total: int, deepest: int, given: Asked) -> Pages:
    count = max(1, -(-min(total, deepest + PAGE) // PAGE))
    back = link(given, page=str(given.page - 1)) if given.page > 1 else ""
    on = link(given, page=str(given.page + 1)) if given.page < count else ""
    return Pages(given.page, count, back, on)
