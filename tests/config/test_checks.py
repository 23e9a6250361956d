"""A wrong installation is told what is wrong and what to do, before anything is served."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings


def ids() -> list[str]:
    return [str(message.id) for message in run_checks() if str(message.id).startswith("yangguang.")]


def test_the_product_as_it_is_delivered_has_nothing_to_complain_of() -> None:
    assert ids() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"PLANS": Path("no-such-folder")}, "yangguang.E001"),
        ({"DEBUG": True, "HOST": "0.0.0.0"}, "yangguang.E002"),
        ({"DEMONSTRATION_DAY": dt.date(1999, 1, 4)}, "yangguang.E004"),
        ({"PUBLIC_ADDRESS": "https://sunshine.example"}, "yangguang.W005"),
    ],
)
def test_each_mistake_is_found_with_its_remedy(
    settings: Settings, changes: dict[str, object], found: str
) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    message = next(one for one in run_checks() if one.id == found)
    assert message.hint
    assert message.hint.startswith("请")


@pytest.mark.parametrize(
    "changes",
    [
        {"DEBUG": True},
        {"HOST": "0.0.0.0", "PUBLIC_ADDRESS": "http://0.0.0.0:8000"},
        {"DEMONSTRATION_DAY": None},
        {"PUBLIC_ADDRESS": "http://[::1]:8000"},
        {"PUBLIC_ADDRESS": "https://sunshine.example", "ALLOWED_HOSTS": ["sunshine.example"]},
    ],
)
def test_what_is_allowed_is_not_complained_of(settings: Settings, changes: dict[str, object]) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert ids() == []
