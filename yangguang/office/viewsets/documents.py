"""Documents in the desk: list, write, publish, withdraw."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from yangguang.directory.models import Unit
from yangguang.office.forms.document import DocumentForm
from yangguang.office.views.autosave import Autosave
from yangguang.office.views.documents import CreateDocument, DeleteDraft, DocumentList, EditDocument
from yangguang.office.views.erasure import EraseRecord
from yangguang.office.views.forced import Forced
from yangguang.office.views.from_file import FromFile
from yangguang.office.views.interpretation import Interpretation
from yangguang.office.views.review import ReviewDocument
from yangguang.office.views.status import MarkStatus
from yangguang.office.views.withdraw import Withdraw
from yangguang.publishing.models import Document, Edition, Form

STATES = [("draft", "草稿"), ("public", "已发布"), ("changed", "有未发布的修改"), ("withdrawn", "已撤回")]


def state_words(document: Document) -> str:
    """The state of a listed document (the list annotates its newest edition)."""
    if hasattr(document, "withdrawal"):
        return "已撤回"
    under_way = getattr(document, "review_words", "")
    if not document.newest_edition:
        return under_way or "草稿"
    told = f"已发布 第 {document.newest_edition} 版"
    if under_way:
        return f"{told}；{under_way}"
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
    # The snippets' own list ends with bulk actions, which are closed.
    index_template_name = "wagtailadmin/generic/index.html"
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
                    FieldRowPanel([FieldPanel("number"), FieldPanel("topic"), FieldPanel("covers")]),
                    FieldPanel("issuers"),
                    FieldPanel("keywords"),
                    FieldPanel("summary", widget=forms.Textarea(attrs={"rows": 2})),
                ],
                heading="要素",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("openness"), FieldPanel("openness_ground")]),
                    FieldRowPanel([FieldPanel("basis"), FieldPanel("concerns")]),
                ],
                heading="公开属性",
                help_text="起草时就要确定（国办发〔2016〕80号）。不主动公开的须选依据，只能存稿，不会上网。",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("made_on"), FieldPanel("proclaimed_on"), FieldPanel("released_on")]
                    ),
                    FieldRowPanel([FieldPanel("effective_on"), FieldPanel("expires_on")]),
                    FieldPanel("no_term"),
                ],
                heading="日期",
                help_text="上网时间由系统记录，谁也不能填。有效期至写最后一天，次日起自动标注失效。",
            ),
            FieldPanel("body"),
            MultiFieldPanel([FieldPanel("kept"), FieldPanel("upload")], heading="附件"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("interpretation_due"), FieldPanel("interpretation_exemption")])],
                heading="解读",
                help_text="规范性文件与解读同步发布（国办发〔2016〕80号）；随后解读的承诺日期，不解读的写明理由。",
            ),
            FieldPanel("note"),
        ],
        base_form_class=DocumentForm,
    )

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        # Wagtail would put its list of snippets between, which is closed.
        return [{"url": reverse_lazy("wagtailadmin_home"), "label": "首页"}]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("review/<int:pk>/", ReviewDocument.as_view(), name="review"),
            path("interpretation/<int:pk>/", Interpretation.as_view(), name="interpretation"),
            path("autosave/<int:pk>/", Autosave.as_view(), name="autosave"),
            path("from-file/", FromFile.as_view(), name="from_file"),
            path("forced/", Forced.as_view(), name="forced"),
            path("erase/<int:pk>/", EraseRecord.as_view(), name="erase"),
            path("withdraw/<int:pk>/", Withdraw.as_view(), name="withdraw"),
            path("status/<int:pk>/", MarkStatus.as_view(), name="status"),
        ]
