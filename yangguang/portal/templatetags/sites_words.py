"""Addresses within a site: short on its own host, in its folder elsewhere."""

from django import template
from django.template import Context

from yangguang.sites.models import Column

register = template.Library()


@register.simple_tag(takes_context=True)
def site_home(context: Context) -> str:
    return "/" if context.get("site_is_at_host") else str(context["site"].get_absolute_url())


@register.simple_tag(takes_context=True)
def column_address(context: Context, column: Column) -> str:
    if context.get("site_is_at_host"):
        return f"/columns/{column.slug}/"
    return f"/sites/{context['site'].slug}/columns/{column.slug}/"
