"""Change one record: what is rendered again is what a full rebuild writes differently, no less and no more."""

import datetime as dt
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bakery.changes import CHANGES, first
from tests.bakery.city import NOON, Bakehouse
from tests.factories import publish, record_occasion, revise, withdraw
from yangguang.bakery import actions, addresses, asking, tree, watch
from yangguang.bakery.book import Book
from yangguang.bakery.oven import Loaf, Oven
from yangguang.directory.models import Unit
from yangguang.portal import urls as portal_urls
from yangguang.publishing.models import Document
from yangguang.readset import ask_again

ALLOWED = {"a plan's new version": 8, "another plan": 5}
"""Pages that may be rendered and found the same. A page of the plan or of a unit reads the row of the version in
force; adopting gives a new one. No page of a document is among them, nor any page for another change."""


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {
        name
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name) and not name.endswith((".br", ".gz"))
    }


def named(paths: list[str]) -> set[str]:
    return {str(tree.place(path).relative_to(tree.root())) for path in paths}


def stored() -> dict[str, str]:
    """A digest of the rows of every model, those of many-to-many relations too."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return watch.prints(tables & set(connection.introspection.table_names()))


def read_by_pages(house: Bakehouse) -> set[str]:
    """The tables of every model that is read while all pages are baked, whoever reads them."""
    asked: set[str] = set()

    def listen(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.lstrip("( \n").upper().startswith(("SELECT", "WITH")):
            asked.update(re.findall(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        house.rebuilt()
    return asked & stored().keys()


def look_again(house: Bakehouse) -> actions.Followed:
    """Follow, as if the ten seconds between two looks at quiet changes were over."""
    asking.ask()
    return house.follow()


def test_what_is_rendered_again_is_what_a_full_rebuild_changes(bakehouse: Bakehouse) -> None:
    """One change after another: rendered are the pages whose bytes differ, all of them and no others.

    A page that goes away may be rendered to find that out.
    """
    over: dict[str, list[str]] = {}
    touched: set[str] = set()
    before, rows = bakehouse.pages(), stored()
    for name, change in CHANGES.items():
        change()
        done = look_again(bakehouse)
        fresh = bakehouse.rebuilt()
        assert bakehouse.pages() == fresh, name
        changed = differing(before, fresh)
        assert named(done.changed) | (changed - fresh.keys()) == changed, name
        if extra := named(done.rendered) - changed:
            over[name] = sorted(extra)
        now = stored()
        touched |= {table for table in now if now[table] != rows.get(table)}
        before, rows = fresh, now
    counts = {name: len(pages) for name, pages in over.items()}
    assert all(count <= ALLOWED.get(name, 0) for name, count in counts.items()), over
    assert not [page for pages in over.values() for page in pages if page.startswith("documents/")]
    assert read_by_pages(bakehouse) <= touched


# --- whatever happens, in whatever order


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "interpret", "revise", "withdraw", "occasion", "rename", "look"]),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=8,
)


def act(kind: str, number: int, day: int) -> None:
    on = f"2017-11-{day:02d}"
    standing = list(Document.objects.filter(withdrawal__isnull=True).order_by("pk"))
    chosen = standing[number % len(standing)] if standing else None
    if kind == "publish":
        publish(f"2017年{number + 5}月全市一般公共预算收支情况", on=on)
    elif kind == "interpret":
        publish("解读：降费政策文件", on=on, form="document", unit="市统计局")
    elif kind == "revise" and chosen is not None:
        revise(chosen, on=on, body=f"正文 {day}")
    elif kind == "withdraw" and chosen is not None:
        withdraw(chosen, on=on)
    elif kind == "occasion":
        record_occasion("降费政策出台", on=on, happened_on=f"2017-10-{number + 1:02d}")
    elif kind == "rename":
        Unit.objects.filter(slug="tongjiju").update(name=f"市统计局{number}")


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
def test_after_any_acts_the_pages_are_those_of_a_full_rebuild(
    bakehouse: Bakehouse, acts: list[tuple[str, int]]
) -> None:
    point = transaction.savepoint()
    try:
        for day, (kind, number) in enumerate(acts, start=1):
            act(kind, number, day)
            if kind == "look":
                bakehouse.follow()
        look_again(bakehouse)
        assert bakehouse.pages() == bakehouse.rebuilt()
    finally:
        transaction.savepoint_rollback(point)
        actions._bakery.cache_clear()
        shutil.rmtree(tree.root().parent)
        bakehouse.follow()


def test_a_new_day_writes_the_pages_that_speak_of_it(bakehouse: Bakehouse) -> None:
    tomorrow = NOON + dt.timedelta(days=1)
    before = bakehouse.pages()
    bakehouse.follow(tomorrow)
    assert bakehouse.pages() == bakehouse.rebuilt(tomorrow)
    assert bakehouse.pages().keys() == before.keys()


def test_two_rebuilds_give_the_same_bytes(bakehouse: Bakehouse) -> None:
    assert bakehouse.rebuilt() == bakehouse.rebuilt() == bakehouse.pages()


def test_a_quiet_look_asks_two_statements(
    bakehouse: Bakehouse, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    bakehouse.follow()
    with django_assert_max_num_queries(2):
        assert bakehouse.follow().rendered == []


def test_a_bakery_that_was_killed_goes_on_where_it_stopped(bakehouse: Bakehouse) -> None:
    publish("2017年10月全市一般公共预算收支情况", on="2017-11-10")
    first = actions.follow(now=NOON, seconds=0.0001)
    assert first.waiting
    actions._bakery.cache_clear()  # a new process: only what is on disk is left
    assert not bakehouse.follow().waiting
    assert bakehouse.pages() == bakehouse.rebuilt()


def test_a_page_that_cannot_be_rendered_is_told_and_the_rest_is_baked(
    bakehouse: Bakehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Oven, path: str) -> Loaf:
        if path == "/units/":
            raise OSError("坏了")
        return bake(self, path)

    bake = Oven.bake
    monkeypatch.setattr(Oven, "bake", broken)
    publish("2017年8月全市一般公共预算收支情况（补）", on="2017-11-10")
    with pytest.raises(actions.NotBaked, match="/units/"):
        bakehouse.follow()
    assert "units/index.html" not in bakehouse.pages()
    monkeypatch.undo()
    fresh = bakehouse.rebuilt()
    del fresh["units/index.html"], fresh["units/index.html.br"], fresh["units/index.html.gz"]
    assert bakehouse.pages() == fresh


def test_every_public_address_is_baked_or_named_as_dynamic() -> None:
    """A new address must be decided on: list it in `bakery.addresses`, or say that it is not baked."""
    names = {pattern.name for pattern in portal_urls.urlpatterns}
    assert names - addresses.DYNAMIC - addresses.BAKED == set()


def test_a_pages_statements_are_known_again_after_a_restart(bakehouse: Bakehouse) -> None:
    book = Book(tree.root().parent / actions.BOOK)
    probes = list(book.probes(["", first().index_no]))
    assert len(probes) > 10
    for probe in probes:
        statement = probe.statement()
        assert statement is not None
        if probe.sql:
            assert ask_again(statement) == probe.digest, probe.sql
    book.close()
