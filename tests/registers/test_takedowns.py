"""Rows that the law takes off: gone from every version's bytes, told without naming anybody."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import models

from tests import silent_changes
from tests.factories import at, make_person, make_unit
from tests.portal.data.conftest import PENALTIES, WATER_SOURCES, publish
from yangguang.directory.permissions import Forbidden
from yangguang.registers import patrol
from yangguang.registers.actions import files, registers, takedowns, versions
from yangguang.registers.actions.staging import stage
from yangguang.registers.actions.versions import Overtaken, Staged
from yangguang.registers.models import Intake, Register, Takedown, Version
from yangguang.rules.commitment import opens
from yangguang.rules.tables.query import TableQuery
from yangguang.warehouse import store
from yangguang.warehouse.tables.reading import page
from yangguang.warehouse.tables.stored import Stored

pytestmark = pytest.mark.django_db
CHECKS = (patrol.versions, patrol.takedowns)
DAY = dt.date(2017, 9, 1)
LAW = "行政处罚法（2021）第四十八条"
# Not public: numbers of rows, what review left beside the facts, figures worked out from the file.
# What was counted is told where a register has a measure: a test of its own.
PRIVATE = {"id", "counted", "size", "facts", "reporting", "warrant", "warrant_reason", "checks"}


@pytest.fixture
def penalties(db: None) -> Register:
    make_unit("市人居环境委", "renju")
    made = registers.establish(by=None, now=at("2017-07-01"), descriptor=PENALTIES)
    publish(made, [["罚字1号", "示例甲", None, DAY, 2.5], ["罚字2号", "示例乙", None, DAY, 1]], "2017-10-01")
    publish(made, [["罚字3号", "示例丙", None, DAY, 4]], "2017-10-02")
    return made


def take_off(register: Register, case_no: str = "罚字1号", **more: Any) -> Takedown:
    given = {"by": None, "now": at("2017-10-09"), "reason": "处罚决定被撤销", "ground": LAW, **more}
    return takedowns.take_off(register=register, key={"case_no": case_no}, decided_on=DAY, **given)


def cases(version: Version) -> list[str]:
    asked = TableQuery(columns=("case_no",))
    return [row[0] for row in page(Stored.public(version.served, version.described), asked).rows]


def test_a_row_comes_off_every_version_and_its_bytes_are_gone(
    penalties: Register, django_capture_on_commit_callbacks: Any
) -> None:
    before = list(penalties.versions.all())
    old = {file.sha256 for version in before for file in files.make(version=version)}
    assert all(map(store.stands, old))
    with django_capture_on_commit_callbacks(execute=True):
        take_off(penalties)
    first, second = penalties.versions.order_by("number")
    assert (cases(first), cases(second)) == (["罚字2号"], ["罚字2号", "罚字3号"])
    assert [version.sha256 for version in (first, second)] == [version.sha256 for version in before]
    assert not any(map(store.stands, old))
    made = files.make(version=first, formats=["csv", "jsonl"])
    assert all("罚字1号" not in store.read(file.sha256).decode() for file in made)


def test_the_log_commits_to_the_key_and_names_nobody(penalties: Register) -> None:
    done = take_off(penalties)
    told = json.loads(done.line.body)
    assert (told["act"], told["register"], told["ground"]) == ("take_off", "penalties", LAW)
    assert (told["reason"], told["decided_on"], told["versions"]) == ("处罚决定被撤销", "2017-09-01", 2)
    assert "罚字" not in done.line.body
    assert opens(
        told["commitment"], bytes(done.salt), {"register": "penalties", "key": {"case_no": "罚字1号"}}
    )


def test_a_version_without_the_row_stays_as_it_was(penalties: Register) -> None:
    take_off(penalties, "罚字3号")
    first, second = penalties.versions.order_by("number")
    assert first.served == first.sha256
    assert second.served != second.sha256


def test_the_next_version_does_not_bring_the_row_back(penalties: Register) -> None:
    take_off(penalties)
    assert cases(publish(penalties, [["罚字4号", "示例丁", None, DAY, 1]], "2017-10-10")) == [
        "罚字2号",
        "罚字3号",
        "罚字4号",
    ]


def test_columns_that_are_never_public_lose_the_row_too(db: None) -> None:
    make_unit("市人居环境委", "renju")
    water = registers.establish(by=None, now=at("2017-07-01"), descriptor=WATER_SOURCES)
    version = publish(
        water,
        [["2017-07", "甲", "Ⅱ类", 1, "0755-1"], ["2017-07", "乙", "Ⅱ类", 1, ""]],
        "2017-08-10",
        "2017-07",
    )
    key = {"month": "2017-07", "source": "甲"}
    takedowns.take_off(by=None, now=at("2017-10-09"), register=water, key=key, reason="误报", ground=LAW)
    version = Version.objects.get(pk=version.pk)
    rows = page(Stored(version.reporting, version.described.fields), TableQuery(columns=("source", "phone")))
    assert rows.rows == [("乙", None)]
    assert silent_changes.findings(CHECKS) == []
    Version.objects.filter(pk=version.pk).update(counted={**version.counted, "count": 3})
    assert any("counted" in found for found in silent_changes.findings(CHECKS))


def test_a_table_that_waits_for_review_is_to_be_checked_again(penalties: Register) -> None:
    staged = stage(penalties, [["罚字5号", "示例戊", None, DAY, 1]])
    taken = Intake.objects.create(
        register=penalties,
        name="九月.xlsx",
        sha256="0" * 64,
        received_at=at("2017-10-03"),
        staged=vars(staged),
    )
    take_off(penalties)
    taken.refresh_from_db()
    with pytest.raises(Overtaken, match="依法撤下"):
        versions.publish(by=None, now=at("2017-10-10"), register=penalties, staged=Staged(**taken.staged))


@pytest.mark.parametrize(
    ("key", "more", "says"),
    [
        ({"case_no": "罚字9号"}, {}, "没有这一行"),
        ({"party": "示例甲"}, {}, "请写全主键 case_no"),
        ({"case_no": ""}, {}, "请写全主键"),
        ({"case_no": "罚字1号"}, {"reason": " "}, "理由必填"),
        ({"case_no": "罚字1号"}, {"ground": ""}, "依据必填"),
    ],
)
def test_what_cannot_be_taken_off_is_told(
    penalties: Register, key: dict[str, str], more: dict[str, str], says: str
) -> None:
    given = {"reason": "撤销", "ground": LAW, **more}
    with pytest.raises(ValueError, match=says):
        takedowns.take_off(by=None, now=at("2017-10-09"), register=penalties, key=key, **given)
    assert not Takedown.objects.exists()


def test_only_the_unit_that_keeps_a_register_takes_rows_off(penalties: Register) -> None:
    with pytest.raises(Forbidden, match="市人居环境委"):
        take_off(penalties, by=make_person(unit=make_unit("市财政委")))


@pytest.mark.parametrize(
    "field",
    [
        field
        for model in (Version, Takedown)
        for field in model._meta.concrete_fields
        if field.name not in PRIVATE
    ],
    ids=lambda field: f"{field.model.__name__}.{field.name}",
)
def test_every_silent_change_of_a_public_fact_is_found(penalties: Register, field: models.Field) -> None:
    take_off(penalties)
    assert silent_changes.findings(CHECKS) == []
    rows = field.model._default_manager.order_by("pk")
    changed = [row for row in rows if silent_changes.other_value(field, row) is not None]
    assert changed or field.is_relation, field
    if changed:
        silent_changes.require_each_found(rows, field, CHECKS)


def test_a_file_whose_bytes_changed_is_found(penalties: Register) -> None:
    place = store.path(penalties.versions.get(number=1).served)
    place.chmod(0o644)
    place.write_bytes(b"other")
    assert silent_changes.findings(CHECKS) == [
        "数据 penalties 第 1 版 数据文件不见了，或者内容与它的哈希不符"
    ]


def test_a_record_that_is_gone_is_found(penalties: Register) -> None:
    done = take_off(penalties)
    silent_changes.deleted(done, lambda: _require_gone("撤下数据行"))
    silent_changes.deleted(penalties.versions.get(number=1), lambda: _require_gone("发布数据"))


def _require_gone(act: str) -> None:
    assert any(
        f"日志记有这次{act}，数据库里的记录不见了" in found for found in silent_changes.findings(CHECKS)
    )
