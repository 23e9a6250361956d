"""Invented Chinese documents for the search benchmark, made from the words and sentences of the shipped plan.

The same number always gives the same documents. Words follow a Zipf distribution, so that some stand in half
of the documents and most in a few; a quarter of the sentences are the plan's own. Every thirtieth document
was abolished later.
"""

import datetime as dt
import hashlib
import itertools
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from yangguang.directory.models import Unit
    from yangguang.journal.models import Line

PLAN = Path(__file__).resolve().parents[2] / "plans" / "shenzhen-2017" / "plan.txt"
SHANGHAI = ZoneInfo("Asia/Shanghai")
FORMS = ("document", "list", "series", "cases", "project", "dataset", "consultation", "meeting")
UNITS = 40
SENTENCES = 12
AS_OF = dt.date(2017, 11, 30)
FIRST = dt.datetime(2008, 5, 1, 9, tzinfo=SHANGHAI)
MINUTES = 9 * 365 * 24 * 60
CHUNK = 2000
FOR_PEERS = 50
"""Queries that the slower peers are asked."""


@dataclass(frozen=True)
class Text:
    """One document as it is entered."""

    number: int
    title: str
    document_number: str
    body: str
    form: str
    topic: str
    unit: int
    status: str
    online_at: dt.datetime


class Library:
    """The words and sentences of the plan, and documents made of them."""

    def __init__(self) -> None:
        import rjieba

        from yangguang.publishing.topics import topics

        printed = "".join(PLAN.read_text(encoding="utf-8").split())
        self.sentences = [one for one in printed.split("。") if 12 < len(one) < 160]
        found = sorted({word for word in rjieba.cut(printed) if len(word) > 1 and not word.isascii()})
        random.Random(7).shuffle(found)
        # Compounds make the long tail of a real language.
        rng = random.Random(8)
        self.words = found + ["".join(rng.sample(found, 2)) for _ in range(20_000)]
        self.weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self.words))))
        self.topics = topics()

    def texts(self, count: int) -> Iterator[Text]:
        """The first `count` documents, in the order of their days."""
        for number in range(1, count + 1):
            yield self._text(number, count)

    def _text(self, number: int, count: int) -> Text:
        rng = random.Random(number)
        online = FIRST + dt.timedelta(minutes=MINUTES * number // count)
        year, unit = online.year, rng.randrange(UNITS)
        words = rng.choices(self.words, cum_weights=self.weights, k=4)
        kind = rng.choice(("的通知", "实施方案", "管理办法", "情况公示", "工作总结"))
        return Text(
            number=number,
            title=f"关于{year}年{words[0]}{words[1]}与{words[2]}{kind}",
            document_number=f"深示{'办发函规字'[number % 5]}〔{year}〕{number}号",
            body="\n\n".join(self._paragraph(rng) for _ in range(SENTENCES // 4)),
            form=rng.choice(FORMS),
            topic=rng.choice(self.topics),
            unit=unit,
            status="abolished" if number % 30 == 0 else "in_force",
            online_at=online,
        )

    def _paragraph(self, rng: random.Random) -> str:
        return "".join(self._sentence(rng) for _ in range(4))

    def _sentence(self, rng: random.Random) -> str:
        if rng.random() < 0.25:
            return f"{rng.choice(self.sentences)}。"
        words = rng.choices(self.words, cum_weights=self.weights, k=rng.randint(8, 14))
        words.insert(5, f"，同比增长{rng.randint(1, 99)}.{rng.randint(0, 9)}%，")
        return f"{''.join(words)}。"

    def queries(self, count: int) -> list[str]:
        """What people may ask: words of every frequency, two of them, and pieces of sentences."""
        rng = random.Random(11)
        common, middle, rare = self.words[:25], self.words[25:300], self.words[300:4000]
        makers = (
            lambda: rng.choice(common),
            lambda: rng.choice(middle),
            lambda: rng.choice(rare),
            lambda: f"{rng.choice(common)} {rng.choice(middle)}",
            lambda: _piece(rng, rng.choice(self.sentences)),
        )
        return [makers[number % len(makers)]() for number in range(count)]


def _piece(rng: random.Random, sentence: str) -> str:
    start = rng.randrange(len(sentence) - 8)
    return sentence[start : start + rng.randint(4, 8)]


def enter(count: int) -> None:
    """Put the documents into the database: records and journal lines as publishing would leave them."""
    from django.db import transaction

    from yangguang.directory.models import Unit
    from yangguang.journal.models import Head
    from yangguang.rules.chain import GENESIS

    Unit.objects.bulk_create(
        Unit(slug=f"unit-{number}", name=f"示例单位{number:02d}", position=number) for number in range(UNITS)
    )
    units = list(Unit.objects.order_by("position"))
    texts, size, digest = Library().texts(count), 0, GENESIS
    while chunk := list(itertools.islice(texts, CHUNK)):
        with transaction.atomic():
            size, digest = _enter(chunk, units, size, digest)
    Head.objects.update_or_create(pk=1, defaults={"size": size, "digest": digest})


def _enter(chunk: list[Text], units: "list[Unit]", size: int, digest: str) -> tuple[int, str]:
    from yangguang.journal.models import Line
    from yangguang.publishing.models import Document, Edition, StatusAct

    documents = Document.objects.bulk_create(
        Document(
            unit=units[text.unit],
            index_no=f"unit-{text.unit}-{text.online_at.year}-{text.number:06d}",
            number=text.document_number,
            **_facts(text),
        )
        for text in chunk
    )
    lines, editions, acts = [], [], []
    for text, document in zip(chunk, documents, strict=True):
        line = _line(size + 1, digest, document.index_no, text.online_at, Line.Act.PUBLISH)
        editions.append(
            Edition(
                document=document,
                unit=document.unit,
                number=1,
                line=line,
                document_number=text.document_number,
                sha256=hashlib.sha256(text.body.encode()).hexdigest(),
                online_at=text.online_at,
                **_facts(text),
            )
        )
        size, digest = line.seq, line.digest
        lines.append(line)
        if text.status == "abolished":
            line = _line(size + 1, digest, document.index_no, text.online_at, Line.Act.ABOLISH)
            acts.append(
                StatusAct(
                    document=document,
                    line=line,
                    act="abolish",
                    effective_on=text.online_at.date() + dt.timedelta(days=100),
                    reason="示例",
                )
            )
            size, digest = line.seq, line.digest
            lines.append(line)
    Line.objects.bulk_create(lines)
    Edition.objects.bulk_create(editions)
    StatusAct.objects.bulk_create(acts)
    return size, digest


def _facts(text: Text) -> dict[str, str]:
    return {"title": text.title, "form": text.form, "topic": text.topic, "body": text.body}


def _line(seq: int, before: str, index_no: str, at: dt.datetime, act: str) -> "Line":
    from yangguang.journal.models import Line

    body = json.dumps({"document": index_no, "seq": seq})
    digest = hashlib.sha256(f"{before}{body}".encode()).hexdigest()
    return Line(seq=seq, act=act, at=at, body=body, previous=before, digest=digest)


def segmented(texts: Iterable[str]) -> str:
    """The words of texts as a database without Chinese takes them: with spaces between."""
    import rjieba

    return " ".join(word for text in texts for word in rjieba.cut_for_search(text, False) if word.strip())
