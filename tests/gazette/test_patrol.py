"""A silent change of an issue, its entries or its files is found."""

from collections.abc import Callable

import pytest

from yangguang.gazette import patrol
from yangguang.gazette.models import Entry, Issue
from yangguang.warehouse import store


def findings() -> list[str]:
    return [problem for checked in patrol.issues() for problem in checked.problems]


def test_an_issue_as_it_was_issued_is_let_pass(issued: Issue) -> None:
    assert findings() == []


CHANGES: dict[str, Callable[[], object]] = {
    "title": lambda: Issue.objects.update(title="市政府公报"),
    "publisher": lambda: Issue.objects.update(publisher="别的单位"),
    "year": lambda: Issue.objects.update(year=1999),
    "number": lambda: Issue.objects.update(number=99),
    "pages": lambda: Issue.objects.update(page_count=999),
    "time": lambda: Issue.objects.update(issued_at="2001-01-01 00:00:00+08:00"),
    "pdf": lambda: Issue.objects.update(pdf_sha256="0" * 64),
    "epub": lambda: Issue.objects.update(epub_sha256="0" * 64),
    "web": lambda: Issue.objects.update(html_sha256="0" * 64),
    "section": lambda: Entry.objects.update(section="别的栏目"),
    "entry gone": lambda: Entry.objects.filter(position=1).delete(),
    "unissued": lambda: Issue.objects.update(line=None),
    "file gone": lambda: store.forget(Issue.objects.get().pdf_sha256),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_silent_change_is_found(issued: Issue, change: str) -> None:
    CHANGES[change]()
    assert findings()
