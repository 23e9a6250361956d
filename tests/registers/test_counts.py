"""Rows of versions are counted once, again when a row came off, and a lost file holds nobody up."""

from yangguang.catalog.shelf import shelf
from yangguang.registers.actions import counts
from yangguang.registers.actions.staging import stage
from yangguang.registers.actions.versions import publish
from yangguang.registers.models import Register, RowCounts, Version
from yangguang.registers.queries.public import uncounted
from yangguang.warehouse import store

from .conftest import at, staged

ROWS = [("2017-07", "甲", "Ⅱ类", 99.5), ("2017-07", "乙", None, None)]


def test_each_version_is_counted_once_and_again_after_its_file_changed(water: Register) -> None:
    version = publish(
        by=None, now=at("2017-08-10"), register=water, staged=stage(water, ROWS, period="2017-07")
    )
    assert shelf().datasets[water.slug].counts is None
    assert (counts.count_missing(), counts.count_missing()) == (1, 0)
    known = shelf().datasets[water.slug].counts
    assert known is not None
    assert (known.rows, known.distinct, known.filled, known.valid) == (2, 2, 6, 6)
    fewer = stage(water, ROWS[:1], period="2017-07").sha256
    Version.objects.filter(pk=version.pk).update(served=fewer)
    assert counts.count_missing() == 1
    assert RowCounts.objects.get(version=version).facts.rows == 1


def test_a_version_whose_file_is_gone_does_not_keep_the_others_waiting(water: Register) -> None:
    first = publish(
        by=None, now=at("2017-08-10"), register=water, staged=stage(water, ROWS, period="2017-07")
    )
    lost = publish(by=None, now=at("2017-08-11"), register=water, staged=staged(2))
    assert not store.path(lost.served).exists()
    assert counts.count_missing() == 2
    assert list(uncounted()) == [lost]
    assert RowCounts.objects.get().version == first
