"""`/data.json`: the catalogue in DCAT-US 1.1 (Project Open Data metadata schema, resources.data.gov)."""

from collections.abc import Sequence
from typing import Any

from yangguang.catalog.dataset import MEDIA_TYPES, Dataset, File

_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
_PERIODS = {
    "daily": "R/P1D",
    "monthly": "R/P1M",
    "quarterly": "R/P3M",
    "half_yearly": "R/P6M",
    "yearly": "R/P1Y",
    "timely": "irregular",
    "when_due": "irregular",
}
"""Cadence → ISO 8601 repeating interval."""


def catalogue(found: Sequence[Dataset], *, site: str, contact: str) -> dict[str, Any]:
    """Every dataset in one object."""
    return {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@id": f"{site}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
        "dataset": [dataset(one, site=site, contact=contact) for one in found],
    }


def dataset(one: Dataset, *, site: str, contact: str) -> dict[str, Any]:
    """One dataset. `hasEmail` is told only where the site has an address for questions."""
    told: dict[str, Any] = {
        "@type": "dcat:Dataset",
        "identifier": f"{site}/dataset/{one.slug}",
        "title": one.title,
        "description": one.descriptor.description or one.title,
        "keyword": list(one.tags) or [one.title],
        "issued": one.created.isoformat(timespec="seconds"),
        "modified": one.modified.isoformat(timespec="seconds"),
        "publisher": {"@type": "org:Organization", "name": one.unit.name},
        "contactPoint": {"@type": "vcard:Contact", "fn": one.unit.name},
        "accessLevel": "public",
        "license": f"{site}/data/terms/",
        "landingPage": f"{site}{one.address}",
        "describedBy": f"{site}{one.address}files/v{one.number}/datapackage.json",
        "describedByType": "application/json",
        "language": ["zh-CN"],
        "distribution": [_distribution(one, file, site) for file in one.files],
    }
    if contact:
        told["contactPoint"]["hasEmail"] = f"mailto:{contact}"
    if one.descriptor.cadence in _PERIODS:
        told["accrualPeriodicity"] = _PERIODS[one.descriptor.cadence]
    if one.topic:
        told["theme"] = [one.topic]
    return told


def _distribution(one: Dataset, file: File, site: str) -> dict[str, str]:
    return {
        "@type": "dcat:Distribution",
        "title": f"{one.title}（第 {one.number} 版）.{file.format}",
        "downloadURL": f"{site}{one.file_address(file.format)}",
        "mediaType": MEDIA_TYPES[file.format],
        "format": file.format.upper(),
    }
