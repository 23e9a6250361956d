"""What all screens of registers have in common: whose registers somebody sees, and the way back."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.office.access import DeskRequest
from yangguang.registers.intake import Unreadable
from yangguang.registers.models import Intake, Register, TakedownRequest
from yangguang.warehouse.tables.engine import TableError

REFUSALS = (Forbidden, ValueError, Unreadable, TableError)
"""What a verb raises with a sentence for the person: not allowed, not so, not a table, no room."""


def registers_of(person: Person) -> QuerySet[Register]:
    """The registers of the person's unit; all of them for who sees all units."""
    rows = Register.objects.select_related("unit")
    return rows if allows(person.role, Verb.SEE_ALL_UNITS) else rows.filter(unit=person.unit_id)


def may_keep(person: Person, register: Register) -> bool:
    """Whether buttons of keeping it are shown; the verbs decide again."""
    own = person.unit_id == register.unit_id and allows(person.role, Verb.PUBLISH)
    return own or allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT)


class ForRegisters(WagtailAdminTemplateMixin, TemplateView):
    """Finds the register, the file or the request of the address among those that the person sees."""

    request: DeskRequest
    header_icon = "table"
    register: Register
    taken: Intake
    asked: TakedownRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = registers_of(self.request.user)
        if "slug" in kwargs:
            self.register = get_object_or_404(own, slug=kwargs["slug"])
        elif "taken" in kwargs:
            rows = Intake.objects.select_related("register__unit", "by__unit", "token", "version")
            rows = rows.filter(register__in=own).prefetch_related("steps__by__unit")
            self.taken = get_object_or_404(rows, pk=kwargs["taken"])
            self.register = self.taken.register
        elif "asked" in kwargs:
            requests = TakedownRequest.objects.select_related("register__unit", "asked_by__unit", "ended_by")
            self.asked = get_object_or_404(requests.filter(register__in=own), pk=kwargs["asked"])
            self.register = self.asked.register
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.register) if hasattr(self, "register") else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": "/office/registers/", "label": "清单数据"}]
        if hasattr(self, "register"):
            items.append({"url": f"/office/registers/{self.register.slug}/", "label": str(self.register)})
        return [*items, {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        if hasattr(self, "register"):
            person = self.request.user
            found |= {"register": self.register, "may_keep": may_keep(person, self.register)}
        return found
