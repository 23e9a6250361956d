"""The outbox, against stand-ins of the platforms on this machine."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.factories import at, make_person, publish, withdraw
from tests.sites import platforms
from tests.sites.conftest import Sites, make_column
from tests.sites.platforms import APPID, COVER, SECRET, TOKEN, Platform
from yangguang.directory.models import Person
from yangguang.directory.permissions import Role
from yangguang.sites.actions import outbox
from yangguang.sites.models import Post
from yangguang.sites.posting import wechat, weibo
from yangguang.sites.posting.wechat import LONGEST, content


@pytest.fixture
def platform() -> Iterator[Platform]:
    cache.clear()
    with platforms.running() as server:
        yield server


@pytest.fixture
def office(db: None) -> Person:
    return make_person("office", role=Role.GENERAL_OFFICE)


def prepared(stand: Sites, office: Person, channel: str) -> Post:
    """One post, confirmed."""
    make_column(stand.finance, "posting", "推送", posts_to=[channel])
    publish("降费政策", on="2017-09-15", body="办法 <第一条>。\n\n" + "办法。" * 100)
    outbox.prepare(now=at("2017-09-15 11:00"))
    found = Post.objects.get()
    return outbox.confirm(
        by=office, now=at("2017-09-15 11:30"), post=found, title=found.title, text=found.text
    )


@pytest.fixture
def post(stand: Sites, office: Person) -> Post:
    return prepared(stand, office, "weibo")


@pytest.fixture
def article(stand: Sites, office: Person) -> Post:
    return prepared(stand, office, "wechat")


def send(platform: Platform, when: str, *, token: str = TOKEN, secret: str = SECRET, **own: str) -> int:
    given = {"address": platform.address, "appid": APPID, "cover": COVER, **own}
    accounts = {
        "weibo": weibo.Account(given["address"], token, "203.0.113.9"),
        "wechat": wechat.Account(given["address"], given["appid"], secret, given["cover"]),
    }
    return outbox.send_due(now=at(when), accounts=accounts)


def test_a_draft_is_made_once_for_each_channel_and_nothing_is_sent_by_itself(
    stand: Sites, platform: Platform
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
    assert send(platform, "2017-09-15 12:00") == 0
    assert platform.asked == []


# --- 微博


def test_a_confirmed_post_is_shared_with_its_link_under_the_platforms_number(
    post: Post, platform: Platform
) -> None:
    assert send(platform, "2017-09-15 12:00") == 1
    path, form, _ = platform.asked[0]
    assert path == "/2/statuses/share.json"
    assert form == {"access_token": TOKEN, "status": post.text, "rip": "203.0.113.9"}
    assert post.link in form["status"]
    kept = Post.objects.get()
    assert (kept.state, kept.remote_id) == (Post.State.SENT, "3504803600500001")
    assert send(platform, "2017-09-15 12:01") == 0
    assert len(platform.asked) == 1


BUSY = (
    (503, b"busy" * 50000),
    (429, b""),
    (200, {"error_code": 10009, "error": "Too many pending tasks"}),
    (403, {"error_code": "10023", "error": "User requests out of rate limit"}),
)


@pytest.mark.parametrize("answer", BUSY)
def test_a_busy_platform_is_tried_again_later_and_later(
    post: Post, platform: Platform, answer: tuple[int, object]
) -> None:
    platform.answers = [answer, answer]
    assert send(platform, "2017-09-15 12:00") == 0
    assert Post.objects.get().state == Post.State.WAITING
    assert send(platform, "2017-09-15 12:00:30") == 0
    assert len(platform.asked) == 1
    assert send(platform, "2017-09-15 12:01") == 0
    assert send(platform, "2017-09-15 12:02") == 0
    assert len(platform.asked) == 2
    assert send(platform, "2017-09-15 12:03") == 1


def test_a_post_that_got_through_and_whose_answer_was_lost_is_not_said_twice(
    post: Post, platform: Platform
) -> None:
    platform.shared.append(post.text)
    platform.answers = [(502, b"")]
    assert send(platform, "2017-09-15 12:00") == 0
    assert send(platform, "2017-09-15 12:01") == 1
    assert Post.objects.get().state == Post.State.SENT
    assert platform.shared == [post.text]


REFUSED = (
    ((400, {"error_code": 20012, "error": "text too long"}), "微博拒绝（20012）text too long"),
    ((400, {"error_code": 20019, "error": "repeat content!"}), "微博拒绝（20019）"),
    ((403, {"error_code": 21327, "error": f"expired {TOKEN}"}), "微博授权失效（21327）expired ***"),
    ((302, b""), "对方拒绝（302）"),
    ((404, b"<h1>no</h1>"), "对方拒绝（404）"),
)


@pytest.mark.parametrize(("answer", "told"), REFUSED)
def test_a_refusal_goes_back_to_the_editor_in_words(
    post: Post, platform: Platform, answer: tuple[int, object], told: str
) -> None:
    platform.answers = [answer]
    assert send(platform, "2017-09-15 12:00") == 0
    kept = Post.objects.get()
    assert kept.state == Post.State.REFUSED
    assert kept.problem.startswith(told)
    assert send(platform, "2017-09-16 12:00") == 0
    assert platform.fetched == [], "a redirect is never followed"


def test_a_platform_that_never_answers_is_given_up_after_six_tries(post: Post, platform: Platform) -> None:
    for hour in range(12, 20):
        send(platform, f"2017-09-15 {hour}:59", address="http://127.0.0.1:9")
    kept = Post.objects.get()
    assert (kept.state, kept.tries) == (Post.State.REFUSED, 6)
    assert "连接不上" in kept.problem


def test_the_link_stays_and_no_topic_sign_is_confirmed(post: Post, office: Person) -> None:
    for text, told in (("没有链接", "请留着 http"), (f"#话题# {post.link}", "请去掉井号")):
        with pytest.raises(ValueError, match=told):
            outbox.confirm(by=office, now=at("2017-09-15 11:40"), post=post, title="", text=text)


# --- 微信公众号


def test_an_article_becomes_a_draft_is_published_and_asked_after(article: Post, platform: Platform) -> None:
    assert send(platform, "2017-09-15 12:00") == 1
    steps = ["stable_token", "draft/add", "freepublish/submit", "freepublish/get"]
    assert platform.paths() == [f"/cgi-bin/{step}" for step in steps]
    kept = Post.objects.get()
    assert (kept.state, kept.remote_id, kept.task_id) == (Post.State.SENT, "article-1", "100000001")
    [told] = platform.asked[1][1]["articles"]
    assert (told["title"], told["digest"], told["author"]) == (article.title, article.text, "示例市财政委")
    assert told["content_source_url"] == article.link
    assert told["content"].startswith("<p>办法 &lt;第一条&gt;。</p><p>办法。")
    assert "降费政策".encode() in platform.asked[1][2], (
        "no \\u escapes: the platform shows them as they stand"
    )


def test_the_token_is_kept_and_fetched_anew_when_it_is_not_taken_any_more(
    article: Post, platform: Platform
) -> None:
    platform.tasks["100000001"] = 1
    platform.answers = [None, None, {"publish_id": "100000001"}]
    assert send(platform, "2017-09-15 12:00") == 0
    assert Post.objects.get().problem == "已交给微信，正在发布"
    assert platform.paths().count("/cgi-bin/stable_token") == 1
    platform.tokens.append("another-since")
    platform.tasks["100000001"] = 0
    assert send(platform, "2017-09-15 12:01") == 1
    assert platform.paths().count("/cgi-bin/stable_token") == 2
    assert platform.paths().count("/cgi-bin/freepublish/submit") == 1


def test_after_a_failure_between_two_steps_the_next_try_goes_on_from_there(
    article: Post, platform: Platform
) -> None:
    platform.answers = [None, None, (503, b"")]
    assert send(platform, "2017-09-15 12:00") == 0
    assert Post.objects.get().draft_id == "draft-1"
    assert send(platform, "2017-09-15 12:01") == 1
    assert platform.paths().count("/cgi-bin/draft/add") == 1


def test_a_draft_that_is_gone_is_not_published_a_second_time(article: Post, platform: Platform) -> None:
    platform.answers = [None, None, (504, b"")]
    send(platform, "2017-09-15 12:00")
    platform.drafts.clear()
    assert send(platform, "2017-09-15 12:01") == 0
    assert "可能已经发表" in Post.objects.get().problem
    assert Post.objects.get().state == Post.State.REFUSED


@pytest.mark.parametrize(
    ("status", "told"), [(2, "原创声明失败"), (4, "平台审核不通过"), (6, "发表后被平台封禁")]
)
def test_what_the_platform_does_not_publish_is_told(
    article: Post, platform: Platform, status: int, told: str
) -> None:
    platform.answers = [None, None, None, {"publish_id": "1", "publish_status": status}]
    assert send(platform, "2017-09-15 12:00") == 0
    kept = Post.objects.get()
    assert kept.state == Post.State.REFUSED
    assert told in kept.problem


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"appid": "wx-other"}, "YANGGUANG_WECHAT_APPID"),
        ({"secret": "wrong"}, "YANGGUANG_WECHAT_SECRET"),
        ({"cover": "no-such"}, "微信拒绝（40007）invalid media_id"),
    ],
)
def test_a_wrong_account_is_told_and_nothing_is_drafted(
    article: Post, platform: Platform, given: dict[str, str], told: str
) -> None:
    assert send(platform, "2017-09-15 12:00", **given) == 0
    assert told in Post.objects.get().problem
    assert platform.drafts == {}


def test_a_busy_official_account_is_tried_again(article: Post, platform: Platform) -> None:
    platform.answers = [{"errcode": -1, "errmsg": "system error"}]
    assert send(platform, "2017-09-15 12:00") == 0
    assert Post.objects.get().state == Post.State.WAITING
    assert send(platform, "2017-09-15 12:01") == 1


def test_confirming_again_begins_with_a_new_draft(article: Post, platform: Platform, office: Person) -> None:
    platform.answers = [None, None, None, {"publish_status": 3}]
    send(platform, "2017-09-15 12:00")
    found = Post.objects.get()
    outbox.confirm(by=office, now=at("2017-09-15 13:00"), post=found, title="改过", text=found.text)
    assert send(platform, "2017-09-15 13:01") == 1
    assert platform.paths().count("/cgi-bin/draft/add") == 2


def test_a_long_text_is_cut_at_a_paragraph_and_says_so(article: Post) -> None:
    article.edition.body = "\n\n".join(["字" * 5000] * 6)
    told = content(article)
    assert len(told) < LONGEST + 100
    assert told.endswith("<p>（全文见“阅读原文”）</p>")


# --- both


def test_no_secret_is_ever_logged(
    post: Post, platform: Platform, caplog: pytest.LogCaptureFixture, office: Person
) -> None:
    caplog.set_level(logging.DEBUG)
    Post.objects.update(channel="wechat", title="题")
    assert send(platform, "2017-09-15 12:00") == 1
    Post.objects.update(channel="weibo", sent_at=None, task_id="")
    assert send(platform, "2017-09-15 12:01") == 1
    said = caplog.text + json.dumps(list(Post.objects.values()), default=str)
    for secret in (TOKEN, SECRET, platform.tokens[0]):
        assert secret not in said
    assert SECRET not in repr(wechat.Account("http://127.0.0.1", APPID, SECRET, COVER))


def test_what_was_withdrawn_meanwhile_is_not_sent(post: Post, platform: Platform) -> None:
    withdraw(post.edition.document, on="2017-09-15 11:45")
    assert send(platform, "2017-09-15 12:00") == 0
    assert platform.asked == []
    assert "已经撤回" in Post.objects.get().problem


@pytest.mark.parametrize("missing", [{"token": ""}, {"address": ""}])
def test_an_account_that_is_not_set_up_is_never_spoken_to(
    post: Post, platform: Platform, missing: dict[str, str]
) -> None:
    assert send(platform, "2017-09-15 12:00", **missing) == 0
    assert outbox.send_due(now=at("2017-09-15 12:00")) == 0
    assert platform.asked == []
    assert Post.objects.get().state == Post.State.CONFIRMED
