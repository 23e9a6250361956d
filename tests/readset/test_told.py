"""A `told` query: a page depends on what it gives, not on the rows that it is worked out of."""

import datetime as dt

import pytest

from tests.factories import at, make_draft_document, make_person, make_unit, release, revise
from yangguang import readset
from yangguang.directory.models import Person
from yangguang.publishing.actions import interpretation
from yangguang.publishing.models import Document
from yangguang.publishing.queries.interpretation import overview
from yangguang.readset import ReadSet, ask_again, tell_again

DAY = dt.date(2017, 11, 30)


@pytest.fixture
def editor(db: None) -> Person:
    return make_person("writer", make_unit("市财政委"))


@pytest.fixture
def policy(editor: Person) -> Document:
    drafted = make_draft_document("示例管理办法", by=editor, number="财规〔2017〕1号")
    interpretation.draft(by=editor, policy=drafted, title="办法的问答", body="问。", kind="qa")
    return release(drafted, by=editor, now=at("2017-11-12"))


def read() -> ReadSet:
    with readset.recorded() as reads:
        overview(DAY)
    return reads


def test_it_is_recorded_by_name_and_day_without_its_statements(policy: Document) -> None:
    reads = read()
    assert reads.statements == {}
    assert list(reads.values) == [f"told yangguang.publishing.queries.interpretation.overview {DAY}"]


def test_told_again_it_gives_the_same_digest_as_when_the_page_read_it(policy: Document) -> None:
    [(name, digest)] = read().values.items()
    assert tell_again(name) == digest


def test_rows_that_change_nothing_of_what_it_gives_leave_the_page_alone(policy: Document) -> None:
    [(name, digest)] = read().values.items()
    with readset.recorded() as untold:
        overview.__wrapped__(DAY)  # type: ignore[attr-defined]
    revise(policy, on="2017-11-13", body="改过的正文。")
    assert any(ask_again(statement) != rows for statement, rows in untold.statements.items())
    assert tell_again(name) == digest


def test_what_it_gives_anew_is_seen(policy: Document, editor: Person) -> None:
    [(name, digest)] = read().values.items()
    second = make_draft_document("另一办法", by=editor, number="财规〔2017〕2号")
    interpretation.draft(by=editor, policy=second, title="另一问答", body="问。", kind="qa")
    release(second, by=editor, now=at("2017-11-14"))
    assert tell_again(name) != digest


def test_nobody_recording_it_is_the_query_itself(policy: Document) -> None:
    late, shares = overview(DAY)
    assert late == []
    assert [(share.name, share.percent) for share in shares] == [("市财政委", 100)]
