"""Text files: paragraphs, and tables flattened with tabs or bars."""

from __future__ import annotations

from yangguang.plan.readers.flattened import grids_in
from yangguang.plan.readers.raw import RawLine, RawSource
from yangguang.plan.readers.wrapped import paragraphs_of
from yangguang.rules.encodings import decode
from yangguang.rules.plan_table import Place


def read_txt(data: bytes) -> RawSource:
    """Read a text in UTF-8, UTF-16 or GB 18030 (which holds GBK)."""
    text = decode(data)
    lines = [RawLine(line, Place(line=number)) for number, line in enumerate(text.splitlines(), 1)]
    source = RawSource()
    for part in grids_in(lines):
        if isinstance(part, list):
            source.blocks.extend(paragraphs_of(part))
        else:
            source.blocks.append(part)
    return source
