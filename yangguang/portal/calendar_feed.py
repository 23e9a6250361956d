"""Due days as an iCalendar feed (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

from yangguang.directory.clock import SHANGHAI
from yangguang.ledger.queries import Standing
from yangguang.portal import words
from yangguang.rules.verdict_words import SIGNS

LONGEST_LINE = 75


def address(site: str, unit: str = "") -> str:
    """The feed's own address, as calendar programs subscribe to it."""
    return f"{site}/due.ics?unit={quote(unit)}" if unit else f"{site}/due.ics"


def calendar(standings: Iterable[Standing], *, name: str, site: str, as_of: dt.date) -> str:
    """One all-day event for each period that has a due day.

    `site` is the public address, without a slash at the end. Events carry the state as of the day, and the
    same UID whatever their state, so that a calendar program replaces them.
    """
    lines = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Yangguang//Due days//ZH"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", text(name)),
        ("X-WR-TIMEZONE", "Asia/Shanghai"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "P1D"),
        ("X-PUBLISHED-TTL", "P1D"),
    ]
    stamp = dt.datetime.combine(as_of, dt.time(), SHANGHAI).astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    for standing in standings:
        lines.extend(_event(standing, site, stamp))
    lines.append(("END", "VCALENDAR"))
    return "".join(fold(f"{key}:{value}") for key, value in lines)


def _event(standing: Standing, site: str, stamp: str) -> Iterator[tuple[str, str]]:
    verdict, obligation = standing.verdict, standing.obligation
    if verdict.due_on is None:
        return
    host = urlsplit(site).hostname or "localhost"
    plan = obligation.version.plan.slug
    sign = SIGNS[verdict.state]
    yield "BEGIN", "VEVENT"
    yield "UID", text(f"{plan}-{obligation.code}-{standing.unit.slug}-{standing.key}@{host}")
    yield "DTSTAMP", stamp
    yield "DTSTART;VALUE=DATE", f"{verdict.due_on:%Y%m%d}"
    yield "DTEND;VALUE=DATE", f"{verdict.due_on + dt.timedelta(days=1):%Y%m%d}"
    yield "SUMMARY", text(f"{sign} {standing.unit.name}：{obligation.title}（{standing.label}）")
    yield "DESCRIPTION", text(f"{words.verdict(verdict)}\n{verdict.reason}")
    yield (
        "URL",
        f"{site}{obligation.get_absolute_url()}?period={quote(standing.key)}&unit={quote(standing.unit.slug)}",
    )
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def text(value: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): backslash, semicolon, comma and line ends escaped."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def fold(line: str) -> str:
    """A content line of at most 75 octets a piece, CRLF at the end; no character is cut (RFC 5545, 3.1)."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
