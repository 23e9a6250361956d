"""Settings for a command in a process of its own, with a fresh database made straight from the models."""

from yangguang.config.settings import *  # noqa: F403, TID251


class NoMigrations(dict[str, None]):
    """Says of every app that it has none, so that the tables are made at once."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = NoMigrations()
