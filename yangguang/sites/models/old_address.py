"""Where a page stood before its site moved in."""

from django.db import models

from yangguang.sites.models.site import Site


class OldAddress(models.Model):
    """A path of the old site, with its query, and the path that has its content now. Answered with 301."""

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="old_addresses", verbose_name="站点"
    )
    path = models.CharField("旧地址", max_length=500)
    target = models.CharField("新地址", max_length=200)

    class Meta:
        verbose_name = "旧地址"
        verbose_name_plural = "旧地址"
        ordering = ["site", "path"]
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="old_address_once")]

    def __str__(self) -> str:
        return self.path
