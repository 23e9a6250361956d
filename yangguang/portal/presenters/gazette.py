"""The gazette as pages show it: shelves of years, the fixed text of an entry, a scanned page with its doubts."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from yangguang.gazette.compile.content import Text
from yangguang.gazette.compile.markup import body
from yangguang.gazette.digitise.page import from_json
from yangguang.gazette.models import Issue, ScannedIssue, ScannedPage
from yangguang.rules.page_layout import doubtful_places

# Signs of our own around doubtful characters, until the text is escaped: no text on a page uses them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_DOUBT = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}<>]*){_CLOSE}")


@dataclass(frozen=True)
class Volume:
    """An issue on its shelf. `day` is when it went online here."""

    title: str
    year: int
    number: int
    url: str
    day: dt.datetime | None
    is_scanned: bool
    is_sample: bool


def shelves(issues: Iterable[Issue], scanned: Iterable[ScannedIssue]) -> list[tuple[int, list[Volume]]]:
    """Volumes by year, the newest first."""
    volumes = [
        *(
            Volume(i.title, i.year, i.number, i.get_absolute_url(), i.issued_at, False, i.is_sample)
            for i in issues
        ),
        *(
            Volume(s.title, s.year, s.number, s.get_absolute_url(), s.online_at, True, s.is_sample)
            for s in scanned
        ),
    ]
    volumes.sort(key=lambda one: (-one.year, -one.number))
    return [(year, list(shelf)) for year, shelf in groupby(volumes, key=lambda one: one.year)]


def standard(article: str) -> SafeString:
    """The inside of an article that our own compiler escaped when the issue was made."""
    return mark_safe(article)


def read_text(page: ScannedPage) -> SafeString:
    """A scanned page's text as HTML, characters read with doubt in `<mark class="doubt">`."""
    text = page.text.replace(_OPEN, "").replace(_CLOSE, "")
    places = doubtful_places(text, [from_json(line) for line in page.lines])
    for start, end in reversed(places):
        text = f"{text[:start]}{_OPEN}{text[start:end]}{_CLOSE}{text[end:]}"
    whole = Text(0, "", "", "", (), None, text, "", "")
    marked = _DOUBT.sub(r'<mark class="doubt">\1</mark>', body(whole, id="read"))
    return mark_safe(marked.replace(_OPEN, "").replace(_CLOSE, ""))
