"""What stands on the paper: an edition's facts and blocks, ready for any typesetter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from yangguang.publishing.models import Edition
from yangguang.rules.official_text import Block, Kind, parse
from yangguang.warehouse import store


@dataclass(frozen=True)
class Paper:
    """A document to be set. `mark` is the sentence of a document that is no longer in force, or None.

    `pictures` are the hashes of the attachments that the text shows, by name.
    """

    title: str
    number: str
    organs: tuple[str, ...]
    keywords: tuple[str, ...]
    mark: str | None
    body: str
    pictures: dict[str, str]
    colophon: tuple[tuple[str, str], ...]
    made: int

    @property
    def has_letterhead(self) -> bool:
        """A document with a number carries the red head of its organs."""
        return bool(self.number)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return parse(self.body)

    def facts(self) -> dict[str, Any]:
        return asdict(self)

    def picture(self, name: str) -> bytes | None:
        """The bytes of a picture; None where the attachment is no picture or not there."""
        try:
            return store.read(self.pictures[name])
        except (KeyError, FileNotFoundError):
            return None


def paper_of(edition: Edition, mark: str | None = None) -> Paper:
    """The paper of an edition. The same edition and mark give the same paper, for ever."""
    online = timezone.localtime(edition.online_at)
    document = edition.document
    colophon = [
        ("索引号", f"{document.index_no}（第 {edition.number} 版）"),
        ("发布单位", edition.unit.name),
        ("上网时间", f"{online:%Y-%m-%d %H:%M}"),
        ("正文 SHA-256", edition.sha256),
    ]
    if document.is_sample:
        colophon.insert(0, ("示例", "演示用的示例文件，不是真实的政府信息"))
    return Paper(
        title=edition.title,
        number=edition.document_number,
        organs=tuple(edition.issuers) or (edition.unit.name,),
        keywords=tuple(edition.keywords),
        mark=mark,
        body=edition.body,
        pictures={file.name: file.sha256 for file in edition.files if file.is_picture},
        colophon=tuple(colophon),
        made=int(edition.online_at.timestamp()),
    )


def notes_of(blocks: tuple[Block, ...]) -> dict[str, str]:
    """The texts of the footnotes by their signs."""
    return {block.mark: " ".join(block.lines) for block in blocks if block.kind is Kind.FOOTNOTE}


def runs_of(block: Block, notes: dict[str, str], numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    """A block's text in runs: ("lead" | "text" | "break" | "note" | "again", text).

    A footnote's text comes at its first sign; later signs give its number. A sign without a text stays
    as it is printed. `numbers` is carried from block to block.
    """
    lead = block.lead
    for segment in block.segments:
        if segment.breaks:
            yield "break", ""
        elif not segment.mark:
            text = segment.text
            if lead and text.startswith(lead):
                yield "lead", lead
                text = text[len(lead) :]
            lead = ""
            if text:
                yield "text", text
        elif segment.mark in numbers:
            yield "again", str(numbers[segment.mark])
        elif segment.mark in notes:
            numbers[segment.mark] = len(numbers) + 1
            yield "note", notes[segment.mark]
        else:
            yield "text", f"[^{segment.mark}]"
