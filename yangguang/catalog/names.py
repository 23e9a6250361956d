"""Identifiers that clients keep: the same for ever, worked out from addresses and never drawn by lot."""

import uuid

_OURS = uuid.UUID("8f1d6d5c-7c0d-5a51-9d0a-2b7a3b0f6a11")
_TAG = "tag"


def dataset_id(slug: str) -> str:
    return str(uuid.uuid5(_OURS, f"dataset {slug}"))


def resource_id(slug: str, format: str) -> str:
    """The file of one format of a dataset; it stays the same from version to version."""
    return str(uuid.uuid5(_OURS, f"resource {slug} {format}"))


def unit_id(slug: str) -> str:
    return str(uuid.uuid5(_OURS, f"organization {slug}"))


def topic_id(name: str) -> str:
    return str(uuid.uuid5(_OURS, f"group {name}"))


def tag_id(name: str) -> str:
    return str(uuid.uuid5(_OURS, f"{_TAG} {name}"))


def topic_name(number: int) -> str:
    """A topic's name as CKAN wants names: letters, digits and hyphens ("topic-04" for the fourth)."""
    return f"topic-{number:02d}"
