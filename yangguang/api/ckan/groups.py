"""Units as CKAN's organizations, topics as its groups, and tags."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from yangguang.api.ckan.packages import told
from yangguang.api.ckan.parameters import Parameters, natural, required, text, truth
from yangguang.api.ckan.problems import invalid, not_found
from yangguang.catalog import names, packages
from yangguang.catalog.dataset import Dataset
from yangguang.catalog.shelf import shelf

Bodies = dict[str, tuple[packages.Package, list[Dataset]]]
_SORTS = {"name", "title", "package_count", "packages"}


def organizations() -> Bodies:
    """Every unit that has a dataset, by name, with its datasets."""
    return _gathered(lambda one: (one.unit.slug, packages.organization(one.unit)))


def topics() -> Bodies:
    """Every topic that has a dataset, by name, with its datasets."""
    return _gathered(
        lambda one: (
            names.topic_name(one.topic_number) if one.topic_number else "",
            packages.group(one.topic_number, one.topic),
        )
    )


def organization_list(asked: Parameters) -> list[Any]:
    return _list(organizations(), asked, "organizations")


def group_list(asked: Parameters) -> list[Any]:
    return _list(topics(), asked, "groups")


def organization_show(asked: Parameters) -> packages.Package:
    return _show(organizations(), asked, most=10)


def group_show(asked: Parameters) -> packages.Package:
    return _show(topics(), asked, most=1000)


def group_package_show(asked: Parameters) -> list[packages.Package]:
    _, datasets = _named(topics(), required(asked, "id"))
    return [told(one) for one in datasets[: natural(asked, "limit", len(datasets))]]


def tag_list(asked: Parameters) -> list[Any]:
    if asked.get("vocabulary_id"):
        raise not_found("could not find vocabulary")
    query = text(asked, "query") or text(asked, "q")
    found = sorted(name for name in _tags() if query.lower() in name.lower())
    return [packages.tag(name) for name in found] if truth(asked, "all_fields", False) else found


def tag_show(asked: Parameters) -> packages.Package:
    wanted = required(asked, "id")
    for name in _tags():
        if wanted in (name, names.tag_id(name)):
            shown = packages.tag(name)
            if truth(asked, "include_datasets", False):
                shown["packages"] = [told(one) for one in shelf().datasets.values() if name in one.tags]
            return shown
    raise not_found()


def tag_search(asked: Parameters) -> dict[str, Any]:
    found = tag_list({**asked, "all_fields": True})
    start = natural(asked, "offset", 0)
    return {"count": len(found), "results": found[start : start + natural(asked, "limit", len(found))]}


def _tags() -> Counter[str]:
    return Counter(tag for one in shelf().datasets.values() for tag in one.tags)


def _gathered(of: Callable[[Dataset], tuple[str, packages.Package]]) -> Bodies:
    found: Bodies = {}
    for one in shelf().datasets.values():
        name, body = of(one)
        if name:
            found.setdefault(name, (body, []))[1].append(one)
    return found


def _full(body: packages.Package, datasets: list[Dataset]) -> packages.Package:
    return {
        **body,
        "display_name": body["title"],
        "image_display_url": "",
        "package_count": len(datasets),
        "num_followers": 0,
        "users": [],
        "groups": [],
        "extras": [],
        "tags": [],
    }


def _list(bodies: Bodies, asked: Parameters, chosen: str) -> list[Any]:
    all_fields = truth(asked, "all_fields", False)
    column, _, way = (text(asked, "sort") or "title asc").partition(" ")
    if column not in _SORTS or way not in {"", "asc", "desc"}:
        raise invalid(sort=f"Cannot sort by field `{column}`")
    wanted = asked.get(chosen)
    only = set(wanted.split(",") if isinstance(wanted, str) else wanted or [])
    q = text(asked, "q").lower()
    found = [
        (name, body, datasets)
        for name, (body, datasets) in bodies.items()
        if (not only or name in only) and (q in name.lower() or q in body["title"].lower())
    ]
    found.sort(
        key=lambda each: {"name": each[0], "title": each[1]["title"]}.get(column) or len(each[2]),
        reverse=way == "desc",
    )
    start = natural(asked, "offset", 0)
    page = found[
        start : start + natural(asked, "limit", 25 if all_fields else 1000, 25 if all_fields else 1000)
    ]
    return [_full(body, datasets) if all_fields else name for name, body, datasets in page]


def _show(bodies: Bodies, asked: Parameters, most: int) -> packages.Package:
    body, datasets = _named(bodies, required(asked, "id"))
    shown = _full(body, datasets)
    if truth(asked, "include_datasets", False):
        shown["packages"] = [told(one) for one in datasets[:most]]
    if not truth(asked, "include_dataset_count", True):
        del shown["package_count"]
    return shown


def _named(bodies: Bodies, wanted: str) -> tuple[packages.Package, list[Dataset]]:
    for name, (body, datasets) in bodies.items():
        if wanted in (name, body["id"]):
            return body, datasets
    raise not_found()
