"""Which sample documents are normative, and what explains them: most together with their document."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from yangguang.publishing.actions import editions
from yangguang.publishing.models import Document, Material, Phase
from yangguang.sample.acts import Act, Explain, Publish
from yangguang.sample.conduct import dice
from yangguang.sample.texts import WARNING

NORMATIVE, TOGETHER, PROMISED, EXEMPT = 0.5, 0.6, 0.2, 0.1
PROMISE = dt.timedelta(days=20)
KINDS = (("qa", "问答"), ("text", "文字解读"), ("picture", "图解"), ("expert", "专家解读"))


def acts_of(acts: Iterable[Act]) -> Iterator[Act]:
    """The acts again: some documents with a normative number, and their interpretation right after them."""
    for act in acts:
        if not isinstance(act, Publish) or not act.number.startswith("示例〔"):
            yield act
            continue
        if dice("normative", act.handle).random() >= NORMATIVE:
            yield act
            continue
        normative = replace(act, number=act.number.replace("示例〔", "示例规〔", 1))
        yield normative
        if _lot(normative) < TOGETHER:
            kind, word = dice("kind", act.handle).choice(KINDS)
            body = f"{WARNING}\n\n问：为什么制定“{act.title}”？\n\n答：示例回答。办理方法和适用范围见原文件。"
            yield Explain(act.at, f"{act.handle}|explained", act.handle, f"{act.title}{word}", body, kind)


def facts_of(act: Publish) -> dict[str, Any]:
    """What a normative document promises or gives as its reason, where nothing goes live with it."""
    if "规〔" not in act.number or (drawn := _lot(act)) < TOGETHER:
        return {}
    if drawn < TOGETHER + PROMISED:
        return {"interpretation_due": act.at.date() + PROMISE}
    if drawn < TOGETHER + PROMISED + EXEMPT:
        return {"interpretation_exemption": "示例：仅延长原文件期限，内容没有变化"}
    return {}


def do(act: Explain, policy: Document) -> Document:
    """Publish a piece of interpretation by the unit that drafted the document."""
    document = Document.objects.create(
        unit=policy.unit,
        title=act.title,
        body=act.body,
        is_sample=True,
        keywords=["【示例】"],
        first_published_at=act.at,
        last_published_at=act.at,
    )
    Material.objects.create(document=document, policy=policy, kind=act.kind, phase=Phase.WITH)
    editions.issue(document=document, by=None, now=act.at, unreviewed=True)
    return document


def _lot(act: Publish) -> float:
    return dice("interpretation", act.handle).random()
