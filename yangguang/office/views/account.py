"""One's own account: name, look, password. No picture is kept of anybody."""

from typing import Any

from wagtail.admin.views.account import AccountView


class Account(AccountView):
    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if panel.name in {"name_email", "theme", "password"}]
