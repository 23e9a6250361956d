"""What must not go online by accident: personal numbers in texts, and what files hide."""

from yangguang.rules.scan.findings import Finding, Kind, Place, Severity, worst
from yangguang.rules.scan.text import scan_cells, scan_text

__all__ = ["Finding", "Kind", "Place", "Severity", "scan_cells", "scan_text", "worst"]
