"""Template words of the gazette's pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yangguang.gazette import queries
from yangguang.gazette.models import Entry
from yangguang.publishing.models import Edition

register = template.Library()
AROUND = 40


@register.filter
def percent(share: float) -> str:
    """A share of 1 with one digit: 98.7%. Rounded down, so that only what is sure reads 100.0%."""
    return f"{int(share * 1000) / 10:.1f}%"


@register.simple_tag
def gazette_places(edition: Edition) -> list[Entry]:
    """Where an edition stands in the gazette (标准文本)."""
    return queries.places_of(edition)


@register.simple_tag
def excerpt(text: str, query: str) -> SafeString:
    """The text around the first word that was looked for, the word marked."""
    whole = " ".join(text.split())
    places = [(whole.lower().find(word.lower()), len(word)) for word in query.split()]
    at, length = min((place for place in places if place[0] >= 0), default=(0, 0))
    start = max(at - AROUND, 0)
    parts = (whole[start:at], whole[at : at + length], whole[at + length : at + length + 2 * AROUND])
    return format_html("{}{}<mark>{}</mark>{}…", "…" if start else "", *parts)
