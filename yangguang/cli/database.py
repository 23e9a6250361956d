"""Start Django, for the commands that need the stored records."""

import os

from yangguang.cli.errors import UsageProblem


def start() -> None:
    """Set Django up, and see that the database is there and up to date. Raises UsageProblem."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    if not apps.ready:
        django.setup()
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        name = settings.DATABASES["default"]["NAME"]
        raise UsageProblem(
            f"数据库 {name} 打不开（{problem}）：请检查设置 YANGGUANG_DATABASE，或先运行 make run"
        ) from problem
    if waiting:
        raise UsageProblem(
            f"数据库 {settings.DATABASES['default']['NAME']} 还没有建好或者不是最新："
            "请先运行 make run，或者 .venv/bin/python manage.py migrate"
        )
