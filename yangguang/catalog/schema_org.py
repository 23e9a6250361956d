"""A dataset as search engines read it: schema.org/Dataset in JSON-LD."""

from typing import Any

from yangguang.catalog.dataset import MEDIA_TYPES, TABLE, Dataset, File


def dataset(one: Dataset, *, site: str, title: str) -> dict[str, Any]:
    """The description. `site` is the public address, `title` the name of the whole catalogue."""
    told: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{site}/dataset/{one.slug}",
        "name": one.title,
        "description": one.descriptor.description or one.title,
        "url": f"{site}{one.address}",
        "identifier": one.id,
        "version": str(one.number),
        "keywords": list(one.tags),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "license": f"{site}/data/terms/",
        "datePublished": one.created.isoformat(timespec="seconds"),
        "dateModified": one.modified.isoformat(timespec="seconds"),
        "creator": _organization(one, site),
        "publisher": _organization(one, site),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": f"{title}开放数据", "url": f"{site}/data/"},
        "variableMeasured": [
            _variable(field.name, field.title, field.unit) for field in one.descriptor.public_fields
        ],
        "distribution": [_download(one, file, site) for file in one.files],
    }
    return told


def _organization(one: Dataset, site: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": one.unit.name, "url": f"{site}/units/{one.unit.slug}/"}


def _variable(name: str, title: str, unit: str) -> dict[str, str]:
    told = {"@type": "PropertyValue", "name": name, "description": title}
    return {**told, "unitText": unit} if unit else told


def _download(one: Dataset, file: File, site: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "DataDownload",
        "@id": f"{site}/dataset/{one.slug}#{file.format}",
        "name": f"{one.title}.{file.format}",
        "contentUrl": f"{site}{one.file_address(file.format)}",
        "encodingFormat": MEDIA_TYPES[file.format],
    }
    if file.size is not None:
        told |= {"contentSize": f"{file.size} B", "sha256": file.sha256}
    if file.format == TABLE:
        told["description"] = f"第 {one.number} 版，{one.rows} 行"
    return told
