"""The addresses that can be baked: the public site's alone, so that the desk is not loaded to bake a page."""

from django.urls import include, path

urlpatterns = [path("", include("yangguang.portal.urls"))]
