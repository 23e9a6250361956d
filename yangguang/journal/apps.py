from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "yangguang.journal"
    label = "journal"
    verbose_name = "公开日志"
