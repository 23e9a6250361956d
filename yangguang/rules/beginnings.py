"""What a file is by its first bytes, whatever its name says."""

from enum import Enum


class Container(Enum):
    """The containers that hold the formats we read."""

    ZIP = "zip"
    """.docx, .xlsx, .ods and others."""
    OLE = "ole"
    """Office before 2007, and any Office file with a password (MS-CFB)."""
    PDF = "pdf"


OLE_MARK = b"\xd0\xcf\x11\xe0"


def container_of(data: bytes) -> Container | None:
    """The container that the bytes begin; None for text and everything else."""
    if data[:2] == b"PK":
        return Container.ZIP
    if data[:4] == OLE_MARK:
        return Container.OLE
    return Container.PDF if data[:1024].lstrip()[:5] == b"%PDF-" else None
