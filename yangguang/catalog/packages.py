"""A dataset as CKAN's package dict, with every key that its clients look for (CKAN 2.12, package_show)."""

import json
from functools import lru_cache
from typing import Any

from yangguang.catalog import licence, names
from yangguang.catalog.dataset import MEDIA_TYPES, TABLE, Dataset, Unit
from yangguang.catalog.dataset import File as DataFile
from yangguang.catalog.moments import iso
from yangguang.rules.tables.quality import Part

Package = dict[str, Any]
_KEPT = 20_000


def package(dataset: Dataset, site: str) -> Package:
    """The package dict. `site` is the public address, without a slash at the end."""
    made: Package = json.loads(text_of(dataset, site))
    return made


@lru_cache(maxsize=_KEPT)
def text_of(dataset: Dataset, site: str) -> str:
    """The package dict as JSON, kept: a harvest of everything writes each dataset once."""
    return json.dumps(_package(dataset, site), ensure_ascii=False, separators=(",", ":"))


def _package(dataset: Dataset, site: str) -> Package:
    resources = [resource(dataset, file, place, site) for place, file in enumerate(dataset.files)]
    return {
        "id": dataset.id,
        "name": dataset.slug,
        "title": dataset.title,
        "notes": dataset.descriptor.description,
        "url": f"{site}{dataset.address}",
        "version": str(dataset.number),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": True,
        "author": dataset.unit.name,
        "author_email": None,
        "maintainer": dataset.unit.name,
        "maintainer_email": None,
        "creator_user_id": None,
        "license_id": licence.ID,
        "license_title": licence.TITLE,
        "license_url": f"{site}/data/terms/",
        "owner_org": names.unit_id(dataset.unit.slug),
        "organization": organization(dataset.unit),
        "groups": [group(dataset.topic_number, dataset.topic)] if dataset.topic_number else [],
        "tags": [tag(name) for name in dataset.tags],
        "extras": extras(dataset),
        "metadata_created": iso(dataset.created),
        "metadata_modified": iso(dataset.modified),
        "num_resources": len(resources),
        "num_tags": len(dataset.tags),
        "resources": resources,
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def resource(dataset: Dataset, file: DataFile, place: int, site: str) -> Package:
    """A file of a dataset as CKAN's resource dict; its address leads to exactly these bytes for ever."""
    return {
        "id": names.resource_id(dataset.slug, file.format),
        "package_id": dataset.id,
        "name": f"{dataset.title}（第 {dataset.number} 版）.{file.format}",
        "description": dataset.note or dataset.descriptor.description,
        "format": file.format.upper(),
        "mimetype": MEDIA_TYPES[file.format],
        "mimetype_inner": None,
        "url": f"{site}{dataset.file_address(file.format)}",
        "url_type": None,
        "size": file.size,
        "hash": file.sha256,
        "created": iso(dataset.created),
        "last_modified": iso(dataset.modified),
        "metadata_modified": iso(dataset.modified),
        "position": place,
        "resource_type": "file",
        "state": "active",
        "cache_url": None,
        "cache_last_updated": None,
        "datastore_active": file.format == TABLE,
    }


def extras(dataset: Dataset) -> list[dict[str, str]]:
    """What CKAN has no key for: the duty served, how often it is promised, the period, the sample's mark.

    Of the quality only what no day changes: `metadata_modified` stays what it is.
    """
    told = {
        **quality(dataset),
        "kind": dataset.descriptor.kind.value,
        "cadence": dataset.descriptor.cadence,
        "obligation": " ".join(dataset.descriptor.obligations),
        "period": dataset.period,
        "rows": str(dataset.rows),
        "sample": "true" if dataset.is_sample else "",
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]


def quality(dataset: Dataset) -> dict[str, str]:
    """The shares of the quality that the rows and columns give, 0 to 1, and until when the data reach."""
    found = dataset.quality_on(dataset.reach)
    if found is None:
        return {}
    shares = {
        f"quality_{share.part}": f"{float(share.value):.4f}"
        for share in found.shares
        if share.value is not None and share.part is not Part.FRESH
    }
    return {**shares, "data_through": dataset.reach.isoformat()}


def organization(unit: Unit) -> Package:
    return {
        "id": names.unit_id(unit.slug),
        "name": unit.slug,
        "title": unit.name,
        "type": "organization",
        "description": "",
        "image_url": "",
        "created": None,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def group(number: int, topic: str) -> Package:
    name = names.topic_name(number)
    return {
        "id": names.topic_id(topic),
        "name": name,
        "title": topic,
        "display_name": topic,
        "description": "",
        "image_display_url": "",
    }


def tag(name: str) -> Package:
    return {
        "id": names.tag_id(name),
        "name": name,
        "display_name": name,
        "state": "active",
        "vocabulary_id": None,
    }
