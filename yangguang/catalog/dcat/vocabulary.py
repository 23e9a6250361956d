"""Names that DCAT's profiles prescribe.

Sources: W3C DCAT 3; SEMIC DCAT-AP 3.0; GSA DCAT-US 3.0; the EU Publications Office's authority tables of
frequencies, file types, languages and planned availability.
"""

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DQV = Namespace("http://www.w3.org/ns/dqv#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
# rdflib's own table of DCAT is of version 2, which has no versions and no series.
DCAT3 = Namespace(str(DCAT))

_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"

FREQUENCIES = {
    cadence: URIRef(f"{_EU}/frequency/{code}")
    for cadence, code in {
        "daily": "DAILY",
        "monthly": "MONTHLY",
        "quarterly": "QUARTERLY",
        "half_yearly": "ANNUAL_2",
        "yearly": "ANNUAL",
        "by_deadline": "OTHER",
        "periodic": "OTHER",
        "timely": "IRREG",
        "when_due": "IRREG",
        "none": "UNKNOWN",
    }.items()
}
"""Cadence (`rules.cadence.CADENCES`) → EU frequency."""
FILE_TYPES = {
    format_: URIRef(f"{_EU}/file-type/{code}")
    for format_, code in {
        "csv": "CSV",
        "csv.zst": "CSV",
        "xlsx": "XLSX",
        "jsonl": "JSON",
        "parquet": "PARQUET",
    }.items()
}
COMPRESSED = {"csv.zst": URIRef(f"{_IANA}/application/zstd")}
CHINESE = URIRef(f"{_EU}/language/ZHO")
STABLE = URIRef(f"{_EU}/planned-availability/STABLE")
PUBLIC = URIRef(f"{_EU}/access-right/PUBLIC")
DCAT_AP = URIRef("http://data.europa.eu/r5r/")
SHA256 = SPDX.checksumAlgorithm_sha256

PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT3,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "dqv": DQV,
    "foaf": FOAF,
    "hydra": HYDRA,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}


def media_type(name: str) -> URIRef:
    return URIRef(f"{_IANA}/{name}")


def empty() -> Graph:
    """A graph without a statement that knows the prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    return graph
