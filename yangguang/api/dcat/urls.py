"""The addresses of descriptions, at the root of the site; every one goes through the gate."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from yangguang.api.gate import View, open_to_machines
from yangguang.catalog.dcat.endings import ENDINGS


def _view(name: str) -> View:
    """A view by name. Graphs need 24 MB of libraries: a process that is asked for none does not load them."""

    def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
        from yangguang.api.dcat import views

        found: HttpResponse = getattr(views, name)(request, **kwargs)
        return found

    return open_to_machines(answer)


_ENDING = rf"(?P<ending>{'|'.join(ENDINGS)})"

urlpatterns = [
    re_path(rf"^catalog\.{_ENDING}$", _view("catalog"), name="dcat-catalog"),
    path("catalog", _view("thing"), name="dcat-catalog-thing"),
    path("data.json", _view("data_json"), name="dcat-us"),
    re_path(
        r"^dataset/(?P<slug>[-\w]+)\.schema\.jsonld$",
        _view("for_search_engines"),
        name="schema-org",
    ),
    re_path(rf"^dataset/(?P<slug>[-\w]+)\.{_ENDING}$", _view("dataset"), name="dcat-dataset"),
    re_path(r"^dataset/(?P<slug>[-\w]+)$", _view("thing"), name="dcat-dataset-thing"),
]
