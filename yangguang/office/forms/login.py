"""The log-in form with its labels in Chinese (Wagtail derives the password's label from the field's name)."""

from django import forms
from wagtail.admin.forms.auth import LoginForm


class DeskLoginForm(LoginForm):
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"placeholder": "输入密码"})
    )
