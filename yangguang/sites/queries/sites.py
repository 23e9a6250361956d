"""Sites by host, by name, and how their columns stand."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.sites.models import Column, OldAddress, Site
from yangguang.sites.queries import items

if TYPE_CHECKING:
    from yangguang.publishing.models import Edition


LOOK = ("ink", "accent", "ground", "letters", "position")
"""Of a site: what only its style sheet and the order of sites tell."""
KEPT = ("required_days", "posts_to", "posts_since", "position")
"""Of a column: what only the desk tells."""


def by_slug(slug: str) -> Site | None:
    """A site with its columns and their rules, as its pages show it."""
    columns = Column.objects.defer(*KEPT).order_by("position", "name").prefetch_related(_units())
    found = Site.objects.select_related("unit").defer(*LOOK, "unit__position")
    return found.prefetch_related(Prefetch("columns", columns)).filter(slug=slug).first()


def column(site: str, slug: str) -> Column | None:
    """A column with its site and its rule."""
    hidden = (*KEPT, *(f"site__{name}" for name in LOOK), "site__unit__position")
    found = Column.objects.filter(site__slug=site, slug=slug).select_related("site__unit").defer(*hidden)
    return found.prefetch_related(_units()).first()


def all_with_columns() -> QuerySet[Site]:
    """Every site as lists show it, with the names of its columns."""
    columns = Column.objects.order_by("position", "name").only("site", "slug", "name")
    found = Site.objects.only("slug", "name", "description", "host", "is_portal")
    return found.prefetch_related(Prefetch("columns", columns))


def with_feeds() -> QuerySet[Site]:
    """The sites that have columns, with the names of these."""
    return all_with_columns().filter(Exists(Column.objects.filter(site=OuterRef("pk")))).only("slug", "name")


def _units() -> "Prefetch[str, QuerySet[Unit], str]":
    return Prefetch("units", Unit.objects.only("kind"))


def of_address(url: str) -> Site | None:
    """The site on which a page stands, by its host or its folder; the portal where neither names one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    slug = parts.path.removeprefix("/sites/").partition("/")[0] if parts.path.startswith("/sites/") else ""
    found = Site.objects.filter(slug=slug).first() if slug else by_host(parts.hostname or "")
    return found or Site.objects.filter(is_portal=True).first()


def by_host(host: str) -> Site | None:
    """The site of a host name, without its port; None where no site has it."""
    return Site.objects.filter(host=host.rsplit(":", 1)[0].lower()).exclude(host="").first()


def portal() -> Site:
    """The city's portal; where none was set up, one that has only the installation's name."""
    return Site.objects.filter(is_portal=True).defer(*LOOK).first() or Site(
        slug="portal", name=settings.WAGTAIL_SITE_NAME, is_portal=True
    )


def moved_to(site: Site | None, path: str) -> str | None:
    """Where the content of an old path is now: of a site's host, of its folder, or of the portal."""
    found = OldAddress.objects.values_list("target", flat=True)
    if site is not None:
        return found.filter(site=site, path=path).first()
    if path.startswith("/sites/"):
        slug, _slash, rest = path.removeprefix("/sites/").partition("/")
        return found.filter(site__slug=slug, path=f"/{rest}").first()
    return found.filter(site__is_portal=True, path=path).first()


def kept_by(person: Person) -> QuerySet[Site]:
    """The sites that a person may edit: all for who keeps sites, else those that name them."""
    if allows(person.role, Verb.KEEP_SITES):
        return Site.objects.all()
    return Site.objects.filter(editors=person)


@dataclass(frozen=True)
class Standing:
    """How a column stands on a day: its newest item, and what is wrong with it, in words; "" for nothing."""

    column: Column
    newest: "Edition | None"
    problem: str


def standing(column: Column, day: dt.date) -> Standing:
    """Whether a column is empty or was not updated in time (空白栏目、更新不及时)."""
    found = items.newest(column, day, 1)
    if not found:
        problem = "没有内容：请发布符合栏目规则的内容，或者放宽规则、撤销栏目"
        return Standing(column, None, "" if column.children.exists() else problem)
    age = (day - found[0].online_at.astimezone(SHANGHAI).date()).days
    if column.required_days is not None and age > column.required_days:
        return Standing(column, found[0], f"已 {age} 天没有更新，要求不超过 {column.required_days} 天")
    return Standing(column, found[0], "")
