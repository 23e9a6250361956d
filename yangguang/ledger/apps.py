from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yangguang.ledger"
    label = "ledger"
    verbose_name = "台账"
