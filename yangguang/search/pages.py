"""Pages of historic gazettes for a list of hits."""

from collections.abc import Sequence

from yangguang.gazette.models import ScannedPage
from yangguang.publishing.queries.status import day_of
from yangguang.search.folding import excerpt, mark
from yangguang.search.hits import Group, Hit, Kind
from yangguang.search.index import asking
from yangguang.search.index.asking import Question
from yangguang.search.index.place import Reader
from yangguang.search.sources.gazette import GAZETTE


def groups(reader: Reader, question: Question, limit: int) -> tuple[Group, ...]:
    """The pages that hold every word, the best first, as one group; none where there is no such page."""
    seqs, total = asking.others(reader, question, GAZETTE.name, limit)
    hits = shown(seqs, question.shown)
    return (Group(Kind.GAZETTE, hits, total),) if hits else ()


def shown(pks: Sequence[int], words: Sequence[str]) -> tuple[Hit, ...]:
    if not pks:
        return ()
    rows = ScannedPage.objects.select_related("issue").defer("lines").in_bulk(pks)
    return tuple(_hit(rows[pk], words) for pk in pks if pk in rows)


def _hit(page: ScannedPage, words: Sequence[str]) -> Hit:
    online = page.issue.online_at
    return Hit(
        kind=Kind.GAZETTE,
        title=str(page),
        heading=mark(str(page), words),
        url=page.get_absolute_url(),
        excerpt=excerpt(page.text, words),
        day=day_of(online) if online else None,
    )
