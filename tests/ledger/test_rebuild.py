"""The ledger can be dropped at any time: line by line, all at once, or by the public, it is the same."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_plan, make_unit, publish, record_occasion, revise, withdraw
from yangguang.directory.models import Succession
from yangguang.journal.models import Line
from yangguang.ledger import actions, books, queries
from yangguang.ledger.models import Mark, Match
from yangguang.publishing.models import Document
from yangguang.rules.recompute import recompute

pytestmark = pytest.mark.django_db
COLUMNS = ["obligation", "seat", "publisher", "seq", "on", "document", "key", "day", "text", "until"]


def stored() -> list[tuple[Any, ...]]:
    return list(Match.objects.order_by("seq", "obligation", "seat").values_list(*COLUMNS))


def verdicts(as_of: dt.date) -> list[tuple[Any, ...]]:
    return [
        (one.obligation.code, one.unit.name, one.key, one.lines, one.verdict)
        for one in queries.standings(as_of=as_of)
    ]


def public_verdicts(as_of: dt.date) -> list[tuple[Any, ...]]:
    """As anybody works them out from the plan and the journal's lines alone."""
    found = books.shelf(queries.current_version()).book
    bodies = [json.loads(body) for body in Line.objects.order_by("seq").values_list("body", flat=True)]
    return [
        (row.duty, row.unit, row.period.key, tuple(item.seq for item in row.evidence), row.verdict)
        for row in recompute(found.duties, found.register, bodies, as_of)
    ]


class Undone(Exception):
    """Takes an example's records back."""


def act(kind: str, day: str, public: list[Document], pick: int) -> None:
    """One act of a unit on a day; acts on documents take one that is public."""
    covers = ["2017-07", "2017-08", "2017Q3", ""][pick % 4]
    match kind:
        case "budget":
            public.append(publish("一般公共预算收支", on=day, covers=covers))
        case "statistics":
            public.append(publish("统计数据", on=day, unit="市统计局", covers=covers))
        case "fees":
            made = dt.date.fromisoformat(day) - dt.timedelta(days=pick) if pick % 3 else None
            public.append(publish(f"降费办法{pick}", on=day, form="document", made_on=made))
        case "occasion":
            happened = dt.date.fromisoformat(day) - dt.timedelta(days=pick)
            record_occasion(f"出台降费办法{pick}", on=day, happened_on=happened.isoformat())
        case "revise" if public:
            revise(public[pick % len(public)], on=day)
        case "withdraw" if public:
            withdraw(public.pop(pick % len(public)), on=day)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["budget", "statistics", "fees", "occasion", "revise", "withdraw"]),
        st.dates(dt.date(2017, 6, 20), dt.date(2017, 11, 30)),
        st.integers(0, 11),
    ),
    max_size=10,
).map(lambda acts: sorted(acts, key=lambda one: one[1]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, st.dates(dt.date(2017, 6, 20), dt.date(2017, 12, 31)))
def test_line_by_line_all_at_once_and_by_the_public_are_the_same(
    acts: list[tuple[str, dt.date, int]], as_of: dt.date
) -> None:
    with pytest.raises(Undone), transaction.atomic():
        make_plan()
        public: list[Document] = []
        for kind, day, pick in acts:
            act(kind, day.isoformat(), public, pick)
            actions.catch_up()
        followed, judged = stored(), verdicts(as_of)
        actions.rebuild()
        assert stored() == followed
        assert verdicts(as_of) == judged == public_verdicts(as_of)
        raise Undone


def test_dropping_everything_and_rebuilding_gives_the_same_rows() -> None:
    make_plan()
    document = publish(on="2017-09-15", covers="2017-08")
    record_occasion("降费", on="2017-10-09", happened_on="2017-10-01")
    withdraw(document, on="2017-10-20")
    before = verdicts(dt.date(2017, 11, 30))
    rows = stored()
    Match.objects.all().delete()
    Mark.objects.all().delete()
    done = actions.rebuild()
    assert (done.lines, done.matches) == (4, len(rows))
    assert stored() == rows
    assert verdicts(dt.date(2017, 11, 30)) == before


def test_catching_up_reads_only_new_lines() -> None:
    make_plan()
    publish(on="2017-09-15", covers="2017-08")
    assert actions.catch_up() == 2
    assert actions.catch_up() == 0
    publish(on="2017-10-15", covers="2017-09")
    assert actions.catch_up() == 1


def test_a_rebuild_tells_how_far_it_is() -> None:
    make_plan()
    publish(on="2017-09-15", covers="2017-08")
    told: list[tuple[int, int]] = []
    actions.rebuild(progress=lambda read, size: told.append((read, size)))
    assert told[-1] == (2, 2)


def test_a_new_version_of_the_plan_is_judged_from_the_first_line_and_the_old_one_stays() -> None:
    old = make_plan()
    publish(on="2017-09-15", covers="2017-08")
    actions.catch_up()
    new = make_plan(now=dt.datetime(2017, 10, 9, 9, tzinfo=dt.timezone(dt.timedelta(hours=8))))
    for version in (old, new):
        found = queries.standings(as_of=dt.date(2017, 11, 30), version=version)
        assert [one.key for one in found if one.verdict.met_by] == ["2017-08"]
    assert queries.current_version() == new


def test_a_reorganisation_that_is_entered_later_is_taken_into_account() -> None:
    make_plan()
    publish(on="2017-10-15", unit="新财政委", covers="2017-09")
    assert not [one for one in queries.standings(as_of=dt.date(2017, 11, 30)) if one.lines]
    Succession.objects.create(
        predecessor=make_unit("市财政委"), successor=make_unit("新财政委"), on=dt.date(2017, 10, 1)
    )
    found = [one for one in queries.standings(as_of=dt.date(2017, 11, 30)) if one.lines]
    assert [(one.unit.name, one.key) for one in found] == [("市财政委", "2017-09")]


def test_a_renamed_unit_keeps_what_it_published_under_an_alias() -> None:
    make_plan()
    publish(on="2017-10-15", covers="2017-09")
    unit = make_unit("市财政委")
    unit.aliases.create(name="市财政委")
    unit.name = "市财政局"
    unit.save()
    found = [one for one in queries.standings(as_of=dt.date(2017, 11, 30)) if one.lines]
    assert [(one.unit.name, one.key) for one in found] == [("市财政局", "2017-09")]


def test_who_comes_second_to_the_same_lines_adds_nothing() -> None:
    version = make_plan()
    actions.catch_up()
    publish(on="2017-09-15", covers="2017-08")
    # Both saw that the ledger was behind; the mark's lock lets one go first.
    units = books.units_print()
    assert [actions._follow(version, units) for _ in range(2)] == [1, 0]
    assert [row.seq for row in Match.objects.all()] == [2]
    assert Mark.objects.get().size == 2
