"""Template words of the open data pages."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.portal.presenters.data import cells, feedback
from yangguang.registers.models import Feedback
from yangguang.rules.periods import span_of
from yangguang.rules.tables.schema import Check, Field

register = template.Library()

register.filter("figure", cells.figure)
register.filter("is_figure", cells.is_figure)

CELL, FIGURE = "<td><span>{}</span></td>", '<td class="figure"><span>{}</span></td>'
TYPES = {
    "string": gettext_lazy("文字"),
    "integer": gettext_lazy("整数"),
    "number": gettext_lazy("数值"),
    "boolean": gettext_lazy("是或否"),
    "date": gettext_lazy("日期"),
    "datetime": gettext_lazy("日期时间"),
    "yearmonth": gettext_lazy("年月"),
    "year": gettext_lazy("年"),
}
FORMATS = {
    "csv": gettext_lazy("表格软件和程序都能读"),
    "csv.zst": gettext_lazy("同一个 CSV，压缩过"),
    "xlsx": gettext_lazy("Excel 和 WPS，中文表头"),
    "jsonl": gettext_lazy("每行一个 JSON 对象"),
    "parquet": gettext_lazy("列式，带类型，最小最快"),
}


# Not a template: a page shows hundreds of cells, and a template's loop over them took a quarter of its time.
@register.simple_tag
def row_cells(cells: Sequence[tuple[str, bool]]) -> str:
    """The cells of a row, each a text and whether it is a figure, set flush right."""
    pattern = "".join(FIGURE if is_figure else CELL for _, is_figure in cells)
    return format_html(pattern, *(text for text, _ in cells)) if cells else ""


@register.simple_tag
def of_row(number: int) -> str:
    """Which row a link is about, for those who do not see it beside the row."""
    return _("：第 %(number)s 行") % {"number": number}


@register.filter
def period_words(key: str) -> str:
    """2017-08 → 2017年8月. A key of no known form stays as it is."""
    try:
        return span_of(key).label if key else ""
    except ValueError:
        return key


@register.filter
def type_word(name: str) -> str:
    return str(TYPES.get(name, name))


@register.filter
def format_word(name: str) -> str:
    return str(FORMATS.get(name, name))


@register.filter
def feedback_kind(code: str) -> str:
    return str(feedback.KINDS[Feedback.Kind(code)][0])


@register.filter
def feedback_outcome(one: Feedback) -> str:
    """What came of it, in the words of its kind."""
    return str(feedback.OUTCOMES[one.kind, one.outcome])


@register.filter
def of_key(mapping: Mapping[str, str], key: str) -> str:
    return mapping.get(key, key)


@register.filter
def constraints(field: Field) -> str:
    """What a column demands of its values, in a few words."""
    told = [
        _("必填") if field.required else "",
        _("不重复") if field.unique else "",
        _("只能是：%(words)s") % {"words": "、".join(field.enum)} if field.enum else "",
        _("统一社会信用代码") if field.check is Check.USCC else "",
        _("样式 %(pattern)s") % {"pattern": field.pattern} if field.pattern else "",
        _("不小于 %(bound)s") % {"bound": field.minimum} if field.minimum is not None else "",
        _("不大于 %(bound)s") % {"bound": field.maximum} if field.maximum is not None else "",
    ]
    return "；".join(filter(None, told))
