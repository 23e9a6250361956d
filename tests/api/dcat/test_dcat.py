"""The catalogue as harvesters read it. The shapes are pyshacl's to check, the pages are walked as they do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF, RDF, XSD

from tests.api.ckan.conftest import publish
from yangguang.catalog.dataset import FORMATS
from yangguang.catalog.dcat import catalogue
from yangguang.catalog.dcat.vocabulary import ADMS, DCAT3, DQV, HYDRA, SPDX, VCARD
from yangguang.registers.models import Register

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("city"),
    # rdflib's own reader and writer of JSON-LD call what rdflib has deprecated.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
]
SHAPES = Graph().parse(Path(__file__).with_name("shapes.ttl"))
FORMATS_OF_RDF = {"ttl": "turtle", "xml": "xml", "rdf": "xml", "jsonld": "json-ld"}
MEDIA = {
    "ttl": "text/turtle",
    "xml": "application/rdf+xml",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


def get(address: str, status: int = 200, **headers: str) -> Any:
    response = Client().get(address, headers=headers)
    assert response.status_code == status, response.content.decode()
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response


def graph(address: str) -> Graph:
    ending = urlsplit(address).path.rpartition(".")[2]
    response = get(address)
    assert response.headers["Content-Type"].startswith(MEDIA[ending])
    return Graph().parse(data=response.content, format=FORMATS_OF_RDF[ending])


def without_links(told: Graph) -> Graph:
    """Without the links from page to page: they lead to files of the same ending."""
    for page in list(told.subjects(RDF.type, HYDRA.PagedCollection)):
        told.remove((page, None, None))
    return told


def water(site: str) -> URIRef:
    return URIRef(f"{site}/dataset/water-sources")


@pytest.fixture
def site(settings: LazySettings) -> str:
    settings.DATA_CONTACT = "data@example.org"
    return str(settings.PUBLIC_ADDRESS)


@pytest.mark.parametrize("address", ["/catalog", "/dataset/water-sources", "/dataset/penalties"])
def test_every_format_says_the_same(site: str, address: str) -> None:
    turtle = without_links(graph(f"{address}.ttl"))
    assert len(turtle) > 50
    for ending in ("xml", "rdf", "jsonld"):
        assert isomorphic(without_links(graph(f"{address}.{ending}")), turtle), ending


@pytest.mark.parametrize("address", ["/catalog.ttl", "/dataset/water-sources.ttl", "/dataset/permits.jsonld"])
def test_the_shapes_are_kept(site: str, address: str) -> None:
    conforms, _, told = validate(graph(address), shacl_graph=SHAPES)
    assert conforms, told


@pytest.mark.parametrize(
    ("kind", "predicate"),
    [
        (DCAT3.Catalog, DCTERMS.publisher),
        (DCAT3.Dataset, DCTERMS.title),
        (DCAT3.Dataset, DCTERMS.identifier),
        (DCAT3.Distribution, DCAT3.accessURL),
        (DCAT3.DataService, DCAT3.endpointURL),
        (DCAT3.DatasetSeries, DCTERMS.title),
        (FOAF.Agent, FOAF.name),
        (SPDX.Checksum, SPDX.checksumValue),
        (VCARD.Kind, VCARD.hasEmail),
    ],
)
def test_the_shapes_bite(site: str, kind: URIRef, predicate: URIRef) -> None:
    told = graph("/catalog.ttl")
    for subject in list(told.subjects(RDF.type, kind)):
        told.remove((subject, predicate, None))
    assert not validate(told, shacl_graph=SHAPES)[0]


def test_a_dataset_says_what_its_clients_look_for(site: str) -> None:
    told, subject = graph("/catalog.ttl"), water(site)
    assert set(told.objects(URIRef(f"{site}/catalog"), DCAT3.dataset)) == {
        URIRef(f"{site}/dataset/{slug}") for slug in ("water-sources", "penalties", "permits")
    }
    assert told.value(subject, DCAT3.version) == Literal("2")
    assert str(told.value(subject, DCTERMS.accrualPeriodicity)).endswith("/frequency/MONTHLY")
    assert told.value(subject, DCAT3.previousVersion) == URIRef(f"{site}/data/water-sources/v/1/")
    assert len(set(told.objects(subject, DCAT3.hasVersion))) == 2
    assert told.value(subject, ADMS.versionNotes) is not None
    publisher = told.value(subject, DCTERMS.publisher)
    assert told.value(publisher, FOAF.name) == Literal("市人居环境委")
    period = told.value(subject, DCTERMS.temporal)
    ends = [str(told.value(period, end)) for end in (DCAT3.startDate, DCAT3.endDate)]
    assert ends == ["2017-07-01", "2017-08-31"]
    batch = told.value(subject, DCAT3.inSeries)
    assert told.value(batch, DCTERMS.title) == Literal("第一批", lang="zh")


def test_the_quality_is_told_where_no_day_changes_it(site: str) -> None:
    told, subject = graph("/catalog.ttl"), water(site)
    measured = {
        str(told.value(one, DQV.isMeasurementOf)).rpartition("-")[2]: told.value(one, DQV.value)
        for one in told.objects(subject, DQV.hasQualityMeasurement)
    }
    assert set(measured) == {"complete", "valid", "unique", "documented"}
    assert measured["complete"] == Literal("1.0000", datatype=XSD.decimal)
    assert measured["documented"] == Literal("0.0000", datatype=XSD.decimal)


def test_files_have_bytes_and_hash_once_they_are_made(site: str) -> None:
    told = graph("/dataset/water-sources.ttl")
    assert set(told.objects(water(site), DCAT3.distribution)) == {
        URIRef(f"{site}/dataset/water-sources#{format_}") for format_ in FORMATS
    }
    csv = URIRef(f"{site}/dataset/water-sources#csv")
    body = get(urlsplit(str(told.value(csv, DCAT3.downloadURL))).path)
    content = b"".join(body.streaming_content) if body.streaming else body.content
    assert int(str(told.value(csv, DCAT3.byteSize))) == len(content)
    service = told.value(csv, DCAT3.accessService)
    rows = get(urlsplit(str(told.value(service, DCAT3.endpointURL))).path).json()
    assert len(rows["rows"]) == 6
    assert told.value(URIRef(f"{site}/dataset/penalties#csv"), SPDX.checksum) is None


def test_a_new_version_changes_no_address(site: str) -> None:
    before = graph("/catalog.ttl")
    publish(
        Register.objects.get(slug="water-sources"),
        [("2017-09", "水库1", "Ⅱ类", None)],
        "2017-10-05",
        "2017-09",
    )
    after = graph("/catalog.ttl")
    assert after.value(water(site), DCAT3.version) == Literal("3")
    for predicate in (DCAT3.distribution, DCAT3.dataset, DCAT3.service, DCTERMS.identifier):
        assert set(after.objects(predicate=predicate)) == set(before.objects(predicate=predicate))
    assert after.value(water(site), DCTERMS.modified) != before.value(water(site), DCTERMS.modified)


def test_versions_are_datasets_in_the_datasets_own_description_only(site: str) -> None:
    assert len(set(graph("/catalog.ttl").subjects(RDF.type, DCAT3.Dataset))) == 3
    own = graph("/dataset/water-sources.ttl")
    assert len(set(own.subjects(DCAT3.isVersionOf, water(site)))) == 2


def test_what_is_reported_only_is_nowhere(site: str) -> None:
    for address in (
        "/catalog.ttl",
        "/data.json",
        "/dataset/penalties.ttl",
        "/dataset/penalties.schema.jsonld",
    ):
        assert "经办人" not in get(address).content.decode()


@pytest.mark.parametrize("link", [HYDRA.next, HYDRA.nextPage])
def test_page_behind_page_to_the_last(site: str, link: URIRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "A_PAGE", 2)

    def walk(address: str) -> Iterator[Graph]:
        while address:
            told = graph(address)
            yield told
            collection = told.value(predicate=RDF.type, object=HYDRA.PagedCollection)
            following = told.value(collection, link)
            address = str(following).removeprefix(site) if following else ""

    pages = list(walk("/catalog.ttl?modified_since=2017-01-01"))
    found = [str(one) for page in pages for one in page.objects(predicate=DCAT3.dataset)]
    assert (len(pages), len(found), len(set(found))) == (2, 3, 3)
    last = pages[-1].value(predicate=RDF.type, object=HYDRA.PagedCollection)
    assert str(pages[-1].value(last, HYDRA.previous)).endswith(
        "modified_since=2017-01-01T00%3A00%3A00%2B00%3A00&page=1"
    )
    assert pages[-1].value(last, HYDRA.totalItems) == Literal(3)


@pytest.mark.parametrize(
    ("arguments", "slugs"),
    [
        ("modified_since=2017-09-11", {"permits"}),
        ("modified_since=2017-09-10T00:00:00Z", {"permits", "penalties"}),
        ("q=水质", {"water-sources"}),
        ("q=organization:jianguan", {"permits", "penalties"}),
        ("profiles=dcat_us_3&q=name:permits", {"permits"}),
        ("q=nothing-of-that-name", set()),
    ],
)
def test_part_of_the_catalogue(site: str, arguments: str, slugs: set[str]) -> None:
    found = graph(f"/catalog.ttl?{arguments}").objects(predicate=DCAT3.dataset)
    assert {str(one).rpartition("/")[2] for one in found} == slugs


@pytest.mark.parametrize(
    ("address", "status", "where"),
    [
        ("/catalog.ttl?page=2", 404, "page"),
        ("/catalog.ttl?page=0", 404, "page"),
        ("/catalog.ttl?page=one", 422, "page"),
        ("/catalog.ttl?modified_since=soon", 422, "modified_since"),
        ("/catalog.ttl?q=title:[", 422, "q"),
        ("/catalog.ttl?pages=2", 422, "pages"),
        ("/dataset/gone.ttl", 404, "slug"),
        ("/dataset/gone", 404, "slug"),
        ("/dataset/gone.schema.jsonld", 404, "slug"),
    ],
)
def test_what_is_wrong_is_told(address: str, status: int, where: str) -> None:
    assert get(address, status).json()["error"]["where"] == where


@pytest.mark.parametrize(
    ("accept", "leads_to"),
    [
        ("text/html,*/*;q=0.8", "/data/permits/"),
        ("text/turtle", "/dataset/permits.ttl"),
        ("application/ld+json", "/dataset/permits.jsonld"),
        ("application/rdf+xml;q=0.9", "/dataset/permits.xml"),
    ],
)
def test_the_address_of_a_dataset_leads_to_what_is_wanted(accept: str, leads_to: str) -> None:
    response = get("/dataset/permits", 303, accept=accept)
    assert response.headers["Location"] == leads_to
    assert "Accept" in response.headers["Vary"]


def test_without_an_address_for_questions_none_is_told(settings: LazySettings) -> None:
    settings.DATA_CONTACT = ""
    assert not list(graph("/catalog.ttl").objects(predicate=VCARD.hasEmail))
    assert "hasEmail" not in get("/data.json").content.decode()
