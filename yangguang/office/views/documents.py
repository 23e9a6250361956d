"""List, write and publish documents. Publishing is one transaction with saving, and says what it changed."""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, IndexView

from yangguang.office import prefill
from yangguang.office.outcome import Watch
from yangguang.office.views.refusals import RefusalsOnTheForm
from yangguang.publishing.models import Document, Edition


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

    def get_edit_url(self, instance: Document) -> str | None:
        return None if hasattr(instance, "withdrawal") else super().get_edit_url(instance)

    def get_inspect_url(self, instance: Document) -> str:
        return instance.get_absolute_url()

    def get_list_more_buttons(self, instance: Document) -> list[Any]:
        return []


class PublishesInOneTransaction(RefusalsOnTheForm):
    """Saving and publishing stand or fall together; afterwards the person reads which verdicts changed."""

    request: HttpRequest
    object: Any
    action: str
    refused_message = "没有发布："

    def form_valid(self, form: Any) -> HttpResponse:
        watch = Watch(unit=form.instance.unit) if self.action == "publish" else None
        response = super().form_valid(form)
        if watch and not form.errors:
            watch.tell(self.request, self.object)
        return response

    def get_success_message(self, instance: Document | None = None) -> str | None:
        return (
            None if self.action == "publish" else f"已存草稿：《{instance or self.object}》。公众还看不到它。"
        )

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([])


class CreateDocument(PublishesInOneTransaction, CreateView):
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


class EditDocument(OwnDocuments, PublishesInOneTransaction, EditView):
    """The working copy; what the public reads stays as it is until it is published again."""

    def run_before_hook(self) -> HttpResponse | None:
        if hasattr(self.live_object, "withdrawal"):
            messages.error(self.request, f"《{self.object}》已经撤回，不能再改：请另建文件发布。")
            return redirect("documents:list")
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = self.live_object.editions.select_related("line").order_by("-number")
        return {**super().get_context_data(**kwargs), "document": self.live_object, "editions": editions}

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
