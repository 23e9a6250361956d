"""One's own account: look and password. Names are the general office's to keep, and no picture is kept."""

from typing import Any

from wagtail.admin.views.account import AccountView


class Account(AccountView):
    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if panel.name in {"theme", "password"}]
