"""Every address of the site."""

from django.urls import include, path

from yangguang.api.ckan import views as ckan
from yangguang.api.ckan.datastore.dump import dump
from yangguang.api.gate import open_to_machines
from yangguang.api.shenzhen import directory

urlpatterns = [
    path("office/", include("yangguang.office.urls")),
    path("api", ckan.version, {"number": 1}),
    path("api/", include("yangguang.api.urls")),
    path("datastore/dump/<resource_id>", dump),
    path("", include("yangguang.api.dcat.urls")),
    path("gkmlpt/api/all/<int:category>", open_to_machines(directory.articles), name="gkmlpt"),
    path("table/", include("yangguang.api.datasette.urls")),
    path("", include("yangguang.portal.urls")),
]

handler400 = "yangguang.portal.views.problems.bad_request"
handler403 = "yangguang.portal.views.problems.forbidden"
handler404 = "yangguang.portal.views.problems.not_found"
handler500 = "yangguang.portal.views.problems.failed"
