"""What only the place in the document tells: addressee, attachments, signature, notes, annexes and titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from yangguang.rules.official_text.blocks import Block, Kind
from yangguang.rules.official_text.numbering import number_level, number_value

_HAN_DATE = r"[一二三四五六七八九〇零○OＯ]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_DATE = re.compile(rf"(?:[12]\d{{3}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|{_HAN_DATE})")
_NOTE = re.compile(r"[（(](?:此件|此页|联系人|联系电话|本文|此文)[^（）()]{1,80}[)）]")
_ANNEX = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,3}[：:]?")
_LIST = re.compile(r"附\s*件?\s*[：:]\s*(?=\S)")
_ORGAN = re.compile(r"[府厅局委会部院办处署社团队站所司行校]$|中心$|公司$|法院$|检察院$|小组$|总社$")
_NOT_A_NAME = re.compile(r"[。；，：！？、;,:!?\t]")
LONGEST_NAME = 40
LONGEST_ADDRESSEE = 300
LONGEST_TITLE = 60


def placed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with those kinds that their place tells; texts stay as they are."""
    found = list(blocks)
    _address(found)
    _sign(found)
    _annexes(found)
    return tuple(found)


def lists_attachments(line: str) -> bool:
    """Whether a line begins the list of attachments: “附件：1.任务分工表”."""
    return _LIST.match(line) is not None


def attachments_listed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with those numbered ones that carry a list of attachments on, before headings are sought."""
    found = list(blocks)
    last = 0
    for place, block in enumerate(found):
        text = block.text.strip()
        if block.kind is Kind.ATTACHMENTS:
            last = _last_number(_LIST.sub("", text))
        elif last and number_value(text, 3) == str(last + 1):
            _become(found, place, Kind.ATTACHMENTS)
            last = _last_number(text)
        else:
            last = 0
    return found


def is_date(line: str) -> bool:
    """Whether a line is a full date and nothing else."""
    return _DATE.fullmatch(line.strip()) is not None


def _become(found: list[Block], place: int, kind: Kind) -> None:
    found[place] = replace(found[place], kind=kind, level=0)


def is_organ(line: str) -> bool:
    """Whether a line ends as names of organs do."""
    return _ORGAN.search(line.strip()) is not None


def _last_number(text: str) -> int:
    numbers = [number_value(line.strip(), 3) for line in text.split("\n")]
    return int(next((number for number in reversed(numbers) if number), "0"))


def _address(found: list[Block]) -> None:
    if not found or found[0].kind is not Kind.PARAGRAPH:
        return
    text = found[0].text.strip()
    if text.endswith(("：", ":")) and len(text) <= LONGEST_ADDRESSEE and not re.search(r"[。；！？\n]", text):
        _become(found, 0, Kind.ADDRESSEE)


def _sign(found: list[Block]) -> None:
    """A date alone, with the names of organs over it; then notes in brackets."""
    for place, block in enumerate(found):
        if block.kind is Kind.PARAGRAPH and _NOTE.fullmatch(block.text.strip()):
            _become(found, place, Kind.NOTE)
        if block.kind is not Kind.PARAGRAPH or not is_date(block.lines[-1]):
            continue
        if len(block.lines) > 1 and not all(_is_name(line) for line in block.lines[:-1]):
            continue
        above = place - 1
        while above >= 0 and _signs(found[above], nearest=len(block.lines) == 1 and above == place - 1):
            above -= 1
        if above < place - 1 or len(block.lines) > 1:
            for signed in range(above + 1, place + 1):
                _become(found, signed, Kind.SIGNATURE)


def _signs(block: Block, *, nearest: bool) -> bool:
    if block.kind is not Kind.PARAGRAPH:
        return False
    return all(_is_name(line) and (nearest or _ORGAN.search(line)) for line in block.lines)


def _is_name(line: str) -> bool:
    return 2 <= len(line) <= LONGEST_NAME and not _NOT_A_NAME.search(line) and not number_level(line)


def _annexes(found: list[Block]) -> None:
    """“附件1” alone begins an annex; a short line after it, or after the signature, is a title."""
    for place, block in enumerate(found):
        if block.kind is not Kind.PARAGRAPH:
            continue
        text = block.text.strip()
        before = found[place - 1].kind if place else None
        if _ANNEX.fullmatch(text):
            _become(found, place, Kind.ANNEX)
        elif before in (Kind.ANNEX, Kind.SIGNATURE, Kind.NOTE) and _is_title(text):
            _become(found, place, Kind.TITLE)


def _is_title(text: str) -> bool:
    """Short, no sentence, no number; over two lines at most three."""
    lines = text.split("\n")
    whole = "".join(line.strip() for line in lines)
    return (
        len(lines) <= 3
        and len(whole) <= LONGEST_TITLE
        and not number_level(whole)
        and not re.search(r"[。；：！？，;:!?]$|[。；]", whole)
        and not whole.startswith(("（", "("))
    )
