"""Put back lines that a restored database lacks: the signed log holds every one of them."""

import datetime as dt
import json

from django.db import transaction

from yangguang.journal.log.files import folder
from yangguang.journal.log.state import Forked, signed
from yangguang.journal.log.tiles import Tree
from yangguang.journal.models import Head, Line
from yangguang.rules.chain import GENESIS, digest


@transaction.atomic
def recover() -> int:
    """Add the lines after the database's last one up to the signed size; returns how many.

    What those lines speak of (editions, withdrawals …) is not in the log: the patrol lists it. Raises
    Forked, and changes nothing, where the database holds other lines than those that were signed.
    """
    head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"size": 0, "digest": GENESIS})
    state = signed()
    if state is None or head.size >= state.size:
        return 0
    previous, lines = head.digest, []
    for seq, entry in enumerate(Tree(folder(), state.size).entries_after(head.size), head.size + 1):
        body = entry.decode()
        told = json.loads(body)
        made = digest(previous, body)
        at = dt.datetime.fromisoformat(told["at"])
        lines.append(Line(seq=seq, act=told["act"], at=at, body=body, previous=previous, digest=made))
        previous = made
    if previous != state.digest:
        raise Forked(
            f"数据库里的前 {head.size} 行与已签名公布的日志不是同一份，不能补回：请改用含有第 {state.size} 行的备份"
        )
    Line.objects.bulk_create(lines, batch_size=500)
    head.size, head.digest = state.size, state.digest
    head.save()
    return len(lines)
