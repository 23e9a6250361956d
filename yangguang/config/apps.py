from django.apps import AppConfig
from django.core.checks import register

from yangguang.config import checks


class InstallationConfig(AppConfig):
    """Registers the checks of this installation; it has no records of its own."""

    name = "yangguang.config"
    label = "config"
    verbose_name = "安装"

    def ready(self) -> None:
        for check in (
            checks.plans_are_there,
            checks.tracebacks_stay_home,
            checks.the_demonstrations_day_is_known,
            checks.visitors_may_come_in,
        ):
            register(check)
