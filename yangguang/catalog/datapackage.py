"""A version as a Data Package (datapackage.org, version 2): what its files are, to the byte and the column."""

from collections.abc import Sequence
from typing import Any

from yangguang.catalog import licence, names
from yangguang.catalog.dataset import MEDIA_TYPES, TABLE
from yangguang.registers.models import File, Version
from yangguang.rules.tables.schema import table_schema

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def package(version: Version, files: Sequence[File], site: str) -> dict[str, Any]:
    """The descriptor. `site` is the public address; paths are those of the files beside it."""
    register = version.register
    page = f"{site}{version.get_absolute_url()}"
    return {
        "$schema": PROFILE,
        "name": register.slug,
        "id": names.dataset_id(register.slug),
        "title": version.title,
        "description": version.described.description,
        "homepage": page,
        "version": f"{version.number}.0.0",
        "created": version.online_at.isoformat(timespec="seconds"),
        "keywords": list(version.described.keywords) or [register.title],
        "contributors": [{"title": register.unit.name, "roles": ["publisher"]}],
        "licenses": [{"name": licence.ID, "title": licence.TITLE, "path": f"{site}/data/terms/"}],
        "sources": [{"title": register.unit.name, "path": page}],
        "sample": register.is_sample,
        "resources": [_resource(version, file) for file in files],
    }


def _resource(version: Version, file: File) -> dict[str, Any]:
    """One file. The table is the csv; the others are told as files, with the same rows inside."""
    told: dict[str, Any] = {
        "name": f"{version.register.slug}-{file.format.replace('.', '-')}",
        "path": f"{version.register.slug}.{file.format}",
        "format": file.format,
        "mediatype": MEDIA_TYPES[file.format],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.format == TABLE:
        return {**told, "type": "table", "encoding": "utf-8", "schema": table_schema(version.described)}
    return {**told, "type": "file"}
