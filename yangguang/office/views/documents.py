"""List and write documents. Saving makes a draft; going online is the review's business."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Table
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, IndexView

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden
from yangguang.office import prefill
from yangguang.office.access import DeskRequest
from yangguang.office.views.refusals import RefusalsOnTheForm
from yangguang.publishing.actions import drafting
from yangguang.publishing.models import Document, DraftCopy, Edition
from yangguang.publishing.queries import review


class OwnDocuments:
    """Only the documents that this person may see; any other answers 404."""

    request: HttpRequest
    permission_policy: Any

    def get_queryset(self) -> QuerySet[Document]:
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"view"})


class DocumentList(IndexView):
    """The documents of the person's unit, or of all units for those who see all."""

    @cached_property
    def columns(self) -> list[Any]:
        # Past the snippet view's own columns, which begin with a check box for bulk actions.
        return super(IndexView, self).columns

    def get_base_queryset(self) -> QuerySet[Document]:
        documents = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"view"})
        newest = Edition.objects.filter(document=OuterRef("pk")).order_by("-number")
        return documents.select_related("unit", "withdrawal", "latest_revision").annotate(
            newest_edition=Subquery(newest.values("number")[:1]),
            newest_online_at=Subquery(newest.values("online_at")[:1]),
        )

    def get_table(self, object_list: Iterable[Document]) -> Table:
        """The table, each document with where its review stands."""
        documents = list(object_list)
        words = review.words_of(documents)
        for document in documents:
            document.review_words = words.get(document.pk, "")
        return super().get_table(documents)

    def get_edit_url(self, instance: Document) -> str | None:
        """The working copy for who writes; the review page for who reviews, and of what was withdrawn."""
        if hasattr(instance, "withdrawal"):
            return reverse("documents:review", args=[instance.pk])
        return super().get_edit_url(instance) or reverse("documents:review", args=[instance.pk])

    def get_inspect_url(self, instance: Document) -> str:
        return instance.get_absolute_url()

    def get_list_more_buttons(self, instance: Document) -> list[Any]:
        return []


class SavesDrafts(RefusalsOnTheForm):
    """Saves a draft, and says how it goes on."""

    request: HttpRequest
    object: Any
    refused_message = "没有保存："

    def get_success_message(self, instance: Document | None = None) -> str | None:
        return f"已存草稿：《{instance or self.object}》。公众还看不到它；送审、签发以后才发布。"

    def get_success_buttons(self) -> list[Any]:
        return [messages.button(reverse("documents:review", args=[self.object.pk]), "去送审")]

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([])


class CreateDocument(SavesDrafts, CreateView):
    """A new document; `?obligation=&unit=&period=` fills in what is known of it."""

    @cached_property
    def owed(self) -> Any:
        person = self.request.user
        if isinstance(person, AnonymousUser):
            return None
        unit = prefill.unit_for(role=person.role, own=person.unit, slug=self.request.GET.get("unit", ""))
        return prefill.standing_for(
            obligation_id=self.request.GET.get("obligation", ""),
            key=self.request.GET.get("period", ""),
            unit=unit,
        )

    def get_initial_form_instance(self) -> Document | None:
        return prefill.document_for(self.owed) if self.owed else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "owed": self.owed}

    def forget_what_was_rolled_back(self, form: Any) -> None:
        form.instance.pk = form.instance.id = None
        form.instance.index_no = ""
        form.instance._state.adding = True
        form.instance.latest_revision = form.instance.live_revision = None
        self.object = None


class EditDocument(OwnDocuments, SavesDrafts, EditView):
    """The working copy; what the public reads stays as it is until it is published again."""

    request: DeskRequest

    def run_before_hook(self) -> HttpResponse | None:
        if hasattr(self.live_object, "withdrawal"):
            messages.error(self.request, f"《{self.object}》已经撤回，不能再改：请另建文件发布。")
            return redirect("documents:list")
        self.in_use = self._take()
        return None

    def _take(self) -> str:
        """Take the lock; what stands against it as a sentence, else empty."""
        try:
            drafting.take(by=self.request.user, now=clock.now(), document=self.live_object)
        except (drafting.InUse, Forbidden) as problem:
            return str(problem)
        return ""

    @cached_property
    def aside(self) -> DraftCopy | None:
        """What this person typed last time and did not save."""
        return DraftCopy.objects.filter(document=self.live_object, by=self.request.user).first()

    def get_initial(self) -> dict[str, Any]:
        if self.aside and "restore" in self.request.GET:
            return {**super().get_initial(), **self.aside.typed}
        return super().get_initial()

    def form_valid(self, form: Any) -> HttpResponse:
        if self.in_use:
            form.add_error(None, self.in_use)
            self.produced_error_message = self.refused_message
            return self.form_invalid(form)
        response = super().form_valid(form)
        if not form.errors:
            drafting.put_away(by=self.request.user, document=self.live_object)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = self.live_object.editions.select_related("line").order_by("-number")
        return {
            **super().get_context_data(**kwargs),
            "document": self.live_object,
            "editions": editions,
            "state": review.newest(self.live_object),
            "in_use": self.in_use,
            "aside": self.aside,
        }

    def get_history_url(self) -> None:
        return None

    def get_usage_url(self) -> None:
        return None


class DeleteDraft(OwnDocuments, DeleteView):
    """Throw a draft away. What the public has seen is withdrawn, never deleted."""

    def run_before_hook(self) -> HttpResponse | None:
        if not self.permission_policy.user_has_permission_for_instance(
            self.request.user, "delete", self.object
        ):
            messages.error(self.request, f"《{self.object}》已经发布过，不能删除：请撤回并写明理由。")
            return redirect("documents:list")
        return None
