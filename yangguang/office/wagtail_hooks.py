"""What we register with Wagtail's admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Verb
from yangguang.office import menu
from yangguang.office.access import DeskRequest, DocumentPolicy, RolePolicy
from yangguang.office.viewsets.documents import DocumentViewSet
from yangguang.office.viewsets.occasions import OccasionViewSet
from yangguang.office.viewsets.people import PersonViewSet
from yangguang.office.viewsets.units import UnitViewSet
from yangguang.publishing.models import Document, Occasion

policy_registry.register(
    Document,
    DocumentPolicy(
        Document, dict.fromkeys(("add", "change", "delete", "publish", "view"), Verb.PUBLISH), own="unit"
    ),
    exact_class=True,
)
policy_registry.register(
    Occasion,
    RolePolicy(Occasion, dict.fromkeys(("add", "view"), Verb.RECORD_OCCASION), own="unit"),
    exact_class=True,
)
policy_registry.register(
    Unit, RolePolicy(Unit, dict.fromkeys(("change", "view"), Verb.KEEP_DIRECTORY)), exact_class=True
)
policy_registry.register(
    Person,
    RolePolicy(Person, dict.fromkeys(("add", "change", "view"), Verb.KEEP_DIRECTORY)),
    exact_class=True,
)

register_snippet(DocumentViewSet)


@hooks.register("register_admin_viewset")
def our_lists() -> list[ModelViewSet]:
    return [OccasionViewSet(), UnitViewSet(), PersonViewSet()]


@hooks.register("construct_main_menu")
def only_what_is_used(request: DeskRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in menu.ITEMS if item.is_shown(request)]


@hooks.register("construct_search")
def no_search_over_closed_areas(request: HttpRequest, areas: list[SearchArea]) -> None:
    areas.clear()


@hooks.register("construct_snippet_action_menu")
def no_silent_unpublish(items: list[ActionMenuItem], request: HttpRequest, context: object) -> None:
    items[:] = [item for item in items if item.name in {"action-save", "action-publish"}]


@hooks.register("insert_global_admin_css")
def our_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("office/office.css"))
