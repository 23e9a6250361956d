"""The gazette's records: issues made of editions, and historic issues read from scans."""

from yangguang.gazette.models.issue import Entry, Issue
from yangguang.gazette.models.scan import Correction, ScannedFile, ScannedIssue, ScannedPage

__all__ = ["Correction", "Entry", "Issue", "ScannedFile", "ScannedIssue", "ScannedPage"]
