"""Searching the plan, the units and the documents."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import at
from yangguang.publishing.actions import documents
from yangguang.publishing.models import Document
from yangguang.search import actions
from yangguang.search.hits import Hit, Kind
from yangguang.search.queries import search

TODAY = dt.date(2017, 11, 30)


def found(query: str, *, as_of: dt.date = TODAY) -> dict[Kind, list[str]]:
    everything = search(query, as_of=as_of)
    groups = [*everything.others, everything.documents]
    return {group.kind: [hit.title for hit in group.hits] for group in groups if group.hits}


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        ("深府办函[2017]123号", Kind.PLAN, "深圳市2017年政务公开工作要点分工方案"),
        ("财政委员会", Kind.UNIT, "市财政委"),
        ("水务", Kind.UNIT, "市水务局"),
        ("集中式饮用水", Kind.TASK, "5.2 环境保护信息公开"),
        ("2.1", Kind.TASK, "2.1 财政信息公开"),
        ("预算执行", Kind.OBLIGATION, "财政信息公开（月报）"),
        ("决算公开", Kind.DOCUMENT, "2016年度部门决算公开"),
        ("深财（2017）45", Kind.DOCUMENT, "2016年度部门决算公开"),
        ("三公经费", Kind.DOCUMENT, "2016年度部门决算公开"),
        ("50%", Kind.DOCUMENT, "2016年度部门决算公开"),
        ("caizhengwei-20", Kind.DOCUMENT, "2016年度部门决算公开"),
        ("库", Kind.DOCUMENT, "8月水源水质状况"),
        ("收入　下降", Kind.DOCUMENT, "2016年度部门决算公开"),
    ],
)
def test_everything_is_found_by_what_is_written_on_it(query: str, kind: Kind, title: str) -> None:
    assert title in found(query)[kind]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "query", ["", "  ", "\x00", "火星", "收入 火星", "a%b", "1__座", "{", "\\", "*", "(?i)"]
)
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert found(query) == {}


@pytest.mark.usefixtures("town")
def test_title_hits_come_first_then_the_newest() -> None:
    assert found("决算")[Kind.DOCUMENT] == ["2016年度部门决算公开", "8月水源水质状况"]
    assert found("水质")[Kind.DOCUMENT] == ["9月水源水质状况", "8月水源水质状况"]


@pytest.mark.usefixtures("town")
def test_what_went_online_later_than_the_day_is_not_there_yet() -> None:
    assert found("水质", as_of=dt.date(2017, 9, 5))[Kind.DOCUMENT] == ["8月水源水质状况"]


def test_the_text_of_the_day_is_searched_not_the_working_copy(town: dict[str, Document]) -> None:
    document = town["quality"]
    documents.revise(by=None, now=at("2017-12-04"), document=document, note="更正", body="更正后的正文")
    Document.objects.filter(pk=document.pk).update(body="还没有发布的草稿")
    assert Kind.DOCUMENT not in found("草稿")
    assert found("更正后", as_of=dt.date(2017, 12, 4))[Kind.DOCUMENT] == ["8月水源水质状况"]
    assert Kind.DOCUMENT not in found("更正后", as_of=TODAY)
    assert found("水库全部达标", as_of=TODAY)[Kind.DOCUMENT] == ["8月水源水质状况"]


def test_a_withdrawn_document_is_found_no_more_on_no_day(town: dict[str, Document]) -> None:
    assert len(_documents("决算公开", TODAY)) == 1
    documents.withdraw(by=None, now=at("2017-12-04"), document=town["budget"], reason="数字有误")
    assert _documents("决算公开", dt.date(2017, 12, 4)) == ()
    assert _documents("决算公开", TODAY) == ()


def _documents(query: str, as_of: dt.date) -> tuple[Hit, ...]:
    return search(query, as_of=as_of).documents.hits


def test_a_hit_shows_where_the_word_stands_and_whose_it_is(town: dict[str, Document]) -> None:
    (hit,) = _documents("公共预算", TODAY)
    assert [segment.text for segment in hit.excerpt if segment.marked] == ["公共预算"]
    assert (hit.unit, hit.day) == ("市财政委", dt.date(2017, 8, 1))
    assert hit.url == f"/documents/{town['budget'].index_no}/"
    (by_number,) = _documents("深财", TODAY)
    assert "深财" in [segment.text for segment in by_number.number if segment.marked]


@pytest.mark.usefixtures("town")
def test_the_limit_holds_and_the_total_counts_all() -> None:
    group = search("水质", as_of=TODAY, limit=1).documents
    assert (len(group.hits), group.total) == (1, 2)


def test_the_number_of_queries_does_not_depend_on_what_is_found(town: dict[str, Document]) -> None:
    few = _queries("水")
    for number in range(8):
        documents.publish(
            by=None,
            now=at("2017-11-21"),
            unit=town["water"],
            title=f"水 {number}",
            body="水",
            keywords=["水"],
        )
    assert _queries("水") == few


def _queries(query: str) -> int:
    actions.follow()
    with CaptureQueriesContext(connection) as captured:
        search(query, as_of=TODAY)
    return len(captured)


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_piece_of_every_public_text_is_found(town: dict[str, Document], data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(list(Document.objects.all())))
    edition = document.edition
    texts = [edition.title, edition.body, edition.document_number, *edition.keywords]
    text = data.draw(st.sampled_from([text for text in texts if text]))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if piece.strip():
        assert edition.title in found(piece)[Kind.DOCUMENT]
