"""What a witness answers (c2sp.org/tlog-witness): it signs only heads that continue the last it signed."""

from dataclasses import dataclass

from yangguang.rules import merkle, tlog
from yangguang.rules.signed_note import NoteProblem, Signer, Verifier, parse


@dataclass(frozen=True)
class Seen:
    """The newest head of a log that the witness has signed."""

    size: int
    root: bytes


@dataclass(frozen=True)
class Answer:
    """Status and body as the standard has them; `seen` is what to remember before answering, if anything."""

    status: int
    body: str
    media_type: str = "text/plain; charset=utf-8"
    seen: Seen | None = None


NOTHING = Seen(0, merkle.EMPTY)


def answer(raw: bytes, *, log: Verifier, seen: Seen, witness: Signer, at: int) -> Answer:
    """Answer an add-checkpoint request about `log`; `at` is the time of the cosignature in seconds."""
    try:
        old, path, signed = tlog.asked(raw)
        note = parse(signed)
        head = tlog.checkpoint(note.text)
    except NoteProblem as problem:
        return Answer(400, f"{problem}\n")
    if head.origin != log.name:
        return Answer(404, f"不认识日志 {head.origin}\n")
    try:
        known = log.accepts(note)
    except NoteProblem:
        known = False
    if not known:
        return Answer(403, f"检查点没有 {log.name} 的有效签名\n")
    if old > head.size:
        return Answer(400, f"旧的行数 {old} 大于检查点的行数 {head.size}\n")
    if old != seen.size:
        return Answer(409, f"{seen.size}\n", "text/x.tlog.size")
    if head.size == old and head.root != seen.root:
        return Answer(409, f"{seen.size}\n", "text/x.tlog.size")
    if not merkle.extends(old, head.size, seen.root, head.root, path):
        return Answer(422, f"第 {head.size} 行为止的日志，不是见证过的第 {old} 行为止的日志的延续\n")
    return Answer(200, witness.cosign(note.text, at).line(), seen=Seen(head.size, head.root))
