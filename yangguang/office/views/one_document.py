"""Desk pages about one document: who may open them, and where they stand."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import FormView
from django.views.generic.base import ContextMixin, View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from yangguang.directory.permissions import Forbidden
from yangguang.office.access import DeskRequest
from yangguang.publishing.models import Document
from yangguang.publishing.models.document import DocumentQuerySet


class OneDocument(WagtailAdminTemplateMixin, ContextMixin, View):
    """Finds the document among those that the person may `change`, or whatever `permission` says; else 404."""

    request: DeskRequest
    permission = "change"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        policy = policy_registry.get_by_type(Document)
        own = policy.instances_user_has_any_permission_for(request.user, {self.permission})
        self.document = get_object_or_404(self.rows(own.select_related("unit")), pk=kwargs["pk"])

    def rows(self, own: DocumentQuerySet) -> DocumentQuerySet:
        """Those of the person's documents that this page can be about."""
        return own

    def get_page_subtitle(self) -> str:
        return str(self.document)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "/office/files/", "label": "文件"},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "document": self.document}


class OneVerb(OneDocument, FormView):
    """Asks what the verb needs, and does it; what it refuses stands above the form."""

    request: DeskRequest

    def do(self, facts: dict[str, Any]) -> HttpResponse:
        """Call the verb, tell the person what happened, and lead on."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return self.do(form.cleaned_data)
        except (Forbidden, ValueError) as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
