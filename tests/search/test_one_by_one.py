"""What stands nowhere as typed is looked for word by word, and the page says so."""

import pytest
from django.test import Client

from tests.factories import at, publish
from yangguang.search.answering import one_by_one
from yangguang.search.hits import Kind
from yangguang.search.index.asking import Question
from yangguang.search.queries import asked, listed, search

TODAY = at("2017-11-30").date()


@pytest.fixture
def notices(db: None) -> None:
    publish("2016年度公开部门决算情况", on="2017-09-01", body="水库全部达标。")
    publish("部门决算", on="2017-09-02", body="公开于9月。")
    publish("公开指南", on="2017-09-03", body="没有别的。")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("决算公开", ("决算", "公开")),
        ("水库达标 决算公开", ("水库", "达标", "决算", "公开")),
        ("决算、公开", ("决算", "公开")),
        ("决算公开公开", ("决算", "公开")),
        ("决算", None),  # one word
        ("决算的公开", None),  # a character would be left over
        ("*", None),
        ("深财〔2017〕45号", None),  # a 文号 is one thing
    ],
)
def test_a_word_made_of_words_is_taken_apart(query: str, words: tuple[str, ...] | None) -> None:
    several = one_by_one(asked(query, as_of=TODAY))
    assert (several and several.words) == words


@pytest.mark.usefixtures("notices")
def test_documents_with_all_the_words_are_found_where_none_holds_them_in_one_piece() -> None:
    found = search("决算公开", as_of=TODAY)
    assert {hit.title for hit in found.documents.hits} == {"2016年度公开部门决算情况", "部门决算"}
    assert found.one_by_one == ("决算", "公开")
    assert [piece.text for piece in found.documents.hits[0].heading if piece.marked] == ["公开", "决算"]
    several = listed("决算公开", as_of=TODAY, filters={}, offset=0, limit=10)
    assert several is not None
    assert several.total == 2


@pytest.mark.usefixtures("notices")
def test_what_is_written_in_one_piece_counts_alone() -> None:
    found = search("部门决算", as_of=TODAY)
    assert (found.documents.total, found.one_by_one) == (2, ())


@pytest.mark.usefixtures("notices")
def test_where_a_word_is_nowhere_nothing_is_found() -> None:
    found = search("决算彩票", as_of=TODAY)
    assert (found.total, found.one_by_one) == (0, ())


@pytest.mark.usefixtures("town")
def test_duties_and_tasks_are_found_so_too() -> None:
    found = search("公开财政信息", as_of=TODAY)
    assert found.one_by_one == ("公开", "财政", "信息")
    assert {group.kind for group in found.others} == {Kind.OBLIGATION, Kind.TASK}


@pytest.mark.usefixtures("notices")
def test_the_page_and_the_answer_for_machines_say_so(client: Client) -> None:
    page = client.get("/search/", {"q": "决算公开", "on": TODAY.isoformat()}).content.decode()
    assert "没有连着写“决算公开”的内容，以下同时写有“决算”“公开”。" in page
    answer = client.get("/search.json", {"q": "决算公开", "on": TODAY.isoformat()}).json()
    assert answer["one_by_one"] == ["决算", "公开"]
    assert answer["documents"]["total"] == 2


def test_the_question_keeps_its_day_and_filters() -> None:
    question = Question(("决算公开",), TODAY, None, {"unit": "caizhengwei"})
    assert one_by_one(question) == Question(("决算", "公开"), TODAY, None, {"unit": "caizhengwei"})
