"""Which language a page speaks."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "browser", "language"),
    [
        ("", "", "zh-hans"),
        ("", "en-US,en;q=0.9", "zh-hans"),
        ("en", "", "en"),
        ("zh-hans", "en", "zh-hans"),
        ("xx", "en", "zh-hans"),
    ],
)
def test_only_the_readers_own_choice_counts(cookie: str, browser: str, language: str) -> None:
    client = Client(headers={"Accept-Language": browser})
    if cookie:
        client.cookies["django_language"] = cookie
    assert client.get("/about/").headers["Content-Language"] == language


@pytest.mark.django_db
def test_the_desk_speaks_chinese_whatever_the_portal_was_asked_for() -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.cookies["django_language"] = "en"
    response = client.get("/office/login/")
    assert response.headers["Content-Language"] == "zh-hans"
    assert "Sign in" not in response.text
