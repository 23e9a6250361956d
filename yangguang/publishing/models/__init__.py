"""What units put before the public."""

from yangguang.publishing.models.document import Document, Ground, IndexSeries, Openness
from yangguang.publishing.models.edition import Concerns, Edition, Form, Salt, Withdrawal
from yangguang.publishing.models.occasion import Occasion
from yangguang.publishing.models.status import Cleanup, CleanupRow, MarkRequest, StatusAct, TermWarning

__all__ = [
    "Cleanup",
    "CleanupRow",
    "Concerns",
    "Document",
    "Edition",
    "Form",
    "Ground",
    "IndexSeries",
    "MarkRequest",
    "Occasion",
    "Openness",
    "Salt",
    "StatusAct",
    "TermWarning",
    "Withdrawal",
]
