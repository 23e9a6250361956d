"""Issues: composed of editions, compiled once, and fixed."""

import json

import pytest

from tests.factories import at, revise, withdraw
from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden
from yangguang.gazette import queries
from yangguang.gazette.actions import issues
from yangguang.gazette.compile.pdf import NotPrintable
from yangguang.gazette.models import Entry, Issue
from yangguang.gazette.models.issue import Fixed
from yangguang.journal.models import Head, Line
from yangguang.publishing.models import Edition
from yangguang.warehouse import store


def test_issuing_keeps_three_files_and_writes_their_hashes_into_the_journal(issued: Issue) -> None:
    line = issued.line
    assert line is not None
    told = json.loads(line.body)
    assert line.act == Line.Act.GAZETTE
    for kind, start in (("pdf", b"%PDF-"), ("epub", b"PK"), ("html", b"<!DOCTYPE html>")):
        digest = told[f"{kind}_sha256"]
        assert digest == getattr(issued, f"{kind}_sha256")
        assert store.read(digest).startswith(start)
    assert told["url"] == "/gazette/2017/1/"
    assert [entry["page"] for entry in told["entries"]] == [1, 2, 3]
    assert [entry["edition"] for entry in told["entries"]] == [
        entry.edition.get_absolute_url() for entry in issued.entries.order_by("position")
    ]
    assert issued.page_count == 5
    assert "office" not in line.body


def test_an_issued_text_stays_when_its_document_is_revised_and_withdrawn(issued: Issue) -> None:
    entry = issued.entries.select_related("issue", "edition__document").get(position=1)
    before = queries.standard_text(entry)
    kept = {kind: store.read(getattr(issued, f"{kind}_sha256")) for kind in ("pdf", "epub", "html")}
    revise(entry.edition.document, on="2017-08-10", body="完全不同的正文。")
    withdraw(entry.edition.document, on="2017-08-11")
    again = Issue.objects.get()
    assert queries.standard_text(again.entries.select_related("issue").get(position=1)) == before
    assert "现将有关事项通知如下" in before
    assert {kind: store.read(getattr(again, f"{kind}_sha256")) for kind in kept} == kept


@pytest.mark.parametrize(
    "change",
    [
        lambda issue, by: issue.save(),
        lambda issue, by: issue.delete(),
        lambda issue, by: issues.issue(by=by, now=at("2017-08-01"), issue=issue),
        lambda issue, by: issues.arrange(by=by, issue=issue, order=[]),
        lambda issue, by: issues.discard(by=by, issue=issue),
        lambda issue, by: issues.proof(by=by, now=at("2017-08-01"), issue=issue),
        lambda issue, by: issues.place(by=by, issue=issue, edition=Edition.objects.first(), section="甲"),
    ],
)
def test_nothing_changes_an_issue_that_is_out(issued: Issue, general_office: Person, change: object) -> None:
    size = Head.objects.get().size
    with pytest.raises((Fixed, issues.NotIssuable)):
        change(Issue.objects.get(), general_office)  # type: ignore[operator]
    assert Head.objects.get().size == size
    assert Entry.objects.count() == 3


def test_a_failed_issue_leaves_nothing(issue: Issue, general_office: Person) -> None:
    entry = issue.entries.get(position=3)
    Edition.objects.filter(pk=entry.edition_id).update(body="字体里没有的字：\U0001f600")
    size = Head.objects.get().size
    with pytest.raises(NotPrintable, match="PDF 没有排成"):
        issues.issue(by=general_office, now=at("2017-07-31"), issue=issue)
    kept = Issue.objects.get()
    assert (kept.line_id, kept.pdf_sha256, kept.page_count) == (None, "", 0)
    assert Head.objects.get().size == size
    assert set(Entry.objects.values_list("page_from", flat=True)) == {None}


def test_what_cannot_be_issued_is_refused_with_a_sentence(
    issue: Issue, general_office: Person, editions: list[Edition]
) -> None:
    with pytest.raises(issues.NotIssuable, match="已经在这一期里"):
        issues.place(by=general_office, issue=issue, edition=editions[0], section="甲")
    with pytest.raises(issues.NotIssuable, match="已经有第 1 期"):
        issues.start(by=general_office, year=2017, number=1, title="公报", publisher="")
    empty = issues.start(by=general_office, year=2017, number=2, title="公报", publisher="")
    with pytest.raises(issues.NotIssuable, match="还没有篇目"):
        issues.issue(by=general_office, now=at("2017-07-31"), issue=empty)
    withdraw(editions[1].document, on="2017-07-20")
    with pytest.raises(issues.NotIssuable, match="已经撤回"):
        issues.issue(by=general_office, now=at("2017-07-31"), issue=issue)
    with pytest.raises(issues.NotIssuable, match="已经撤回"):
        issues.place(by=general_office, issue=empty, edition=editions[1], section="甲")


def test_only_the_general_office_makes_the_gazette(issue: Issue, editor: Person) -> None:
    for act in (
        lambda: issues.start(by=editor, year=2018, number=1, title="公报", publisher=""),
        lambda: issues.issue(by=editor, now=at("2017-07-31"), issue=issue),
        lambda: issues.arrange(by=editor, issue=issue, order=[]),
        lambda: issues.discard(by=editor, issue=issue),
    ):
        with pytest.raises(Forbidden, match="政府办公厅"):
            act()


def test_arranging_brings_a_section_together_and_drops_what_is_left_out(
    issue: Issue, general_office: Person
) -> None:
    first, second, third = issue.entries.order_by("position")
    order = [(third.pk, "乙"), (first.pk, "甲"), (second.pk, "乙")]
    issues.arrange(by=general_office, issue=issue, order=order)
    assert list(issue.entries.order_by("position").values_list("pk", "section")) == [
        (third.pk, "乙"),
        (second.pk, "乙"),
        (first.pk, "甲"),
    ]
    issues.arrange(by=general_office, issue=issue, order=order[:1])
    assert list(issue.entries.values_list("pk", flat=True)) == [third.pk]
    with pytest.raises(issues.NotIssuable, match="刷新"):
        issues.arrange(by=general_office, issue=issue, order=order)


def test_the_document_knows_its_place_in_the_gazette(issued: Issue, editions: list[Edition]) -> None:
    assert [place.get_absolute_url() for place in queries.places_of(editions[1])] == ["/gazette/2017/1/2/"]
