"""Parts of a page of hits that it shows a hundred times; a template for each of them was a third of its time."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yangguang.portal.presenters.finding import Choice
from yangguang.search.folding import Segment

register = template.Library()

OFFERED = '<li><a lang="zh-Hans" href="{}">{}</a> <span class="tally">{}</span></li>'
CHOSEN = (
    '<li><a lang="zh-Hans" href="{}" aria-current="true">{} <span aria-hidden="true">×</span>'
    '<span class="unseen">{}</span></a> <span class="tally">{}</span></li>'
)


@register.simple_tag
def marked(pieces: Sequence[Segment]) -> SafeString | str:
    """A text with what was searched for marked in it."""
    if not pieces:
        return ""
    # One format for the whole: every piece is escaped once.
    html = "".join("<mark>{}</mark>" if piece.marked else "{}" for piece in pieces)
    return format_html(html, *(piece.text for piece in pieces))


@register.simple_tag
def choices(several: Iterable[Choice]) -> SafeString:
    """Values to narrow down to, each with its count; a chosen one is taken back by its link."""
    offered = [one for one in several if not one.chosen]
    chosen = [one for one in several if one.chosen]
    back = _("去掉")
    return format_html(
        "{}{}",
        format_html_join("", CHOSEN, ((one.link, one.label, back, one.count) for one in chosen)),
        format_html_join("", OFFERED, ((one.link, one.label, one.count) for one in offered)),
    )
