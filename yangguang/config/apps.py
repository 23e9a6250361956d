import sys

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register

from yangguang.config import checks


def _load_willow_without_opencv() -> None:
    """Wagtail's picture library would load OpenCV and numpy (50 MB) merely because the gazette's OCR brings
    them; it uses them to find faces, which nothing here does. This module is the first that Django loads.
    """
    if "wagtail.images" not in settings.INSTALLED_APPS or {"willow", "cv2"} & sys.modules.keys():
        return
    sys.modules["cv2"] = None  # type: ignore[assignment]
    try:
        import willow  # noqa: F401
    finally:
        del sys.modules["cv2"]


_load_willow_without_opencv()


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
