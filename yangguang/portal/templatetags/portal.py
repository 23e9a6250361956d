"""Template words of the portal."""

import datetime as dt
import json
from dataclasses import replace
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from yangguang.portal import charts, words
from yangguang.rules.score import Score
from yangguang.rules.verdict import State, Verdict

register = template.Library()

register.filter("numeral", words.numeral)
register.filter("month_name", words.month)
register.filter("short_month", words.short_month)
register.simple_tag(charts.bar)
register.simple_tag(charts.column)


@register.simple_tag
def verdict(verdict: Verdict) -> SafeString:
    """Sign and words of a verdict."""
    return _worded(verdict.state, words.verdict(verdict))


@register.simple_tag
def state(code: str, count: int | None = None) -> SafeString:
    """Sign and word of a state, with a count where given."""
    return _state(code, count, get_language())


# A page shows a few states hundreds of times, and looking up one word in every catalogue takes 30 µs.
@lru_cache(maxsize=1000)
def _state(code: str, count: int | None, language: str | None) -> SafeString:
    known = State(code)
    text = str(words.STATES[known])
    return _worded(known, text if count is None else f"{text} {count}")


@lru_cache(maxsize=1000)
def _worded(state: State, text: str) -> SafeString:
    return format_html('<span class="verdict {}">{}{}</span>', state.value, charts.mark(state), text)


@register.simple_tag
def mark(state: State) -> SafeString:
    return charts.mark(state)


@register.filter
def day(value: dt.date | None) -> str:
    return value.isoformat() if value else "—"


@register.filter
def moment(value: dt.datetime) -> str:
    """YYYY-MM-DD HH:MM, in Shanghai."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


@register.filter
def cadence(code: str) -> str:
    return str(words.CADENCES.get(code, code))


@register.filter
def form(code: str) -> str:
    return str(words.FORMS.get(code, code))


@register.filter
def act(code: str) -> str:
    return str(words.ACTS.get(code, code))


@register.filter
def pretty(value: object) -> str:
    """Data as indented JSON text."""
    return json.dumps(value, ensure_ascii=False, indent=2)


@register.filter
def due_count(score: Score) -> int:
    """How many periods a score has that are or will be judged."""
    return score.judged + score.not_yet + score.provisional


@register.simple_tag
def verdict_words(verdict: Verdict) -> str:
    return words.verdict(verdict)


@register.simple_tag
def judged_bar(score: Score) -> SafeString:
    """A bar of what has been judged, without what is still to come."""
    return charts.bar(replace(score, not_yet=0, provisional=0))


@register.filter
def unit_kind(code: str) -> str:
    return str(words.KINDS.get(code, code))


@register.filter
def state_word(state: State) -> str:
    return str(words.STATES[state])


@register.filter
def hit_kind(code: str) -> str:
    return str(words.HITS.get(code, code))


@register.filter
def status_word(status: str) -> str:
    """有效、已修改、废止、失效、撤回."""
    return str(words.STATUSES[status])


@register.simple_tag
def marking(state: str) -> SafeString:
    """Sign and word of a duty to mark a document (任务 5.8)."""
    known = State(state)
    return _worded(known, str(words.MARKINGS[known.value]))
