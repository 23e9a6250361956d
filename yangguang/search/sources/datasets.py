"""Registers by what the public reads of their tables: title, description, keywords, names of the columns."""

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from yangguang.publishing.queries.status import day_of
from yangguang.registers.models import Register, Version
from yangguang.search.index.entry import EVER, Entry, day_number
from yangguang.search.sources.source import Source

AT_ONCE = 500


def touched(body: Mapping[str, Any]) -> Iterable[str]:
    """The register of a journal line; titles and columns change with a version alone."""
    return (str(body["register"]),) if body.get("act") == "version" else ()


def count() -> int:
    return Register.objects.filter(versions__isnull=False).distinct().count()


def entries(keys: Collection[str] | None) -> Iterator[Entry]:
    """See `Source.entries`; keys are slugs. An entry for every span of days with the same texts."""
    rows = Version.objects.select_related("register__unit").order_by("register_id", "number")
    if keys is not None:
        rows = rows.filter(register__slug__in=keys)
    rows = rows.only("line_id", "online_at", "descriptor", "register__slug", "register__unit__name")
    stream = rows.iterator(chunk_size=AT_ONCE)
    for _, versions in itertools.groupby(stream, key=lambda version: version.register_id):
        yield from _spans(list(versions))


def _spans(versions: list[Version]) -> Iterator[Entry]:
    """The entries of one register. Of versions with the same texts the first is the one that is shown."""
    turns = [
        next(same)
        for _, same in itertools.groupby(versions, key=lambda version: _texts_of(version.descriptor))
    ]
    days = [day_of(version.online_at) for version in turns]
    for version, since, following in itertools.zip_longest(turns, days, days[1:]):
        # Of two on one day, the public read the second at its end.
        if since != following:
            yield _entry(version, since, following)


def _entry(version: Version, since: dt.date, following: dt.date | None) -> Entry:
    unit = version.register.unit
    return Entry(
        source=DATASETS.name,
        key=version.register.slug,
        seq=version.line_id,
        since=day_number(since),
        until=EVER if following is None else day_number(following - dt.timedelta(days=1)),
        texts=(*texts(version), unit.name),
        year=since.year,
    )


def texts(version: Version) -> tuple[str, ...]:
    """Everything that is found of a version, title first. Columns that are never public are left out."""
    return _texts_of(version.descriptor)


def _texts_of(descriptor: Mapping[str, Any]) -> tuple[str, ...]:
    columns = [one for one in descriptor["schema"]["fields"] if not one.get("reporting")]
    named = [str(column.get(what, "")) for column in columns for what in ("title", "name")]
    told = (descriptor["title"], descriptor.get("description", ""), *descriptor.get("keywords", ()), *named)
    return tuple(filter(None, told))


DATASETS = Source(name="dataset", touched=touched, entries=entries, count=count)
