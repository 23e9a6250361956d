"""The head of a document: what stands over its body, proposed for the form's fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from yangguang.rules.official_text.blocks import Block, Kind
from yangguang.rules.official_text.numbering import chapter_level, number_level
from yangguang.rules.official_text.parse import parse, to_text
from yangguang.rules.official_text.places import is_date, is_organ
from yangguang.rules.plan_table.dates import find_date

NUMBER = re.compile(
    r"(?:(?!关于|的)[^\s〔〕\[\]（）()【】，。：]){1,15}[〔\[（(【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*(?:第\s*)?\d{1,5}\s*号"
)
_LETTERHEAD = re.compile(r"((?:(?!关于)[^\s，。：]){2,40}?)\s*文\s*件")
_KINDS = re.compile(
    r"(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|规定|条例|细则|方案|规划|"
    r"计划|要点|清单|目录|指南|解读|说明|情况|规则|标准|名单)(?:[（(][^（）()]{1,20}[)）])?$"
)
_URGENCY = re.compile(r"(?:特急|加急|平急|急件|\d{6}|签发人[：:].*|(?:机密|秘密|内部).{0,8})")
LONGEST_TITLE = 120
MOST_TITLE_LINES = 6


@dataclass(frozen=True)
class Head:
    """What was found; empty where the text does not tell. `body` is what remains, as official text.

    `dropped` are lines over the title that belong to paper, not to the public text (copy numbers, urgency).
    """

    title: str = ""
    number: str = ""
    issuers: tuple[str, ...] = ()
    made_on: date | None = None
    body: str = ""
    dropped: tuple[str, ...] = field(default=())


def read_head(text: str) -> Head:
    """Take letterhead, number and title from the beginning of a text, issuers and date from its signature."""
    blocks = list(parse(text))
    title: list[str] = []
    number, letterhead, dropped, used = "", "", [], 0
    for block in blocks[:20]:
        line = "".join(block.lines)
        found = NUMBER.fullmatch(line)
        if _URGENCY.fullmatch(line):
            dropped.append(line)
        elif not letterhead and not title and _LETTERHEAD.fullmatch(line):
            letterhead = _LETTERHEAD.fullmatch(line)[1]  # type: ignore[index]
        elif found and not number:
            number = re.sub(r"\s+", "", line)
        elif _is_title(block, line, title):
            number, line = _number_at_the_end(line, number)
            title.append(line)
        else:
            break
        used += 1
    rest = to_text(blocks[used:])
    issuers, made_on = _signed(parse(rest))
    return Head(
        title=_joined(title),
        number=number,
        issuers=issuers or ((letterhead,) if letterhead else ()),
        made_on=made_on,
        body=rest,
        dropped=tuple(dropped),
    )


def _is_title(block: Block, line: str, title: Sequence[str]) -> bool:
    """Short, no sentence, no number; nothing more once the title has named its kind (通知, 意见…)."""
    if block.kind not in (Kind.PARAGRAPH, Kind.TITLE, Kind.HEADING) or (block.kind is Kind.HEADING and title):
        return False
    if not line or number_level(line) or chapter_level(line) or is_date(line):
        return False
    if len(title) >= MOST_TITLE_LINES or sum(map(len, title)) + len(line) > LONGEST_TITLE:
        return False
    if title and _KINDS.search(title[-1]) and not title[-1].endswith("关于"):
        return False
    return not re.search(r"[。；：！？;:]$|。", line) and not line.startswith(("（", "("))


def _number_at_the_end(line: str, number: str) -> tuple[str, str]:
    """A number that stands in the title's last line, and the line without it."""
    kind = next((m for m in re.finditer(r"函|通知|意见|决定|批复|方案|办法|公告|通告", line)), None)
    found = NUMBER.search(line, kind.end()) if kind and not number else None
    if found is None or found.end() != len(line):
        return number, line
    return found[0], line[: found.start()]


def _joined(lines: Sequence[str]) -> str:
    """Lines of a title as one: no blank between Han characters."""
    text = " ".join(lines)
    return re.sub(r"(?<=[^\x00-\xff])\s+|\s+(?=[^\x00-\xff])", "", text).strip()


def _signed(blocks: Sequence[Block]) -> tuple[tuple[str, ...], date | None]:
    """Who signed first in the text, and when."""
    names: list[str] = []
    for block in blocks:
        if block.kind is not Kind.SIGNATURE:
            continue
        for line in block.lines:
            if is_date(line):
                return tuple(names), find_date(line)
            names.extend(_organs(line))
    return (), None


def _organs(line: str) -> list[str]:
    """The organs that a line of a signature names: two side by side, or one whose name is set wide."""
    parts = line.split()
    if len(parts) > 1 and all(len(part) > 2 and is_organ(part) for part in parts):
        return parts
    name = "".join(parts)
    return [name] if is_organ(name) else []
