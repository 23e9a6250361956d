"""One dataset as statements of DCAT: what DCAT-AP 3.0 and DCAT-US 3.0 want, and all that is known besides."""

import datetime as dt
from dataclasses import dataclass

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS, XSD
from rdflib.term import Node

from yangguang.catalog import licence
from yangguang.catalog.dataset import MEDIA_TYPES, TABLE, Dataset, File, Unit
from yangguang.catalog.dcat.history import Edition, History, Series
from yangguang.catalog.dcat.names import Names
from yangguang.catalog.dcat.vocabulary import (
    ADMS,
    CHINESE,
    COMPRESSED,
    DCAT3,
    DCATAP,
    DQV,
    FILE_TYPES,
    FREQUENCIES,
    PUBLIC,
    SHA256,
    SPDX,
    STABLE,
    VCARD,
    media_type,
)
from yangguang.rules.tables.quality import WORDS, Part


@dataclass(frozen=True)
class Writer:
    """Writes datasets into a graph. `contact` is an e-mail address for questions, "" where none is known."""

    graph: Graph
    names: Names
    contact: str

    def dataset(self, one: Dataset, history: History, *, versions: bool = False) -> URIRef:
        """The dataset with its files, its rows' service, publisher and place in the plan.

        `versions`: every version as a dataset of its own. A catalogue only names them, because
        harvesters would take each for one more dataset.
        """
        subject = self.names.dataset(one.slug)
        self._described(subject, one, history)
        self._dated(subject, one, history)
        self._versioned(subject, one, history, versions=versions)
        self._measured(subject, one)
        for file in one.files:
            self._add(subject, DCAT3.distribution, self._distribution(one, file))
        self._service(one)
        for batch in history.series:
            self._add(subject, DCAT3.inSeries, self._series(batch))
        return subject

    def _described(self, subject: URIRef, one: Dataset, history: History) -> None:
        add = self._add
        add(subject, RDF.type, DCAT3.Dataset)
        add(subject, DCTERMS.title, _zh(one.title))
        add(subject, DCTERMS.description, _zh(one.descriptor.description or one.title))
        add(subject, DCTERMS.identifier, Literal(one.id))
        add(subject, DCTERMS.publisher, self.agent(one.unit))
        add(subject, DCAT3.contactPoint, self._contact(one.unit))
        add(subject, DCTERMS.language, CHINESE)
        add(subject, DCTERMS.license, self.names.licence)
        add(subject, DCTERMS.accessRights, PUBLIC)
        add(subject, DCAT3.landingPage, self.names.page(one))
        for word in one.tags:
            add(subject, DCAT3.keyword, _zh(word))
        if one.topic_number:
            add(subject, DCAT3.theme, self._topic(one.topic_number, one.topic))
        self._license()

    def _dated(self, subject: URIRef, one: Dataset, history: History) -> None:
        add = self._add
        add(subject, DCTERMS.issued, _moment(one.created))
        add(subject, DCTERMS.modified, _moment(one.modified))
        add(subject, DCTERMS.accrualPeriodicity, FREQUENCIES[one.descriptor.cadence])
        if history.covers:
            period = BNode()
            add(subject, DCTERMS.temporal, period)
            add(period, RDF.type, DCTERMS.PeriodOfTime)
            add(period, DCAT3.startDate, Literal(history.covers[0], datatype=XSD.date))
            add(period, DCAT3.endDate, Literal(history.covers[1], datatype=XSD.date))

    def _measured(self, subject: URIRef, one: Dataset) -> None:
        """The shares of the quality that no day changes, as W3C's Data Quality Vocabulary has them."""
        found = one.quality_on(one.reach)
        for share in found.shares if found else ():
            if share.value is None or share.part is Part.FRESH:
                continue
            measurement, metric = self.names.measurement(one.slug, share.part), self.names.metric(share.part)
            self._add(subject, DQV.hasQualityMeasurement, measurement)
            self._add(measurement, RDF.type, DQV.QualityMeasurement)
            self._add(measurement, DQV.computedOn, subject)
            self._add(measurement, DQV.isMeasurementOf, metric)
            self._add(measurement, DQV.value, Literal(f"{float(share.value):.4f}", datatype=XSD.decimal))
            self._add(metric, RDF.type, DQV.Metric)
            self._add(metric, SKOS.prefLabel, _zh(WORDS[share.part]))
            self._add(metric, DQV.expectedDataType, XSD.decimal)

    def _versioned(self, subject: URIRef, one: Dataset, history: History, *, versions: bool) -> None:
        add = self._add
        add(subject, DCAT3.version, Literal(str(one.number)))
        add(subject, ADMS.versionNotes, _zh(one.note or f"第 {one.number} 版"))
        for edition in history.editions:
            add(subject, DCAT3.hasVersion, self.names.version(one.slug, edition.number))
            if versions:
                self._version(subject, one, edition)
        if one.number > 1:
            add(subject, DCAT3.previousVersion, self.names.version(one.slug, one.number - 1))

    def _version(self, subject: URIRef, one: Dataset, edition: Edition) -> None:
        add = self._add
        version = self.names.version(one.slug, edition.number)
        add(version, RDF.type, DCAT3.Dataset)
        add(version, DCTERMS.title, _zh(f"{edition.title}（第 {edition.number} 版）"))
        add(version, DCTERMS.description, _zh(one.descriptor.description or one.title))
        add(version, DCTERMS.identifier, Literal(f"{one.id}/{edition.number}"))
        add(version, DCTERMS.publisher, self.agent(one.unit))
        add(version, DCTERMS.issued, _moment(edition.online_at))
        add(version, DCAT3.version, Literal(str(edition.number)))
        add(version, ADMS.versionNotes, _zh(edition.note or f"第 {edition.number} 版"))
        add(version, DCAT3.isVersionOf, subject)
        if edition.number > 1:
            add(version, DCAT3.previousVersion, self.names.version(one.slug, edition.number - 1))

    def _distribution(self, one: Dataset, file: File) -> URIRef:
        add, subject = self._add, self.names.distribution(one.slug, file.format)
        add(subject, RDF.type, DCAT3.Distribution)
        add(subject, DCTERMS.title, _zh(f"{one.title}.{file.format}"))
        add(subject, DCTERMS.description, _zh(f"第 {one.number} 版，{one.rows} 行"))
        add(subject, DCTERMS.identifier, Literal(str(subject)))
        add(subject, DCAT3.accessURL, self.names.page(one))
        add(subject, DCAT3.downloadURL, URIRef(f"{self.names.site}{one.file_address(file.format)}"))
        add(
            subject,
            DCAT3.mediaType,
            media_type(MEDIA_TYPES[TABLE if file.format in COMPRESSED else file.format]),
        )
        add(subject, DCTERMS["format"], FILE_TYPES[file.format])
        add(subject, DCTERMS.license, self.names.licence)
        add(subject, DCTERMS.issued, _moment(one.created))
        add(subject, DCTERMS.modified, _moment(one.modified))
        add(subject, DCTERMS.language, CHINESE)
        add(subject, DCATAP.availability, STABLE)
        if file.format in COMPRESSED:
            add(subject, DCAT3.compressFormat, COMPRESSED[file.format])
        if file.size is not None:
            add(subject, DCAT3.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger))
            checksum = BNode()
            add(subject, SPDX.checksum, checksum)
            add(checksum, RDF.type, SPDX.Checksum)
            add(checksum, SPDX.algorithm, SHA256)
            add(checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary))
        if file.format == TABLE:
            add(subject, DCAT3.accessService, self.names.service(one.slug))
        return subject

    def _service(self, one: Dataset) -> None:
        add, subject = self._add, self.names.service(one.slug)
        add(subject, RDF.type, DCAT3.DataService)
        add(subject, DCTERMS.title, _zh(f"{one.title}：按行查询"))
        add(subject, DCTERMS.identifier, Literal(str(subject)))
        add(subject, DCTERMS.publisher, self.agent(one.unit))
        add(subject, DCAT3.contactPoint, self._contact(one.unit))
        add(subject, DCTERMS.license, self.names.licence)
        add(subject, DCTERMS.accessRights, PUBLIC)
        add(subject, DCAT3.endpointURL, self.names.table(one.slug))
        add(subject, DCAT3.endpointDescription, self.names.description_of_the_interface)
        add(subject, DCAT3.servesDataset, self.names.dataset(one.slug))

    def _series(self, batch: Series) -> URIRef:
        add, subject = self._add, self.names.batch(batch.number)
        add(subject, RDF.type, DCAT3.DatasetSeries)
        add(subject, DCTERMS.title, _zh(batch.title))
        add(subject, DCTERMS.description, _zh(f"按计划应在 {batch.due_on.isoformat()} 前开放的一批数据"))
        return subject

    def agent(self, unit: Unit) -> URIRef:
        """A unit as publisher. Its name carries no language: DCAT-US takes plain text only."""
        subject = self.names.unit(unit.slug)
        self._add(subject, RDF.type, FOAF.Agent)
        self._add(subject, FOAF.name, Literal(unit.name))
        self._add(subject, FOAF.homepage, subject)
        return subject

    def _contact(self, unit: Unit) -> URIRef:
        add, subject = self._add, self.names.contact(unit.slug)
        add(subject, RDF.type, VCARD.Kind)
        add(subject, VCARD.fn, Literal(unit.name))
        add(subject, VCARD.hasURL, URIRef(f"{self.names.site}/correct/"))
        if self.contact:
            add(subject, VCARD.hasEmail, URIRef(f"mailto:{self.contact}"))
        return subject

    def _topic(self, number: int, name: str) -> URIRef:
        subject = self.names.topic(number)
        self._add(subject, RDF.type, SKOS.Concept)
        self._add(subject, SKOS.prefLabel, _zh(name))
        self._add(subject, SKOS.inScheme, self.names.topics)
        return subject

    def _license(self) -> None:
        self._add(self.names.licence, RDF.type, DCTERMS.LicenseDocument)
        self._add(self.names.licence, DCTERMS.title, _zh(licence.TITLE))

    def _add(self, subject: Node, predicate: URIRef, value: Node) -> None:
        self.graph.add((subject, predicate, value))


def _zh(text: str) -> Literal:
    return Literal(text, lang="zh")


def _moment(when: dt.datetime) -> Literal:
    return Literal(when.isoformat(timespec="seconds"), datatype=XSD.dateTime)
