"""Datasets for a list of hits."""

from collections.abc import Sequence

from yangguang.publishing.queries.status import day_of
from yangguang.registers.models import Register, Version
from yangguang.search.folding import excerpt, mark
from yangguang.search.hits import Group, Hit, Kind
from yangguang.search.index import asking
from yangguang.search.index.asking import Question
from yangguang.search.index.place import Reader
from yangguang.search.sources.datasets import DATASETS, texts


def groups(reader: Reader, question: Question, limit: int) -> tuple[Group, ...]:
    """The datasets that hold every word, the best first, as one group; none where there is no such dataset."""
    seqs, total = asking.others(reader, question, DATASETS.name, limit)
    hits = shown(seqs, question.shown)
    return (Group(Kind.DATASET, hits, total),) if hits else ()


def titles() -> list[str]:
    """The titles of the registers that are published."""
    return list(Register.objects.filter(versions__isnull=False).distinct().values_list("title", flat=True))


def shown(seqs: Sequence[int], words: Sequence[str]) -> tuple[Hit, ...]:
    """The hits of these journal lines, in order."""
    if not seqs:
        return ()
    rows = Version.objects.filter(line_id__in=seqs).select_related("register__unit").order_by()
    found = {version.line_id: version for version in rows}
    return tuple(_hit(found[seq], words) for seq in seqs if seq in found)


def _hit(version: Version, words: Sequence[str]) -> Hit:
    title, *told = texts(version)
    return Hit(
        kind=Kind.DATASET,
        title=title,
        heading=mark(title, words),
        url=version.register.get_absolute_url(),
        excerpt=excerpt(" ".join(told), words),
        unit=version.register.unit.name,
        day=day_of(version.online_at),
    )
