"""Who owes what, and what became of it, as the lists of tasks and duties show it.

Plain functions, not templates: the whole plan shows 180 duties, and is made anew at every publication;
with a template for each, they took more than half of its time.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yangguang.directory.models import Unit
from yangguang.portal.presenters.table import Duty
from yangguang.portal.templatetags.portal import day, state, verdict
from yangguang.rules.score import Score

register = template.Library()
COUNTED = ("on_time", "late", "partial", "missing", "provisional")
LINE = '<li><a class="title" lang="zh-Hans" href="{{}}">{{}}</a>\n<span class="status">{}</span></li>'


@register.simple_tag
def unit_links(units: Iterable[Unit]) -> str:
    """The units' names, each leading to its page."""
    links = [_link(unit.get_absolute_url(), unit.name) for unit in units]
    return format_html(_joined(len(links), "、"), *links) if links else ""


@register.simple_tag
def duty_line(duty: Duty) -> SafeString:
    """A duty's title; its newest outcome, or one of each unit counted; what is missing before; when it is due."""
    parts = list(_parts(duty, get_language()))
    return format_html(
        LINE.format(_joined(len(parts), " ")),
        duty.obligation.get_absolute_url(),
        duty.obligation.title,
        *parts,
    )


@lru_cache(maxsize=100)
def _joined(count: int, between: str) -> str:
    return between.join(["{}"] * count)


# The plan names a few units, days and periods hundreds of times: what is kept here depends on the arguments alone.
@lru_cache(maxsize=1000)
def _link(address: str, name: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, name)


def _parts(duty: Duty, language: str | None) -> Iterator[SafeString]:
    yield from _outcome(duty, language)
    if duty.missing_before > 0:
        yield _missing_before(duty.missing_before, language)
    if duty.next_due:
        yield _next_due(duty.next_due, language)


def _outcome(duty: Duty, language: str | None) -> Iterator[SafeString]:
    if duty.is_internal:
        yield state("internal")
    elif duty.outcomes and (duty.outcomes.judged or duty.outcomes.provisional):
        yield from _counted(duty.outcomes)
    elif duty.latest:
        yield verdict(duty.latest.verdict)
        yield _period(day(duty.latest.opens_on) if duty.is_event else duty.latest.label)
    elif duty.next_due:
        yield state("not_yet")
    else:
        yield state("unjudged")
        if duty.is_quiet:
            yield _aside(_("还没有需要公开的事"))


def _counted(outcomes: Score) -> Iterator[SafeString]:
    for code in COUNTED:
        if count := getattr(outcomes, code):
            yield state(code, count)
    yield _aside(_("个单位"))


@lru_cache(maxsize=1000)
def _period(label: str) -> SafeString:
    return format_html('<span class="aside" lang="zh-Hans">{}</span>', label)


@lru_cache(maxsize=1000)
def _missing_before(count: int, language: str | None) -> SafeString:
    return _aside(_("另有 %(count)s 期未公开") % {"count": count})


@lru_cache(maxsize=1000)
def _next_due(on: dt.date, language: str | None) -> SafeString:
    due = day(on)
    return _aside(format_html('{} <time datetime="{}">{}</time>', _("下次"), due, due))


def _aside(words: str) -> SafeString:
    return format_html('<span class="aside">{}</span>', words)
