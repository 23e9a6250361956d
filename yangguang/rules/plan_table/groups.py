"""Unit groups in running text: the bracket that ends a task, or the line 责任单位：… below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yangguang.rules.plan_table.responsibility import TIME_LINE, UNIT_LABEL, is_unit_group, read_answerable
from yangguang.rules.plan_table.source import Paragraph
from yangguang.rules.unit_names import is_certain_unit, is_unit, split_units

_BRACKETS = {"(": ")", "【": "】", "[": "]", "〔": "〕"}
_ENDS_SENTENCE = "。;!?;:"
# …，由市财政局牵头负责。 or …。——市财政局: the closing words of a sentence name who answers.
_BY = re.compile(
    r"(?<=[。;,])\s*(由[^。;,]{2,80}?(?:负责|落实|牵头|承担|配合)[^。;,]{0,6})(?=\s*(?:[。;]|$))"
)
_BY_TO_THE_END = re.compile(
    r"(?<=[。;,])\s*(由[^。;]{2,80}?(?:负责|落实|牵头|承担|配合)[^。;,]{0,6})[。;]?\s*$"
)
_AFTER_DASH = re.compile(r"(?<=[。;])(?:\s*[-—–]{1,4}\s*|\s+)([^。;]{2,80})$")
_LETTERS = re.compile(r"[一-鿿A-Za-z]{2}")


@dataclass(frozen=True)
class Segment:
    """A stretch of a paragraph up to and with a unit group, or (without group) up to its end.

    `start`…`end` is the text; `group` the key of the unit group; `alone` says that the group has a line
    of its own.
    """

    paragraph: Paragraph
    start: int
    end: int
    group: str | None = None
    printed: str = ""
    alone: bool = False

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end].strip().rstrip("，,—–-")

    @property
    def key(self) -> str:
        return self.paragraph.key[self.start : self.end].strip().rstrip(",—–-")


def segments_of(paragraph: Paragraph, start: int = 0, *, in_body: bool = True) -> list[Segment]:
    """Cut a paragraph (from `start`, after its numeral) at its unit groups.

    `in_body` allows a line of bare unit names to be a group; at the end it would be the signature.
    """
    key = paragraph.key
    if _is_unit_line(key[start:], in_body=in_body):
        return [
            Segment(paragraph, start, start, key[start:], paragraph.text[start:].strip(" 。"), alone=True)
        ]
    segments: list[Segment] = []
    for opened, closed in _groups(key, start):
        inner = key[opened:closed].strip("()【】[]〔〕")
        text_from = segments[-1].end if segments else start
        end = _after_mark(key, closed)
        text = key[text_from:opened].strip(" 。;")
        printed = paragraph.text[opened:closed].strip()
        if text:
            segments.append(Segment(paragraph, text_from, opened, inner, printed))
        else:
            segments.append(Segment(paragraph, opened, opened, inner, printed, alone=True))
        segments[-1] = _closing(segments[-1], end)
    rest = segments[-1].end if segments else start
    cut = [_cut_back(segment) for segment in segments]
    if not segments or _LETTERS.search(key[rest:]):
        cut.append(Segment(paragraph, rest, len(key)))
    return cut


def has_group(paragraph: Paragraph) -> bool:
    return any(segment.group is not None for segment in segments_of(paragraph, in_body=False))


def _closing(segment: Segment, end: int) -> Segment:
    """While cutting, a segment ends after its group, so that the next one begins there."""
    return Segment(segment.paragraph, segment.start, end, segment.group, segment.printed, segment.alone)


def _cut_back(segment: Segment) -> Segment:
    """The text without the group's bracket: `printed` tells where it begins."""
    opened = segment.paragraph.text.find(segment.printed, segment.start)
    end = opened if 0 <= opened <= segment.end else segment.end
    return Segment(segment.paragraph, segment.start, end, segment.group, segment.printed, segment.alone)


def _after_mark(key: str, closed: int) -> int:
    while closed < len(key) and key[closed] in " 。;":
        closed += 1
    return closed


def _is_unit_line(key: str, *, in_body: bool) -> bool:
    plain = key.strip().strip("。;")
    if not plain:
        return False
    if UNIT_LABEL.match(plain.lstrip("([【〔")):
        return is_unit_group(plain)
    if len(plain) > 120 or "。" in plain:
        return False
    if TIME_LINE.match(plain):
        return in_body
    answerable = read_answerable(plain)
    names = answerable.all
    if answerable.spoken:
        return (
            len(plain) <= 60
            and all(is_unit(name) and is_certain_unit(name) for name in names)
            and bool(names)
        )
    alone = split_units(plain)
    return in_body and bool(alone) and all(is_unit(name) and is_certain_unit(name) for name in alone)


def _groups(key: str, start: int) -> list[tuple[int, int]]:
    """Spans of unit groups (bracket included, or from a label to the end), in order."""
    spans = []
    for opened, closed in _bracket_spans(key, start):
        after = key[closed:].lstrip()
        before = key[start:opened].rstrip()
        stands = not after or after[0] in "。;!?" or (before and before[-1] in _ENDS_SENTENCE)
        if (stands or re.match(r"[\d(①-⑳]", after)) and is_unit_group(key[opened + 1 : closed - 1]):
            spans.append((opened, closed))
    last = spans[-1][1] if spans else start
    for label in UNIT_LABEL.finditer(key, last):
        inside = key.count("(", start, label.start()) > key.count(")", start, label.start())
        if not inside and is_unit_group(key[label.start() :].strip("。; ")):
            spans.append((label.start(), len(key)))
            break
    spans.extend(_closing_words(key, start, spans))
    return sorted(spans)


def _closing_words(key: str, start: int, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Groups without bracket or label, outside `spans`."""
    found: list[tuple[int, int]] = []
    for pattern in (_BY, _BY_TO_THE_END, _AFTER_DASH):
        for words in pattern.finditer(key, start):
            first, last = words.span(1)
            apart = all(last <= opened or closed <= first for opened, closed in (*spans, *found))
            if apart and is_unit_group(words.group(1)):
                found.append((first, last))
    return found


def _bracket_spans(key: str, start: int) -> list[tuple[int, int]]:
    """Outermost bracket pairs from `start`; a bracket inside a bracket belongs to the outer one."""
    spans: list[tuple[int, int]] = []
    place = start
    while place < len(key):
        closing = _BRACKETS.get(key[place])
        if closing is None:
            place += 1
            continue
        end = _matching(key, place, key[place], closing)
        if end is not None:
            spans.append((place, end))
        place = end if end is not None else place + 1
    return spans


def _matching(key: str, opened: int, opening: str, closing: str) -> int | None:
    depth = 0
    for place in range(opened, len(key)):
        depth += (key[place] == opening) - (key[place] == closing)
        if depth == 0:
            return place + 1
    return None
