"""Make the files that people download. Derived: whenever they are made, the bytes are the same."""

import logging
from collections.abc import Sequence

from yangguang.registers.models import File, Version
from yangguang.registers.queries import public as queries
from yangguang.warehouse.tables import files
from yangguang.warehouse.tables.engine import TableError
from yangguang.warehouse.tables.files import FORMATS

logger = logging.getLogger(__name__)
AT_ONCE = 100
"""Versions served in one round of the background work, so that other jobs have their turn."""


def make(*, version: Version, formats: Sequence[str] = FORMATS) -> list[File]:
    """The files of a version in these formats; what is missing is made first.

    Raises KeyError for a format that there is not, DiskFull and TooLarge.
    """
    known = {file.format: file for file in version.files.all()}
    missing = [name for name in formats if name not in known]
    if missing:
        for made in files.make(version.served, version.described.public_fields, missing):
            known[made.format], _ = File.objects.get_or_create(
                version=version, format=made.format, defaults={"sha256": made.sha256, "size": made.size}
            )
    return [known[name] for name in formats]


def make_missing() -> int:
    """Make the files that are missing, of the newest versions first. Returns how many versions were served."""
    waiting = list(queries.without_files().prefetch_related("files")[:AT_ONCE])
    for version in waiting:
        try:
            make(version=version)
        except (OSError, TableError):
            # The others must not wait for one whose bytes are gone; the nightly patrol names it.
            logger.exception("下载文件没有生成 %s", version)
    return len(waiting)
