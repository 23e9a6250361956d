"""A screen on which one of several acts is done, each by its own form: agree or turn down, move or drop."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from yangguang.directory.permissions import Forbidden
from yangguang.office.access import DeskRequest


class SeveralForms(WagtailAdminTemplateMixin, TemplateView):
    """The posted `act` names the form; `do` calls the verb and says what happened.

    The template gets `forms`, those of the acts that are open to the person, and `refused`, the sentence of
    a verb that would not. Whether a button is shown decides nothing: the verbs do.
    """

    request: DeskRequest
    forms_by_act: ClassVar[Mapping[str, Callable[..., forms.Form]]]
    refusals: ClassVar[tuple[type[Exception], ...]] = (Forbidden, ValueError)

    def open_acts(self) -> list[str]:
        """The acts that make sense now for this person."""
        raise NotImplementedError

    def do(self, act: str, facts: dict[str, Any]) -> str:
        """Do it; returns a sentence for the person. Raises one of `refusals`."""
        raise NotImplementedError

    def done(self) -> HttpResponse:
        """Where the person goes on."""
        raise NotImplementedError

    def make_form(self, act: str, data: Any = None) -> forms.Form:
        return self.forms_by_act[act](data, auto_id=f"{act}_%s")

    def portal_page(self) -> tuple[str, str] | None:
        """Address and name of the public page that shows what was done, for a button beside the sentence."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bound = kwargs.pop("bound", {})
        return {
            **super().get_context_data(**kwargs),
            "forms": {act: bound.get(act) or self.make_form(act) for act in self.open_acts()},
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        if act not in self.forms_by_act:
            return self._again({})
        form = self.make_form(act, request.POST)
        if not form.is_valid():
            return self._again({act: form})
        try:
            told = self.do(act, form.cleaned_data)
        except self.refusals as problem:
            self.refresh()
            return self._again({act: form}, refused=str(problem))
        page = self.portal_page()
        messages.success(request, told, buttons=[messages.button(*page)] if page else None)
        return self.done()

    def refresh(self) -> None:
        """What a refused act is about may have changed since it was read."""

    def _again(self, bound: Mapping[str, forms.Form], **more: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(bound=bound, **more))
