"""Sign what was committed: tiles first, then the memory of what is signed, then the checkpoint."""

import contextlib
import datetime as dt
import fcntl
from collections.abc import Iterator
from contextvars import ContextVar
from functools import partial

from django.db import connection, transaction

from yangguang.journal import queries
from yangguang.journal.log import key
from yangguang.journal.log.files import folder, keep
from yangguang.journal.log.state import Forked, Signed, remember, require_same_past, signed
from yangguang.journal.log.tiles import Tree, grow, sweep
from yangguang.journal.models import Head
from yangguang.rules import merkle
from yangguang.rules.chain import GENESIS, digest
from yangguang.rules.signed_note import Note, NoteProblem, parse, render
from yangguang.rules.tlog import Checkpoint
from yangguang.rules.tlog import checkpoint as read_checkpoint

CALL_FOR_CHECK = "没有签名。请用 yangguang journal check 找出断开处，并从备份恢复数据库"


def checkpoint(*, now: dt.datetime) -> Checkpoint:
    """Bring the public log up to the stored journal and sign it; returns what stands signed.

    Does nothing where nothing was added. Raises Forked, without signing, where the stored lines are not
    the continuation of what was signed before.
    """
    with locked():
        head = Head.objects.filter(pk=1).first() or Head(size=0, digest=GENESIS)
        require_same_past(head)
        state = signed()
        if state is not None and state.size == head.size:
            return _publish(state)
        tree = _grown(state, head)
        made = Signed(head.size, tree.root().hex(), head.digest)
        _require_continuation(tree, state, head)
        remember(made)
        found = _publish(made)
        sweep(tree, state.size if state else 0)
        Head.objects.filter(pk=1, signed_size__lt=made.size).update(
            signed_size=made.size, signed_root=made.root, signed_at=now
        )
        return found


def standing() -> tuple[Checkpoint, bytes] | None:
    """The published checkpoint and its signed bytes, or None before the first."""
    try:
        raw = (folder() / "checkpoint").read_bytes()
    except FileNotFoundError:
        return None
    return read_checkpoint(parse(raw).text), raw


def after_commit(at: dt.datetime) -> None:
    """Sign as soon as the running transaction is committed, once for all of its lines.

    What fails then is told to the log and made good by the worker: the act itself stands.
    """
    waiting = (registered[1] for registered in connection.run_on_commit)
    if not _held.get() and not any(getattr(act, "func", None) is checkpoint for act in waiting):
        transaction.on_commit(partial(checkpoint, now=at), robust=True)


_held: ContextVar[bool] = ContextVar("held", default=False)


@contextlib.contextmanager
def one_checkpoint(*, now: dt.datetime) -> Iterator[None]:
    """Sign once at the end of many transactions: for imports, where each must not wait for the disk.

    Within a transaction that encloses all of them the signing waits for its commit: nothing is signed that
    could still be taken back. Also where the work breaks off, what was committed is signed.
    """
    outer = _held.set(True)
    try:
        yield
    finally:
        _held.reset(outer)
        transaction.on_commit(partial(checkpoint, now=now), robust=True)


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """One signer at a time, on this machine."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _grown(state: Signed | None, head: Head) -> Tree:
    state = state or Signed(0, "", GENESIS)
    tree = Tree(folder(), state.size)
    grown = grow(tree, _unbroken(state, head))
    if grown.size != head.size:
        raise Forked(f"日志应有 {head.size} 行，实有 {grown.size} 行：{CALL_FOR_CHECK}")
    return grown


def _unbroken(state: Signed, head: Head) -> Iterator[bytes]:
    """The bodies of the lines after what is signed, as long as each holds on to the one before."""
    previous = state.digest
    for expected, link in enumerate(queries.links(after=state.size, until=head.size), state.size + 1):
        if link.seq != expected or link.previous != previous or digest(previous, link.body) != link.digest:
            raise Forked(f"日志的哈希链在第 {expected} 行断开：{CALL_FOR_CHECK}")
        previous = link.digest
        yield link.body.encode()


def _require_continuation(tree: Tree, state: Signed | None, head: Head) -> None:
    """Prove to ourselves that the new tree begins with every tree that we know to have been signed."""
    known = [(state.size, state.root)] if state else []
    if head.signed_size:
        known.append((head.signed_size, head.signed_root))
    for size, root in known:
        path = merkle.consistency(size, tree.size, tree.at)
        if not merkle.extends(size, tree.size, bytes.fromhex(root), tree.root(), path):
            raise Forked(
                f"现有的日志与已经签名公布的第 {size} 行为止的日志不一致：没有签名。"
                f"请用 yangguang journal patrol 找出改动之处，并从备份恢复数据库或 {folder()}"
            )


def _publish(state: Signed) -> Checkpoint:
    """Write the checkpoint of what is remembered as signed, where it does not stand yet."""
    signer = key.own()
    made = Checkpoint(signer.name, state.size, bytes.fromhex(state.root))
    try:
        published = standing()
    except NoteProblem:
        published = None
    if published is None or published[0] != made:
        keep(folder() / "checkpoint", render(Note(made.text(), (signer.sign(made.text()),))))
    return made
