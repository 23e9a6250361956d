"""Text files: paragraphs by empty lines; where there are none, every line is one."""

from __future__ import annotations

from yangguang.publishing.formats.reading.found import Pieces
from yangguang.rules.encodings import decode
from yangguang.rules.official_text import normalised


def read_txt(data: bytes) -> Pieces:
    """Read a text in UTF-8, UTF-16, GB 18030 or Big5."""
    return Pieces(blocks=paragraphs(normalised(decode(data))))


def paragraphs(text: str) -> list[str]:
    """The blocks of a normalised text that was typed or pasted. Lines with tabs stay together: a table."""
    if "\n\n" in text:
        return text.split("\n\n")
    blocks: list[str] = []
    for line in text.split("\n"):
        if "\t" in line and blocks and "\t" in blocks[-1]:
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line)
    return blocks
