"""Change one record: what is rendered again is what a full rebuild writes differently. Never less; how much
more is measured and bounded."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.bakery.city import NOON, Bakehouse
from tests.factories import (
    make_draft,
    make_person,
    make_unit,
    publish,
    record_occasion,
    revise,
    withdraw,
)
from yangguang.bakery import actions, asking, tree
from yangguang.directory.models import Membership, Succession, Unit, UnitAlias
from yangguang.plan import actions as plans
from yangguang.publishing.models import Document

Change = Callable[[], object]


def first() -> Document:
    return Document.objects.order_by("pk")[0]


def amend() -> None:
    plans.adopt(by=None, now=NOON, draft=make_draft())


CHANGES: dict[str, Change] = {
    "a document in time": lambda: publish("2017年10月全市一般公共预算收支情况", on="2017-11-10"),
    "a document that serves nothing": lambda: publish("会议消息", on="2017-11-10", form="document"),
    "a document of a new unit": lambda: publish("通知", on="2017-11-10", unit="市水务局"),
    "a revision": lambda: revise(first(), on="2017-11-10"),
    "a new title": lambda: revise(first(), on="2017-11-10", body="另一段正文。"),
    "a withdrawal": lambda: withdraw(first(), on="2017-11-10"),
    "an occasion": lambda: record_occasion("降费政策出台", on="2017-11-10", happened_on="2017-11-09"),
    "a unit's name": lambda: Unit.objects.filter(slug="tongjiju").update(name="市统计调查局"),
    "a unit's place": lambda: Unit.objects.filter(slug="tongjiju").update(position=999),
    "a new unit": lambda: make_unit("市水务局"),
    "a membership": lambda: Membership.objects.create(
        group=make_unit("各部门", members=[make_unit("市统计局")]), member=make_unit("市财政委")
    ),
    "a succession": lambda: Succession.objects.create(
        predecessor=make_unit("市统计局"), successor=make_unit("市水务局"), on=dt.date(2017, 8, 1)
    ),
    "an alias": lambda: UnitAlias.objects.create(unit=make_unit("市统计局"), name="统计局"),
    "a person": lambda: make_person("zhang"),
    "a draft": lambda: Document.objects.create(
        unit=make_unit(), title="草稿", body="未发布", form="document"
    ),
}


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {
        name
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name) and not name.endswith((".br", ".gz"))
    }


def named(paths: list[str]) -> set[str]:
    return {str(tree.place(path).relative_to(tree.root())) for path in paths}


def look_again(house: Bakehouse) -> actions.Followed:
    """Follow, as if the ten seconds between two looks at quiet changes were over."""
    asking.ask()
    return house.follow()


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_rendered_again_is_what_a_full_rebuild_changes(bakehouse: Bakehouse, name: str) -> None:
    before = bakehouse.pages()
    CHANGES[name]()
    done = look_again(bakehouse)
    after, fresh = bakehouse.pages(), bakehouse.rebuilt()
    assert after == fresh
    changed = differing(before, fresh)
    print(name, len(done.rendered), len(changed), sorted(named(done.rendered) - changed))
    assert changed <= named(done.rendered) | (before.keys() - fresh.keys())
    assert named(done.changed) == changed - (before.keys() - fresh.keys())
