"""Sites in the desk: name, host, look, footer, editors."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from yangguang.directory.models import Person, Unit
from yangguang.office.views.refusals import RefusalsOnTheForm
from yangguang.sites.actions import sites
from yangguang.sites.models import Site


class SiteForm(WagtailAdminModelForm):
    """A site's facts. Editors are people with a desk, whatever their unit."""

    editors = forms.ModelMultipleChoiceField(
        label="网站编辑", queryset=Person.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.exclude(kind=Unit.Kind.GROUP)
        self.fields["editors"].queryset = Person.objects.filter(is_active=True).order_by("username")
        self.fields["editors"].help_text = "除政府办公厅外，勾选的人可以编排本站栏目、答复找错留言、确认推送"
        for colour in ("ink", "accent", "ground"):
            self.fields[colour].widget = forms.TextInput(attrs={"type": "color"})


class SiteList(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Site]:
        return Site.objects.select_related("unit").annotate(column_count=Count("columns", distinct=True))

    def get_list_more_buttons(self, instance: Site) -> list[Any]:
        return []


class _Save(RefusalsOnTheForm):
    form: Any
    request: Any
    object: Any
    refused_message = "没有保存："

    def save_instance(self) -> Site:
        editors = self.form.cleaned_data["editors"]
        return sites.set_up(by=self.request.user, site=self.form.instance, editors=editors)

    def get_success_buttons(self) -> list[Any]:
        return []


class AddSite(_Save, generic.CreateView):
    def get_success_message(self, instance: Site) -> str:
        return f"已新建站点：{instance}，地址 {instance.get_absolute_url()}。接着请新建栏目。"

    def forget_what_was_rolled_back(self, form: Any) -> None:
        self.object = None


class EditSite(_Save, generic.EditView):
    def get_success_message(self) -> str:
        return f"已保存：{self.object}。"


class SiteViewSet(ModelViewSet):
    """`/office/sites/`"""

    model = Site
    name = "sites"
    icon = "site"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = SiteList
    add_view_class = AddSite
    edit_view_class = EditSite
    list_display = [
        "name",
        Column("unit", label="所属单位", accessor=lambda site: site.unit or "门户"),
        Column("host", label="主机名", accessor=lambda site: site.host or "—"),
        Column("address", label="地址", accessor="get_absolute_url"),
        Column("columns", label="栏目", accessor="column_count"),
    ]
    search_fields = ["name", "host"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("host"), FieldPanel("position")]),
                    FieldRowPanel([FieldPanel("unit"), FieldPanel("is_portal")]),
                    FieldPanel("description"),
                ],
                heading="站点",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("ink"), FieldPanel("accent"), FieldPanel("ground")]),
                    FieldPanel("letters"),
                ],
                heading="样式（不超过三种颜色）",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("sponsor"), FieldPanel("organiser")]),
                    FieldRowPanel([FieldPanel("site_code"), FieldPanel("contact")]),
                    FieldRowPanel([FieldPanel("icp"), FieldPanel("police")]),
                    FieldPanel("party_mark"),
                ],
                heading="页脚必备信息",
            ),
            FieldPanel("editors"),
        ],
        base_form_class=SiteForm,
    )
