"""What there is to import: the files of a folder, or the rows of a table, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from yangguang.publishing.attachments import Attachment, media_type_of
from yangguang.publishing.formats.reading.found import Found, Notice
from yangguang.publishing.formats.reading.open import ENDINGS, read_bytes, read_path
from yangguang.publishing.formats.reading.rows import Row, Sheet, open_sheet
from yangguang.publishing.models import Concerns, Form
from yangguang.rules.official_text import normalised
from yangguang.rules.plan_table import Unreadable
from yangguang.warehouse import store

_FORMS = {word: code for code, word in Form.choices} | {code: code for code in Form.values}
_CONCERNS = {word: code for code, word in Concerns.choices} | {code: code for code in Concerns.values}


@dataclass
class Item:
    """One document to be: `key` tells it from the others of its source, `place` tells a person where it stands.

    `unit` is a name as the source writes it, or empty. `load` reads the rest; it raises `Unreadable`.
    """

    key: str
    place: str
    sha256: str
    unit: str
    load: Any


@dataclass
class Loaded:
    """The fields of a document by name, its attachments (already in the store), what was left behind."""

    facts: dict[str, Any]
    attachments: list[Attachment] = field(default_factory=list)
    notices: tuple[Notice, ...] = ()


def files_of(folder: Path) -> list[Path]:
    """The files to read, in order of their names; hidden ones and Office's lock files left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    )


def items_of_folder(folder: Path, files: list[Path]) -> Iterator[Item]:
    """Each file as an item. The first folder under `folder`, where there is one, names the unit."""
    for path in files:
        parts = path.relative_to(folder).parts
        key = "/".join(parts)
        digest = _hashed(path)
        unit = parts[0] if len(parts) > 1 else ""
        yield Item(key, key, digest, unit, partial(_load_file, path))


def items_of_sheet(sheet: Sheet) -> Iterator[Item]:
    """Each row as an item. Without a column 编号, the row's own content tells it from the others."""
    for row in sheet.rows():
        digest = hashlib.sha256(row.raw.encode()).hexdigest()
        key = str(row.facts.get("key") or f"sha256:{digest}")[:500]
        yield Item(
            key,
            f"第 {row.line} 行",
            digest,
            row.facts.get("unit", ""),
            partial(_load_row, sheet.path.parent, row),
        )


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load_file(path: Path) -> Loaded:
    if path.suffix.lstrip(".").lower() not in {*ENDINGS, "doc", "wps", "ofd", "rtf", "odt"}:
        raise Unreadable("不是 .docx、.pdf、.html、.txt 文件，没有导入")
    found = read_path(path)
    return Loaded(facts_of(found), kept_pictures(found), found.notices)


def facts_of(found: Found) -> dict[str, Any]:
    """A reader's findings as the fields of a document. A single issuer is the unit itself and is left out."""
    return {
        "title": found.title,
        "body": found.body,
        "number": found.number,
        "made_on": found.made_on,
        "issuers": list(found.issuers) if len(found.issuers) > 1 else [],
    }


def kept_pictures(found: Found) -> list[Attachment]:
    """The pictures, put into the store."""
    return [
        Attachment(
            picture.name, media_type_of(picture.name) or "", len(picture.content), store.put(picture.content)
        )
        for picture in found.pictures
    ]


def _load_row(folder: Path, row: Row) -> Loaded:
    if row.problem:
        raise Unreadable(row.problem)
    facts = {key: value for key, value in row.facts.items() if key not in ("key", "unit")}
    notices: tuple[Notice, ...] = ()
    attachments: list[Attachment] = []
    file = facts.pop("body_file", "")
    if file:
        path = _inside(folder, file, "正文文件")
        found = read_bytes(path.read_bytes(), path.name)
        notices, attachments = found.notices, kept_pictures(found)
        facts = {**{key: value for key, value in facts_of(found).items() if value}, **facts}
    attachments += [_attached(folder, name.strip()) for name in facts.pop("attachments", [])]
    for name, words in (("form", _FORMS), ("concerns", _CONCERNS)):
        if name in facts and facts[name] not in words:
            label = "形式" if name == "form" else "涉及"
            raise Unreadable(f"“{label}”列：没有“{facts[name]}”这一种；可用：{'、'.join(words)}")
        if name in facts:
            facts[name] = words[facts[name]]
    facts["body"] = normalised(facts["body"])
    return Loaded(facts, attachments, notices)


def _inside(folder: Path, name: str, column: str) -> Path:
    """The file of that name under the table's folder, and nowhere else."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise Unreadable(f"“{column}”列：{name} 不在表格所在的文件夹里")
    if not path.is_file():
        raise Unreadable(f"“{column}”列：没有文件 {name}；路径从表格所在的文件夹算起")
    return path


def _attached(folder: Path, name: str) -> Attachment:
    path = _inside(folder, name, "附件")
    media_type = media_type_of(path.name)
    if media_type is None:
        raise Unreadable(f"“附件”列：不接受 {path.name} 这种文件")
    with path.open("rb") as file:
        digest, size = store.put_file(file)
    return Attachment(path.name, media_type, size, digest)


__all__ = [
    "Item",
    "Loaded",
    "facts_of",
    "files_of",
    "items_of_folder",
    "items_of_sheet",
    "kept_pictures",
    "open_sheet",
]
