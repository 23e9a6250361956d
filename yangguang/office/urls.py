"""The addresses of the desk: Wagtail's, behind the gate, with our own first screen and account."""

from django.urls import path
from wagtail.admin import urls as wagtail_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from yangguang.office.gate import only_open_routes
from yangguang.office.views.account import Account
from yangguang.office.views.home import Home

urlpatterns = [
    path("", only_open_routes(require_admin_access(Home.as_view())), name="wagtailadmin_home"),
    path("account/", only_open_routes(require_admin_access(Account.as_view())), name="wagtailadmin_account"),
    *decorate_urlpatterns(wagtail_urls.urlpatterns, only_open_routes),
]
