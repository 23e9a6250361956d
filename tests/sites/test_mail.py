"""Subscriptions by mail, against a real mail server on this machine."""

import email
import email.message
import email.policy
import logging
import re
import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client
from django.utils import timezone

from tests.factories import at, publish, withdraw
from tests.sites.conftest import Sites
from yangguang.sites.actions import digests, subscriptions
from yangguang.sites.models import Subscriber, Subscription

WHO = "reader@example.org"


class Box(Message):
    """Keeps what arrives; refuses while `closed`."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[email.message.EmailMessage] = []
        self.closed = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
        if self.closed:
            return f"451 {address} not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message: email.message.Message) -> None:
        self.mails.append(email.message_from_bytes(message.as_bytes(), policy=email.policy.default))  # type: ignore[arg-type]

    def text(self, number: int = -1) -> str:
        return self.mails[number].get_content()


@pytest.fixture
def box(settings: object) -> Iterator[Box]:
    kept = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.MAIL_HOST = settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = port  # type: ignore[attr-defined]
    settings.DEFAULT_FROM_EMAIL = "noreply@example.gov.cn"  # type: ignore[attr-defined]
    yield kept
    server.stop()


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    from django.core.cache import cache

    cache.clear()


def subscribed(stand: Sites, often: str = "daily", **wish: object) -> Subscriber:
    wish = wish or {"column": stand.news}
    person = subscriptions.ask(now=at("2017-09-01"), email=WHO, often=often, **wish)  # type: ignore[arg-type]
    subscriptions.confirm(now=at("2017-09-01 10:05"), subscriber=person)
    return person


def test_nobody_gets_mail_who_did_not_agree(
    stand: Sites, box: Box, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    wish = {"email": WHO, "often": "daily", "column": "czw/news"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        told = client.post("/subscribe/", wish).content.decode()
    assert "请查收确认信" in told
    assert WHO not in told
    assert [mail["To"] for mail in box.mails] == [WHO]
    assert "示例市财政委 · 工作动态" in box.text()
    publish("新文件", on="2017-12-01")
    assert digests.send_due(now=at("2017-12-03")) == 0
    link = re.search(r"http://\S+(/subscribe/mine/\S+/)", box.text())[1]  # type: ignore[index]
    assert "确认订阅" in client.get(link).content.decode()
    assert Subscriber.objects.get().confirmed_at is None, "opening a link confirms nothing"
    client.post(link, {"often": "weekly"})
    person = Subscriber.objects.get()
    assert person.confirmed_at is not None
    assert person.often == "weekly"
    assert "不再收" in client.get(link).content.decode()


def test_asking_twice_at_once_sends_one_mail_and_tells_nothing(
    stand: Sites, box: Box, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    wish = {"email": WHO, "often": "daily", "unit": "caizhengwei"}
    answers = []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            answers.append(client.post("/subscribe/", wish).content)
    assert answers[0] == answers[1]
    assert len(box.mails) == 1
    assert Subscription.objects.count() == 1


def test_a_digest_tells_what_is_new_once_at_eight(stand: Sites, box: Box) -> None:
    publish("早先的", on="2017-08-20")
    subscribed(stand)
    first = publish("九月一日的文件", on="2017-09-01 15:00")
    publish("别的单位的", on="2017-09-01 16:00", unit="福田区")
    assert digests.send_due(now=at("2017-09-02 07:59")) == 0
    assert digests.send_due(now=at("2017-09-02 08:00")) == 1
    assert digests.send_due(now=at("2017-09-02 08:01")) == 0
    mail = box.mails[-1]
    assert mail["Subject"] == "阳光 2017-09-02 新公开 1 项"
    assert "九月一日的文件" in box.text()
    assert first.get_absolute_url() in box.text()
    assert "早先的" not in box.text()
    assert "别的单位的" not in box.text()
    assert digests.send_due(now=at("2017-09-03 08:00")) == 0, "nothing new, no mail"
    withdraw(first, on="2017-09-03 12:00", reason="数字有误")
    assert digests.send_due(now=at("2017-09-04 09:00")) == 1
    assert "已撤回：数字有误" in box.text()


def test_a_weekly_digest_comes_on_monday(stand: Sites, box: Box) -> None:
    subscribed(stand, often="weekly")
    publish("周五的文件", on="2017-09-01 15:00")
    assert digests.send_due(now=at("2017-09-03 12:00")) == 0
    assert digests.send_due(now=at("2017-09-04 08:00")) == 1
    assert timezone.localtime(Subscriber.objects.get().told_until).strftime("%A") == "Monday"


@pytest.mark.parametrize("wish", ["unit", "topic", "query", "everything"])
def test_every_kind_of_wish_finds_its_own(stand: Sites, box: Box, wish: str) -> None:
    wishes: dict[str, dict[str, object]] = {
        "unit": {"unit": stand.finance.unit},
        "topic": {"topic": "科技、教育"},
        "query": {"query": "降费"},
        "everything": {"topic": ""},
    }
    subscribed(stand, **wishes[wish])
    document = publish("降费政策", on="2017-09-01 15:00", topic="科技、教育")
    publish("无关", on="2017-09-01 16:00", unit="福田区")
    digests.send_due(now=at("2017-09-02 08:00"), search=lambda words, day: [document.index_no])
    assert "降费政策" in box.text()
    assert ("无关" in box.text()) == (wish == "everything")


def test_one_click_leaves_and_the_address_is_forgotten(stand: Sites, box: Box) -> None:
    subscribed(stand)
    publish("文件", on="2017-09-01 15:00")
    digests.send_due(now=at("2017-09-02 08:00"))
    mail = box.mails[-1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.fullmatch(
        r"<http://127\.0\.0\.1:8000(/subscribe/leave/\S+/)>", mail["List-Unsubscribe"].strip()
    )[1]  # type: ignore[index]
    program = Client(enforce_csrf_checks=True)
    assert "退订并删去邮箱" in program.get(path).content.decode()
    assert Subscriber.objects.exists(), "a GET leaves nothing"
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists()
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_mail_that_could_not_be_sent_comes_later_and_its_address_is_not_logged(
    stand: Sites, box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    subscribed(stand)
    publish("文件", on="2017-09-01 15:00")
    box.closed = True
    with caplog.at_level(logging.DEBUG):
        assert digests.send_due(now=at("2017-09-02 08:00")) == 0
    assert "半小时后再试" in caplog.text
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert not [said for said in ours if WHO in said]
    box.closed = False
    assert digests.send_due(now=at("2017-09-02 08:20")) == 0
    assert digests.send_due(now=at("2017-09-02 08:30")) == 1
    assert "文件" in box.text()


def test_who_never_confirmed_is_forgotten_after_a_week(stand: Sites, box: Box) -> None:
    subscriptions.ask(now=at("2017-09-01"), email=WHO, often="daily", column=stand.news)
    digests.send_due(now=at("2017-09-08 09:00"))
    assert Subscriber.objects.exists()
    digests.send_due(now=at("2017-09-08 11:00"))
    assert not Subscriber.objects.exists()


def test_dropping_the_last_wish_is_leaving(stand: Sites, box: Box, client: Client) -> None:
    person = subscribed(stand)
    subscriptions.ask(now=at("2017-09-01"), email=WHO.upper(), often="daily", column=stand.budgets)
    assert Subscriber.objects.count() == 1
    for wish in Subscription.objects.all():
        client.post(f"/subscribe/mine/{person.secret}/", {"drop": wish.pk})
    assert not Subscriber.objects.exists()
    assert client.get(f"/subscribe/mine/{person.secret}/").status_code == 404


def test_without_a_mail_server_the_page_says_so(stand: Sites, client: Client) -> None:
    page = client.get("/subscribe/?column=czw/news").content.decode()
    assert "还没有设置邮件服务器" in page
    assert "/feeds/columns/czw/news.atom" in page
    refused = client.post("/subscribe/", {"email": WHO, "often": "daily"})
    assert refused.status_code == 400
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"email": "nobody", "often": "daily"}, 400),
        ({"email": "a@example.org\nBcc: b@example.org", "often": "daily"}, 400),
        ({"email": WHO, "often": "hourly"}, 400),
        ({"email": WHO, "often": "daily", "column": "czw/nowhere"}, 400),
        ({"email": WHO, "often": "daily", "topic": "没有的主题"}, 400),
    ],
)
def test_what_cannot_be_is_refused(
    stand: Sites, box: Box, client: Client, wish: dict[str, str], status: int
) -> None:
    assert client.post("/subscribe/", wish).status_code == status
    assert not Subscriber.objects.exists()
    assert box.mails == []


def test_one_visitor_cannot_fill_other_peoples_boxes(stand: Sites, box: Box, client: Client) -> None:
    answers = [
        client.post("/subscribe/", {"email": f"r{number}@example.org", "often": "daily"}).status_code
        for number in range(12)
    ]
    assert answers == [200] * 10 + [429] * 2
