"""Plain text → blocks, and back without a changed sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from yangguang.rules.official_text.blocks import FOOTNOTE, PICTURE, Block, Kind
from yangguang.rules.official_text.numbering import (
    chapter_level,
    lead_of,
    marked_level,
    may_head,
    number_level,
)
from yangguang.rules.official_text.places import attachments_listed, lists_attachments, placed

# What no document prints, and neither Word, PDF nor XML can hold: control signs, halves of pairs, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|\x85|\u2029")


def normalised(text: str) -> str:
    """The text with `\\n` line ends, one empty line between blocks, no blanks at line ends, no control signs.

    A tab at a line's end is an empty cell, and stays. `normalised(normalised(t)) == normalised(t)`.
    """
    text = _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))
    lines = [_without_trailing_blanks(line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a body. `to_text(parse(text)) == normalised(text)`, for every text."""
    blocks: list[Block] = []
    for piece in normalised(text).split("\n\n"):
        if piece:
            blocks.extend(_of_piece(piece.split("\n")))
    return placed(_headings(attachments_listed(blocks)))


def to_text(blocks: Sequence[Block]) -> str:
    """The text that the blocks were read from, normalised."""
    return "".join(
        block.text if number == 0 else ("\n" if block.tight else "\n\n") + block.text
        for number, block in enumerate(blocks)
    )


def _without_trailing_blanks(line: str) -> str:
    if not line.strip():
        return ""
    kept = line.rstrip()
    ends = line[len(kept) :]
    return kept + "\t" * ends.count("\t") if "\t" in kept else kept


def _of_piece(lines: list[str]) -> list[Block]:
    """The lines between two empty ones: a table, one paragraph, or headings and pictures among paragraphs."""
    if all("\t" in line.strip(" \u3000") and line.strip() for line in lines) and _is_table(lines):
        return [Block(Kind.TABLE, "\n".join(lines))]
    blocks: list[Block] = []
    for line in lines:
        kind, level = _alone(line)
        tight = bool(blocks)
        if tight and _carries_on(blocks[-1], kind, level):
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text}\n{line}")
        else:
            blocks.append(Block(kind, line, level, tight))
    return blocks


def _carries_on(before: Block, kind: Kind, level: int) -> bool:
    """Whether a line belongs to the block above it: more of a paragraph, the next of the attachments."""
    if before.kind is Kind.ATTACHMENTS:
        return level == 3
    return kind is Kind.PARAGRAPH and before.kind in (Kind.PARAGRAPH, Kind.FOOTNOTE)


def _is_table(lines: list[str]) -> bool:
    """A tab between two texts in some line; tabs that only indent make no table."""
    return any("\t" in line.strip() for line in lines)


def _alone(line: str) -> tuple[Kind, int]:
    """What a line is by itself, whatever stands around it; headings are still candidates."""
    text = line.strip()
    if text.startswith("#"):
        level = marked_level(line)
        return (Kind.HEADING, level) if level else (Kind.PARAGRAPH, 0)
    if text.startswith("[^") and FOOTNOTE.match(text):
        return Kind.FOOTNOTE, 0
    if text.startswith("![") and PICTURE.fullmatch(text):
        return Kind.PICTURE, 0
    if lists_attachments(text):
        return Kind.ATTACHMENTS, 0
    level = chapter_level(text)
    if level:
        return Kind.HEADING, level
    level = number_level(text)
    return (Kind.HEADING, level) if level and may_head(text) else (Kind.PARAGRAPH, 0)


def _headings(blocks: list[Block]) -> list[Block]:
    """Of the candidates, those with something under them; items of a list become paragraphs.

    A numbered line followed by a number of its own level or a higher one, or by nothing, heads nothing.
    """
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        if block.kind is Kind.HEADING and not _is_named(block) and not _heads(blocks, number):
            block = replace(block, kind=Kind.PARAGRAPH, level=0)
            before = kept[-1] if kept else None
            if block.tight and before is not None and before.kind is Kind.PARAGRAPH:
                kept[-1] = replace(before, text=f"{before.text}\n{block.text}")
                continue
        elif block.tight and block.kind is Kind.PARAGRAPH and kept and kept[-1].kind is Kind.PARAGRAPH:
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text}\n{block.text}")
            continue
        kept.append(block)
    return kept


def _is_named(block: Block) -> bool:
    return marked_level(block.text) > 0 or chapter_level(block.text.strip()) > 0


def _heads(blocks: Sequence[Block], number: int) -> bool:
    block = blocks[number]
    if number + 1 == len(blocks):
        return False
    under = blocks[number + 1]
    if under.kind is Kind.HEADING and _is_named(under):
        return False
    level = number_level(under.text.strip())
    if 0 < level <= block.level:
        return False
    return not (block.text.endswith("。") and _is_item(blocks[number - 1] if number else None, block.level))


def _is_item(block: Block | None, level: int) -> bool:
    """Whether a block is an item of a list: numbered at that level, with no lead of its own."""
    if block is None or number_level(block.text.strip()) != level:
        return False
    return not lead_of(block.text.strip())
