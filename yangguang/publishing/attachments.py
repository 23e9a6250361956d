"""Files that belong to a document: what is known of each; the bytes lie in the store under their hash."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import IO, Any

from yangguang.rules.beginnings import OLE_MARK
from yangguang.warehouse import store

MOST = 50
LONGEST_NAME = 120
MEDIA_TYPES = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ofd": "application/ofd",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rar": "application/vnd.rar",
    "txt": "text/plain",
    "wps": "application/vnd.ms-works",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
# How files of a kind begin; kinds that are not listed begin in many ways.
_BEGINNINGS = {
    "pdf": (b"%PDF",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "ofd": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "doc": (OLE_MARK,),
    "xls": (OLE_MARK,),
    "ppt": (OLE_MARK,),
}
PICTURES = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True)
class Attachment:
    """A file: its public name, media type, size in bytes and SHA-256 in the store."""

    name: str
    media_type: str
    size: int
    sha256: str

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURES

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def media_type_of(name: str) -> str | None:
    """The media type that a file of this name is served with; None where such files are not accepted."""
    return MEDIA_TYPES.get(PurePath(name).suffix.lstrip(".").lower())


def problem(name: str, beginning: bytes) -> str:
    """Why a file cannot be an attachment, as a sentence; empty where it can. `beginning`: 16 bytes or more."""
    kind = PurePath(name).suffix.lstrip(".").lower()
    if kind not in MEDIA_TYPES:
        accepted = "、".join(sorted(MEDIA_TYPES))
        return f"附件“{name}”的类型不接受（网页和程序会伤到读者）：请改成其中一种：{accepted}。"
    if len(name) > LONGEST_NAME or any(sign in name for sign in '/\\\0<>"'):
        return f"附件名“{name[:40]}”太长，或者有不能用的符号（/ \\ < > 引号）：请改名，至多 {LONGEST_NAME} 个字。"
    begins = _BEGINNINGS.get(kind)
    if begins and not beginning.startswith(begins):
        return f"附件“{name}”的内容不是 .{kind}：可能改过扩展名或者已经损坏，请重新另存后上传。"
    return ""


def store_file(source: IO[bytes], name: str) -> Attachment:
    """Put a file into the store; its name must have passed `problem`."""
    digest, size = store.put_file(source)
    return Attachment(name, media_type_of(name) or "application/octet-stream", size, digest)


def read(stored: Iterable[dict[str, Any]]) -> tuple[Attachment, ...]:
    """Attachments as a document or an edition stores them."""
    return tuple(Attachment(**entry) for entry in stored)
