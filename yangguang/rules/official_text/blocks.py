"""What a body is made of: blocks that keep their text as printed and know what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from yangguang.rules.official_text.inline import Segment, segments
from yangguang.rules.official_text.numbering import lead_of
from yangguang.rules.official_text.tables import Table, read_table

PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^()\n]+)\)")
FOOTNOTE = re.compile(r"\[\^([\w-]{1,16})\]:[ \u3000]*")


class Kind(StrEnum):
    """What a block is. `docs/features/import-and-export.md` shows one of each."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    PICTURE = "picture"
    FOOTNOTE = "footnote"
    ADDRESSEE = "addressee"
    ATTACHMENTS = "attachments"
    SIGNATURE = "signature"
    NOTE = "note"
    ANNEX = "annex"
    TITLE = "title"


@dataclass(frozen=True)
class Block:
    """One block. `text` is as printed; `level` is 1–4 for headings, else 0.

    `tight` tells that no empty line parts it from the block before (a heading over its text).
    """

    kind: Kind
    text: str
    level: int = 0
    tight: bool = False

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their indents and without marks (`#`, `[^1]:`), for showing."""
        text = self.text
        if self.kind == Kind.HEADING:
            text = re.sub(r"^#{1,4} ", "", text)
        elif self.kind == Kind.FOOTNOTE:
            text = FOOTNOTE.sub("", text, count=1)
        return tuple(line.strip() for line in text.split("\n"))

    @cached_property
    def shown(self) -> str:
        """`lines` as one text; a table's cells in reading order, a picture's caption."""
        if self.kind == Kind.TABLE:
            return "\n".join("\t".join(cell.text for cell in row) for row in self.table.cells)
        if self.kind == Kind.PICTURE:
            return self.caption
        return "\n".join(self.lines)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """`shown` cut at footnote signs and line ends, for rendering."""
        return segments(self.shown)

    @cached_property
    def lead(self) -> str:
        """The numbered first sentence of a paragraph (“（一）加强领导。各单位要…”), set apart in print; or ""."""
        return lead_of(self.shown) if self.kind == Kind.PARAGRAPH else ""

    @property
    def is_centred(self) -> bool:
        """Titles, and headings of chapters and sections."""
        return self.kind == Kind.TITLE or (self.kind == Kind.HEADING and self.shown.startswith("第"))

    @cached_property
    def table(self) -> Table:
        """The cells, for a block of kind TABLE."""
        return read_table(self.text)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """A table's cells as a plain grid, rows of equal length; empty for other blocks."""
        return self.table.grid if self.kind == Kind.TABLE else ()

    @property
    def mark(self) -> str:
        """The sign of a footnote."""
        found = FOOTNOTE.match(self.text) if self.kind == Kind.FOOTNOTE else None
        return found[1] if found else ""

    @property
    def caption(self) -> str:
        """What a picture shows, for those who cannot see it."""
        return self._picture(1)

    @property
    def file(self) -> str:
        """The name of the attachment that holds a picture."""
        return self._picture(2)

    def _picture(self, part: int) -> str:
        found = PICTURE.fullmatch(self.text.strip()) if self.kind == Kind.PICTURE else None
        return found[part].strip() if found else ""


def plain(blocks: Iterable[Block]) -> str:
    """What a reader reads, without marks: for search, summaries and counting."""
    return "\n".join("".join(segment.text for segment in block.segments) for block in blocks)
