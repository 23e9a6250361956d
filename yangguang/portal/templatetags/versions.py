"""The versions of a dataset as its page lists them.

Plain functions, not templates: a daily dataset has hundreds of versions, and a template took half a
millisecond for each.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yangguang.portal.presenters.data.cells import figure
from yangguang.portal.templatetags.data import period_words
from yangguang.portal.templatetags.portal import moment
from yangguang.registers.models import Version

register = template.Library()
LINE = (
    '<li%s><a href="{}"%s>{}</a> <time class="when" datetime="{}">{}</time>\n'
    '<span class="aside">{}</span>\n<span class="proof">{}</span></li>'
)
SHOWN, OTHER = LINE % (' class="chosen"', ' aria-current="true"'), LINE % ("", "")


@register.simple_tag
def version_line(one: Version, before: Version | None, shown: Version) -> SafeString:
    """One version: when it went online, what it holds, what it changed, its line of the journal."""
    return format_html(
        SHOWN if one.number == shown.number else OTHER,
        one.get_absolute_url(),
        _("第 %(number)s 版") % {"number": one.number},
        timezone.localtime(one.online_at).isoformat(),
        moment(one.online_at),
        _joined(_facts(one)),
        _joined(_proof(one, before)),
    )


@register.simple_tag
def counted_words(counted: Mapping[str, Any] | None) -> SafeString | str:
    """How many of the things that a version should hold it holds, where somebody said how many."""
    if not counted or not counted.get("wanted"):
        return ""
    if counted["count"] < counted["wanted"]:
        return format_html(" · <strong>{}</strong>", _("不全 %(count)s/%(wanted)s %(unit)s") % counted)
    return format_html(" · {}", _("齐 %(count)s/%(wanted)s") % counted)


def _facts(one: Version) -> Iterator[SafeString | str]:
    if one.period:
        yield format_html('<span lang="zh-Hans">{}</span> · ', period_words(one.period))
    yield format_html("{} {}{}", figure(one.rows), _("行"), counted_words(one.counted))
    if one.warrant == "forced":
        yield format_html(" · {}", _("未经审核直接发布"))
    elif one.warrant == "token":
        yield format_html(" · {}", _("接口推送，经授权"))
    if one.note:
        yield format_html(' · <span lang="zh-Hans">{}</span>', one.note)


def _proof(one: Version, before: Version | None) -> Iterator[SafeString]:
    if before:
        address = reverse("portal:version-diff", args=(one.register.slug, before.number, one.number))
        words = _("与第 %(number)s 版比") % {"number": before.number}
        yield format_html('<a href="{}">{}</a> · ', address, words)
    words = _("日志第 %(seq)s 行") % {"seq": one.line_id}
    yield format_html(
        '<a href="{}?line={}#line-{}">{}</a>', reverse("portal:journal"), one.line_id, one.line_id, words
    )


def _joined(parts: Iterator[SafeString | str]) -> SafeString:
    listed = list(parts)
    return format_html("{}" * len(listed), *listed)
