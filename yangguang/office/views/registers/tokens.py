"""Tokens of a register: make one (its secret is shown once), sign for it, see its last use, revoke it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.directory.permissions import Verb, allows
from yangguang.office.forms.registers import TokenForm
from yangguang.office.views.registers.scope import REFUSALS, ForRegisters
from yangguang.registers.actions import tokens
from yangguang.registers.models import Token

TOLD = {
    "sign": "已授权：用“{label}”推送、检查通过的数据，从现在起不再逐次审核，直接上网。",
    "unsign": "已取消授权：用“{label}”推送的数据又要逐次审核。",
    "revoke": "已作废：“{label}”从现在起不能再推送。",
}


class Tokens(ForRegisters):
    template_name = "office/registers/tokens.html"
    page_title = "接口推送"
    header_icon = "key"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.request.user
        return {
            "form": TokenForm(),
            **super().get_context_data(**kwargs),
            "described": self.register.described,
            "tokens": self.register.tokens.select_related("issued_by", "signed_by"),
            "may_sign": allows(person.role, Verb.SIGN),
            "address": f"{settings.PUBLIC_ADDRESS}/api/v1/registers/{self.register.slug}/versions",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        if act in TOLD:
            return self._change(act)
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            made, secret = tokens.issue(
                by=self.request.user, now=clock.now(), register=self.register, **form.cleaned_data
            )
        except REFUSALS as problem:
            form.add_error(None, str(problem))
            return self.render_to_response(self.get_context_data(form=form))
        # Shown in the answer itself: an address to show it again must not exist.
        response = self.render_to_response(self.get_context_data(made=made, secret=secret))
        response.headers["Cache-Control"] = "no-store"
        return response

    def _change(self, act: str) -> HttpResponse:
        named = self.request.POST.get("token", "")
        token = self.register.tokens.filter(pk=named).first() if named.isdecimal() else None
        verb = {"sign": tokens.sign, "unsign": tokens.unsign, "revoke": tokens.revoke}[act]
        try:
            if token is None:
                raise ValueError("没有这个令牌：请刷新页面")
            changed: Token = verb(by=self.request.user, now=clock.now(), token=token)
            messages.success(self.request, TOLD[act].format(label=changed.label))
        except REFUSALS as problem:
            messages.error(self.request, str(problem))
        return redirect("registers:tokens", self.register.slug)
