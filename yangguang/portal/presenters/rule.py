"""The rule of a duty, in sentences for people."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.portal import words
from yangguang.rules.duties import Duty, Term
from yangguang.rules.matching import Wanted
from yangguang.rules.periods import Kind

Line = tuple[str, str]
"""What is ruled, and how."""

PERIODS = {
    Kind.DAILY: gettext_lazy("每个自然日一期"),
    Kind.MONTHLY: gettext_lazy("每月一期"),
    Kind.QUARTERLY: gettext_lazy("每季度一期"),
    Kind.HALF_YEARLY: gettext_lazy("每半年一期"),
    Kind.YEARLY: gettext_lazy("每年一期"),
    Kind.ONCE: gettext_lazy("方案年度内一期"),
    Kind.EVENT: gettext_lazy("每发生一件事一期：信息形成或者变更，或者登记了公开事由"),
    Kind.INTERNAL: gettext_lazy("内部工作，没有需要公开的内容，只列出，不计分"),
}


def in_words(duty: Duty) -> list[Line]:
    """Who, what, which form, which periods, by when: one line each."""
    return list(_lines(duty))


def _lines(duty: Duty) -> Iterator[Line]:
    yield _("单位"), _("、").join(duty.units)
    yield _("分期"), str(PERIODS[duty.kind])
    if duty.kind is Kind.INTERNAL:
        return
    yield _("找什么"), looked_for(duty.wanted)
    if duty.wanted.forms:
        yield _("形式"), _("、").join(str(words.FORMS.get(form, form)) for form in sorted(duty.wanted.forms))
    yield _("期限"), term(duty.term, duty.kind)
    if duty.term.basis:
        yield _("依据"), duty.term.basis
    if duty.measure:
        yield _("数量要求"), _("%(measure)s（正文里的数量不自动核对）") % {"measure": duty.measure}


def looked_for(wanted: Wanted) -> str:
    """The words that a publication must hold."""
    if not any(wanted.words):
        return _("没有可找的词：任何公开都不算数")
    alternatives = (
        "".join(f"“{word}”" for word in alternative) for alternative in wanted.words if alternative
    )
    return _("标题或者主题词里含有 %(words)s") % {"words": _("，或者 ").join(alternatives)}


def term(term: Term, kind: Kind) -> str:
    """How the due day follows from the end of a period or from an event."""
    start = _("事由发生") if kind is Kind.EVENT else _("每期结束")
    if term.day:
        return _("%(day)s 前；遇休息日顺延到下一个工作日") % {"day": term.day.isoformat()}
    if term.workdays is not None:
        return _("%(start)s后 %(days)s 个工作日内") % {"start": start, "days": term.workdays}
    if term.months:
        return _("%(start)s后第 %(months)s 个月的月底前；遇休息日顺延到下一个工作日") % {
            "start": start,
            "months": term.months,
        }
    if term.months == 0:
        return _("本期结束的当月月底前；遇休息日顺延到下一个工作日")
    return _("没有期限，公开与否都不评迟早")
