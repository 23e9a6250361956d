"""Nobody can tick an obligation done: there is no place to put the tick."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

import yangguang
from tests.factories import make_person, make_plan
from yangguang.directory.permissions import Role
from yangguang.ledger import queries
from yangguang.ledger.models import Mark, Match
from yangguang.rules.verdict import State

ROOT = Path(yangguang.__file__).parent
VERDICT_WORDS = {
    "state",
    "verdict",
    "done",
    "met",
    "met_on",
    "met_by",
    "late",
    "days_late",
    "missing",
    "score",
}


def test_no_stored_field_of_plan_or_ledger_holds_a_verdict() -> None:
    rooms = [model for label in ("plan", "ledger") for model in apps.get_app_config(label).get_models()]
    fields = {field.name for model in rooms for field in model._meta.get_fields()}
    assert fields.isdisjoint(VERDICT_WORDS)
    assert not [
        (model.__name__, field.name)
        for model in rooms
        for field in model._meta.get_fields()
        if isinstance(field, models.BooleanField) and field.name != "lead_inherited"
    ]


def test_only_the_ledgers_own_verbs_write_to_its_tables() -> None:
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts and _names_ledger_models(path)
    }
    assert writers == {"ledger/actions.py", "ledger/queries.py", "ledger/storage.py"}


def _names_ledger_models(path: Path) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and node.module == "yangguang.ledger.models"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def test_the_ledgers_public_verbs_take_no_verdict() -> None:
    tree = ast.parse((ROOT / "ledger" / "actions.py").read_text(encoding="utf-8"))
    verbs = {
        node.name: [argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]]
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert verbs == {"rebuild": ["progress"], "catch_up": []}


def test_reading_verdicts_writes_nothing_to_the_ledger() -> None:
    tree = ast.parse((ROOT / "ledger" / "queries.py").read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert called.isdisjoint(
        {"create", "update", "delete", "save", "bulk_create", "update_or_create", "insert"}
    )


@pytest.mark.django_db
def test_no_address_of_portal_or_api_takes_a_verdict() -> None:
    version = make_plan()
    before = [one.verdict for one in queries.standings(as_of=version.adopted_on)]
    client = Client()
    client.force_login(make_person("office", role=Role.GENERAL_OFFICE))
    obligation = version.obligations.get(code="1.1")
    for address in (
        obligation.get_absolute_url(),
        f"/api/v1/obligations/{obligation.code}",
        "/api/v1/verdicts",
        "/plan/",
        "/due/",
    ):
        for method in (client.post, client.put, client.patch, client.delete):
            answer = method(address, {"state": State.ON_TIME.value}, content_type="application/json")
            assert answer.status_code in {403, 404, 405}, (method, address, answer.status_code)
    assert [one.verdict for one in queries.standings(as_of=version.adopted_on)] == before


@pytest.mark.django_db
def test_a_match_put_in_by_hand_does_not_outlive_a_rebuild() -> None:
    version = make_plan()
    queries.standings(as_of=version.adopted_on)
    unit = version.obligations.get(code="1.1").units.get()
    Match.objects.create(
        version=version,
        obligation=version.obligations.get(code="1.1"),
        seat=unit,
        publisher=unit,
        seq=1,
        on=version.adopted_on,
        key="2017-06",
    )
    from yangguang.ledger import actions

    assert actions.rebuild().matches == 0
    assert Mark.objects.get().size == 1
