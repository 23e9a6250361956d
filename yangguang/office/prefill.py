"""What is known about a publication before its editor has written a word."""

import datetime as dt

from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.ledger import queries as ledger
from yangguang.ledger.queries import Standing
from yangguang.plan.models import Obligation
from yangguang.publishing.models import Document, Form, Occasion
from yangguang.rules.matching import fold


def standing_for(
    *, obligation_id: str, key: str, unit: Unit | None, as_of: dt.date | None = None
) -> Standing | None:
    """The period of that obligation and unit, or None where there is none (a stale or mistyped address)."""
    if unit is None or not obligation_id.isdecimal():
        return None
    obligation = Obligation.objects.filter(pk=obligation_id).first()
    if obligation is None:
        return None
    owed = ledger.standings(as_of=as_of or clock.today(), unit=unit, obligation=obligation)
    return next((standing for standing in owed if standing.key == key), None)


def unit_for(*, role: str, own: Unit | None, slug: str) -> Unit | None:
    """The unit that a person publishes for: their own, or the one named where they may publish for any."""
    if slug and allows(role, Verb.PUBLISH_FOR_ANY_UNIT):
        return Unit.objects.filter(slug=slug).first()
    return own


def document_for(standing: Standing) -> Document:
    """An unsaved document with everything filled in that meets this period, but the text."""
    rule = standing.obligation.rule
    occasion = _occasion(standing)
    title = occasion.title if occasion else _title(standing)
    told = occasion.keywords if occasion else []
    form = next((form for form in rule.get("forms", []) if form in Form.values), standing.obligation.form)
    return Document(
        unit=standing.unit,
        title=title,
        form=form if form in Form.values else Form.DOCUMENT,
        covers="" if standing.key.startswith("#") else standing.key,
        keywords=[*told, *_missing_words(rule.get("words", []), " ".join([title, *told]))],
        made_on=occasion.happened_on if occasion else None,
        live=False,
    )


def _occasion(standing: Standing) -> Occasion | None:
    """What happened, where the period is an event: "#12" is the journal line that told of it."""
    if not standing.key.startswith("#"):
        return None
    return Occasion.objects.filter(line_id=int(standing.key[1:])).first()


def _title(standing: Standing) -> str:
    pattern = standing.obligation.rule.get("sample_title") or standing.obligation.title
    return str(pattern).replace("{period}", "" if standing.key.startswith("#") else standing.label)


def _missing_words(alternatives: list[list[str]], text: str) -> list[str]:
    """The fewest words to add so that one alternative of the rule is complete."""
    folded = fold(text)
    missing = ([word for word in words if fold(word) not in folded] for words in alternatives)
    return min(missing, key=len, default=[])
