"""Plan files → plans. Plain Python: nothing here starts Django."""

from yangguang.plan.readers.open import default_aliases, read_bytes, read_file

__all__ = ["default_aliases", "read_bytes", "read_file"]
