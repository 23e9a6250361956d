"""What the tests of the bakery ask: what was rendered, what changed, and what a full rebuild would make."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from tests.factories import SHANGHAI
from yangguang.bakery import actions, tree

NOON = dt.datetime(2017, 11, 30, 12, tzinfo=SHANGHAI)


def files(root: Path) -> dict[str, bytes]:
    """Every file under a folder, by its relative name."""
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


@dataclass
class Bakehouse:
    """The baked tree of a test."""

    folder: Path

    def follow(self, now: dt.datetime = NOON) -> actions.Followed:
        return actions.follow(now=now, seconds=600)

    def pages(self) -> dict[str, bytes]:
        return files(tree.root())

    def rebuilt(self, now: dt.datetime = NOON) -> dict[str, bytes]:
        """The tree that a full rebuild makes elsewhere, of the same records."""
        with override_settings(BAKED_ROOT=self.folder / "again"):
            actions.rebuild(now=now)
            found = files(tree.root())
        actions._bakery.cache_clear()
        assert self.folder / "again" != settings.BAKED_ROOT
        return found
