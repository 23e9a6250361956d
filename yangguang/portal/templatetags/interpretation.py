"""Words and bars of the pages on interpretation."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yangguang.portal import charts
from yangguang.publishing.queries.interpretation import Share
from yangguang.rules.interpretation import Standing

register = template.Library()

WORDS = {
    Standing.DONE: _("已解读"),
    Standing.EXEMPT: _("说明不解读"),
    Standing.PROMISED: _("承诺中"),
    Standing.OVERDUE: _("承诺逾期"),
    Standing.MISSING: _("没有解读"),
}
KINDS = {
    "text": _("文字解读"),
    "qa": _("问答"),
    "picture": _("图解"),
    "video": _("视频"),
    "expert": _("专家解读"),
    "press": _("新闻发布会"),
}


@register.filter
def interpretation_words(standing: Standing) -> str:
    return str(WORDS[standing])


@register.filter
def interpretation_kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))


@register.simple_tag
def share_bar(share: Share, whole: int) -> SafeString:
    """Explained, promised or exempt, and neither: in the shades of the verdicts."""
    waiting = share.count(Standing.PROMISED) + share.count(Standing.EXEMPT)
    missing = share.count(Standing.OVERDUE) + share.count(Standing.MISSING)
    return charts.lying([("on_time", share.done), ("not_yet", waiting), ("missing", missing)], whole)
