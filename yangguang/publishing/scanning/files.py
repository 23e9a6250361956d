"""Which reader looks through a file; what no reader can look through is said, not passed over."""

from collections.abc import Callable
from pathlib import PurePath

from yangguang.publishing.scanning import docx, pdf, xlsx
from yangguang.rules.encodings import decode
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.scan import Finding, Kind, Place, Severity, scan_text

Reader = Callable[[str, bytes], list[Finding]]
_READERS: dict[str, Reader] = {"docx": docx.scan, "xlsx": xlsx.scan, "pdf": pdf.scan}
_TEXTS = frozenset({"txt", "csv", "json"})
_PICTURES_AND_SOUND = frozenset({"jpg", "jpeg", "png", "mp3", "mp4"})
"""Only eyes and ears can check these; asking every time would teach people to click it away."""


def scan_file(name: str, content: bytes) -> list[Finding]:
    """Findings in a file, by its ending. One that cannot be read gives one finding that says so."""
    ending = PurePath(name).suffix.lstrip(".").lower()
    if ending in _PICTURES_AND_SOUND:
        return []
    try:
        if ending in _TEXTS:
            return scan_text(decode(content).replace(",", "\t"), Place(file=name))
        reader = _READERS.get(ending)
        if reader is not None:
            return reader(name, content)
    except Unreadable as problem:
        return [Finding(Kind.UNREADABLE, Severity.ASK, Place(file=name), f"（{problem}）")]
    return [Finding(Kind.UNREADABLE, Severity.ASK, Place(file=name))]
