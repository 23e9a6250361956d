"""The exact content that a review is about, as one hash: any change makes another one."""

import hashlib
import json
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder

from yangguang.publishing.models.edition import Facts
from yangguang.publishing.models.interpretation import Material
from yangguang.rules.chain import canonical

if TYPE_CHECKING:
    from yangguang.publishing.models.document import Document

OWN = ("unit", "number", "openness", "openness_ground")


def digest(draft: "Document") -> str:
    """SHA-256 of everything about a working copy that will be public, and of what it explains. One query."""
    told = draft.serializable_data()
    content = {name: told[name] for name in (*OWN, *(field.name for field in Facts._meta.fields))}
    explains = Material.objects.filter(document=draft.pk).values("policy", "kind", "phase", "link").first()
    plain = json.loads(json.dumps({**content, "explains": explains}, cls=DjangoJSONEncoder))
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


def draft_of(document: "Document") -> "Document":
    """The working copy as it was saved last: the newest revision, or the row where there is none."""
    revision = document.latest_revision
    return revision.as_object() if revision is not None else document
