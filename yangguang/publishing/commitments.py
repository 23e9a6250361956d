"""What the public log says of a document about a person or an enterprise: as little as judging needs.

The log cannot forget (`rules.commitment`). So of such a document it keeps who published what kind of
thing and when, under a title that names nobody; the rest is a salted commitment, and the salt stands
in `Salt`, where it can be deleted.
"""

from collections.abc import Mapping

from yangguang.publishing.models.edition import Edition, Facts
from yangguang.rules.commitment import commit

HIDDEN = ("title", "number", "summary", "note", "sha256", "attachments")
"""The facts of an edition that may say whom it is about, or be matched to it."""


def told(facts: Mapping[str, object], edition: Edition, salt: bytes | None) -> dict[str, object]:
    """What the journal line says of an edition with these facts; a document about nobody is told whole."""
    if not edition.concerns:
        return dict(facts)
    if salt is None:
        raise ValueError("涉及个人或者企业的文件须有盐值才能写入公开日志")
    return {
        **{key: value for key, value in facts.items() if key not in HIDDEN},
        "title": neutral_title(edition),
        "concerns": edition.concerns,
        "commitment": commit(salt, hidden(facts)),
    }


def hidden(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts that are committed to."""
    return {key: facts[key] for key in HIDDEN}


def public_title(edition: Facts) -> str:
    """The title for other journal lines about the document (withdrawn, abolished …)."""
    return neutral_title(edition) if edition.concerns else edition.title


def neutral_title(edition: Facts) -> str:
    return f"{edition.get_form_display()}（涉及{edition.get_concerns_display()}，名称不写入日志）"
