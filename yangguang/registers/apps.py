from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "yangguang.registers"
    label = "registers"
    verbose_name = "清单和数据"
