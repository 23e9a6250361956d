"""The index follows the journal, and survives what happens to files."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import at, make_unit, publish, revise, withdraw
from yangguang.journal.models import Head, Line
from yangguang.publishing.actions import status
from yangguang.publishing.attachments import Attachment
from yangguang.publishing.models import Document
from yangguang.rules.legal_status import Kind
from yangguang.search import actions, queries
from yangguang.search.folding import fold
from yangguang.search.hits import Found
from yangguang.search.index import place
from yangguang.search.queries import search

TODAY = dt.date(2017, 11, 30)

pytestmark = pytest.mark.django_db


def found(query: str, on: dt.date = TODAY) -> list[str]:
    return [hit.title for hit in search(query, as_of=on).documents.hits]


@pytest.fixture
def followed() -> Document:
    document = publish("水源水质状况", on="2017-09-05", body="十一座水库全部达标")
    actions.follow()
    return document


def test_a_publication_is_found_and_a_withdrawal_is_gone_after_one_follow_up(followed: Document) -> None:
    assert actions.follow() == 0
    publish("空气质量状况", on="2017-09-06", body="优良天数")
    assert actions.follow() == 1
    assert found("优良天数") == ["空气质量状况"]
    withdraw(followed, on="2017-09-07")
    assert actions.follow() == 1
    assert found("水库") == []
    reader = place.reader()
    assert reader is not None
    assert reader.position == actions.head()


def test_without_a_worker_the_search_itself_reads_the_few_new_lines(followed: Document) -> None:
    revise(followed, on="2017-09-08", body="十座水库达标")
    assert found("十座水库") == ["水源水质状况"]


def test_who_is_not_alone_reads_what_there_is(followed: Document) -> None:
    with place.writing(wait=False) as mine:
        assert mine
        publish("空气质量状况", on="2017-09-06")
        assert actions.follow(wait=False) == 0
        assert found("空气质量") == []
        assert found("水库") == ["水源水质状况"]
    assert found("空气质量") == ["空气质量状况"]


@pytest.mark.usefixtures("followed")
def test_following_line_by_line_finds_the_same_as_building_anew() -> None:
    for day in range(10, 20):
        document = publish(f"第{day}号决算公开", on=f"2017-09-{day}", body=f"收入{day}亿元")
        if day % 3 == 0:
            revise(document, on=f"2017-09-{day} 15:00", body=f"收入{day + 1}亿元")
        if day % 4 == 0:
            withdraw(document, on=f"2017-09-{day} 16:00")
        actions.follow()
    asked = ["收入", "决算", "亿元", "16亿", "水库", "15"]
    followed = [everything(query) for query in asked]
    actions.rebuild()
    assert [everything(query) for query in asked] == followed


def everything(query: str) -> tuple[object, ...]:
    answer = search(query, as_of=TODAY, limit=50)
    facets = {name: dict(values) for name, values in answer.facets.items()}
    return {hit.url for hit in answer.documents.hits}, answer.documents.total, facets


def cut_off(folder: Path) -> None:
    for file in folder.glob("*.pos"):
        file.write_bytes(file.read_bytes()[:20])


def scribble(folder: Path) -> None:
    for file in folder.glob("*.idx"):
        file.write_bytes(b"\xff" * file.stat().st_size)


DAMAGES: list[Callable[[Path], None]] = [
    lambda folder: (folder / "meta.json").unlink(),
    lambda folder: (folder / "meta.json").write_bytes(b"{"),
    lambda folder: next(folder.glob("*.term")).unlink(),
    lambda folder: (folder.parent / "current").write_text("99"),
    lambda folder: (folder.parent / "current").unlink(),
    cut_off,
    scribble,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_built_anew_and_never_an_error(
    followed: Document, damage: Callable[[Path], None]
) -> None:
    folder = place.current()
    assert folder is not None
    damage(folder)
    place._open = None
    assert found("水库全部") == ["水源水质状况"] or search("水库全部", as_of=TODAY).notice
    assert found("水库全部") == ["水源水质状况"]


def test_an_index_of_another_journal_is_not_asked(followed: Document) -> None:
    Line.objects.filter(pk=1).update(digest="f" * 64)
    Head.objects.update(digest="f" * 64)
    assert found("水库") == ["水源水质状况"]
    assert actions.follow() == 0


def test_while_a_large_index_is_missing_titles_are_searched_with_a_sentence(
    followed: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yangguang.search.freshness.AT_ONCE", -1)
    place.discard()
    answer = search("水源", as_of=TODAY)
    assert answer.notice == queries.REBUILDING
    assert [hit.title for hit in answer.documents.hits] == ["水源水质状况"]
    assert search("水库全部", as_of=TODAY).documents.total == 0


def test_a_rebuild_that_is_killed_leaves_the_index_in_use(followed: Document) -> None:
    before = place.current()
    (place.root() / "998").mkdir()

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rebuild(progress=stop)
    assert place.current() == before
    assert found("水库") == ["水源水质状况"]
    actions.rebuild()
    assert [folder.name for folder in place.root().iterdir() if folder.is_dir()] == [place.current().name]  # type: ignore[union-attr]


def test_a_killed_process_leaves_the_right_to_write(followed: Document) -> None:
    holder = "import fcntl, sys; lock = open(sys.argv[1], 'w'); fcntl.flock(lock, fcntl.LOCK_EX); print(flush=True); input()"
    command = [sys.executable, "-c", holder, str(Path(settings.SEARCH_ROOT) / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        publish("空气质量状况", on="2017-09-06")
        assert actions.follow(wait=False) == 0
        other.kill()
        other.wait()
        assert actions.follow(wait=False) == 1


def standing(query: str, on: dt.date) -> list[str]:
    return [hit.status.value for hit in search(query, as_of=on).documents.hits]


def test_legal_status_is_marked_by_the_day_and_ended_documents_come_last(followed: Document) -> None:
    old = publish("管理办法", on="2017-09-06", expires_on=dt.date(2017, 10, 31), body="甲")
    new = publish("管理办法（修订）", on="2017-09-07", body="甲乙丙丁")
    status.mark(
        by=None,
        now=at("2017-11-01"),
        document=followed,
        act=Kind.ABOLISH,
        effective_on=dt.date(2017, 11, 1),
        reason="任务完成",
    )
    assert standing("管理办法", dt.date(2017, 10, 31)) == ["in_force", "in_force"]
    assert standing("管理办法", TODAY) == ["in_force", "expired"]
    assert found("管理办法") == [new.title, old.title]
    assert standing("水库", dt.date(2017, 10, 1)) == ["in_force"]
    assert standing("水库", TODAY) == ["abolished"]
    assert search("水库", as_of=TODAY).facets["status"] == {"abolished": 1}
    assert search("水库", as_of=TODAY, filters={"status": "in_force"}).documents.total == 0


def test_facets_count_and_filters_narrow(followed: Document) -> None:
    for number in range(3):
        publish(f"水质通报{number}", on="2017-09-06", unit="市水务局", form="list", topic="其他")
    answer = search("水质", as_of=TODAY)
    assert answer.facets["form"] == {"list": 3, "series": 1}
    assert answer.facets["topic"] == {"其他": 3}
    assert answer.facets["year"] == {"2017": 4}
    water = make_unit("市水务局").slug
    assert search("水质", as_of=TODAY, filters={"unit": water, "form": "list"}).documents.total == 3
    assert search("水质", as_of=TODAY, filters={"unit": water, "form": "series"}).documents.total == 0


def test_pages_hold_every_hit_once_in_either_order(followed: Document) -> None:
    titles = [publish(f"水质通报{number}", on=f"2017-10-0{number}").title for number in range(1, 8)]
    for newest in (False, True):
        seen: list[Found] = [
            search("水质", as_of=TODAY, newest=newest, offset=offset, limit=3) for offset in (0, 3, 6)
        ]
        shown = [hit.title for one in seen for hit in one.documents.hits]
        assert sorted(shown) == sorted([*titles, "水源水质状况"])
    assert shown == [*reversed(titles), "水源水质状况"]


def test_joint_issuers_and_attachments_are_found_too(followed: Document) -> None:
    publish(
        "联合通知",
        on="2017-09-06",
        issuers=["市财政委", "市统计局"],
        attachments=[Attachment("收支明细表.xlsx", "application/x", 1, "0" * 64)],
    )
    assert found("明细表.xl") == found("市统计局") == ["联合通知"]


def test_folding_of_an_index_query_is_that_of_the_texts() -> None:
    assert queries.asked("Ａ１ 【x】", as_of=TODAY).words == (fold("Ａ１"), fold("【x】"))
