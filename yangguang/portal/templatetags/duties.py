"""Who owes what, and what became of it, as the lists of tasks and duties show it.

Plain functions, not templates: the whole plan shows 180 duties, and is made anew at every publication;
with a template for each, they took more than half of its time.
"""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yangguang.directory.models import Unit
from yangguang.portal.presenters.table import Duty
from yangguang.portal.templatetags.portal import day, state, verdict
from yangguang.rules.score import Score

register = template.Library()
COUNTED = ("on_time", "late", "partial", "missing", "provisional")


@register.simple_tag
def unit_links(units: Iterable[Unit]) -> SafeString:
    """The units' names, each leading to its page."""
    links = ((unit.get_absolute_url(), unit.name) for unit in units)
    return format_html_join("、", '<a href="{}">{}</a>', links)


@register.simple_tag
def duty_line(duty: Duty) -> SafeString:
    """A duty's title; its newest outcome, or one of each unit counted; what is missing before; when it is due."""
    return format_html(
        '<li><a class="title" lang="zh-Hans" href="{}">{}</a>\n<span class="status">{}</span></li>',
        duty.obligation.get_absolute_url(),
        duty.obligation.title,
        format_html_join(" ", "{}", ((part,) for part in _parts(duty))),
    )


def _parts(duty: Duty) -> Iterator[SafeString]:
    yield from _outcome(duty)
    if duty.missing_before > 0:
        yield _aside(_("另有 %(count)s 期未公开") % {"count": duty.missing_before})
    if duty.next_due:
        due = day(duty.next_due)
        yield _aside(format_html('{} <time datetime="{}">{}</time>', _("下次"), due, due))


def _outcome(duty: Duty) -> Iterator[SafeString]:
    if duty.is_internal:
        yield state("internal")
    elif duty.outcomes and (duty.outcomes.judged or duty.outcomes.provisional):
        yield from _counted(duty.outcomes)
    elif duty.latest:
        yield verdict(duty.latest.verdict)
        label = day(duty.latest.opens_on) if duty.is_event else duty.latest.label
        yield format_html('<span class="aside" lang="zh-Hans">{}</span>', label)
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


def _aside(words: str) -> SafeString:
    return format_html('<span class="aside">{}</span>', words)
