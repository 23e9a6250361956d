"""Take a source in, chunk by chunk: what was imported before is passed over, so that a killed run goes on."""

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from yangguang.directory.models import Unit
from yangguang.publishing.actions import imports
from yangguang.publishing.actions.imports import Incoming
from yangguang.publishing.formats.reading import Unreadable
from yangguang.publishing.formats.reading.sources import Item, Loaded

CHUNK = 500
COLLECT_AFTER = 50_000
"""New objects between two looks of the garbage collector: somewhat more than a chunk leaves at one time."""


class State(StrEnum):
    """What became of one item."""

    IMPORTED = "已导入"
    KNOWN = "以前已导入"
    CHANGED = "来源有改动"
    REFUSED = "未导入"


@dataclass(frozen=True)
class Result:
    """What became of one item, in words for the report."""

    place: str
    state: State
    index_no: str = ""
    text: str = ""


def take_in(
    *,
    source: str,
    items: Iterable[Item],
    unit_of: Callable[[str], Unit],
    now: Callable[[], dt.datetime],
    chunk: int = CHUNK,
) -> Iterator[list[Result]]:
    """Import the items; yields the results of each chunk once it is safely stored.

    `unit_of` gives the unit that a source's words mean, or raises `Unreadable`. Every chunk is one
    transaction: after a kill, the same call goes on where the last whole chunk ended.
    """
    waiting = iter(items)
    with _collecting_seldom():
        while taken := list(islice(waiting, chunk)):
            yield _chunk(source, taken, unit_of, now())


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Let Python look for circles of rubbish less often: an import leaves hardly any, and makes much else."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _chunk(source: str, items: list[Item], unit_of: Callable[[str], Unit], now: dt.datetime) -> list[Result]:
    before = imports.known(source=source, keys=[item.key for item in items])
    results: dict[int, Result] = {}
    incoming: list[Incoming] = []
    loaded: dict[str, Loaded] = {}
    for number, item in enumerate(items):
        if item.key in before:
            results[number] = _seen(item, *before[item.key])
        elif item.key in loaded:
            results[number] = Result(item.place, State.REFUSED, text="与本表前面的一行编号或者内容相同")
        else:
            try:
                found = item.load()
                loaded[item.key] = found
                incoming.append(
                    Incoming(item.key, item.sha256, unit_of(item.unit), found.facts, found.attachments)
                )
            except Unreadable as problem:
                loaded.pop(item.key, None)
                results[number] = Result(item.place, State.REFUSED, text=str(problem))
    outcome = imports.publish_many(now=now, source=source, incoming=incoming)
    for number, item in enumerate(items):
        if number in results:
            continue
        if item.key in outcome.refused:
            results[number] = Result(item.place, State.REFUSED, text=outcome.refused[item.key])
        else:
            notices = "；".join(str(notice) for notice in loaded[item.key].notices)
            results[number] = Result(item.place, State.IMPORTED, outcome.imported[item.key], notices)
    return [results[number] for number in range(len(items))]


def _seen(item: Item, sha256: str, index_no: str) -> Result:
    if sha256 == item.sha256:
        return Result(item.place, State.KNOWN, index_no)
    text = "来源在导入之后改动过；已发布的文件没有变，需要更新请在工作台修改后再次发布"
    return Result(item.place, State.CHANGED, index_no, text)
