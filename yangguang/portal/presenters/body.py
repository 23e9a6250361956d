"""The text of a document, block by block."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；，]{1,30}$")


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, or a table. `kind` is one of those words; rows are of equal length."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        return self.rows[0]


def blocks(text: str) -> list[Block]:
    """Cut a plain text at its empty lines.

    A block whose lines all hold tabs is a table, its first line the head. A short line “一、…” without
    a full stop is a heading.
    """
    pieces = re.split(r"\n[ \t　]*\n+", text.replace("\r\n", "\n").strip("\n"))
    return [_block(piece) for piece in pieces if piece.strip()]


def _block(piece: str) -> Block:
    lines = [line for line in piece.split("\n") if line.strip()]
    if len(lines) > 1 and all("\t" in line for line in lines):
        cells = [tuple(cell.strip() for cell in line.split("\t")) for line in lines]
        width = max(map(len, cells))
        return Block("table", rows=tuple(row + ("",) * (width - len(row)) for row in cells))
    if len(lines) == 1 and _HEADING.match(lines[0].strip()):
        return Block("heading", lines[0].strip())
    return Block("paragraph", piece.strip())
