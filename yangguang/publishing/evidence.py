"""An edition as its `.json` tells it, so that anybody can hold it against its journal line."""

import json

from yangguang.publishing.actions.editions import facts
from yangguang.publishing.commitments import hidden
from yangguang.publishing.models import Edition, Salt


def record(edition: Edition) -> dict[str, object]:
    """All facts of the edition's journal line, each under its own name, and the body they speak of.

    Where the line holds a commitment, the facts behind it stand beside it with the salt that opens it
    (`committed`), until they are erased. Whatever else a page or file tells must use other names.
    """
    told = {**json.loads(edition.line.body), "body": edition.body}
    if edition.concerns and (salt := Salt.objects.filter(edition=edition).first()):
        secret = hidden(facts(edition))
        told |= {**secret, "committed": {"salt": bytes(salt.value).hex(), "facts": secret}}
    return told
