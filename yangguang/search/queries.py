"""Search over the plan, the units and what they published.

Every place where the words stand is found: the database looks for substrings, not for words of a
dictionary (decision record 0006).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit, UnitAlias
from yangguang.plan.models import Obligation, Plan, PlanVersion, Task
from yangguang.publishing.models import Edition
from yangguang.search.folding import Segment, excerpt, mark, pattern, words_of
from yangguang.search.hits import Group, Hit, Kind

LIMIT = 20
LONGEST_QUERY = 200


class WordsIn(Func):
    """A JSON list of words as one text. (SQLite keeps JSON escaped, so that it cannot be searched as is.)"""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT group_concat(value, ' ') FROM json_each(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT string_agg(word, ' ') FROM jsonb_array_elements_text(%(expressions)s) word)"
        return self.as_sql(compiler, connection, template=template, **context)


def search(query: str, *, as_of: dt.date, limit: int = LIMIT) -> tuple[Group, ...]:
    """What holds every word of the query, in groups of one kind; groups without a hit are left out.

    `query` is what was typed: one or more words, of one character or more; beyond 200 characters it is cut.
    An empty query finds nothing. Documents are seen as they stood at the end of `as_of`: the newest
    public edition. At most `limit` hits a group: those with the words in the title first, then the
    newest. The number of database queries does not depend on what is found.
    """
    words = words_of(query[:LONGEST_QUERY])
    if not words:
        return ()
    groups = (finder(words, as_of, limit) for finder in FINDERS)
    return tuple(group for group in groups if group.total)


def _plans(words: Sequence[str], as_of: dt.date, limit: int) -> Group:
    rows = _ranked(Plan.objects.all(), words, "title", ("number", "issuer"), "-issued_on", limit)
    return _group(
        Kind.PLAN,
        rows,
        lambda plan: Hit(
            kind=Kind.PLAN,
            title=plan.title,
            heading=mark(plan.title, words),
            url="/plan/",
            excerpt=excerpt(f"{plan.number} {plan.issuer}".strip(), words),
            day=plan.issued_on,
        ),
    )


def _units(words: Sequence[str], as_of: dt.date, limit: int) -> Group:
    aliases = UnitAlias.objects.filter(unit=OuterRef("pk"))
    by_alias = {word: Exists(aliases.filter(name__regex=pattern(word))) for word in words}
    matching = Unit.objects.prefetch_related("aliases")
    for word in words:
        matching = matching.filter(Q(name__regex=pattern(word)) | by_alias[word])
    rows = _first(matching, _title_first(words, "name"), "position", limit)
    return _group(
        Kind.UNIT,
        rows,
        lambda unit: Hit(
            kind=Kind.UNIT,
            title=unit.name,
            heading=mark(unit.name, words),
            url=unit.get_absolute_url(),
            excerpt=_aliases(unit, words),
            unit=unit,
        ),
    )


def _aliases(unit: Unit, words: Sequence[str]) -> tuple[Segment, ...]:
    names = "、".join(alias.name for alias in unit.aliases.all())
    return excerpt(f"又称：{names}", words) if names else ()


def _tasks(words: Sequence[str], as_of: dt.date, limit: int) -> Group:
    tasks = Task.objects.filter(version=_current_version()).prefetch_related("units").select_related("area")
    rows = _ranked(tasks, words, "area__name", ("code", "text", "leads_printed"), "position", limit)
    return _group(Kind.TASK, rows, lambda task: _task(task, words))


def _task(task: Task, words: Sequence[str]) -> Hit:
    title = f"{task.code} {task.area.name if task.area else '表外事项'}"
    leads = f"（{task.leads_printed}）" if task.leads_printed else ""
    return Hit(
        kind=Kind.TASK,
        title=title,
        heading=mark(title, words),
        url=task.get_absolute_url(),
        excerpt=excerpt(task.text + leads, words),
        unit=next(iter(task.units.all()), None),
    )


def _obligations(words: Sequence[str], as_of: dt.date, limit: int) -> Group:
    duties = Obligation.objects.filter(version=_current_version())
    duties = duties.select_related("version__plan").prefetch_related("units")
    rows = _ranked(duties, words, "title", ("code", "phrase", "note"), "position", limit)
    return _group(
        Kind.OBLIGATION,
        rows,
        lambda duty: Hit(
            kind=Kind.OBLIGATION,
            title=duty.title,
            heading=mark(duty.title, words),
            url=duty.get_absolute_url(),
            excerpt=excerpt(" ".join(filter(None, [duty.code, duty.phrase, duty.note])), words),
            unit=next(iter(duty.units.all()), None),
        ),
    )


def _documents(words: Sequence[str], as_of: dt.date, limit: int) -> Group:
    end = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time.min, SHANGHAI)
    public = Edition.objects.filter(online_at__lt=end)
    newest = public.filter(document=OuterRef("document")).order_by("-number").values("pk")[:1]
    editions = public.filter(pk=Subquery(newest)).annotate(
        words=WordsIn("keywords"), withdrawn_at=F("document__withdrawal__withdrawn_at")
    )
    editions = editions.select_related("document__unit")
    fields = ("document_number", "words", "body", "document__index_no")
    rows = _ranked(editions, words, "title", fields, "-online_at", limit)
    return _group(
        Kind.DOCUMENT,
        rows,
        lambda edition: Hit(
            kind=Kind.DOCUMENT,
            title=edition.title,
            heading=mark(edition.title, words),
            url=edition.document.get_absolute_url(),
            excerpt=excerpt(_text(edition, words), words),
            unit=edition.document.unit,
            day=edition.online_at.astimezone(SHANGHAI).date(),
            withdrawn=edition.withdrawn_at is not None and edition.withdrawn_at < end,
        ),
    )


FINDERS = (_plans, _units, _obligations, _tasks, _documents)


def _text(edition: Edition, words: Sequence[str]) -> str:
    """What an excerpt is cut from: the body, or where a word stands only beside it, those facts first."""
    beside = " ".join([edition.document_number, *edition.keywords, edition.document.index_no]).strip()
    in_body = any(segment.marked for segment in mark(edition.body, words))
    return edition.body if in_body else f"{beside} {edition.body}"


def _current_version() -> QuerySet[PlanVersion, Any]:
    return PlanVersion.objects.order_by("-plan__issued_on", "-number").values("pk")[:1]


def _ranked(
    rows: QuerySet[Any], words: Sequence[str], title: str, others: Iterable[str], order: str, limit: int
) -> list[Any]:
    """Rows with every word in one of the fields; those with all of them in the title first."""
    fields = (title, *others)
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__regex": pattern(word)})
        rows = rows.filter(anywhere)
    return _first(rows, _title_first(words, title), order, limit)


def _title_first(words: Sequence[str], title: str) -> Case:
    every = Q()
    for word in words:
        every &= Q(**{f"{title}__regex": pattern(word)})
    return Case(When(every, then=Value(0)), default=Value(1))


def _first(rows: QuerySet[Any], rank: Case, order: str, limit: int) -> list[Any]:
    counted = rows.annotate(rank=rank, total=Window(Count("pk")))
    return list(counted.order_by("rank", order, "pk")[:limit])


def _group(kind: Kind, rows: Sequence[Any], show: Callable[[Any], Hit]) -> Group:
    return Group(kind, tuple(show(row) for row in rows), rows[0].total if rows else 0)
