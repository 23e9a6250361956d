"""The release board: worked out from versions, overdue by days, dropped with a reason."""

import datetime as dt

import pytest
from django.test import Client

from tests.factories import at, make_person, make_unit
from tests.portal.data.conftest import page, water  # noqa: F401 a fixture
from yangguang.directory.permissions import Forbidden
from yangguang.registers.actions import registers, release
from yangguang.registers.models import Batch

pytestmark = pytest.mark.django_db
DUE = dt.date(2017, 9, 30)


@pytest.fixture
def batch(request: pytest.FixtureRequest, db: None) -> Batch:
    """Planned before the first version: the log goes forward only."""
    unit = make_unit("市人居环境委")
    made = release.open_batch(by=None, now=at("2017-07-01"), title="第一批", due_on=DUE)
    for title, slug in (("水源水质", ""), ("地下水", "wells"), ("<雨量>", "")):
        release.plan(by=None, now=at("2017-07-02"), batch=made, unit=unit, title=title, slug=slug)
    register = request.getfixturevalue("water")
    empty = {**register.descriptor, "name": "wells", "title": "地下水"}
    registers.establish(by=None, now=at("2017-07-02"), descriptor=empty)
    return made


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2017-08-01", [("empty", 0), ("empty", 0), ("to_come", 0)]),
        ("2017-09-30", [("open", 0), ("empty", 0), ("to_come", 0)]),
        ("2017-10-03", [("open", 0), ("empty", 3), ("overdue", 3)]),
    ],
)
def test_progress_follows_the_versions_of_the_day(
    batch: Batch, client: Client, day: str, expected: list[tuple[str, int]]
) -> None:
    told = client.get(f"/data/plan.json?on={day}").json()
    found = [(one["progress"], one["days_overdue"]) for one in told["entries"]]
    assert found == expected
    assert told["batches"][0]["overdue"] == sum(1 for _, days in expected if days)
    assert told["open"] == sum(1 for progress, _ in expected if progress == "open")


def test_the_page_names_what_is_overdue_and_what_is_empty(batch: Batch, client: Client) -> None:
    text = page(client, "/data/plan/?on=2017-10-03").get_text(" ", strip=True)
    assert "已开放 1 个数据集，目标不少于 600 个，还差 599 个" in text
    assert "<雨量>" in text
    assert "已超过 3 天" in text
    assert "清单已建立，还没有数据" in text


def test_what_is_dropped_leaves_the_count_and_keeps_its_reason(batch: Batch, client: Client) -> None:
    rain = batch.entries.get(title="<雨量>")
    with pytest.raises(ValueError, match="理由必填"):
        release.drop(by=None, now=at("2017-09-30"), planned=rain, reason=" ")
    release.drop(by=None, now=at("2017-09-30"), planned=rain, reason="并入地下水")
    told = client.get("/data/plan.json?on=2017-10-03").json()
    assert (told["batches"][0]["planned"], told["dropped"][0]["reason"]) == (2, "并入地下水")
    assert "并入地下水" in page(client, "/data/plan/?on=2017-10-03").get_text()


def test_an_empty_board_says_what_is_to_do(db: None, client: Client) -> None:
    assert "政府办公厅制定批次" in page(client, "/data/plan/").get_text()


def test_only_the_office_opens_batches_and_only_the_unit_plans(batch: Batch) -> None:
    editor = make_person(unit=make_unit("市财政委"))
    with pytest.raises(Forbidden, match="政府办公厅"):
        release.open_batch(by=editor, now=at("2017-07-01"), title="第二批", due_on=DUE)
    with pytest.raises(Forbidden, match="市人居环境委"):
        entry = batch.entries.get(title="地下水")
        release.plan(by=editor, now=at("2017-07-02"), batch=batch, unit=entry.unit, title="别的")
