"""Plans, units, duties and tasks are found where their texts hold the words, whatever the quick way does."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yangguang.directory.models import Unit, UnitAlias
from yangguang.plan.models import Obligation, Plan, Task
from yangguang.search import records
from yangguang.search.folding import pattern, words_of
from yangguang.search.hits import Kind

QUERIES = [
    *("财政", "财政 决算", "决算 财政", "深圳市", "市财政委 委员会", "水", "水务 水", "2.1", "5.2 环境"),
    *("[2017]123号", "深府办函", "ＡＢ", "没有这样的词", "公开", "季 季", "1", "(", "原文 说明", "市"),
]


def slow(words: Sequence[str], limit: int) -> dict[Kind, tuple[list[str], int]]:
    """Every object looked through with a regular expression, one after the other."""
    every: dict[Kind, Iterable[tuple[Any, str, Sequence[str]]]] = {
        Kind.PLAN: ((one, one.title, (one.title, one.number, one.issuer)) for one in _newest_first(Plan)),
        Kind.UNIT: (
            (one, one.name, (one.name, *one.aliases.values_list("name", flat=True)))
            for one in Unit.objects.order_by("position", "pk")
        ),
        Kind.OBLIGATION: (
            (one, one.title, (one.title, one.code, one.phrase, one.note))
            for one in Obligation.objects.order_by("position", "pk")
        ),
        Kind.TASK: (
            (
                one,
                one.area.name if one.area else "",
                (one.area.name if one.area else "", one.code, one.text, one.leads_printed),
            )
            for one in Task.objects.order_by("position", "pk")
        ),
    }
    found = {}
    for kind, objects in every.items():
        hits = [
            (
                not all(re.search(pattern(word), title) for word in words),
                one.get_absolute_url() if kind is not Kind.PLAN else "/plan/",
            )
            for one, title, texts in objects
            if all(any(re.search(pattern(word), text) for text in texts) for word in words)
        ]
        if hits:
            found[kind] = [url for _, url in sorted(hits, key=lambda hit: hit[0])][:limit], len(hits)
    return found


def _newest_first(model: type[Plan]) -> Iterable[Plan]:
    return model.objects.order_by("-issued_on", "pk")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("limit", [1, 10])
def test_what_is_found_and_in_which_order_is_what_a_slow_look_finds(limit: int) -> None:
    UnitAlias.objects.create(unit=Unit.objects.get(slug="shuiwuju"), name="深圳市水务局")
    told = 0
    for query in QUERIES:
        words = words_of(query)
        got = {
            group.kind: ([hit.url for hit in group.hits], group.total)
            for group in records.groups(words, limit)
        }
        assert got == slow(words, limit), query
        told += len(got)
    assert told > len(QUERIES)


@pytest.mark.usefixtures("town")
def test_a_hit_names_the_first_of_its_units_and_a_unit_itself() -> None:
    for task in Task.objects.all():
        task.units.set(Unit.objects.all())
    hits = {hit.kind: hit for group in records.groups(("水",), 10) for hit in group.hits}
    assert hits[Kind.TASK].unit == "市财政委"
    assert hits[Kind.UNIT].unit == "市水务局"


def test_where_there_is_no_plan_nothing_is_found(db: None) -> None:
    assert records.groups(("财政",), 10) == ()


@pytest.mark.usefixtures("town")
def test_a_few_questions_to_the_database_are_enough() -> None:
    for words in (("公开",), ("没有这样的词",)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            records.groups(words, 10)
        assert len(asked) <= 8
