"""A version as the engine addresses it."""

from __future__ import annotations

from dataclasses import dataclass

from yangguang.rules.tables.schema import Descriptor, Field
from yangguang.warehouse import store
from yangguang.warehouse.tables.columns import listed, literal


@dataclass(frozen=True)
class Stored:
    """Hex SHA-256 of a version's Parquet file, its columns in order, the names of its key (or none)."""

    sha256: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()

    @classmethod
    def public(cls, sha256: str, descriptor: Descriptor) -> Stored:
        """The file that holds the public columns of a register."""
        return cls(sha256, descriptor.public_fields, descriptor.primary_key)

    @property
    def relation(self) -> str:
        """SQL for its rows with `_id`, the number of the row from 1."""
        path = literal(str(store.path(self.sha256)))
        return (
            f"(SELECT file_row_number + 1 AS _id, {listed(self.fields)}"  # noqa: S608 names are quoted
            f" FROM read_parquet({path}, file_row_number = true)) AS version"
        )
