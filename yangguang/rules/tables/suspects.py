"""Which rows of a long table may be other than data, told by a quick look at each.

A row is looked at closely (`headings.Heading.kind_of`) where few of its cells are filled, or where its first
filled cell fits `pattern`, which Python's `re` and RE2 read alike. Every row that is no data is among them.
"""

import re
from collections.abc import Iterator

from yangguang.rules.tables.characters import EDGE, UNSEEN
from yangguang.rules.tables.grid import Grid, folded
from yangguang.rules.tables.headings import Heading

# What `grid.folded` and `grid.heading_of` leave out of a heading, in both widths.
_GAP = rf"[{EDGE}{UNSEEN}\s/\\_:;,.、·\-'\x22“”()\[\]{{}}【】〔〕<>《》▲△★☆*＊※◆●#　／＼＿：；，．－＇＂（）［］｛｝＜＞＃‐‑‒–—―−]*"
_WIDE = 0xFEE0


def most_filled(heading: Heading) -> int:
    """How many cells a row may have that is suspect by that alone: a note, a day, a body that signs."""
    return 2 if len([name for name in heading.names if name]) > 2 else 1


def pattern(heading: Heading) -> str:
    """A regular expression that is found in the first filled cell of every row that is no data and has more
    than two filled cells: blank or with unseen signs, a total, a column's number, a word of the heading."""
    words = {folded(word) for level in heading.levels for word in level}
    parts = [
        f"^[{EDGE}{UNSEEN}]*$",
        f"[{UNSEEN}]",
        f"[合总小共]{_GAP}计",
        f"^{_GAP}全{_GAP}[市区年]{_GAP}$",
        f"^[{EDGE}]*[(（]?(?:0?[12]|[甲乙丙丁戊己庚辛]|[A-Z])[)）]?(?:[{EDGE}]*[=＝]|[{EDGE}]*$)",
        *sorted(f"^{_GAP}{_GAP.join(map(_sign, word))}{_GAP}$" for word in words if word),
    ]
    return "|".join(f"(?:{part})" for part in parts)


def rows(grid: Grid, heading: Heading) -> Iterator[int]:
    """The rows below the heading that are to be looked at closely, in order."""
    most = most_filled(heading)
    search = re.compile(pattern(heading)).search
    for number in range(heading.last_row + 1, len(grid)):
        filled = [cell for cell in grid[number] if cell is not None and cell != ""]
        if len(filled) <= most or search(str(filled[0])):
            yield number


def _sign(sign: str) -> str:
    """A sign of a folded word, in both cases and both widths."""
    forms = {sign, sign.upper()} | {
        chr(ord(form) + _WIDE) for form in (sign, sign.upper()) if "!" <= form <= "~"
    }
    kept = [form for form in sorted(forms) if len(form) == 1]
    return f"[{''.join(map(re.escape, kept))}]"
