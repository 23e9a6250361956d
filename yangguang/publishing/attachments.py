"""Files that belong to a document: what is known of each; the bytes lie in the store under their hash."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

MOST = 50
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


def read(stored: Iterable[dict[str, Any]]) -> tuple[Attachment, ...]:
    """Attachments as a document or an edition stores them."""
    return tuple(Attachment(**entry) for entry in stored)
