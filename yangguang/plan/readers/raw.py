"""Blocks as the file readers build them: plain texts, before keys are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from yangguang.rules.plan_table import Block, Cell, Grid, Paragraph, Place, SourceLine, key_of


@dataclass
class RawLine:
    text: str
    place: Place


@dataclass
class RawParagraph:
    lines: list[RawLine]
    heading: int | None = None


@dataclass
class RawCell:
    row: int
    column: int
    lines: list[RawLine]
    rows: int = 1
    columns: int = 1
    wrapped: bool = False


@dataclass
class RawGrid:
    """Cells with spans; `places[r]` is row r's place."""

    cells: list[RawCell]
    places: list[Place]
    width: int
    sheet: str | None = None


@dataclass
class RawSource:
    """A whole file in reading order."""

    blocks: list[RawParagraph | RawGrid] = field(default_factory=list)

    def text(self) -> str:
        """All of it, to see which characters it uses."""
        return "".join(line.text for line in self._lines())

    def _lines(self) -> Iterable[RawLine]:
        for block in self.blocks:
            if isinstance(block, RawParagraph):
                yield from block.lines
            else:
                for cell in block.cells:
                    yield from cell.lines

    def keyed(self, simplify: Callable[[str], str]) -> list[Block]:
        """The blocks for the rules, each line with its key for matching."""

        def line(raw: RawLine) -> SourceLine:
            return SourceLine(raw.text, raw.place, key_of(raw.text, simplify))

        blocks: list[Block] = []
        for block in self.blocks:
            if isinstance(block, RawParagraph):
                kept = tuple(line(raw) for raw in block.lines if raw.text.strip())
                if kept:
                    blocks.append(Paragraph(kept, block.heading))
                continue
            cells = tuple(
                Cell(
                    cell.row,
                    cell.column,
                    tuple(line(raw) for raw in cell.lines if raw.text.strip()),
                    cell.rows,
                    cell.columns,
                    cell.wrapped,
                )
                for cell in block.cells
            )
            blocks.append(Grid(cells, tuple(block.places), block.width, block.sheet))
        return blocks
