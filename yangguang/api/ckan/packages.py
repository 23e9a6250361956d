"""Datasets and their files: package_* and resource_* of CKAN."""

import json
from typing import Any

from django.conf import settings

from yangguang.api.ckan.parameters import Parameters, natural, required, text, truth
from yangguang.api.ckan.problems import bad_search, failed_search, invalid, not_found
from yangguang.catalog import packages
from yangguang.catalog.dataset import FORMATS, Dataset
from yangguang.catalog.searching import (
    DEFAULT_SORT,
    MOST_ROWS,
    Asked,
    Found,
    SearchProblem,
    search,
)
from yangguang.catalog.shelf import shelf
from yangguang.directory import clock

_SEARCH = frozenset(
    (
        *("q", "fq", "fq_list", "sort", "rows", "start", "facet", "facet.field", "facet.limit"),
        *("facet.mincount", "fl", "include_private", "include_drafts", "include_deleted"),
        *("use_default_schema", "qf", "mm", "bf", "boost", "tie", "defType", "wt", "df", "q.op", "id"),
    )
)


def package_list(asked: Parameters) -> list[str]:
    return _slice(list(shelf().datasets), asked)


def current_package_list_with_resources(asked: Parameters) -> list[packages.Package]:
    return [told(one) for one in _slice(list(shelf().datasets.values()), asked, 10)]


def package_show(asked: Parameters) -> packages.Package:
    return told(dataset_named(required(asked, "id", "name_or_id")))


def package_autocomplete(asked: Parameters) -> list[dict[str, str]]:
    q, limit = required(asked, "q").lower(), natural(asked, "limit", 10)
    found = [one for one in shelf().datasets.values() if q in one.slug or q in one.title.lower()]
    return [
        {
            "name": one.slug,
            "title": one.title,
            "match_field": "name" if q in one.slug else "title",
            "match_displayed": f"{one.title} ({one.slug})",
        }
        for one in found[:limit]
    ]


def package_search(asked: Parameters) -> dict[str, Any]:
    """Search; a parameter that CKAN does not know is an error, and rows beyond 1000 are not given."""
    for name in asked:
        if name not in _SEARCH and not name.startswith("ext_"):
            raise bad_search(f"'{name}'")
    facets = _facets(asked) if truth(asked, "facet", True) else ()
    try:
        wanted = Asked(
            q=text(asked, "q", "*:*"),
            fq=_filters(asked),
            sort=text(asked, "sort") or DEFAULT_SORT,
            rows=natural(asked, "rows", 10, MOST_ROWS),
            start=natural(asked, "start", 0),
            facets=facets,
            limit=int(text(asked, "facet.limit", "50")),
            least=natural(asked, "facet.mincount", 1),
        )
        found = search(shelf().index, wanted, clock.now())
    except SearchProblem as problem:
        raise failed_search(str(problem)) from problem
    except ValueError as problem:
        raise bad_search(str(problem)) from problem
    return {
        "count": found.count,
        "facets": found.facets,
        "results": [_short(told(one), asked) for one in found.page],
        "sort": wanted.sort,
        "search_facets": _search_facets(found),
    }


def resource_show(asked: Parameters) -> packages.Package:
    found = shelf().by_file.get(required(asked, "id"))
    if found is None:
        raise not_found()
    dataset, place = found
    return packages.resource(dataset, dataset.files[place], place, settings.PUBLIC_ADDRESS)


def resource_search(asked: Parameters) -> dict[str, Any]:
    """Files by `field:text`, one condition or several (all must hold)."""
    given = asked.get("query") or []
    conditions = [str(each).partition(":") for each in ([given] if isinstance(given, str) else given)]
    if any(not separator for _, separator, _ in conditions):
        raise invalid(query="Must be <field>:<value> pair(s)")
    found = [
        resource
        for one in shelf().datasets.values()
        for resource in told(one)["resources"]
        if all(value.lower() in str(resource.get(name, "")).lower() for name, _, value in conditions)
    ]
    start = natural(asked, "offset", 0)
    limit = natural(asked, "limit", len(found))
    return {"count": len(found), "results": found[start : start + limit]}


def format_autocomplete(asked: Parameters) -> list[str]:
    q = required(asked, "q").lower()
    return [one for one in FORMATS if q in one][: natural(asked, "limit", 5)]


def told(dataset: Dataset) -> packages.Package:
    return packages.package(dataset, settings.PUBLIC_ADDRESS)


def dataset_named(name_or_id: str) -> Dataset:
    found = shelf().find(name_or_id)
    if found is None:
        raise not_found()
    return found


def _slice(found: list[Any], asked: Parameters, default: int | None = None) -> list[Any]:
    start = natural(asked, "offset", 0)
    return found[start : start + natural(asked, "limit", default or len(found))]


def _short(package: packages.Package, asked: Parameters) -> packages.Package:
    wanted = asked.get("fl")
    if not wanted:
        return package
    fields = wanted if isinstance(wanted, list) else str(wanted).replace(",", " ").split()
    return package if "*" in fields else {name: package.get(name) for name in fields}


def _filters(asked: Parameters) -> tuple[str, ...]:
    given = asked.get("fq_list") or []
    several = json.loads(given) if isinstance(given, str) and given.startswith("[") else given
    several = [several] if isinstance(several, str) else several
    fq = text(asked, "fq")
    return tuple(each for each in (fq, *map(str, several)) if each.strip())


def _facets(asked: Parameters) -> tuple[str, ...]:
    given = asked.get("facet.field", [])
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as problem:
            raise invalid(**{"facet.field": "Could not parse as valid JSON"}) from problem
    if not isinstance(given, list):
        raise invalid(**{"facet.field": "Not a list"})
    return tuple(map(str, given))


def _search_facets(found: Found) -> dict[str, Any]:
    words = shelf().index.words if found.facets else {}
    return {
        name: {
            "title": name,
            "items": sorted(
                (
                    {"name": value, "display_name": words.get(name, {}).get(value, value), "count": count}
                    for value, count in counts.items()
                ),
                key=lambda item: str(item["display_name"]),
                reverse=True,
            ),
        }
        for name, counts in found.facets.items()
    }
