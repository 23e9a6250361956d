"""Addresses of every kind of public page that the demonstration has, and of those that it lacks, which are entered.

Run on its own, it waits until the background work of a fresh database is done and prints the addresses by the name
of their kind, as JSON.
"""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
NOWHERE = "/nowhere/"
PATIENCE = 120.0
QUESTIONS = (
    "/plan/?area=1&state=internal",
    "/search/?q=预算",
    "/search/?q=没有这个词",
    "/journal/?check=1",
    "/data/?sort=quality&kind=series",
    "/data/?q=没有这个词",
    "/data/feedback/request/",
    "/enterprises/?q=示例",
    "/progress/?no=SL-2",
    "/subscribe/?unit=caizhengwei",
)
PLAIN = (
    *("/correct/", "/data/", "/data/terms/", "/data/plan/", "/data/feedback/", "/enterprises/", "/progress/"),
    "/subscribe/",
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
    import django

    django.setup()
    until_settled()
    enter_what_is_missing()
    print(json.dumps(by_kind()))


def until_settled() -> None:
    """Wait until every version of a dataset has its files and is counted."""
    from yangguang.registers.queries import public

    until = time.monotonic() + PATIENCE
    while public.without_files().exists() or public.uncounted().exists():
        if time.monotonic() > until:
            raise SystemExit(f"等了 {PATIENCE:.0f} 秒，数据文件还没有做完")
        time.sleep(1)


def enter_what_is_missing() -> None:
    """A report of a fault, a subscription, and a historic issue of the gazette, where there is none."""
    from django.conf import settings

    from tests.factories import at
    from tests.gazette.scanned import make_scan
    from yangguang.gazette.actions import scans
    from yangguang.gazette.models import ScannedIssue
    from yangguang.sites.actions import corrections, subscriptions
    from yangguang.sites.models import Correction, Site, Subscriber

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    now = at("2017-11-30 23:00")
    if not Correction.objects.exists():
        portal = Site.objects.filter(is_portal=True).first()
        url = f"{settings.PUBLIC_ADDRESS}/due/"
        corrections.file(now=now, site=portal, url=url, kind=Correction.Kind.MISPRINT, text="字错了")
    if not Subscriber.objects.exists():
        subscriptions.ask(now=now, email="reader@example.org", often=Subscriber.Often.DAILY)
    if not ScannedIssue.objects.exists():
        scan = make_scan("旧公报的字", "第二页", doubtful=((0, 1),))
        scans.put_online(by=None, now=now, issue=scan)


def by_kind() -> dict[str, list[str]]:
    """The addresses by the name of their kind. Fails where a kind has none."""
    from django.urls import resolve

    from tests.portal.test_kinds import NO_PAGES
    from yangguang.portal import urls

    found = defaultdict(list)
    for address in dict.fromkeys(addresses()):
        name = resolve(address.partition("?")[0]).url_name
        if name not in NO_PAGES:
            found[str(name)].append(address)
    missing = {pattern.name for pattern in urls.urlpatterns} - NO_PAGES - found.keys()
    assert not missing, missing
    return {**found, "nowhere": [NOWHERE]}


def addresses() -> Iterator[str]:
    from yangguang.bakery import addresses as baked

    yield from (address.path for address in (*baked.summaries(), *baked.documents()))
    yield from (*PLAIN, *QUESTIONS)
    yield from about_documents()
    yield from about_data()
    yield from of_one_visitor()


def about_documents() -> Iterator[str]:
    from yangguang.directory.models import Unit
    from yangguang.publishing.models import Cleanup, Edition

    for index_no in Edition.objects.filter(number=2).values_list("document__index_no", flat=True):
        yield f"/documents/{quote(index_no)}/compare/1..2/"
    yield from (f"/cleanups/{pk}/" for pk in Cleanup.objects.values_list("pk", flat=True))
    yield from (f"/interpretation/{quote(slug)}/" for slug in Unit.objects.values_list("slug", flat=True))
    yield "/gazette/2003/5/p1/"


def about_data() -> Iterator[str]:
    from yangguang.portal.presenters.data.enterprise import like
    from yangguang.registers.models import Register

    for register in Register.objects.filter(versions__isnull=False).distinct():
        base = f"/data/{register.slug}/"
        numbers = list(register.versions.order_by("number").values_list("number", flat=True))
        yield from (base, f"{base}embed/", *(f"{base}v/{number}/" for number in numbers))
        yield from (
            f"{base}diff/{old}..{numbers[-1]}" for old in {numbers[0], *numbers[-2:-1]} - {numbers[-1]}
        )
        yield f"/data/feedback/error/?dataset={register.slug}&row=1"
        yield f"/data/feedback/reuse/?dataset={register.slug}"
    yield from (f"/enterprises/{found.code}/" for found in like("示例"))


def of_one_visitor() -> Iterator[str]:
    from yangguang.registers.models import Feedback
    from yangguang.sites.models import Correction, Subscriber

    for one in Feedback.objects.all():
        if one.answered_at:
            yield f"/data/feedback/{one.pk}/"
        yield from (f"/data/feedback/receipt/{one.reference}/", f"/data/feedback/mail/{one.secret}/")
    yield from (f"/correct/{told.reference}/" for told in Correction.objects.all())
    for secret in Subscriber.objects.values_list("secret", flat=True):
        yield from (f"/subscribe/mine/{secret}/", f"/subscribe/leave/{secret}/")


if __name__ == "__main__":
    main()
