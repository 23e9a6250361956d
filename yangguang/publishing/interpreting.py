"""What a document explains, as its edition tells it."""

from yangguang.publishing.models.edition import Edition
from yangguang.publishing.models.interpretation import Material


def tell(edition: Edition) -> None:
    """Copy what the document explains into its unsaved edition."""
    material = Material.objects.filter(document=edition.document_id).first()
    if material is None:
        return
    edition.interprets = material.policy
    edition.interpretation_kind = material.kind
    edition.interpretation_phase = material.phase
    edition.link = material.link
