"""Look through a document and its files for what must not go online by accident."""

from yangguang.publishing.scanning.documents import scan
from yangguang.publishing.scanning.files import scan_file

__all__ = ["scan", "scan_file"]
