from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "yangguang.plan"
    label = "plan"
    verbose_name = "分工方案"
