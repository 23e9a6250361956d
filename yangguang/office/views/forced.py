"""What went online without review, for everybody with a desk to see."""

from typing import Any

from django.core.paginator import Paginator
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from yangguang.office.access import DeskRequest
from yangguang.publishing.queries import review

PAGE = 30


class Forced(WagtailAdminTemplateMixin, TemplateView):
    request: DeskRequest
    template_name = "office/documents/forced.html"
    page_title = "未经审核直接发布的"
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(review.forced(), PAGE).get_page(self.request.GET.get("page"))
        return {**super().get_context_data(**kwargs), "page": page}
