"""Documents in the desk: list, write, publish, withdraw."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from yangguang.directory.models import Unit
from yangguang.office.forms.document import DocumentForm
from yangguang.office.views.documents import CreateDocument, DeleteDraft, DocumentList, EditDocument
from yangguang.office.views.withdraw import Withdraw
from yangguang.publishing.models import Document, Edition, Form

STATES = [("draft", "草稿"), ("public", "已发布"), ("changed", "有未发布的修改"), ("withdrawn", "已撤回")]


def state_words(document: Document) -> str:
    """The state of a listed document (the list annotates its newest edition)."""
    if hasattr(document, "withdrawal"):
        return "已撤回"
    if not document.newest_edition:
        return "草稿"
    told = f"已发布 第 {document.newest_edition} 版"
    return f"{told}，有未发布的修改" if document.has_unpublished_changes else told


def online_words(document: Document) -> str:
    online_at = document.newest_online_at
    return f"{timezone.localtime(online_at):%Y-%m-%d %H:%M}" if online_at else ""


class DocumentFilters(WagtailFilterSet):
    """By unit (for those who see more than one), form and state."""

    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.none(), label="发布单位")
    form_of = django_filters.ChoiceFilter(field_name="form", choices=Form.choices, label="形式")
    state = django_filters.ChoiceFilter(choices=STATES, label="状态", method="in_state")

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.filters["unit"].queryset = Unit.objects.filter(
            Exists(Document.objects.filter(unit=OuterRef("pk")))
        )

    def in_state(self, documents: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        public = Exists(Edition.objects.filter(document=OuterRef("pk")))
        if value == "draft":
            return documents.exclude(public)
        if value == "withdrawn":
            return documents.filter(withdrawal__isnull=False)
        standing = documents.filter(public, withdrawal__isnull=True)
        return standing.filter(has_unpublished_changes=True) if value == "changed" else standing


class DocumentViewSet(SnippetViewSet):
    """One door for documents: `/office/files/`; Wagtail keeps `/office/documents/` for itself, closed."""

    model = Document
    icon = "doc-full"
    url_prefix = "files"
    url_namespace = "documents"
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = DocumentList
    add_view_class = CreateDocument
    edit_view_class = EditDocument
    delete_view_class = DeleteDraft
    create_template_name = "office/documents/create.html"
    edit_template_name = "office/documents/edit.html"
    list_display = [
        "title",
        Column("unit", label="发布单位"),
        Column("form", label="形式", accessor="get_form_display"),
        Column("covers", label="所属期"),
        Column("state", label="状态", accessor=state_words),
        Column("online", label="最近上网", accessor=online_words),
    ]
    list_per_page = 30
    search_fields = ["title", "number", "index_no"]
    ordering = "-pk"
    filterset_class = DocumentFilters
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("title", required_on_save=True),
                    FieldRowPanel([FieldPanel("unit", required_on_save=True), FieldPanel("form")]),
                    FieldRowPanel([FieldPanel("covers"), FieldPanel("made_on"), FieldPanel("number")]),
                    FieldPanel("keywords"),
                ],
                heading="要素",
            ),
            FieldPanel("body"),
            FieldPanel("note"),
        ],
        base_form_class=DocumentForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("withdraw/<int:pk>/", Withdraw.as_view(), name="withdraw"),
        ]
