import datetime as dt

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from tests.portal.conftest import City
from yangguang.ledger import queries as ledger
from yangguang.portal import calendar_feed

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"))


def events(client: Client, address: str) -> dict[str, Component]:
    feed = Calendar.from_ical(client.get(address).content)
    return {str(event["UID"]): event for event in feed.walk("VEVENT")}


def test_another_reader_finds_every_due_period(city: City, client: Client) -> None:
    found = events(client, "/due.ics")
    as_of = dt.date(2017, 11, 30)
    due = [
        s for s in ledger.standings(as_of=as_of) if s.verdict.due_on and s.verdict.state not in {"unjudged"}
    ]
    assert len(found) == len(due)
    event = found["example-2017-1.1-caizhengwei-2017-08@127.0.0.1"]
    assert event.decoded("DTSTART") == dt.date(2017, 9, 30)
    assert str(event["SUMMARY"]) == "◐ 市财政委：预算收支情况（2017年8月）"
    assert "迟" in str(event["DESCRIPTION"])
    assert str(event["URL"]).endswith("?period=2017-08&unit=caizhengwei")


def test_lines_end_with_crlf_and_hold_at_most_75_octets(city: City, client: Client) -> None:
    content = client.get("/due.ics").content
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()


def test_an_event_keeps_its_uid_when_its_state_changes(city: City, client: Client) -> None:
    before = events(client, "/due.ics?on=2017-08-01")
    after = events(client, "/due.ics?on=2017-11-30")
    uid = "example-2017-1.1-caizhengwei-2017-08@127.0.0.1"
    assert str(before[uid]["SUMMARY"]).startswith("◌")
    assert str(after[uid]["SUMMARY"]).startswith("◐")


def test_one_units_feed_holds_only_its_own(city: City, client: Client) -> None:
    found = events(client, "/due.ics?unit=luohu")
    assert list(found) == ["example-2017-2.4-luohu-2017@127.0.0.1"]


def test_the_feed_is_a_calendar_to_clients(city: City, client: Client) -> None:
    response = client.get("/due.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


@given(TEXT)
def test_any_text_survives_escaping_and_folding(value: str) -> None:
    line = calendar_feed.fold(f"SUMMARY:{calendar_feed.text(value)}")
    assert max(len(piece) for piece in line.encode().split(b"\r\n")) <= 75
    feed = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{line}END:VEVENT\r\nEND:VCALENDAR\r\n"
    event = Calendar.from_ical(feed.encode()).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == value
