"""The catalogue, a hundred datasets a page, with Hydra's links from page to page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS, XSD

from yangguang.catalog.dataset import Dataset
from yangguang.catalog.dcat.dataset import Writer
from yangguang.catalog.dcat.history import histories
from yangguang.catalog.dcat.names import Names
from yangguang.catalog.dcat.vocabulary import CHINESE, DCAT3, DCAT_AP, HYDRA, empty
from yangguang.catalog.index import Index
from yangguang.catalog.searching import all_found

A_PAGE = 100
SUMMARY = "政府各单位依法公开的清单、统计数据、案件和项目数据：每一版都有哈希，可以查询、下载和比较。"


@dataclass(frozen=True)
class Question:
    """Which datasets: those that `q` finds (CKAN's query), changed since a moment; which page, from 1."""

    q: str = ""
    since: dt.datetime | None = None
    page: int = 1


class NoPage(LookupError):
    """There is no page of that number."""


def chosen(index: Index, question: Question, now: dt.datetime) -> list[Dataset]:
    """The datasets of a question in the order of their names. Raises SearchProblem."""
    found = all_found(index, question.q, now)
    return [one for one in found if question.since is None or one.modified >= question.since]


def catalogue(
    found: Sequence[Dataset], question: Question, address: str, *, site: str, title: str, contact: str
) -> Graph:
    """One page of the catalogue. `address` is that of the catalogue's file, without arguments.

    Raises NoPage.
    """
    last = max(1, -(-len(found) // A_PAGE))
    if not 1 <= question.page <= last:
        raise NoPage(f"没有第 {question.page} 页：共 {last} 页")
    start = (question.page - 1) * A_PAGE
    shown = found[start : start + A_PAGE]
    names = Names(site)
    writer = Writer(empty(), names, contact)
    graph = writer.graph
    _catalog(graph, names, found, title)
    about = histories([one.slug for one in shown])
    for one in shown:
        graph.add((names.catalog, DCAT3.dataset, writer.dataset(one, about[one.slug])))
        graph.add((names.catalog, DCAT3.service, names.service(one.slug)))
    _paged(graph, question, address, last, len(found))
    return graph


def dataset(one: Dataset, *, site: str, contact: str) -> Graph:
    """One dataset with all of its versions."""
    writer = Writer(empty(), Names(site), contact)
    writer.dataset(one, histories([one.slug])[one.slug], versions=True)
    return writer.graph


def _catalog(graph: Graph, names: Names, found: Sequence[Dataset], title: str) -> None:
    subject = names.catalog
    graph.add((subject, RDF.type, DCAT3.Catalog))
    graph.add((subject, DCTERMS.title, Literal(f"{title}开放数据", lang="zh")))
    graph.add((subject, DCTERMS.description, Literal(SUMMARY, lang="zh")))
    graph.add((subject, DCTERMS.publisher, names.publisher))
    graph.add((names.publisher, RDF.type, FOAF.Agent))
    graph.add((names.publisher, FOAF.name, Literal(title)))
    graph.add((subject, FOAF.homepage, URIRef(f"{names.site}/data/")))
    graph.add((subject, DCTERMS.language, CHINESE))
    graph.add((subject, DCTERMS.license, names.licence))
    graph.add((subject, DCTERMS.conformsTo, DCAT_AP))
    graph.add((subject, DCAT3.themeTaxonomy, names.topics))
    graph.add((names.topics, RDF.type, SKOS.ConceptScheme))
    graph.add((names.topics, DCTERMS.title, Literal("主题分类", lang="zh")))
    if found:
        first, last = min(one.created for one in found), max(one.modified for one in found)
        for predicate, when in ((DCTERMS.issued, first), (DCTERMS.modified, last)):
            graph.add(
                (subject, predicate, Literal(when.isoformat(timespec="seconds"), datatype=XSD.dateTime))
            )


def _paged(graph: Graph, question: Question, address: str, last: int, total: int) -> None:
    """Hydra's links under their present and their former names: each of the harvesters knows one of them."""

    def page(number: int) -> URIRef:
        since = question.since.isoformat() if question.since else ""
        told = {"q": question.q, "modified_since": since, "page": str(number)}
        return URIRef(f"{address}?{urlencode({name: value for name, value in told.items() if value})}")

    subject = page(question.page)
    graph.add((subject, RDF.type, HYDRA.PagedCollection))
    graph.add((subject, HYDRA.totalItems, Literal(total)))
    graph.add((subject, HYDRA.itemsPerPage, Literal(A_PAGE)))
    links = {"first": 1, "last": last}
    if question.page > 1:
        links["previous"] = question.page - 1
    if question.page < last:
        links["next"] = question.page + 1
    for name, number in links.items():
        graph.add((subject, HYDRA[name], page(number)))
        graph.add((subject, HYDRA[f"{name}Page"], page(number)))
