"""Signed notes (c2sp.org/signed-note): a text and the signatures under it, Ed25519 only.

Two kinds of keys: a log's own (type 0x01) and a witness's, whose cosignature carries the time
(type 0x04, c2sp.org/tlog-cosignature). Keys are written as Go's `note` package writes them:
`name+hash+base64`, a private one after `PRIVATE+KEY+`.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE, COSIGNATURE = 0x01, 0x04
PRIVATE = "PRIVATE+KEY+"
# c2sp.org/signed-note: a reader may set a limit, but not below 16.
MOST_SIGNATURES = 100


class NoteProblem(ValueError):
    """A note or a key is not written as the standard says; the text says where."""


@dataclass(frozen=True)
class Signature:
    """One line under a note: who says to have signed, and the bytes (without the key's number)."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        return f"— {self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class Note:
    """`text` ends with a newline and is what was signed."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Verifier:
    """A public key: the name it signs under, its kind, and 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def text(self) -> str:
        material = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{material}"

    def accepts(self, note: Note) -> bool:
        """Whether the note carries this key's signature. One that is its own and wrong raises NoteProblem."""
        own = [one for one in note.signatures if (one.name, one.key_id) == (self.name, self.key_id)]
        for signature in own:
            if not self._holds(note.text, signature.value):
                raise NoteProblem(f"{self.name} 的签名与内容不符")
        return bool(own)

    def _holds(self, text: str, value: bytes) -> bool:
        message, signature = text.encode(), value
        if self.kind == COSIGNATURE:
            message, signature = _timed(text, int.from_bytes(value[:8], "big")), value[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key: the name it signs under, its kind, and the 32 random bytes that it is."""

    name: str
    kind: int
    seed: bytes

    def verifier(self) -> Verifier:
        return Verifier(self.name, self.kind, self._key().public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """A log's signature over the note's text."""
        return Signature(self.name, self.verifier().key_id, self._key().sign(text.encode()))

    def cosign(self, text: str, at: int) -> Signature:
        """A witness's signature over a checkpoint's text, `at` seconds since 1970."""
        value = at.to_bytes(8, "big") + self._key().sign(_timed(text, at))
        return Signature(self.name, self.verifier().key_id, value)

    def text(self) -> str:
        material = base64.b64encode(bytes([self.kind]) + self.seed).decode()
        return f"{PRIVATE}{self.name}+{self.verifier().key_id.hex()}+{material}"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def parse(raw: bytes) -> Note:
    """Read a signed note. Raises NoteProblem."""
    try:
        written = raw.decode()
    except UnicodeDecodeError as problem:
        raise NoteProblem("不是 UTF-8 文本") from problem
    if any(ord(character) < 0x20 and character != "\n" for character in written):
        raise NoteProblem("含有控制字符")
    text, parted, below = written.rpartition("\n\n")
    if not parted or not below.endswith("\n"):
        raise NoteProblem("缺少空行或者末尾的换行")
    lines = below.splitlines()
    if len(lines) > MOST_SIGNATURES:
        raise NoteProblem(f"签名超过 {MOST_SIGNATURES} 个")
    return Note(text + "\n", tuple(signature(line) for line in lines))


def signature(line: str) -> Signature:
    """Read one signature line, without its newline. Raises NoteProblem."""
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not _is_name(parts[1]):
        raise NoteProblem(f"签名行“{line[:60]}”不合格式")
    value = decoded(parts[2])
    if len(value) < 5:
        raise NoteProblem(f"签名行“{line[:60]}”太短")
    return Signature(parts[1], value[:4], value[4:])


def render(note: Note) -> bytes:
    return (note.text + "\n" + "".join(one.line() for one in note.signatures)).encode()


def verifier(text: str) -> Verifier:
    """Read a public key `name+hash+base64`. Raises NoteProblem."""
    name, kind, material, key_id = _key(text.strip())
    found = Verifier(name, kind, material)
    if found.key_id.hex() != key_id:
        raise NoteProblem(f"公钥“{text[:80]}”的编号与内容不符：请重新抄录")
    return found


def signer(text: str) -> Signer:
    """Read a private key. Raises NoteProblem."""
    if not text.startswith(PRIVATE):
        raise NoteProblem(f"私钥须以 {PRIVATE} 开头")
    name, kind, material, key_id = _key(text.strip().removeprefix(PRIVATE))
    found = Signer(name, kind, material)
    if found.verifier().key_id.hex() != key_id:
        raise NoteProblem("私钥的编号与内容不符：文件已损坏，请从备份恢复")
    return found


def decoded(text: str) -> bytes:
    """Standard base64 in the one form that encoding gives. Raises NoteProblem."""
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError as problem:
        raise NoteProblem(f"“{text[:60]}”不是 base64") from problem
    if base64.b64encode(found).decode() != text:
        raise NoteProblem(f"“{text[:60]}”不是规范的 base64")
    return found


def _key(text: str) -> tuple[str, int, bytes, str]:
    name, _, rest = text.partition("+")
    key_id, _, material = rest.partition("+")
    value = decoded(material)
    if not _is_name(name) or len(value) != 33 or value[0] not in (SIGNATURE, COSIGNATURE):
        raise NoteProblem("密钥不合格式：须为 名称+编号+base64，且是 Ed25519")
    return name, value[0], value[1:], key_id


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)


def _timed(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()
