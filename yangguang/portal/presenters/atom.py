"""An Atom feed (RFC 4287) of what was published, revised and withdrawn.

Its bytes depend on the records alone, so that an unchanged feed keeps its ETag.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from yangguang.directory.clock import SHANGHAI
from yangguang.portal import addresses
from yangguang.publishing.models import Edition
from yangguang.sites.queries import items

NAMESPACE = uuid.UUID("6f1f4b0e-6d0a-5c57-9a53-6f0c8c1d2e70")
"""Of our ids. They are made from index numbers, which are never given twice, so that they outlive an address."""
NOTHING_YET = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SUMMARY = 200
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


@dataclass(frozen=True)
class Feed:
    """What a feed is about. `path` is its own address, `page` that of the page which it follows."""

    title: str
    path: str
    page: str
    author: str


@dataclass(frozen=True)
class Entry:
    """One entry of a feed that is not about documents; `name` makes its id."""

    name: str
    title: str
    path: str
    updated: dt.datetime
    summary: str


def urn(name: str) -> str:
    """The same id for the same thing for ever, whatever its address becomes."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"


def write(feed: Feed, editions: Sequence[Edition], day: dt.date) -> bytes:
    """The feed of `editions`, as they stand at the end of the day, the last change first."""
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement("feed", AttributesImpl({"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "zh-Hans"}))
    updated = max((items.changed_at(edition, day) for edition in editions), default=NOTHING_YET)
    _element(xml, "id", urn(f"feed {feed.path}"))
    _element(xml, "title", feed.title)
    _element(xml, "updated", _moment(updated))
    _link(xml, "self", feed.path, "application/atom+xml")
    _link(xml, "alternate", feed.page, "text/html")
    _author(xml, feed.author)
    _element(xml, "generator", "Yangguang")
    for edition in editions:
        _entry(xml, edition, day)
    xml.endElement("feed")
    xml.endDocument()
    return text.getvalue().encode()


def plain_feed(feed: Feed, updated: dt.datetime, entries: Sequence[Entry], subtitle: str) -> bytes:
    """A feed of entries that stand for themselves, in the order given."""
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement("feed", AttributesImpl({"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "zh-Hans"}))
    _element(xml, "id", urn(f"feed {feed.path}"))
    _element(xml, "title", feed.title)
    _element(xml, "subtitle", subtitle)
    _element(xml, "updated", _moment(updated))
    _link(xml, "self", feed.path, "application/atom+xml")
    _link(xml, "alternate", feed.page, "text/html")
    _author(xml, feed.author)
    for entry in entries:
        xml.startElement("entry", AttributesImpl({}))
        _element(xml, "id", urn(entry.name))
        _element(xml, "title", entry.title)
        _element(xml, "updated", _moment(entry.updated))
        _link(xml, "alternate", entry.path, "text/html")
        _element(xml, "summary", entry.summary)
        xml.endElement("entry")
    xml.endElement("feed")
    xml.endDocument()
    return text.getvalue().encode()


def _entry(xml: SimplerXMLGenerator, edition: Edition, day: dt.date) -> None:
    """One document: the same entry through all its editions. A withdrawn one stays and says so."""
    gone = items.withdrawal(edition, day)
    path = edition.document.get_absolute_url()
    xml.startElement("entry", AttributesImpl({}))
    _element(xml, "id", urn(f"document {edition.document.index_no}"))
    _element(xml, "title", f"【已撤回】{edition.title}" if gone else edition.title)
    _element(xml, "updated", _moment(items.changed_at(edition, day)))
    _link(xml, "alternate", path, "text/html")
    for issuer in edition.issuers or [edition.unit.name]:
        _author(xml, issuer)
    for term in dict.fromkeys(filter(None, [edition.topic, *edition.keywords])):
        xml.startElement("category", AttributesImpl({"term": _clean(term)}))
        xml.endElement("category")
    _element(xml, "summary", _summary(edition, gone.reason if gone else ""))
    if gone is None:
        _element(xml, "content", edition.body, {"type": "text"})
    xml.endElement("entry")


def _summary(edition: Edition, withdrawn: str) -> str:
    if withdrawn:
        return f"本内容已撤回。理由：{withdrawn}"
    told = f"修改说明：{edition.note}　" if edition.number > 1 and edition.note else ""
    text = edition.summary or " ".join(edition.body.split())
    return told + (text if len(text) <= SUMMARY else f"{text[:SUMMARY]}…")


def _author(xml: SimplerXMLGenerator, name: str) -> None:
    xml.startElement("author", AttributesImpl({}))
    _element(xml, "name", name)
    xml.endElement("author")


def _link(xml: SimplerXMLGenerator, relation: str, path: str, media_type: str) -> None:
    address = path if path.startswith("http") else addresses.whole(path)
    xml.startElement("link", AttributesImpl({"rel": relation, "type": media_type, "href": address}))
    xml.endElement("link")


def _element(
    xml: SimplerXMLGenerator, name: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    xml.startElement(name, AttributesImpl(attributes or {}))
    xml.characters(_clean(text))
    xml.endElement(name)


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return text.translate(CONTROLS)


def _moment(moment: dt.datetime) -> str:
    """RFC 3339, in Shanghai."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
