"""Rules of the house that hold everywhere: these tests walk everything there is."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from yangguang.config.middleware import PORTAL

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {".git", ".venv", "var", "build", "node_modules", "__pycache__"}
HAN = re.compile(r"[一-鿿]")

# Rooms from the ground up; those on one line do not know each other (`.importlinter`).
FLOORS = (
    {"directory", "chores"},
    {"journal"},
    {"plan", "publishing", "registers"},
    {"sites", "gazette"},
    {"search"},
    {"ledger"},
    {"portal", "office", "api"},
)
# Rows that only the machine reads.
UNSEEN = {"journal.Head", "publishing.IndexSeries"}
# What the desk shows before the log-in: its door, its pictures, its words.
OPEN_DESK = {"/office/login/", "/office/sprite/", "/office/jsi18n/"}
# Files longer than 400 lines, each with its reason.
LONG = {
    "tests/plan/readers/tables.py": "drawn plans one after the other: data, to be read singly",
    "yangguang/publishing/migrations/0006_review_and_interpretation.py": "written by Django",
}
# Written so that this file does not hold the words itself.
UNFINISHED = ["TO" + "DO", "FIX" + "ME", "X" + "XX:"]
MACHINE_PATHS = ["/" + "work/", "/" + "root/", "/home/" + "user", "/Users" + "/"]


def files(*endings: str) -> list[Path]:
    """Every file of the house with one of the endings; all of its text files without any."""
    found = [
        file
        for file in ROOT.rglob("*")
        if file.is_file()
        and not any(
            part in NOT_OURS or (part.startswith(".") and part != ".ci")
            for part in file.relative_to(ROOT).parts[:-1]
        )
    ]
    if endings:
        return sorted(file for file in found if file.suffix in endings)
    return sorted(file for file in found if b"\0" not in file.read_bytes()[:4096])


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("yangguang.")]


def floor(label: str) -> int:
    return next((number for number, rooms in enumerate(FLOORS) if label in rooms), -1)


# --- records


def test_every_room_with_records_stands_on_a_floor() -> None:
    assert {model._meta.app_label for model in our_models()} <= set().union(*FLOORS)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_names_itself_and_its_fields_in_chinese(model: type[models.Model]) -> None:
    assert any("__str__" in vars(kind) for kind in model.__mro__ if kind is not models.Model)
    if model._meta.label in UNSEEN:
        return
    assert HAN.search(str(model._meta.verbose_name))
    own = [field for field in model._meta.local_fields if not field.is_relation and not field.primary_key]
    inherited = {name for parent in model.__mro__[1:] for name in vars(parent)}
    english = [
        field.name for field in own if field.name not in inherited and not HAN.search(str(field.verbose_name))
    ]
    assert not english


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_relations_point_down(model: type[models.Model]) -> None:
    here = model._meta.app_label
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        other = field.related_model
        if not isinstance(other, type) or not other.__module__.startswith("yangguang."):
            continue
        there = other._meta.app_label
        assert there == here or floor(there) < floor(here), f"{model._meta.label}.{field.name}"


# --- settings


def read_settings() -> set[str]:
    """The names that the settings file asks `config.environment` for."""
    tree = ast.parse((ROOT / "yangguang" / "config" / "settings.py").read_text(encoding="utf-8"))
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and call.func.attr != "SettingProblem"
    }


def test_every_setting_is_in_the_sample_and_the_sample_holds_no_other() -> None:
    sample = (ROOT / "dotenv-sample").read_text(encoding="utf-8")
    listed = re.findall(r"^(\w+)=", sample, flags=re.MULTILINE)
    assert sorted(listed) == sorted(read_settings())


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        named(file)
        for file in (ROOT / "yangguang").rglob("*.py")
        if re.search(
            r"os\.environ(?!\.setdefault\(\"(?:DJANGO_SETTINGS_MODULE|PYPINYIN_NO_PHRASES)\")",
            file.read_text("utf-8"),
        )
    }
    assert readers == {"yangguang/config/environment.py"}


# --- addresses


def plain_addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address that takes no argument."""
    for pattern in patterns:
        part = str(pattern.pattern)
        if re.search(r"[<(\[^\\]", part):
            continue
        if isinstance(pattern, URLResolver):
            yield from plain_addresses(pattern.url_patterns, before + part)
        else:
            yield before + part


@pytest.mark.django_db
def test_every_address_answers_a_stranger_without_failing() -> None:
    client = Client(raise_request_exception=True)
    addresses = sorted(set(plain_addresses(get_resolver().url_patterns)))
    assert {"/", "/plan/", "/due.ics", "/office/", "/api/v1/"} <= set(addresses)
    for address in addresses:
        response = client.get(address)
        assert response.status_code < 500, address
        if address.startswith("/office/") and response.status_code == 200:
            assert address in OPEN_DESK, address


@pytest.mark.django_db
def test_every_page_of_the_portal_carries_its_policy() -> None:
    for address in set(plain_addresses(get_resolver().url_patterns)):
        if address.startswith(("/office/", "/api/")):
            continue
        assert Client().get(address).headers["Content-Security-Policy"] == PORTAL, address
    assert "unsafe" not in PORTAL
    assert "http" not in PORTAL


# --- files


@pytest.mark.parametrize("file", files(".toml"), ids=named)
def test_every_data_file_is_well_formed(file: Path) -> None:
    assert tomllib.loads(file.read_text(encoding="utf-8"))


def test_no_file_is_longer_than_400_lines_without_a_reason() -> None:
    long = {named(file) for file in files(".py") if len(file.read_text("utf-8").splitlines()) > 400}
    assert long <= set(LONG)


def test_no_file_names_a_place_of_somebodys_machine_or_work_left_undone() -> None:
    found = [
        f"{named(file)}: {word}"
        for file in files()
        if file != Path(__file__)
        for word in (*UNFINISHED, *MACHINE_PATHS)
        if word in file.read_text(encoding="utf-8")
    ]
    assert not found


def test_no_lock_and_no_script_names_a_package_index() -> None:
    ours = [
        *ROOT.glob("requirements*.lock"),
        *(ROOT / "scripts").iterdir(),
        ROOT / "Makefile",
        ROOT / ".ci" / "run",
    ]
    found = [named(file) for file in ours if re.search(r"https?://(?!127\.0\.0\.1)", file.read_text("utf-8"))]
    assert not found


def test_every_locked_package_has_a_hash() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        for entry in re.split(r"\n(?=\S)", lock.read_text("utf-8").strip()):
            assert "--hash=sha256:" in entry, f"{lock.name}: {entry.splitlines()[0]}"


def test_what_the_tests_need_holds_what_the_product_needs() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-test.lock")


def test_decisions_are_numbered_in_order() -> None:
    numbers = sorted(file.name[:4] for file in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_text_is_marked_safe_only_where_its_parts_are_escaped() -> None:
    users = {
        named(file)
        for file in (ROOT / "yangguang").rglob("*.py")
        if re.search(r"\bmark_safe\b|\bSafeString\(", file.read_text("utf-8"))
    }
    assert users <= {"yangguang/portal/charts.py", "yangguang/portal/presenters/gazette.py"}


def test_every_template_stays_within_the_portals_policy() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=[\"']|javascript:")
    found = [
        named(file)
        for file in (ROOT / "yangguang" / "portal" / "templates").rglob("*.html")
        if inline.search(file.read_text(encoding="utf-8"))
    ]
    assert not found


def test_the_rooms_on_disk_are_those_that_are_installed() -> None:
    installed = {name.removeprefix("yangguang.") for name in settings.INSTALLED_APPS if "yangguang" in name}
    on_disk = {file.parent.name for file in (ROOT / "yangguang").glob("*/apps.py")}
    assert on_disk == installed == {"config"}.union(*FLOORS)
