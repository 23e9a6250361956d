"""Moments as CKAN's clients write and read them: UTC without a zone, microseconds always there."""

import datetime as dt
import re

_NOW = re.compile(r"NOW(?:([+-]\d+)(MINUTE|HOUR|DAY|MONTH|YEAR)S?)?(?:/\w+)?")
_DAYS = {"MINUTE": 1 / 1440, "HOUR": 1 / 24, "DAY": 1.0, "MONTH": 30.0, "YEAR": 365.0}


class NoMoment(ValueError):
    """A text that names no moment."""


def iso(when: dt.datetime) -> str:
    """2017-06-19T01:02:03.000000, in UTC."""
    return when.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def moment(text: str, now: dt.datetime) -> dt.datetime:
    """A moment as Solr's clients write it: ISO 8601 (UTC where no zone is named) or NOW-7DAYS.

    Raises NoMoment.
    """
    if found := _NOW.fullmatch(text):
        count, unit = found.groups()
        return now + dt.timedelta(days=int(count) * _DAYS[unit]) if count else now
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError as problem:
        raise NoMoment(f"Invalid Date String:'{text}'") from problem
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
