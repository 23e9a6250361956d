"""The journal takes lines at its end, and nothing else."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from yangguang.journal import actions, queries
from yangguang.journal.models import Head, Line
from yangguang.rules.chain import GENESIS, canonical, digest

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = dt.datetime(2017, 11, 30, 12, tzinfo=SHANGHAI)


def append(at: dt.datetime = NOON, **body: object) -> Line:
    with transaction.atomic():
        return actions.append(
            act=Line.Act.PUBLISH, body=body or {"title": "示例"}, at=at, by="市财政委单位编辑"
        )


@pytest.mark.django_db
def test_lines_are_numbered_from_one_and_each_covers_the_one_before() -> None:
    first, second = append(), append()
    assert (first.seq, first.previous) == (1, GENESIS)
    assert (second.seq, second.previous) == (2, first.digest)
    assert second.digest == digest(first.digest, second.body)
    assert queries.size() == 2
    assert queries.problem() is None


@pytest.mark.django_db
def test_many_lines_at_once_are_those_that_one_by_one_would_be() -> None:
    bodies = [{"title": f"第{number}件"} for number in range(5)]
    append(title="先")
    with transaction.atomic():
        many = actions.append_many(act=Line.Act.PUBLISH, bodies=bodies, at=NOON, by="市财政委单位编辑")
    assert (queries.size(), queries.problem()) == (6, None)
    with transaction.atomic():
        Line.objects.filter(seq__gt=1)._raw_delete("default")
        Head.objects.update(size=1, digest=many[0].previous)
    one_by_one = [append(**body) for body in bodies]
    assert [(line.seq, line.body, line.digest) for line in many] == [
        (line.seq, line.body, line.digest) for line in one_by_one
    ]


@pytest.mark.django_db
def test_a_line_holds_the_facts_of_the_act_with_its_time_in_shanghai() -> None:
    line = append(title="2017年10月收支", covers="2017-10")
    assert json.loads(line.body) == {
        "act": "publish",
        "at": "2017-11-30T12:00:00+08:00",
        "by": "市财政委单位编辑",
        "covers": "2017-10",
        "seq": 1,
        "title": "2017年10月收支",
    }
    assert line.body == canonical(json.loads(line.body))


@pytest.mark.django_db
def test_a_time_before_the_last_line_is_refused(settings: Settings) -> None:
    settings.DEMONSTRATION_DAY = None
    append()
    with pytest.raises(ValueError, match="不能倒填日期"):
        append(at=NOON - dt.timedelta(minutes=1))
    assert queries.size() == 1


@pytest.mark.django_db
def test_an_act_that_waited_for_another_takes_its_time(settings: Settings) -> None:
    settings.DEMONSTRATION_DAY = None
    append()
    line = append(at=NOON - dt.timedelta(seconds=2))
    assert json.loads(line.body)["at"] == NOON.isoformat()
    assert line.at == NOON


@pytest.mark.django_db
def test_the_day_of_a_demonstration_begins_anew_every_morning(settings: Settings) -> None:
    settings.DEMONSTRATION_DAY = NOON.date()
    append()
    assert append(at=NOON - dt.timedelta(hours=4)).at == NOON


@pytest.mark.django_db
def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="时区"):
        append(at=dt.datetime(2017, 11, 30, 12))  # noqa: DTZ001


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused() -> None:
    with pytest.raises(actions.NotInTransaction):
        actions.append(act=Line.Act.PUBLISH, body={}, at=NOON, by="")
    assert not Line.objects.exists()


@pytest.mark.django_db
def test_a_failed_act_leaves_no_line() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.append(act=Line.Act.PUBLISH, body={"title": "甲"}, at=NOON, by="")
        raise RuntimeError
    assert queries.size() == 0
    assert append().seq == 1


@pytest.mark.django_db
def test_lines_cannot_be_saved_or_deleted_through_the_model() -> None:
    line = append()
    line.body = "{}"
    with pytest.raises(TypeError, match="只能追加"):
        line.save()
    with pytest.raises(TypeError, match="只能追加"):
        line.delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "seq", "reason"),
    [
        ("UPDATE journal_line SET body = replace(body, '甲2', '甲9') WHERE seq = 2", 2, "被改动过"),
        ("DELETE FROM journal_line WHERE seq = 2", 2, "缺失"),
        ("DELETE FROM journal_line WHERE seq = 3", 3, "末尾"),
    ],
)
def test_a_change_made_straight_in_the_database_is_found(tamper: str, seq: int, reason: str) -> None:
    for number in (1, 2, 3):
        append(title=f"甲{number}")
    with connection.cursor() as cursor:
        cursor.execute(tamper)
    problem = queries.problem()
    assert problem is not None
    assert problem.seq == seq
    assert reason in problem.reason


@pytest.mark.django_db
def test_there_is_one_head() -> None:
    append()
    append()
    assert Head.objects.count() == 1
