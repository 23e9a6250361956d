"""The addresses of descriptions, at the root of the site; every one goes through the gate."""

from django.urls import path, re_path

from yangguang.api.dcat import views
from yangguang.api.gate import open_to_machines
from yangguang.catalog.dcat.files import ENDINGS

_ENDING = rf"(?P<ending>{'|'.join(ENDINGS)})"

urlpatterns = [
    re_path(rf"^catalog\.{_ENDING}$", open_to_machines(views.catalog), name="dcat-catalog"),
    path("catalog", open_to_machines(views.thing), name="dcat-catalog-thing"),
    path("data.json", open_to_machines(views.data_json), name="dcat-us"),
    re_path(
        r"^dataset/(?P<slug>[-\w]+)\.schema\.jsonld$",
        open_to_machines(views.for_search_engines),
        name="schema-org",
    ),
    re_path(rf"^dataset/(?P<slug>[-\w]+)\.{_ENDING}$", open_to_machines(views.dataset), name="dcat-dataset"),
    re_path(r"^dataset/(?P<slug>[-\w]+)$", open_to_machines(views.thing), name="dcat-dataset-thing"),
]
