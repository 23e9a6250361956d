"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    path("office/", include("yangguang.office.urls")),
    path("api/", include("yangguang.api.urls")),
    path("", include("yangguang.portal.urls")),
]
