"""Rows of somebody else's site are addresses that do not exist."""

from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404


class OnlyOwnRows:
    """For a view of one row: looks it up among those that the person may see."""

    permission_policy: Any
    request: Any
    kwargs: dict[str, Any]

    def get_object(self, queryset: Any = None) -> Model:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"view"})
        return get_object_or_404(own, pk=self.kwargs["pk"])
