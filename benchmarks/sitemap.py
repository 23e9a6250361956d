"""The sitemap of many documents: all of its files, one after the other, as a search engine fetches them.

The peer is Django's own sitemap framework on the same rows in the same run: a `Sitemap` of the same query, 50,000
addresses a page, `lastmod` from the newest edition, written by its own template. Processor seconds and the most
memory of a process for each.

    .venv/bin/python benchmarks/sitemap.py [--quick]
"""

import datetime as dt
import json
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, measure

SIZES = (20_000, 200_000)
QUICK = (2_000, 20_000)
BATCH = 5_000


def fill(size: int, folder: str) -> None:
    """Enter `size` documents with an edition each, straight into the tables: their texts play no part."""
    city.start(folder)
    from yangguang.directory.models import Unit
    from yangguang.journal.models import Line
    from yangguang.publishing.models import Document, Edition

    unit = Unit.objects.create(slug="example", name="示例单位")
    start = dt.datetime(2017, 1, 3, 9, tzinfo=city.SHANGHAI)
    for first in range(1, size + 1, BATCH):
        numbers = range(first, min(first + BATCH, size + 1))
        moments = {number: start + dt.timedelta(minutes=number) for number in numbers}
        Document.objects.bulk_create(
            Document(pk=number, unit=unit, title=f"示例{number}", index_no=f"example-2017-{number:06d}")
            for number in numbers
        )
        Line.objects.bulk_create(
            Line(seq=number, act="publish", at=moments[number], body="{}", digest=f"{number:064x}")
            for number in numbers
        )
        Edition.objects.bulk_create(
            Edition(
                document_id=number,
                unit=unit,
                number=1,
                line_id=number,
                title=f"示例{number}",
                online_at=moments[number],
            )
            for number in numbers
        )
    print(json.dumps({"documents": Document.objects.count()}))


def ours(folder: str) -> None:
    city.start(folder)
    from django.test import Client

    client = Client()

    def fetch() -> tuple[int, int]:
        from yangguang.portal import sitemap

        count = most = 0
        for name in sitemap.names()[1:]:
            answer = client.get(f"/sitemaps/{name}.xml")
            found, longest = counted(answer.streaming_content)
            count += found
            most = max(most, found)
            assert longest < 1_000_000
        return count, most

    tell(fetch)


def peer(folder: str) -> None:
    city.start(folder)
    from django.contrib import sitemaps
    from django.db.models import Max
    from django.template import Context, Engine
    from django.template.base import Template

    from yangguang.publishing.models import Document

    class Documents(sitemaps.Sitemap):
        limit = 50_000

        def items(self) -> object:
            found = Document.objects.annotate(online=Max("editions__online_at"))
            return found.filter(online__isnull=False).order_by("pk")

        def lastmod(self, item: Document) -> object:
            return item.online

    class Site:
        domain = "www.example.gov.cn"

    engine = Engine(
        dirs=[str(Path(sitemaps.__file__).parent / "templates")],
        libraries={name: f"django.templatetags.{name}" for name in ("tz", "l10n", "i18n")},
    )
    template: Template = engine.get_template("sitemap.xml")

    def fetch() -> tuple[int, int]:
        count = most = 0
        for page in range(1, Documents().paginator.num_pages + 1):
            urls = Documents().get_urls(page=page, site=Site(), protocol="https")
            found, _ = counted([template.render(Context({"urlset": urls})).encode()])
            count += found
            most = max(most, found)
        return count, most

    tell(fetch)


def counted(pieces: Iterable[bytes]) -> tuple[int, int]:
    """How many addresses the pieces of a file list, and the longest piece in bytes."""
    count = longest = 0
    for piece in pieces:
        count += piece.count(b"<lastmod>")
        longest = max(longest, len(piece))
    return count, longest


def tell(fetch: "object") -> None:
    before = measure.peak_mb()
    took, (count, most) = measure.seconds(fetch)  # type: ignore[arg-type]
    print(json.dumps({"seconds": took, "addresses": count, "most": most, "mb": measure.peak_mb() - before}))


def main() -> None:
    rows: list[tuple[object, ...]] = [("documents", "by", "seconds", "most in a file", "MB more", "ratio")]
    for size in QUICK if "--quick" in sys.argv else SIZES:
        with city.folder() as folder:
            measure.in_own_process(__file__, "fill", size, folder)
            told = {name: measure.in_own_process(__file__, name, folder) for name in ("ours", "peer")}
        for name, one in told.items():
            assert one["addresses"] == size, (name, one)
            ratio = told["peer"]["seconds"] / one["seconds"]
            rows.append((size, name, one["seconds"], one["most"], one["mb"], f"{ratio:.1f}"))
    measure.show(rows)


if __name__ == "__main__":
    asked = sys.argv[1:2]
    if asked == ["fill"]:
        fill(int(sys.argv[2]), sys.argv[3])
    elif asked in (["ours"], ["peer"]):
        {"ours": ours, "peer": peer}[asked[0]](sys.argv[2])
    else:
        main()
