"""A site: the city's portal, or a unit's or a district's own, on one installation (集约化)."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from yangguang.directory.models import Person, Unit
from yangguang.rules import contrast

COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", "颜色请写 # 加六位小写十六进制数字，例如 #14213d。")
HOST = RegexValidator(
    r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", "主机名只写小写字母、数字、点和连字符，不带 http:// 和端口。"
)
SITE_CODE = RegexValidator(r"^([0-9]{10}|bm[0-9]{8})$", "网站标识码是十位数字，部委网站以 bm 开头。")


class Site(models.Model):
    """A name, a host, a look and the facts that every page's footer must tell.

    At most three colours, one of them main: 政府网站发展指引 (国办发〔2017〕47号), known to us from copies.
    """

    class Letters(models.TextChoices):
        SERIF = "serif", "宋体标题"
        SANS = "sans", "黑体标题"

    slug = models.SlugField(
        "网址名", max_length=40, unique=True, help_text="没有域名时用 /sites/网址名/ 访问"
    )
    name = models.CharField("网站名称", max_length=80, unique=True)
    description = models.CharField("简介", max_length=200, blank=True)
    host = models.CharField(
        "主机名",
        max_length=200,
        blank=True,
        validators=[HOST],
        help_text="例如 fgw.example.gov.cn；没有域名留空",
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="sites", verbose_name="所属单位"
    )
    is_portal = models.BooleanField("门户网站", default=False, help_text="一套系统只有一个门户")
    editors = models.ManyToManyField(Person, blank=True, related_name="sites", verbose_name="网站编辑")
    position = models.PositiveIntegerField("排序", default=0)

    ink = models.CharField("主色", max_length=7, default="#14213d", validators=[COLOUR])
    accent = models.CharField("点缀色", max_length=7, default="#e0a100", validators=[COLOUR])
    ground = models.CharField("底色", max_length=7, default="#f6f5f1", validators=[COLOUR])
    letters = models.CharField("标题字体", max_length=8, choices=Letters, default=Letters.SERIF)

    site_code = models.CharField("网站标识码", max_length=10, blank=True, validators=[SITE_CODE])
    sponsor = models.CharField("主办单位", max_length=80, blank=True)
    organiser = models.CharField("承办单位", max_length=80, blank=True)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    icp = models.CharField("ICP 备案", max_length=60, blank=True)
    police = models.CharField("公安备案", max_length=60, blank=True)
    party_mark = models.URLField(
        "党政机关标识链接", max_length=200, blank=True, help_text="事业单位在线发放的标识页面地址"
    )
    is_sample = models.BooleanField("示例", default=False, editable=False)

    class Meta:
        verbose_name = "站点"
        verbose_name_plural = "站点"
        ordering = ["-is_portal", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_portal"], condition=models.Q(is_portal=True), name="site_one_portal"
            ),
            models.UniqueConstraint(fields=["host"], condition=~models.Q(host=""), name="site_host_once"),
            models.CheckConstraint(
                condition=models.Q(is_portal=True) | models.Q(unit__isnull=False),
                name="site_of_a_unit",
                violation_error_message="门户以外的站点须属于一个单位。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return "/" if self.is_portal else f"/sites/{self.slug}/"

    def clean(self) -> None:
        """Refuse colours in which text cannot be read (WCAG 2.2, 1.4.3: 4.5 to 1)."""
        for name, paper, told in (("ink", "#ffffff", "白色"), ("ground", self.ink, "主色")):
            try:
                ratio = contrast.ratio(getattr(self, name), paper)
            except ValueError:
                continue  # told by the field's own check
            if ratio < contrast.READABLE:
                label = "主色" if name == "ink" else "底色"
                raise ValidationError(
                    {
                        name: f"{label}与{told}的对比度只有 {ratio:.1f}：文字会看不清，至少要 {contrast.READABLE}。"
                    }
                )
