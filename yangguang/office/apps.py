from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "yangguang.office"
    label = "office"
    verbose_name = "工作台"
