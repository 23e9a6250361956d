"""What units put before the public."""

from yangguang.publishing.models.document import Document, Ground, IndexSeries, Openness
from yangguang.publishing.models.edition import Edition, Form, Withdrawal
from yangguang.publishing.models.occasion import Occasion
from yangguang.publishing.models.status import Cleanup, CleanupRow, MarkRequest, StatusAct

__all__ = [
    "Cleanup",
    "CleanupRow",
    "Document",
    "Edition",
    "Form",
    "Ground",
    "IndexSeries",
    "MarkRequest",
    "Occasion",
    "Openness",
    "StatusAct",
    "Withdrawal",
]
