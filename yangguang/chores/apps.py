from django.apps import AppConfig


class ChoresConfig(AppConfig):
    name = "yangguang.chores"
    label = "chores"
    verbose_name = "例行事务"
