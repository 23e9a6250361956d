"""What units put before the public."""

from yangguang.publishing.models.document import Document, Ground, IndexSeries, Openness
from yangguang.publishing.models.edition import Concerns, Edition, Form, Salt, Warrant, Withdrawal
from yangguang.publishing.models.erasure import Erasure, ErasureGround
from yangguang.publishing.models.imported import Imported
from yangguang.publishing.models.interpretation import Material, MaterialKind, Phase
from yangguang.publishing.models.occasion import Occasion
from yangguang.publishing.models.review import DraftCopy, DraftLock, Review, ReviewEntry, ReviewStep
from yangguang.publishing.models.status import Cleanup, CleanupRow, MarkRequest, StatusAct, TermWarning

__all__ = [
    "Cleanup",
    "CleanupRow",
    "Concerns",
    "Document",
    "DraftCopy",
    "DraftLock",
    "Edition",
    "Erasure",
    "ErasureGround",
    "Form",
    "Ground",
    "Imported",
    "IndexSeries",
    "MarkRequest",
    "Material",
    "MaterialKind",
    "Occasion",
    "Openness",
    "Phase",
    "Review",
    "ReviewEntry",
    "ReviewStep",
    "Salt",
    "StatusAct",
    "TermWarning",
    "Warrant",
    "Withdrawal",
]
