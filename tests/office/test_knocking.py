"""Wrong passwords: how many are heard, and what is said then."""

import datetime as dt

import pytest
from django.test import Client, RequestFactory

from tests.factories import SHANGHAI
from yangguang.directory.models import Person
from yangguang.office import knocking
from yangguang.office.models import FailedLogin

NOON = dt.datetime(2017, 11, 30, 12, tzinfo=SHANGHAI)
RIGHT = {"username": "insider", "password": "correct horse battery"}
WRONG = {"username": "insider", "password": "wrong"}


def test_after_ten_wrong_passwords_the_right_one_waits_too_and_is_told_how_long(insider: Person) -> None:
    client = Client()
    for _ in range(knocking.PER_ACCOUNT):
        assert "分钟再试" not in client.post("/office/login/", WRONG).content.decode()
    refused = client.post("/office/login/", RIGHT)
    assert refused.status_code == 200
    assert "请过 15 分钟再试" in refused.content.decode()
    assert "政府办公厅" in refused.content.decode()
    assert "_auth_user_id" not in client.session
    FailedLogin.objects.update(at=FailedLogin.objects.latest("at").at - knocking.WINDOW)
    assert client.post("/office/login/", RIGHT).status_code == 302


def test_the_owner_elsewhere_is_not_locked_out(insider: Person) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(knocking.PER_ACCOUNT + 1):
        stranger.post("/office/login/", WRONG)
    assert "分钟再试" in stranger.post("/office/login/", RIGHT).content.decode()
    assert Client(REMOTE_ADDR="203.0.113.8").post("/office/login/", RIGHT).status_code == 302


def test_the_right_password_wipes_the_slate(insider: Person) -> None:
    client = Client()
    for _ in range(knocking.PER_ACCOUNT - 1):
        client.post("/office/login/", WRONG)
    assert client.post("/office/login/", RIGHT).status_code == 302
    assert not FailedLogin.objects.exists()


@pytest.mark.django_db
def test_one_address_that_tries_many_accounts_is_stopped() -> None:
    for number in range(knocking.PER_ADDRESS):
        knocking.failed(username=f"somebody-{number}", address="203.0.113.7", now=NOON)
    wait = {"username": "another", "now": NOON}
    assert knocking.minutes_to_wait(address="203.0.113.7", **wait) == 15
    assert knocking.minutes_to_wait(address="203.0.113.8", **wait) is None


@pytest.mark.django_db
def test_the_wait_ends_when_the_oldest_counted_failure_is_forgiven() -> None:
    for minute in range(knocking.PER_ACCOUNT):
        knocking.failed(username="a", address="x", now=NOON + dt.timedelta(minutes=minute))
    last = NOON + dt.timedelta(minutes=9)
    assert knocking.minutes_to_wait(username="a", address="x", now=last) == 6
    assert knocking.minutes_to_wait(username="a", address="x", now=NOON + knocking.WINDOW) is None


@pytest.mark.django_db
def test_notes_of_yesterday_are_dropped() -> None:
    knocking.failed(username="a", address="x", now=NOON - dt.timedelta(days=2))
    knocking.failed(username="a", address="x", now=NOON)
    assert FailedLogin.objects.count() == 1


@pytest.mark.parametrize(
    ("direct", "forwarded", "believed"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_the_server_in_front_on_this_machine_may_say_who_asks(
    direct: str, forwarded: str, believed: str
) -> None:
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert knocking.address(RequestFactory().get("/", REMOTE_ADDR=direct, **extra)) == believed
