"""The outbox in the desk: read the prepared words, mend them, let them go or not."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from yangguang.directory import clock
from yangguang.directory.figures import figure
from yangguang.office.views.own_rows import OnlyOwnRows
from yangguang.office.views.refusals import RefusalsOnTheForm
from yangguang.rules.post_text import weibo_length
from yangguang.sites import posting
from yangguang.sites.actions import outbox
from yangguang.sites.models import Channel, Post


class PostForm(WagtailAdminModelForm):
    """The words, and what is to become of them."""

    decision = forms.ChoiceField(
        label="决定",
        choices=[("confirm", "确认，可以发送"), ("drop", "不发")],
        widget=forms.RadioSelect,
        initial="confirm",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = figure(self.instance.channel)
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 5})
        told = f"限 {limits['text']} 字（{limits.remark}）"
        if self.instance.channel == Channel.WEIBO:
            told = f"现在 {weibo_length(self.instance.text)} 字，{told}"
            del self.fields["title"]
        else:
            self.fields["title"].help_text = f"限 {limits['title']} 字"
        ready = posting.accounts()[self.instance.channel].is_ready
        off = "" if ready else "。这个渠道的账号没有设置，确认后也不会发出（见 dotenv-sample）"
        self.fields["text"].help_text = told + off


def state_words(post: Post) -> str:
    if post.state in (Post.State.WAITING, Post.State.REFUSED):
        return f"{post.state.label}：{post.problem}"
    return str(post.state.label)


class PostList(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Post]:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"view"})
        return own.select_related("site", "edition")

    def get_list_more_buttons(self, instance: Post) -> list[Any]:
        return []


class Decide(RefusalsOnTheForm, OnlyOwnRows, generic.EditView):
    refused_message = "没有保存："

    def save_instance(self) -> Post:
        facts = self.form.cleaned_data
        if facts["decision"] == "drop":
            return outbox.drop(by=self.request.user, now=clock.now(), post=self.object)
        return outbox.confirm(
            by=self.request.user,
            now=clock.now(),
            post=self.object,
            title=facts.get("title", ""),
            text=facts["text"],
        )

    def get_success_message(self) -> str:
        return f"{self.object.edition.title}：{Post.objects.get(pk=self.object.pk).state.label}。"

    def get_success_buttons(self) -> list[Any]:
        return []


class PostViewSet(ModelViewSet):
    """`/office/posts/`"""

    model = Post
    name = "posts"
    icon = "mail"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = PostList
    edit_view_class = Decide
    list_display = [
        Column("edition", label="内容", accessor="edition.title", width="40%"),
        Column("channel", label="渠道", accessor="get_channel_display"),
        Column("site", label="站点"),
        Column("state", label="情况", accessor=state_words),
        Column("prepared_at", label="备稿时间", sort_key="prepared_at"),
    ]
    list_filter = ["site", "channel"]
    ordering = "-prepared_at"
    list_per_page = 30
    edit_handler = ObjectList(
        [
            FieldPanel("edition", read_only=True),
            FieldPanel("link", read_only=True),
            FieldPanel("title"),
            FieldPanel("text"),
            FieldPanel("decision"),
        ],
        base_form_class=PostForm,
    )
