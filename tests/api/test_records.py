"""Units, documents, the journal and the calendar over the interface."""

import hashlib
import json

import pytest
from django.test import Client

from tests.api.conftest import TODAY, Ask
from yangguang.journal.models import Line
from yangguang.publishing.models import Document
from yangguang.rules.chain import Link, first_break


@pytest.mark.usefixtures("town")
def test_a_unit_has_the_score_of_its_verdicts(ask: Ask) -> None:
    unit = ask("units/caizhengwei", on=TODAY)
    rows = ask("verdicts", on=TODAY, unit="caizhengwei", limit=1000)["items"]
    for state in ("on_time", "late", "missing", "not_yet"):
        assert unit["score"][state] == sum(row["state"] == state for row in rows)
    listed = {one["slug"]: one["score"] for one in ask("units", on=TODAY)["items"]}
    assert listed["caizhengwei"] == unit["score"]
    due = [row for row in rows if row["due_on"]]
    assert sum(sum(_counts(month["score"])) for month in unit["months"]) == len(due)


def _counts(score: dict[str, float]) -> list[float]:
    return [count for name, count in score.items() if name != "points"]


def test_units_are_listed_before_any_plan_was_adopted(ask: Ask) -> None:
    assert ask("units")["items"] == []
    assert ask("plan", status=404)["error"]["where"] == "plan"


def test_a_document_is_shown_as_it_stood_that_day(ask: Ask, town: dict[str, Document]) -> None:
    index_no = town["august"].index_no
    first = ask(f"documents/{index_no}", on="2017-09-15")
    assert (first["number"], first["body"], len(first["editions"])) == (1, "示例正文。", 1)
    second = ask(f"documents/{index_no}", on="2017-09-20")
    assert (second["number"], second["note"], len(second["editions"])) == (2, "更正数字", 2)
    assert second["sha256"] == hashlib.sha256(second["body"].encode()).hexdigest()
    ask(f"documents/{index_no}", on="2017-09-14", status=404)


def test_a_withdrawn_document_stays_and_gives_the_reason(ask: Ask, town: dict[str, Document]) -> None:
    index_no = town["july"].index_no
    assert ask(f"documents/{index_no}", on="2017-11-09")["withdrawn_on"] is None
    gone = ask(f"documents/{index_no}", on="2017-11-10")
    assert (gone["withdrawn_on"], gone["withdrawn_reason"]) == ("2017-11-10", "数字有误")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("query", "total"),
    [({}, 4), ({"unit": "市统计局"}, 1), ({"q": "一般公共预算 8月"}, 1), ({"q": "火星"}, 0)],
)
def test_documents_can_be_filtered(ask: Ask, query: dict[str, str], total: int) -> None:
    assert ask("documents", on=TODAY, **query)["total"] == total


@pytest.mark.usefixtures("town")
def test_the_whole_journal_holds_as_a_chain(client: Client, ask: Ask) -> None:
    response = client.get("/api/v1/journal.jsonl")
    links = [Link(**json.loads(line)) for line in response.getvalue().decode().splitlines()]
    assert first_break(links) is None
    page = ask("journal", limit=1000)
    assert (page["size"], page["head"]) == (len(links), links[-1].digest)
    assert [(row["seq"], row["body"], row["digest"]) for row in page["items"]] == [
        (link.seq, link.body, link.digest) for link in links
    ]
    tail = client.get("/api/v1/journal.jsonl", {"after": 3}).getvalue().decode()
    assert [json.loads(line)["seq"] for line in tail.splitlines()] == list(range(4, len(links) + 1))


@pytest.mark.parametrize("act", Line.Act.values)
def test_the_journal_is_filtered_by_any_act_that_there_is(ask: Ask, act: str) -> None:
    assert ask("journal", act=act)["items"] == []


@pytest.mark.usefixtures("town")
def test_the_journal_is_paged_and_filtered_by_act(ask: Ask) -> None:
    first = ask("journal", limit=2, act="publish")
    assert [row["act"] for row in first["items"]] == ["publish", "publish"]
    rest = ask(first["next"].removeprefix("/api/v1/"))
    assert len(rest["items"]) == 2
    assert rest["next"] is None


def test_the_calendar_of_2017_is_the_one_of_the_notice(ask: Ask) -> None:
    (year,) = ask("calendar", year=2017)["years"]
    assert "2017-10-06" in year["days_off"]
    assert "2017-09-30" in year["worked"]
    # 365 days, less 53 Sundays and 52 Saturdays, less 18 weekdays off, plus 7 weekend days worked.
    assert year["workdays"] == 249
