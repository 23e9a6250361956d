"""The editions that the public reads on a day, and those among them that hold given words."""

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery

from yangguang.directory.clock import SHANGHAI
from yangguang.publishing.models import Edition
from yangguang.search.database import WordsIn, having
from yangguang.search.folding import words_of

FIELDS = ("title", "document_number", "keyword_text", "body", "document__index_no")
LONGEST_QUERY = 200


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day in Shanghai."""
    return dt.datetime.combine(day, dt.time.max, SHANGHAI)


def public_editions(as_of: dt.date) -> QuerySet[Edition]:
    """The newest edition of every document at the end of the day; withdrawn documents keep theirs."""
    online = Edition.objects.filter(online_at__lte=end_of(as_of))
    newest = online.filter(document=OuterRef("document")).order_by("-number").values("pk")[:1]
    return online.filter(pk=Subquery(newest))


def editions_with(query: str, as_of: dt.date) -> QuerySet[Edition]:
    """Those that hold every word of the query (see `queries.search`), found without the index.

    What was withdrawn is not found, for no day.
    """
    rows = public_editions(as_of).filter(document__withdrawal__isnull=True)
    rows = rows.annotate(keyword_text=WordsIn("keywords"))
    return having(rows, words_of(query[:LONGEST_QUERY]), FIELDS)
