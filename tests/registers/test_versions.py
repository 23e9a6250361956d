"""Versions of a register: each with its line, all or nothing, nobody overtaken."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.factories import at, make_person, make_unit
from tests.registers.conftest import staged
from yangguang.directory.permissions import Forbidden, Role
from yangguang.journal.models import Line
from yangguang.registers.actions import registers, versions
from yangguang.registers.actions.registers import Breaking
from yangguang.registers.actions.versions import Overtaken
from yangguang.registers.models import Register, Version

pytestmark = pytest.mark.django_db


def test_a_version_is_told_in_the_journal_with_its_facts(water: Register) -> None:
    counted = {"field": "source", "count": 2, "wanted": 3, "unit": "座"}
    version = versions.publish(
        by=None,
        now=at("2017-09-05"),
        register=water,
        staged=staged(1, counted=counted),
        period="2017-08",
        note="首次发布",
    )
    told = json.loads(version.line.body)
    assert told["act"] == "version"
    assert told["title"] == version.title == "2017年8月集中式生活饮用水水源水质监测信息"
    assert (told["register"], told["version"], told["covers"], told["form"]) == (
        "water-sources",
        1,
        "2017-08",
        "series",
    )
    assert told["counted"] == counted
    assert told["sha256"] == version.sha256 == version.served
    assert told["url"] == "/data/water-sources/v/1/"
    assert told["schema_sha256"] == versions.schema_digest(water.descriptor)


def test_two_people_cannot_both_publish_from_the_same_version(water: Register) -> None:
    versions.publish(by=None, now=at("2017-09-05"), register=water, staged=staged(1), period="2017-08")
    with pytest.raises(Overtaken, match="第 1 版"):
        versions.publish(
            by=None, now=at("2017-09-06"), register=water, staged=staged(2, based_on=0), period="2017-08"
        )
    assert water.versions.count() == 1
    assert Line.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_neither_version_nor_line(water: Register) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        versions.publish(by=None, now=at("2017-09-05"), register=water, staged=staged(1), period="2017-08")
        raise RuntimeError
    assert not Version.objects.exists()
    assert not Line.objects.exists()


def test_a_version_cannot_be_deleted(water: Register) -> None:
    version = versions.publish(by=None, now=at("2017-09-05"), register=water, staged=staged(1))
    with pytest.raises(TypeError, match="不可删除"):
        version.delete()


def test_a_schema_that_breaks_readers_is_refused_until_that_is_known(water: Register) -> None:
    versions.publish(by=None, now=at("2017-09-05"), register=water, staged=staged(1))
    changed = {**water.descriptor, "schema": {**water.descriptor["schema"]}}
    changed["schema"]["fields"] = changed["schema"]["fields"][:-1]
    with pytest.raises(Breaking, match="达标率"):
        registers.change_schema(by=None, register=water, descriptor=changed)
    after = registers.change_schema(by=None, register=water, descriptor=changed, accepting=True)
    assert "rate" not in after.described.names
    assert "rate" in after.versions.get().described.names


def test_only_the_units_editor_or_the_general_office_keeps_a_register(water: Register) -> None:
    stranger = make_person(unit=make_unit("市财政委"))
    with pytest.raises(Forbidden, match="市人居环境委"):
        registers.change_schema(by=stranger, register=water, descriptor=water.descriptor)
    office = make_person(role=Role.GENERAL_OFFICE)
    assert registers.change_schema(by=office, register=water, descriptor=water.descriptor).pk == water.pk


def test_a_register_of_a_group_is_kept_by_each_member_at_its_own_address(water: Register) -> None:
    district = make_unit("福田区", slug="futian")
    descriptor = {**water.descriptor, "unit": "各区", "name": "school-places"}
    made = registers.establish(by=None, now=at("2017-07-01"), descriptor=descriptor, unit=district)
    assert made.slug == "school-places-futian"
    with pytest.raises(ValueError, match="已经建立"):
        registers.establish(by=None, now=at("2017-07-01"), descriptor=descriptor, unit=district)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="两个连接同时写：SQLite 的测试库只有一个连接")
@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_publish_at_one_moment_one_is_told_that_they_were_overtaken(
    water: Register,
) -> None:
    ready = threading.Barrier(2)

    def publish(number: int) -> str:
        try:
            table = staged(number, based_on=0)
            ready.wait(10)
            versions.publish(by=None, now=at("2017-09-05"), register=water, staged=table, period="2017-08")
        except Overtaken as problem:
            return str(problem)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(publish, (1, 2)))
    assert told[0] == ""
    assert "第 1 版" in told[1]
    assert [version.number for version in water.versions.all()] == [1]
    assert Line.objects.count() == 1
