"""Addresses as the outside sees them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from yangguang.sites.models import Column, Site


def whole(path: str) -> str:
    """A path on the public address."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def of_site(site: Site) -> str:
    """A site's address, without a slash at the end: its own host, else its folder on the public address."""
    if site.host:
        return f"{urlsplit(settings.PUBLIC_ADDRESS).scheme}://{site.host}"
    return whole("" if site.is_portal else f"/sites/{site.slug}")


def domain(site: Site) -> str:
    """SiteDomain: the host name under which a site stands."""
    return site.host or urlsplit(settings.PUBLIC_ADDRESS).hostname or ""


def of_column(column: Column) -> str:
    """A column's address. Reads its site."""
    return whole(column.get_absolute_url()) if column.site.is_portal else _own(column)


def _own(column: Column) -> str:
    return f"{of_site(column.site)}/columns/{column.slug}/"


def visitor(request: HttpRequest) -> str:
    """The visitor's network address, behind as many proxies of our own as the settings say."""
    if settings.PROXIES:
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(told) >= settings.PROXIES and told[-settings.PROXIES]:
            return told[-settings.PROXIES][:64]
    return str(request.META.get("REMOTE_ADDR", ""))
