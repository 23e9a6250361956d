"""What was signed last, kept outside the database, so that a restored database cannot fork the log."""

import json
from dataclasses import asdict, dataclass

from yangguang.journal.log.files import folder, keep
from yangguang.journal.models import Head, Line


class Forked(ValueError):
    """The database is not the one that was signed. Nothing is published or signed until it is again."""


@dataclass(frozen=True)
class Signed:
    """A signed tree: its size, its root (hex), and the chain's hash at its last line."""

    size: int
    root: str
    digest: str


def signed() -> Signed | None:
    """What was signed last, or None where nothing was yet."""
    try:
        return Signed(**json.loads((folder() / "state.json").read_bytes()))
    except FileNotFoundError:
        return None


def remember(state: Signed) -> None:
    keep(folder() / "state.json", json.dumps(asdict(state)).encode(), lasting=True)


def require_same_past(head: Head) -> None:
    """Raise Forked unless the stored chain holds the line that was signed last."""
    state = signed()
    if state is None or state.size == 0:
        return
    if head.size == state.size:
        stored: str | None = head.digest
    else:
        stored = Line.objects.filter(pk=state.size).values_list("digest", flat=True).first()
    if head.size < state.size or stored is None:
        raise Forked(
            f"数据库里的公开日志只有 {head.size} 行，而已经签名公布到第 {state.size} 行：数据库像是从较早的备份恢复的。"
            f"为了不出现两份互相矛盾的日志，发布和签名已停止，阅读不受影响。请改用含有第 {state.size} 行的备份；"
            "没有时运行 yangguang journal recover，从已公布的日志文件补回缺少的行"
        )
    if stored != state.digest:
        raise Forked(
            f"数据库里第 {state.size} 行的哈希与已经签名公布的不同：日志被改写过，或者数据库不是签名时的那一个。"
            "发布和签名已停止，阅读不受影响。请用 yangguang journal patrol 找出改动之处，或者恢复正确的备份"
        )
