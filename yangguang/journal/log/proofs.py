"""An offline proof of one line: its text, its path, and the signed head of the log."""

from yangguang.journal.log.files import folder
from yangguang.journal.log.publish import standing
from yangguang.journal.log.tiles import Tree
from yangguang.rules import merkle
from yangguang.rules.signed_note import parse
from yangguang.rules.tlog import TILE, Checkpoint, Proof, checkpoint, proof_text


def proof(seq: int) -> bytes | None:
    """The `.tlog-proof` of journal line `seq`, or None while it is not signed yet.

    Where witnesses have cosigned a head that holds the line, that head is given.
    """
    for head in (_cosigned(), standing()):
        if head is not None and seq <= head[0].size:
            tree = Tree(folder(), head[0].size)
            entry = tree.entries((seq - 1) // TILE)[(seq - 1) % TILE]
            path = merkle.inclusion(seq - 1, tree.size, tree.at)
            return proof_text(Proof(entry, seq - 1, tuple(path), head[1]))
    return None


def _cosigned() -> tuple[Checkpoint, bytes] | None:
    try:
        raw = (folder() / "cosigned").read_bytes()
    except FileNotFoundError:
        return None
    return checkpoint(parse(raw).text), raw
