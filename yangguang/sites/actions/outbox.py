"""Prepare, confirm and send what is said on 微信 and 微博."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.figures import figure
from yangguang.directory.models import Person
from yangguang.publishing.models import Document, Edition
from yangguang.rules import post_text
from yangguang.rules.post_text import Draft
from yangguang.sites import posting
from yangguang.sites.actions.sites import require_may_edit
from yangguang.sites.models import Channel, Column, Post
from yangguang.sites.queries import items

AT_ONCE = 100
MOST_TRIES = 6
FIRST_WAIT = dt.timedelta(minutes=1)


def prepare(*, now: dt.datetime) -> int:
    """Write a draft for every new item of the columns that post somewhere; returns how many.

    New is a first edition that went online since the column began to post and has no draft on that channel
    of that site. Doing it twice makes nothing twice.
    """
    day, made = now.astimezone(SHANGHAI).date(), 0
    columns = Column.objects.exclude(posts_to=[]).exclude(posts_since=None).select_related("site__unit")
    for column in columns.prefetch_related("units"):
        for channel in column.posts_to:
            for edition in _unsaid(column, channel, day):
                draft = draft_of(channel, edition)
                _, is_new = Post.objects.get_or_create(
                    site=column.site,
                    channel=channel,
                    edition=edition,
                    defaults={
                        "title": draft.title,
                        "text": draft.text,
                        "link": link_of(edition),
                        "prepared_at": now,
                    },
                )
                made += is_new
    return made


def _unsaid(column: Column, channel: str, day: dt.date) -> Iterator[Edition]:
    since = dt.datetime.combine(column.posts_since or day, dt.time(), SHANGHAI)
    said = Post.objects.filter(site=column.site, channel=channel, edition=OuterRef("pk"))
    # What was said on another's platform cannot be taken back: nothing about a person or an enterprise is.
    found = items.in_column(column, day).filter(~Exists(said), number=1, online_at__gte=since, concerns="")
    yield from found.filter(document__withdrawal__isnull=True).order_by("online_at")[:AT_ONCE]


def link_of(edition: Edition) -> str:
    return f"{settings.PUBLIC_ADDRESS}{edition.document.get_absolute_url()}"


def draft_of(channel: str, edition: Edition) -> Draft:
    """The words that are proposed, within the channel's limits."""
    summary = edition.summary or edition.body
    limits = figure(channel).numbers
    if channel == Channel.WEIBO:
        return post_text.for_weibo(
            title=edition.title, summary=summary, link=link_of(edition), limit=limits["text"]
        )
    return post_text.for_wechat(
        title=edition.title, summary=summary, title_limit=limits["title"], text_limit=limits["text"]
    )


@transaction.atomic
def confirm(*, by: Person, now: dt.datetime, post: Post, title: str, text: str) -> Post:
    """Take the words over and let them be sent. Raises ValueError for words that are too long, Forbidden."""
    post = _open(by, post)
    wrong = post_text.problem(post.channel, Draft(title, text), figure(post.channel).numbers)
    if wrong:
        raise ValueError(wrong)
    if post.channel == Channel.WEIBO and post.link not in text:
        raise ValueError(f"微博要求文字里有本站的链接：请留着 {post.link}")
    if hasattr(post.edition.document, "withdrawal"):
        raise ValueError(f"《{post.edition.title}》已经撤回：这条推送只能选“不发”")
    post.title, post.text = title.strip(), text.strip()
    post.confirmed_at, post.confirmed_by = now, by
    post.problem, post.tries, post.next_try_at = "", 0, None
    post.draft_id = post.task_id = ""
    post.save()
    return post


@transaction.atomic
def drop(*, by: Person, now: dt.datetime, post: Post) -> Post:
    """Decide that it is not said."""
    post = _open(by, post)
    post.dropped_at, post.confirmed_at, post.confirmed_by = now, None, None
    post.save()
    return post


def forget(*, document: Document) -> None:
    """Delete the words of all posts about a document whose text was erased."""
    Post.objects.filter(edition__document=document).delete()


def _open(by: Person, post: Post) -> Post:
    require_may_edit(by, post.site)
    found = Post.objects.select_for_update().get(pk=post.pk)
    if found.sent_at or found.dropped_at:
        raise ValueError(f"这条推送{found.state.label}，不能再改")
    return found


def send_due(*, now: dt.datetime, accounts: Mapping[str, posting.Account] | None = None) -> int:
    """Try every confirmed post whose time has come; returns how many were sent.

    `accounts` gives the account of each channel (default: the settings). Without one that is set up nothing
    is ever sent. What was withdrawn meanwhile is not sent.
    """
    given = posting.accounts() if accounts is None else accounts
    ready = {channel: account for channel, account in given.items() if account.is_ready}
    due = Post.objects.filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=now),
        channel__in=ready,
        confirmed_at__isnull=False,
        sent_at__isnull=True,
        dropped_at__isnull=True,
    )
    keys = list(due.order_by("confirmed_at").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_try(pk, now, ready) for pk in keys)


def _try(pk: int, now: dt.datetime, accounts: Mapping[str, posting.Account]) -> bool:
    post = Post.objects.select_related("edition__document__withdrawal", "site").get(pk=pk)
    if hasattr(post.edition.document, "withdrawal") and not post.task_id:
        return _refused(post, "内容已经撤回，没有发送")
    account = accounts[post.channel]
    outcome = account.send(post)
    while outcome.is_ahead:
        post.draft_id, post.task_id, post.tries = outcome.draft_id, outcome.task_id, 0
        post.save()
        outcome = account.send(post)
    post.tries += 1
    if outcome.sent:
        post.sent_at, post.remote_id, post.problem, post.next_try_at = now, outcome.remote_id, "", None
        post.save()
        return True
    if not outcome.again or post.tries >= MOST_TRIES:
        return _refused(post, outcome.problem)
    post.problem = outcome.problem[:300]
    post.next_try_at = now + FIRST_WAIT * 2 ** (post.tries - 1)
    post.save()
    return False


def _refused(post: Post, problem: str) -> bool:
    """Give it back to the editor: their confirmation is spent."""
    post.problem, post.confirmed_at, post.confirmed_by, post.next_try_at = problem[:300], None, None, None
    post.save()
    return False
