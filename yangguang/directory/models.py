"""Units of government, what they were called and became, and the people who work for them."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from yangguang.directory.permissions import Role


class Unit(models.Model):
    """A body that owes publications, or a group (各区、各部门) that stands for several."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", "部门"
        DISTRICT = "district", "区"
        VERTICAL = "vertical", "垂直管理机构"
        GROUP = "group", "集合"

    slug = models.SlugField("网址名", max_length=80, unique=True, allow_unicode=True)
    name = models.CharField("名称", max_length=80, unique=True)
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.DEPARTMENT)
    position = models.PositiveIntegerField("排序", default=0)
    members = models.ManyToManyField("self", through="Membership", symmetrical=False, related_name="groups")

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = "单位"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/units/{self.slug}/"


class UnitAlias(models.Model):
    """Another name under which a unit stands in documents."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases", verbose_name="单位")
    name = models.CharField("别名", max_length=80, unique=True)

    class Meta:
        verbose_name = "单位别名"
        verbose_name_plural = "单位别名"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A unit stands in a group from one day on, until another."""

    group = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships_held")
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = "集合成员"
        verbose_name_plural = "集合成员"
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.group} ∋ {self.member}"


class Succession(models.Model):
    """A reorganisation: from `on`, the successor owes what the predecessor owed."""

    predecessor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="successions_from")
    on = models.DateField("自")
    source = models.CharField("依据", max_length=200, blank=True)
    verified = models.BooleanField("已核实", default=False)

    class Meta:
        verbose_name = "机构改革"
        verbose_name_plural = "机构改革"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_changes_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Person(AbstractUser):
    """Somebody with a desk. What they may do comes from their role; where, from their unit."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people", verbose_name="单位"
    )
    role = models.CharField("角色", max_length=20, choices=Role.choices, default=Role.EDITOR)

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=Role.GENERAL_OFFICE)
                | models.Q(unit__isnull=False)
                | models.Q(is_active=False),
                name="person_editor_has_unit",
                violation_error_message="除政府办公厅外，人员须属于一个单位。",
            )
        ]
