"""Parts of a page of hits that it shows a hundred times; a template for each of them was a third of its time."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yangguang.portal.presenters.finding import Choice
from yangguang.search.folding import Segment

register = template.Library()

OFFERED = '<li><a lang="zh-Hans" href="{link}">{label}</a> <span class="tally">{count}</span></li>'
CHOSEN = (
    '<li><a lang="zh-Hans" href="{link}" aria-current="true">{label} <span aria-hidden="true">×</span>'
    '<span class="unseen">{back}</span></a> <span class="tally">{count}</span></li>'
)


@register.simple_tag
def marked(pieces: Iterable[Segment]) -> SafeString:
    """A text with what was searched for marked in it."""
    made = ((format_html("<mark>{}</mark>", piece.text) if piece.marked else piece.text,) for piece in pieces)
    return format_html_join("", "{}", made)


@register.simple_tag
def choices(several: Iterable[Choice]) -> SafeString:
    """Values to narrow down to, each with its count; a chosen one is taken back by its link."""
    return format_html_join("", "{}", ((_choice(one),) for one in several))


def _choice(one: Choice) -> SafeString:
    if one.chosen:
        return format_html(CHOSEN, link=one.link, label=one.label, count=one.count, back=_("去掉"))
    return format_html(OFFERED, link=one.link, label=one.label, count=one.count)
