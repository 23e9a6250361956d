"""The outbox, against a channel's stand-in on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.factories import at, make_person, publish, withdraw
from tests.sites.conftest import Sites, make_column
from yangguang.directory.models import Person
from yangguang.directory.permissions import Role
from yangguang.sites.actions import outbox
from yangguang.sites.models import Post


class Channel(ThreadingHTTPServer):
    """Answers with the statuses it is given, in order; then 200. Keeps what it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.told: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.answers: list[int] = []
        self.fetched: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/post"


class Answering(BaseHTTPRequestHandler):
    server: Channel

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.told.append((dict(self.headers), body))
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/private")
        self.end_headers()
        self.wfile.write(b'{"id": "no-7"}' if status == 200 else b"busy" * 50000)

    def do_GET(self) -> None:
        self.server.fetched.append(self.path)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def channel() -> Iterator[Channel]:
    server = Channel()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def office(db: None) -> Person:
    return make_person("office", role=Role.GENERAL_OFFICE)


@pytest.fixture
def post(stand: Sites, office: Person) -> Post:
    """One post for 微博, confirmed."""
    make_column(stand.finance, "posting", "推送", posts_to=["weibo"])
    publish("降费政策", on="2017-09-15", body="办法。" * 100)
    outbox.prepare(now=at("2017-09-15 11:00"))
    found = Post.objects.get()
    return outbox.confirm(by=office, now=at("2017-09-15 11:30"), post=found, title="", text=found.text)


def send(channel: Channel, when: str) -> int:
    return outbox.send_due(now=at(when), channels={"weibo": (channel.address, "secret"), "wechat": ("", "")})


def test_a_draft_is_made_once_for_each_channel_and_nothing_is_sent_by_itself(
    stand: Sites, channel: Channel
) -> None:
    publish("以前的", on="2017-06-20")
    make_column(stand.finance, "posting", "推送", posts_to=["weibo", "wechat"])
    make_column(stand.finance, "also", "又一处", posts_to=["weibo"])
    publish("降费政策", on="2017-09-15", body="办法。" * 100)
    publish("别的单位", on="2017-09-15", unit="福田区")
    assert outbox.prepare(now=at("2017-09-15 11:00")) == 2
    assert outbox.prepare(now=at("2017-09-15 11:01")) == 0
    assert {(post.channel, post.edition.title) for post in Post.objects.all()} == {
        ("weibo", "降费政策"),
        ("wechat", "降费政策"),
    }
    assert send(channel, "2017-09-15 12:00") == 0
    assert channel.told == []


def test_a_confirmed_post_reaches_the_channel_with_its_key(post: Post, channel: Channel) -> None:
    assert send(channel, "2017-09-15 12:00") == 1
    headers, body = channel.told[0]
    assert headers["Idempotency-Key"] == str(post.key)
    assert headers["Authorization"] == "Bearer secret"
    assert body["text"] == post.text
    assert body["link"].startswith("http://127.0.0.1:8000/documents/")
    kept = Post.objects.get()
    assert (kept.state, kept.remote_id) == (Post.State.SENT, "no-7")
    assert send(channel, "2017-09-15 12:01") == 0
    assert len(channel.told) == 1


def test_a_busy_channel_is_tried_again_later_and_later_with_the_same_key(
    post: Post, channel: Channel
) -> None:
    channel.answers = [503, 429]
    assert send(channel, "2017-09-15 12:00") == 0
    assert Post.objects.get().state == Post.State.WAITING
    assert send(channel, "2017-09-15 12:00:30") == 0
    assert len(channel.told) == 1
    assert send(channel, "2017-09-15 12:01") == 0
    assert send(channel, "2017-09-15 12:02") == 0
    assert len(channel.told) == 2
    assert send(channel, "2017-09-15 12:03") == 1
    assert {headers["Idempotency-Key"] for headers, _ in channel.told} == {str(post.key)}


def test_a_channel_that_had_the_key_before_counts_as_sent(post: Post, channel: Channel) -> None:
    channel.answers = [409]
    assert send(channel, "2017-09-15 12:00") == 1
    assert Post.objects.get().state == Post.State.SENT


@pytest.mark.parametrize("status", [400, 403, 302])
def test_a_refusal_goes_back_to_the_editor(post: Post, channel: Channel, status: int) -> None:
    channel.answers = [status]
    assert send(channel, "2017-09-15 12:00") == 0
    kept = Post.objects.get()
    assert kept.state == Post.State.REFUSED
    assert str(status) in kept.problem
    assert send(channel, "2017-09-16 12:00") == 0
    assert channel.fetched == [], "a redirect is never followed"


def test_a_channel_that_never_answers_is_given_up_after_six_tries(post: Post) -> None:
    dead = {"weibo": ("http://127.0.0.1:9/", "")}
    for hour in range(12, 20):
        outbox.send_due(now=at(f"2017-09-15 {hour}:59"), channels=dead)
    kept = Post.objects.get()
    assert (kept.state, kept.tries) == (Post.State.REFUSED, 6)
    assert "连接不上" in kept.problem


def test_what_was_withdrawn_meanwhile_is_not_sent(post: Post, channel: Channel) -> None:
    withdraw(post.edition.document, on="2017-09-15 11:45")
    assert send(channel, "2017-09-15 12:00") == 0
    assert channel.told == []
    assert "已经撤回" in Post.objects.get().problem


def test_without_an_address_nothing_is_ever_sent(post: Post) -> None:
    assert outbox.send_due(now=at("2017-09-15 12:00")) == 0
    assert Post.objects.get().state == Post.State.CONFIRMED
