"""A column (栏目): a place in a site and the rule by which published items appear there."""

from django.core.exceptions import ValidationError
from django.db import models

from yangguang.directory.models import Unit
from yangguang.publishing.models import Form
from yangguang.sites.models.site import Site


class ColumnKind(models.TextChoices):
    """ColumnType: what sort of column a page tag calls it (政府网站发展指引, annex; wording unverified)."""

    OVERVIEW = "概况信息", "概况信息"
    ORGAN = "机构职能", "机构职能"
    LEADERS = "负责人信息", "负责人信息"
    NEWS = "工作动态", "工作动态"
    NOTICES = "通知公告", "通知公告"
    POLICY = "政策文件", "政策文件"
    READING = "政策解读", "政策解读"
    DISCLOSURE = "政府信息公开", "政府信息公开"
    DATA = "数据发布", "数据发布"
    CONSULTATION = "征集调查", "征集调查"
    SERVICE = "办事服务", "办事服务"
    TOPIC = "专题专栏", "专题专栏"


class Show(models.TextChoices):
    """Which items a column lists, by what became of them."""

    STANDING = "standing", "不列已撤回的"
    IN_FORCE = "in_force", "只列现行有效的"
    ALL = "all", "全部，已撤回的注明"


class Sort(models.TextChoices):
    """In which order: long-standing rules may read better from the first."""

    NEWEST = "newest", "最近上网的在前"
    OLDEST = "oldest", "最早上网的在前"


class Column(models.Model):
    """What is empty in the rule asks for nothing: no form named means every form.

    `units` left empty means the site's own unit; on the portal, every unit. Nothing is copied into a
    column: `queries.items` works out what it holds, so that an item is published once.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="columns", verbose_name="站点")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级栏目",
    )
    slug = models.SlugField("网址名", max_length=40)
    name = models.CharField("栏目名称", max_length=40)
    description = models.CharField("栏目描述", max_length=200, help_text="写一句这里公开什么；页面标签要用")
    words = models.JSONField("栏目关键词", default=list, blank=True)
    kind = models.CharField("栏目类别", max_length=20, choices=ColumnKind, default=ColumnKind.NEWS)
    position = models.PositiveIntegerField("排序", default=0)

    units = models.ManyToManyField(
        Unit,
        blank=True,
        related_name="columns",
        verbose_name="单位",
        help_text="不选：本站所属单位；门户则为所有单位",
    )
    forms = models.JSONField("形式", default=list, blank=True)
    topics = models.JSONField("主题分类", default=list, blank=True)
    keywords = models.JSONField("标题或主题词含", default=list, blank=True)
    show = models.CharField("效力", max_length=12, choices=Show, default=Show.STANDING)
    sort = models.CharField("排列", max_length=12, choices=Sort, default=Sort.NEWEST)
    required_days = models.PositiveIntegerField(
        "最长更新间隔（天）",
        null=True,
        blank=True,
        help_text="超过这么多天没有新内容，工作台会提示；留空不提示",
    )
    posts_to = models.JSONField(
        "推送到", default=list, blank=True, help_text="新内容先备好文字，确认后才发出"
    )
    posts_since = models.DateField("推送起始日", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering = ["site", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["site", "slug"], name="column_slug_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its address on any host. Reads the site."""
        return f"/sites/{self.site.slug}/columns/{self.slug}/"

    def clean(self) -> None:
        """Refuse forms that do not exist, and a parent of another site or beneath the column itself."""
        wrong = [form for form in self.forms if form not in Form.values]
        if wrong:
            raise ValidationError({"forms": f"没有“{wrong[0]}”这种形式。"})
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": "上级栏目不能是它自己或它的下级。"})
            if above.site_id != self.site_id:
                raise ValidationError({"parent": f"“{above}”不是本站的栏目：请另选上级栏目。"})
            seen.add(above.pk)
            above = above.parent
