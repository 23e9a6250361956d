"""The sitemap of 200,000 documents: its index, one of its files, and all of them as a search engine fetches them.

The peer is the sitemap framework that comes with Django, by its own views on the same rows in the same run: 50,000
addresses a page, `lastmod` of the newest edition. Seconds on the wall and the most memory of each, in a process of
its own; ours through the whole middleware, the peer's views alone. What is answered is held against the limits of
sitemaps.org: 50,000 addresses and 50 MB a file.

    python benchmarks/sitemap.py                       # enters 20,000 and 200,000 documents first
    python benchmarks/sitemap.py --quick               # 20,000
    python benchmarks/sitemap.py 200000 --in FOLDER    # those that `search.py enter 200000 FOLDER` left there
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, library, measure

SIZES = (20_000, 200_000)
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 2**20
HEAD = ("documents", "by", "index ms", "a file s", "all s", "files", "most in one", "MB in one", "peak MB more", "ratio")  # fmt: skip

Fetch = Callable[[str], Iterable[bytes]]


def enter(folder: str, size: int) -> None:
    """Enter the documents, as the search benchmark does."""
    city.start(folder)
    library.enter(size)
    print("{}")


def ours(folder: str, size: int) -> None:
    city.start(folder)
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")

    def fetch(path: str) -> Iterable[bytes]:
        answer: Any = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.streaming_content if answer.streaming else [answer.content]

    tell(fetch, "/sitemap.xml")


def peer(folder: str, size: int) -> None:
    city.start(folder)
    from django.contrib import sitemaps
    from django.contrib.sitemaps import views
    from django.db.models import Max
    from django.template import engines
    from django.test import RequestFactory, override_settings
    from django.urls import path as address

    from yangguang.publishing.models import Document

    class Documents(sitemaps.Sitemap[Any]):
        limit = MOST_ADDRESSES

        def items(self) -> Any:
            found = Document.objects.annotate(online=Max("editions__online_at"))
            return found.filter(online__isnull=False).order_by("pk")

        def lastmod(self, item: Any) -> Any:
            return item.online

    class Addresses:
        urlpatterns = [address("sitemaps/<section>.xml", views.sitemap, name="file")]

    sections = {"documents": Documents}
    engines["django"].engine.dirs.append(str(Path(sitemaps.__file__).parent / "templates"))  # type: ignore[attr-defined]

    def fetch(path: str) -> Iterable[bytes]:
        request = RequestFactory(SERVER_NAME="127.0.0.1").get(path)
        if path == "/sitemap.xml":
            answer = views.index(request, sections, sitemap_url_name="file")
        else:
            answer = views.sitemap(request, sections, section="documents")
        return [answer.render().content]

    with override_settings(ROOT_URLCONF=Addresses):
        tell(fetch, "/sitemap.xml")


def tell(fetch: Fetch, index: str) -> None:
    """Fetch the index and every file of documents that it names; print seconds, counts and sizes."""
    before, started = measure.peak_mb(), time.perf_counter()
    told = b"".join(fetch(index)).decode()
    index_ms = 1000 * (time.perf_counter() - started)
    files = [
        f"/{one.partition('//')[2].partition('/')[2]}"
        for one in re.findall("<loc>(.*?)</loc>", told)
        if "documents" in one
    ]
    took, counts, sizes = [], [], []
    for one in files:
        started = time.perf_counter()
        count = size = 0
        for piece in fetch(one):
            count, size = count + piece.count(b"<lastmod>"), size + len(piece)
        took.append(time.perf_counter() - started)
        counts.append(count)
        sizes.append(size)
        assert count <= MOST_ADDRESSES, (one, count)
        assert size <= MOST_BYTES, (one, size)
    print(
        json.dumps(
            {
                "index_ms": index_ms,
                "file": max(took),
                "all": sum(took),
                "files": len(files),
                "addresses": sum(counts),
                "most": max(counts),
                "mb_one": max(sizes) / 1e6,
                "mb": measure.peak_mb() - before,
            }
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--in", dest="folder", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--part", choices=PARTS)
    arguments = parser.parse_args()
    if arguments.part:
        PARTS[arguments.part](arguments.folder, *arguments.sizes)
        return
    rows: list[tuple[object, ...]] = [HEAD]
    for size in SIZES[:1] if arguments.quick else arguments.sizes:
        if arguments.folder:
            rows += compared(arguments.folder, size)
            continue
        with city.folder() as folder:
            measure.in_own_process(__file__, size, "--part", "enter", "--in", folder)
            rows += compared(folder, size)
    measure.show(rows)


def compared(folder: str, size: int) -> list[tuple[object, ...]]:
    """Ours and the peer on the documents of a folder: a row of the table each."""
    told = {
        name: measure.in_own_process(__file__, size, "--part", name, "--in", folder)
        for name in ("ours", "peer")
    }
    assert all(one["addresses"] == size for one in told.values()), told
    shown = ("index_ms", "file", "all", "files", "most", "mb_one", "mb")
    return [
        (size, name, *(one[key] for key in shown), told["peer"]["all"] / one["all"])
        for name, one in told.items()
    ]


PARTS: dict[str, Callable[..., None]] = {"enter": enter, "ours": ours, "peer": peer}

if __name__ == "__main__":
    main()
