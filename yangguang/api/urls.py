"""The addresses of the machine interface. Every view goes through the gate."""

from django.urls import URLPattern, path, re_path

from yangguang.api import docs, index
from yangguang.api.ckan import views as ckan
from yangguang.api.gate import open_to_machines, open_to_tokens
from yangguang.api.shenzhen import open_data
from yangguang.api.v1 import api

WRITING = "registers/<dataset>/versions"
"""The one address that takes something in; all others are read only."""

operations, app_name, namespace = api.urls
for pattern in operations:
    if isinstance(pattern, URLPattern):
        gate = open_to_tokens if str(pattern.pattern) == WRITING else open_to_machines
        pattern.callback = gate(pattern.callback)

urlpatterns = [
    path("", open_to_machines(index.versions), name="api-versions"),
    path("v1/", open_to_machines(index.addresses), name="api-v1"),
    path("v1/docs", open_to_machines(docs.page), name="api-v1-docs"),
    path("v1/openapi.json", open_to_machines(index.openapi), name="api-v1-openapi"),
    path("v1/", (operations, app_name, namespace)),
    path("3", ckan.version, {"number": 3}, name="ckan"),
    path("3/action/<name>", ckan.act, name="ckan-action"),
    path("action/<name>", ckan.act),
    path("<resource>/1/service.xhtml", open_data.service, name="shenzhen-service"),
    re_path(r"^.*$", open_to_machines(index.nowhere)),
]
