"""One page for a document's way to the public: what it says, what the scanner found, who did what, what is due."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.office.access import DeskRequest
from yangguang.office.forms.review import ApproveForm, ForceForm, ReturnForm, SendForm, SignForm
from yangguang.office.outcome import Watch
from yangguang.office.views.one_document import OneDocument
from yangguang.publishing import reviewed_content
from yangguang.publishing.actions import review as actions
from yangguang.publishing.models import Document
from yangguang.publishing.models.document import DocumentQuerySet
from yangguang.publishing.queries import review as queries
from yangguang.publishing.scanning import scan
from yangguang.rules import four_eyes, text_diff
from yangguang.rules.four_eyes import Step

FORMS: dict[str, type[forms.Form]] = {
    "send": SendForm,
    "approve": ApproveForm,
    "sign": SignForm,
    "return": ReturnForm,
    "recall": forms.Form,
    "force": ForceForm,
}


class ReviewDocument(OneDocument, TemplateView):
    """Shows all of it to everybody who sees the document; the verbs decide who may do what."""

    request: DeskRequest
    permission = "view"
    template_name = "office/documents/review.html"
    page_title = "审核"
    header_icon = "clipboard-list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.draft = reviewed_content.draft_of(self.document)
        self.state = queries.newest(self.document)

    def rows(self, own: DocumentQuerySet) -> DocumentQuerySet:
        return own.select_related("latest_revision", "withdrawal")

    def get_page_subtitle(self) -> str:
        return str(self.draft)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        form = FORMS.get(act, forms.Form)(request.POST, auto_id=f"{act}_%s")
        if act not in FORMS or not form.is_valid():
            return self.render_to_response(self.get_context_data(bound={act: form}))
        watch = Watch(unit=self.document.unit)
        try:
            told = self._do(act, form.cleaned_data)
        except (Forbidden, ValueError) as problem:
            form.add_error(None, str(problem))
            return self.render_to_response(self.get_context_data(bound={act: form}))
        if act == "force" or (act == "sign" and not form.cleaned_data["release_at"]):
            watch.tell(self.request, Document.objects.get(pk=self.document.pk))
        else:
            messages.success(request, told)
        return redirect(reverse("documents:review", args=[self.document.pk]))

    def _do(self, act: str, facts: dict[str, Any]) -> str:
        by, now = self.request.user, clock.now()
        if act == "send":
            actions.submit(by=by, now=now, document=self.document, **facts)
            return f"已送审：《{self.draft}》。现在轮到单位审核。"
        if act == "force":
            actions.force(by=by, now=now, document=self.document, **facts)
            return ""
        if self.state is None:
            raise ValueError("这份文件还没有送审")
        review = self.state.review
        if act == "return":
            actions.send_back(by=by, now=now, review=review, **facts)
            return f"已退回：《{self.draft}》。"
        if act == "recall":
            actions.recall(by=by, now=now, review=review)
            return f"已收回：《{self.draft}》。可以接着改，改好再送审。"
        due = Step.SIGN if act == "sign" else self.state.due
        if due is None or (act == "approve" and due is Step.SIGN):
            raise ValueError("审核的进度已经变了：请看最新情况再办理")
        actions.approve(by=by, now=now, review=review, step=due, **facts)
        if due is Step.SIGN:
            return f"已签发：《{self.draft}》将在 {timezone.localtime(facts['release_at']):%Y-%m-%d %H:%M} 发布。"
        return f"{four_eyes.WORDS[due]}通过：《{self.draft}》。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bound = kwargs.pop("bound", {})
        edition = self.document.edition
        is_open = self.state is not None and self.state.is_open
        return {
            **super().get_context_data(**kwargs),
            "draft": self.draft,
            "edition": edition,
            "pairs": text_diff.compare(edition.body, self.draft.body) if edition else (),
            "paragraphs": [part for part in self.draft.body.split("\n\n") if part.strip()],
            "state": self.state,
            "due": four_eyes.WORDS[self.state.due] if self.state and self.state.due else "",
            "changed": queries.changed_since(self.state.review) if self.state and is_open else [],
            "findings": [finding.as_json() for finding in scan(self.draft)],
            "materials": self.document.materials.select_related("document"),
            "may_edit": self._may("change"),
            "forms": {
                name: bound.get(name) or FORMS[name](auto_id=f"{name}_%s")
                for name in self._open_acts(is_open)
            },
        }

    def _may(self, action: str) -> bool:
        policy = policy_registry.get_by_type(Document)
        return policy.user_has_permission_for_instance(self.request.user, action, self.document)

    def _open_acts(self, is_open: bool) -> list[str]:
        """The buttons that make sense now for this person, in their order."""
        if hasattr(self.document, "withdrawal"):
            return []
        person = self.request.user
        pending = self.document.has_unpublished_changes or not self.document.live
        acts: list[str] = []
        if is_open and self.state is not None:
            step = self.state.due or Step.SIGN
            if allows(person.role, queries.VERB_OF_STEP[step]) and person.pk not in self.state.authors:
                acts += [] if self.state.due is None else ["sign" if step is Step.SIGN else "approve"]
                acts += ["return"]
            acts += ["recall"] if self._may("change") else []
        elif pending and self._may("change"):
            acts += ["send"]
        if pending and allows(person.role, Verb.FORCE_PUBLISH):
            acts += ["force"]
        return acts
