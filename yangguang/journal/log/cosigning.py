"""Ask witnesses to cosign the checkpoint, and keep their cosignatures under it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangguang.journal.log.files import folder, keep
from yangguang.journal.log.publish import locked, standing
from yangguang.journal.log.tiles import Tree
from yangguang.rules import merkle
from yangguang.rules.signed_note import (
    Note,
    NoteProblem,
    Signature,
    Verifier,
    parse,
    render,
    signature,
    verifier,
)
from yangguang.rules.tlog import Checkpoint, number, request

PATIENCE = 10
"""Seconds for a witness's answer."""

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True)
class Witness:
    """Somebody who cosigns: their key, and where they answer."""

    key: Verifier
    address: str


class Refused(Exception):
    """A witness did not sign; the text says why."""


def configured(settings: Iterable[str]) -> list[Witness]:
    """Read `key address` pairs. Raises ValueError naming the one that cannot be used."""
    found = []
    for text in settings:
        key, _, address = text.partition(" ")
        if not address.strip().startswith(("http://", "https://")):
            raise ValueError(f"见证人“{text[:80]}”须写成“公钥 网址”（设置 YANGGUANG_JOURNAL_WITNESSES）")
        found.append(Witness(verifier(key), address.strip().rstrip("/")))
    return found


def cosign(settings: Iterable[str]) -> dict[str, str]:
    """Ask all witnesses about the standing checkpoint; returns each one's name and its refusal ("": signed).

    The cosigned checkpoint is published in its place, and kept for the proofs until there is a newer one.
    """
    witnesses, head = configured(settings), standing()
    if head is None or not witnesses:
        return {one.key.name: "日志还没有签名的检查点" for one in witnesses}
    # 23 MB of memory that an installation without witnesses does without.
    import httpx

    outcomes: dict[str, str] = {}
    for one in witnesses:
        try:
            _add(_ask(one, *head), head[0])
            outcomes[one.key.name] = ""
        except (Refused, NoteProblem, httpx.HTTPError) as problem:
            outcomes[one.key.name] = str(problem) or type(problem).__name__
    return outcomes


def ask_all(settings: Iterable[str]) -> None:
    """For the worker: ask all witnesses, and raise Refused naming those that did not sign."""
    refusals = {name: refusal for name, refusal in cosign(settings).items() if refusal}
    if refusals:
        raise Refused("；".join(f"{name}：{refusal}" for name, refusal in refusals.items()))


def _ask(witness: Witness, head: Checkpoint, raw: bytes) -> Signature:
    """Its cosignature. A witness that knows another size than we remember tells it, and is asked again."""
    known = _remembered().get(witness.key.name, 0)
    answer = _post(witness, head, raw, min(known, head.size))
    if answer.status_code == 409 and "x.tlog.size" in answer.headers.get("Content-Type", ""):
        known = number(answer.text.strip())
        if known > head.size:
            raise Refused(
                f"它见证过第 {known} 行，而这里只有 {head.size} 行：本机的日志是从旧备份恢复的，"
                "请找回较新的备份（数据库和 YANGGUANG_VAR 里的 journal），在此之前不要发布"
            )
        answer = _post(witness, head, raw, known)
    if answer.status_code != 200:
        raise Refused(f"{answer.status_code} {answer.text.strip()[:200]}")
    text = parse(raw).text
    for line in answer.text.splitlines():
        made = signature(line)
        if witness.key.accepts(Note(text, (made,))):
            keep(
                folder() / "witnesses.json",
                json.dumps({**_remembered(), witness.key.name: head.size}).encode(),
            )
            return made
    raise Refused("它的回答里没有它自己的副署：请核对设置里的公钥")


def _post(witness: Witness, head: Checkpoint, raw: bytes, known: int) -> httpx.Response:
    import httpx

    tree = Tree(folder(), head.size)
    path = merkle.consistency(known, head.size, tree.at)
    return httpx.post(
        f"{witness.address}/add-checkpoint", content=request(known, path, raw), timeout=PATIENCE
    )


def _add(made: Signature, head: Checkpoint) -> None:
    """Put the cosignature under the checkpoint where it still stands, and under the kept copy."""
    with locked():
        published = standing()
        if published is not None and published[0] == head:
            note = parse(published[1])
            others = [one for one in note.signatures if (one.name, one.key_id) != (made.name, made.key_id)]
            raw = render(Note(note.text, (*others, made)))
            keep(folder() / "checkpoint", raw)
            keep(folder() / "cosigned", raw)


def _remembered() -> dict[str, int]:
    """How far each witness has come, as it last said."""
    path = folder() / "witnesses.json"
    found: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
    return found
