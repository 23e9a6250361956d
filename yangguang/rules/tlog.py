"""The texts of a public log: checkpoints, tile addresses, offline proofs (c2sp.org/tlog-*)."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yangguang.rules.signed_note import NoteProblem, decoded

TILE = 256
"""Hashes in a whole tile, entries in a whole bundle."""
LONGEST_ENTRY = 65_535
"""Bytes: an entry's length is written in 16 bits."""
PROOF = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: its name, how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Proof:
    """That entry `index` stands in the log of the checkpoint. `extra` is the entry itself, as we use it."""

    extra: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes


def checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text (a note's text). Raises NoteProblem."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NoteProblem("检查点须有三行：日志名称、行数、根哈希")
    size, root = number(lines[1]), decoded(lines[2])
    if len(root) != 32:
        raise NoteProblem("检查点的根哈希不是 32 字节")
    return Checkpoint(lines[0], size, root)


def number(text: str) -> int:
    """A whole number without leading zeroes. Raises NoteProblem."""
    if not (text.isascii() and text.isdecimal()) or str(int(text)) != text:
        raise NoteProblem(f"“{text[:40]}”不是正整数")
    return int(text)


def tile_path(level: int | str, index: int, width: int = TILE) -> str:
    """Where a tile stands: `tile/0/x001/x234/067`, or `tile/entries/000.p/17` while it is not whole."""
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.insert(0, f"x{index % 1000:03d}")
    end = "" if width == TILE else f".p/{width}"
    return f"tile/{level}/{'/'.join(parts)}{end}"


def bundle(entries: Iterable[bytes]) -> bytes:
    """The entries of one bundle, each after its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(raw: bytes) -> list[bytes]:
    """The entries of a bundle. Raises NoteProblem where it was cut off."""
    entries, place = [], 0
    while place < len(raw):
        length = int.from_bytes(raw[place : place + 2], "big")
        entry = raw[place + 2 : place + 2 + length]
        if len(entry) != length:
            raise NoteProblem("日志条目文件不完整")
        entries.append(entry)
        place += 2 + length
    return entries


def proof_text(proof: Proof) -> bytes:
    head = [PROOF, f"extra {_b64(proof.extra)}", f"index {proof.index}", *map(_b64, proof.path)]
    return "\n".join([*head, "", ""]).encode() + proof.checkpoint


def proof(raw: bytes) -> Proof:
    """Read a `.tlog-proof`. Raises NoteProblem."""
    head, parted, note = raw.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as problem:
        raise NoteProblem("证明文件不是文本") from problem
    if not parted or lines[0] != PROOF:
        raise NoteProblem(f"证明文件须以 {PROOF} 开头")
    extra = b""
    if len(lines) > 1 and lines[1].startswith("extra "):
        extra = decoded(lines.pop(1).removeprefix("extra "))
    if len(lines) < 2 or not lines[1].startswith("index "):
        raise NoteProblem("证明文件缺少 index 行")
    return Proof(extra, number(lines[1].removeprefix("index ")), _hashes(lines[2:]), note)


def request(old: int, path: Sequence[bytes], note: bytes) -> bytes:
    """What a witness is asked (c2sp.org/tlog-witness, add-checkpoint)."""
    return "\n".join([f"old {old}", *map(_b64, path), "", ""]).encode() + note


def asked(raw: bytes) -> tuple[int, tuple[bytes, ...], bytes]:
    """Read such a request: the old size, the consistency proof, the signed checkpoint. Raises NoteProblem."""
    head, parted, note = raw.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if not parted or not lines[0].startswith("old ") or len(lines) > 64:
        raise NoteProblem("请求须以 old 行开头，一致性证明不超过 63 行")
    return number(lines[0].removeprefix("old ")), _hashes(lines[1:]), note


def _hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    found = tuple(decoded(line) for line in lines)
    if any(len(one) != 32 for one in found):
        raise NoteProblem("哈希须为 32 字节")
    return found


def _b64(value: bytes) -> str:
    return base64.b64encode(value).decode()
