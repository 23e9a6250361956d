"""The log-in form: in Chinese, and patient only up to a point."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm

from yangguang.directory import clock
from yangguang.office import knocking


class DeskLoginForm(LoginForm):
    """Wagtail derives the password's label from the field's name; ours is Chinese."""

    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"placeholder": "输入密码"})
    )

    def clean(self) -> dict[str, Any]:
        """Refuse, without looking at the password, where too many wrong ones came before."""
        username, now = self.cleaned_data.get("username", ""), clock.now()
        address = knocking.address(self.request)
        wait = knocking.minutes_to_wait(username=username, address=address, now=now)
        if wait is not None:
            raise ValidationError(
                f"密码连续输错太多次，为了账号安全，请过 {wait} 分钟再试；"
                "如果忘记了密码，请找政府办公厅重新设置。",
                code="wait",
            )
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            knocking.failed(username=username, address=address, now=now)
            raise
        knocking.succeeded(username=username, address=address)
        return cleaned
