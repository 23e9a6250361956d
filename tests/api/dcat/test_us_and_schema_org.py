"""DCAT-US 1.1 and schema.org, held to the tables of what each must have."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from jsonschema import Draft202012Validator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

# The fields that DCAT-US 1.1 always requires of a dataset, with their forms.
MANDATORY = {
    "type": "object",
    "required": [
        *("title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier"),
        "accessLevel",
    ],
    "properties": {
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 1},
        "keyword": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
        "modified": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"},
        "publisher": {"type": "object", "required": ["name"]},
        "contactPoint": {
            "type": "object",
            "required": ["fn", "hasEmail"],
            "properties": {"hasEmail": {"type": "string", "pattern": "^mailto:.+@.+$"}},
        },
        "accessLevel": {"enum": ["public", "restricted public", "non-public"]},
        "accrualPeriodicity": {"type": "string", "pattern": r"^(R/P\d+[DMY]|irregular)$"},
        "distribution": {
            "type": "array",
            "items": {"type": "object", "required": ["downloadURL", "mediaType"]},
        },
    },
}


def answer(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200
    return response.json()


def test_data_json_has_what_is_mandatory(settings: LazySettings) -> None:
    settings.DATA_CONTACT = "data@example.org"
    told = answer("/data.json")
    assert told["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert {one["identifier"].rpartition("/")[2] for one in told["dataset"]} == {
        "water-sources",
        "penalties",
        "permits",
    }
    for one in told["dataset"]:
        Draft202012Validator(MANDATORY).validate(one)
    assert {one["title"]: one.get("accrualPeriodicity") for one in told["dataset"]} == {
        "集中式生活饮用水水源水质监测信息": "R/P1M",
        "行政处罚决定": "irregular",
        "行政许可决定": "irregular",
    }


def test_search_engines_read_a_dataset() -> None:
    told = answer("/dataset/water-sources.schema.jsonld")
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "Dataset")
    assert {"name", "description", "license", "creator", "distribution", "dateModified"} <= set(told)
    assert [each["name"] for each in told["variableMeasured"]] == ["month", "source", "grade", "rate"]
    assert told["variableMeasured"][3]["unitText"] == "%"
    made = {each["name"].rpartition(".")[2]: each for each in told["distribution"]}
    assert len(made["csv"]["sha256"]) == 64
    assert made["csv"]["contentSize"].endswith(" B")


def test_the_page_of_a_dataset_names_its_descriptions() -> None:
    page = Client().get("/data/water-sources/").content.decode()
    for ending in ("ttl", "jsonld", "schema.jsonld"):
        assert f'href="/dataset/water-sources.{ending}"' in page
