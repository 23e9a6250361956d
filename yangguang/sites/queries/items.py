"""What readers find in a column: worked out from its rule, never copied into it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce

from yangguang.directory import queries as directory
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.publishing.models import Edition, StatusAct, Withdrawal
from yangguang.sites.models import Column, Show
from yangguang.sites.models.column import Sort

PAGE = 20
ENDING = (StatusAct.Verb.ABOLISH, StatusAct.Verb.REPLACE, StatusAct.Verb.EXPIRE)


class _Words(Func):
    """A JSON list of words as one text, each between line breaks. SQLite keeps JSON escaped."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = (
            "(SELECT char(10) || group_concat(value, char(10)) || char(10) FROM json_each(%(expressions)s))"
        )
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = (
            "(SELECT chr(10) || string_agg(word, chr(10)) || chr(10) "
            "FROM jsonb_array_elements_text(%(expressions)s) word)"
        )
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True)
class Page:
    """One page of a column. `previous` and `following` are the cursors of the pages beside it, None at an end."""

    items: tuple[Edition, ...]
    previous: int | None
    following: int | None


def end_of(day: dt.date) -> dt.datetime:
    """The first moment in Shanghai that no longer belongs to the day."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), SHANGHAI)


def read_on(day: dt.date) -> QuerySet[Edition]:
    """The edition of each document that the public read at the end of the day, withdrawn ones among them."""
    online = Edition.objects.filter(online_at__lt=end_of(day))
    newer = online.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    return (
        online.filter(~Exists(newer))
        .select_related("document__unit", "document__withdrawal", "unit")
        .defer("unit__position", "document__unit__position")
    )


def in_column(column: Column, day: dt.date, *, even_withdrawn: bool = False) -> QuerySet[Edition]:
    """What a column holds at the end of a day, in no order. Reads the column's site and units.

    `even_withdrawn` is for feeds and mails, which owe their readers the news that something was taken back.
    """
    found = read_on(day)
    units = units_of(column, day)
    if units:
        found = found.filter(unit__in=units)
    if column.forms:
        found = found.filter(form__in=column.forms)
    if column.topics:
        found = found.filter(topic__in=column.topics)
    if column.keywords:
        found = found.annotate(words_in=_Words("keywords")).filter(_any_word(column.keywords))
    if column.show != Show.ALL and not even_withdrawn:
        found = found.exclude(document__withdrawal__withdrawn_at__lt=end_of(day))
    if column.show == Show.IN_FORCE:
        found = in_force(found, day)
    return found


def in_force(found: QuerySet[Edition], day: dt.date) -> QuerySet[Edition]:
    """Those that neither an act nor their own term has ended by the day (`rules.legal_status`)."""
    acts = StatusAct.objects.filter(document=OuterRef("document"), effective_on__lte=day)
    newest = acts.exclude(act=StatusAct.Verb.AMEND).order_by("-effective_on", "-line").values("act")[:1]
    standing = found.annotate(last_act=Coalesce(Subquery(newest), "form", output_field=TextField()))
    return standing.exclude(last_act__in=ENDING).exclude(expires_on__lt=day)


def units_of(column: Column, day: dt.date) -> list[Unit]:
    """The units whose items a column takes; empty for every unit. A group stands for its members too."""
    named = list(column.units.all())
    if not named:
        if column.site.is_portal or column.site.unit is None:
            return []
        named = [column.site.unit]
    found = [one for unit in named for one in (unit, *directory.expand(unit, day))]
    return list(dict.fromkeys(found))


def page(column: Column, day: dt.date, *, after: int | None = None, before: int | None = None) -> Page:
    """A page of a column by keyset: what follows the item `after`, or what precedes the item `before`.

    The cost does not grow with how far the reader has gone. A cursor that names no edition gives page one.
    """
    found = in_column(column, day)
    cursor = Edition.objects.filter(pk=after or before or 0).first()
    onward = cursor is None or before is None or after is not None
    descending = (column.sort == Sort.NEWEST) == onward
    if cursor is not None:
        found = found.filter(_beyond(cursor, earlier=descending))
    ordered = found.order_by("-online_at", "-pk") if descending else found.order_by("online_at", "pk")
    rows = list(ordered[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if not onward:
        rows.reverse()
    if not rows:
        return Page((), None, None)
    has_previous = cursor is not None if onward else more
    has_following = more if onward else True
    return Page(tuple(rows), rows[0].pk if has_previous else None, rows[-1].pk if has_following else None)


def newest(column: Column, day: dt.date, count: int) -> list[Edition]:
    return list(in_column(column, day).order_by("-online_at", "-pk")[:count])


def changes(found: QuerySet[Edition], day: dt.date, count: int) -> list[Edition]:
    """The latest publications, revisions and withdrawals among `found`, the latest first (`changed_at`)."""
    online = list(found.order_by("-online_at", "-pk")[:count])
    gone = found.filter(document__withdrawal__withdrawn_at__lt=end_of(day))
    taken_back = list(gone.order_by("-document__withdrawal__withdrawn_at", "-pk")[:count])
    both = {edition.pk: edition for edition in (*online, *taken_back)}.values()
    return sorted(both, key=lambda edition: (changed_at(edition, day), edition.pk), reverse=True)[:count]


def withdrawal(edition: Edition, day: dt.date) -> Withdrawal | None:
    """How the edition's document was taken back by the end of the day."""
    found: Withdrawal | None = getattr(edition.document, "withdrawal", None)
    return found if found is not None and found.withdrawn_at < end_of(day) else None


def changed_at(edition: Edition, day: dt.date) -> dt.datetime:
    gone = withdrawal(edition, day)
    return max(edition.online_at, gone.withdrawn_at) if gone else edition.online_at


def _any_word(words: Sequence[str]) -> Q:
    wanted = Q()
    for word in words:
        wanted |= Q(title__contains=word) | Q(words_in__contains=f"\n{word}\n")
    return wanted


def _beyond(cursor: Edition, *, earlier: bool) -> Q:
    side = "lt" if earlier else "gt"
    same = Q(online_at=cursor.online_at, **{f"pk__{side}": cursor.pk})
    return Q(**{f"online_at__{side}": cursor.online_at}) | same
