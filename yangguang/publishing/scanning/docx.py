"""Word files: their text, and comments, tracked changes, hidden text and properties."""

from typing import Any

from yangguang.publishing.scanning.office import properties
from yangguang.rules.scan import Finding, Kind, Place, Severity, scan_text
from yangguang.warehouse.archive import open_archive, parsed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = (
    ("document", ""),
    ("header", "页眉"),
    ("footer", "页脚"),
    ("footnotes", "脚注"),
    ("endnotes", "尾注"),
)
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def scan(name: str, content: bytes) -> list[Finding]:
    """Findings in a .docx; paragraphs are counted as they stand in the file. Raises Unreadable."""
    archive = open_archive(content, "docx")
    found: list[Finding] = []
    for entry in sorted(archive.namelist()):
        word = next((word for stem, word in _PARTS if entry.startswith(f"word/{stem}")), None)
        if word is not None and entry.endswith(".xml"):
            root = parsed(archive, entry, "docx")
            found += _part(root, Place(file=name, part=word))
        elif entry in {"word/comments.xml"}:
            found += _comments(parsed(archive, entry, "docx"), name)
    return [*found, *properties(archive, name, "docx")]


def _part(root: Any, place: Place) -> list[Finding]:
    found: list[Finding] = []
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        here = Place(file=place.file, part=place.part, paragraph=number)
        text = "".join(paragraph.itertext(f"{_W}t", f"{_W}delText"))
        found += [Finding(each.kind, each.severity, here, each.value) for each in scan_text(text)]
        changed = [mark for name in _CHANGES for mark in paragraph.iter(f"{_W}{name}") if _words(mark)]
        if changed:
            found.append(Finding(Kind.TRACKED_CHANGE, Severity.BLOCK, here, _shown(_words(changed[0]))))
        hidden = "".join(_words(run) for run in paragraph.iter(f"{_W}r") if _is_hidden(run))
        if hidden.strip():
            found.append(Finding(Kind.HIDDEN_TEXT, Severity.BLOCK, here, _shown(hidden)))
    return found


def _comments(root: Any, name: str) -> list[Finding]:
    texts = [_words(comment) for comment in root.iter(f"{_W}comment")]
    if not texts:
        return []
    return [Finding(Kind.COMMENT, Severity.BLOCK, Place(file=name), f"{len(texts)} 处，如{_shown(texts[0])}")]


def _words(element: Any) -> str:
    return "".join(element.itertext(f"{_W}t", f"{_W}delText"))


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _shown(text: str) -> str:
    return f"“{text.strip()[:12]}…”" if len(text.strip()) > 12 else f"“{text.strip()}”"
