"""Codes as words, in templates."""

from typing import Any

from django import template

from yangguang.office.wording import CADENCES, COLUMN_TYPES, FORMS, ROLES, term_words

register = template.Library()


@register.filter
def cadence(code: str) -> str:
    return CADENCES.get(code, code)


@register.filter
def form(code: str) -> str:
    return FORMS.get(code, code)


@register.filter
def role(code: str) -> str:
    return ROLES.get(code, code)


@register.filter
def term(due: dict[str, Any]) -> str:
    return term_words(due)


@register.filter
def column_type(code: str) -> str:
    return COLUMN_TYPES.get(code, code)
