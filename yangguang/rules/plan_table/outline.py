"""Running text → a tree of numbered (or styled) headings and items with the paragraphs under each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from yangguang.rules.plan_table.groups import Segment, has_group, segments_of
from yangguang.rules.plan_table.head import is_signature
from yangguang.rules.plan_table.numerals import Numeral, leading_numeral
from yangguang.rules.plan_table.source import Paragraph

_ATTACHMENTS = re.compile(r"^\s*附\s*件")
_FOOTER = re.compile(
    r"^\s*(?:抄\s*送|公开方式|主动公开|信息公开(?:选项|类型|属性)|\(?此件|联系人|联\s*系|附\s*件|主题词|.{0,20}办公[厅室].{0,14}日印发|[-—–]\s*\d+)"
)


@dataclass(eq=False)
class Node:
    """A heading or an item: its numeral (value None for a styled heading), its paragraphs, what is below it."""

    style: str
    value: int | None
    start: int
    paragraphs: list[Paragraph]
    children: list[Node] = field(default_factory=list)
    in_body: bool = True

    @property
    def first(self) -> list[Segment]:
        return segments_of(self.paragraphs[0], self.start, in_body=self.in_body)

    @property
    def body(self) -> list[Segment]:
        """The segments of the unnumbered paragraphs that follow the first."""
        return [
            segment
            for paragraph in self.paragraphs[1:]
            for segment in segments_of(paragraph, in_body=self.in_body)
        ]

    @property
    def is_bare_heading(self) -> bool:
        """Its first paragraph is a heading on a line of its own: short, no sentence, no more than one group."""
        text = "".join(segment.key for segment in self.first)
        return len(text) <= 45 and not re.search(r"[。;]", text)

    @property
    def bears(self) -> bool:
        """Whether it or anything below it names units."""
        own = any(segment.group is not None for segment in (*self.first, *self.body))
        return own or any(child.bears for child in self.children)


@dataclass(frozen=True)
class Outline:
    """The body as a tree; `loose` are body paragraphs above the first heading; before and after frame it."""

    before: list[Paragraph]
    loose: list[Paragraph]
    nodes: list[Node]
    after: list[Paragraph]


def outline(paragraphs: Sequence[Paragraph]) -> Outline:
    """Split head, body and end, and nest the body by the order in which styles of numerals appear."""
    start = _body_start(paragraphs)
    end = _body_end(paragraphs, start)
    styled = not any(_numeral(paragraph) for paragraph in paragraphs[start:end] if _is_top(paragraph))
    loose: list[Paragraph] = []
    roots: list[Node] = []
    stack: list[Node] = []
    for place in range(start, end):
        paragraph = paragraphs[place]
        opened = _opened(paragraph, styled=styled, last=place + 1 == end)
        if opened is None:
            (stack[-1].paragraphs if stack else loose).append(paragraph)
            continue
        while stack and any(node.style == opened.style for node in stack):
            stack.pop()
        (stack[-1].children if stack else roots).append(opened)
        stack.append(opened)
    return Outline(list(paragraphs[:start]), loose, roots, list(paragraphs[end:]))


def _numeral(paragraph: Paragraph) -> Numeral | None:
    return leading_numeral(paragraph.key)


def _is_top(paragraph: Paragraph) -> bool:
    numeral = _numeral(paragraph)
    return numeral is not None and numeral.style in ("chapter", "han", "han-bracket")


def _opened(paragraph: Paragraph, *, styled: bool, last: bool) -> Node | None:
    """The node that a paragraph opens, if it does."""
    numeral = _numeral(paragraph)
    if numeral:
        return Node(numeral.style, numeral.value, numeral.length, [paragraph])
    if paragraph.heading and not has_group(paragraph) and len(paragraph.key) <= 60:
        return Node(f"h{paragraph.heading}", None, 0, [paragraph])
    plain = paragraph.key.strip()
    bare = 2 <= len(plain) <= 30 and not re.search(r"[。;:,!?)】]", plain) and not is_signature(plain)
    return Node("bare", None, 0, [paragraph]) if styled and bare and not last else None


def _body_start(paragraphs: Sequence[Paragraph]) -> int:
    """The first heading or item that is not in a list of attachments; else the first line with units."""
    attachments = False
    for place, paragraph in enumerate(paragraphs):
        numeral = _numeral(paragraph)
        if _ATTACHMENTS.match(paragraph.key):
            attachments = True
            continue
        listed = attachments and numeral and numeral.style == "digit" and not has_group(paragraph)
        if listed and len(paragraph.key) <= 60 and not paragraph.key.rstrip().endswith("。"):
            continue
        attachments = False
        if numeral:
            return place - 1 if _is_styled_heading(paragraphs, place - 1) else place
        if has_group(paragraph):
            return _back_to_heading(paragraphs, place)
    return len(paragraphs)


def _is_styled_heading(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """A heading by its style alone, of a level that comes again: an area's, where the title's stands once."""
    level = paragraphs[place].heading if place > 0 else None
    again = any(paragraph.heading == level for paragraph in paragraphs[place + 1 :])
    return level is not None and again and leading_numeral(paragraphs[place].key) is None


def _back_to_heading(paragraphs: Sequence[Paragraph], place: int) -> int:
    """An unnumbered plan begins at the heading above its first task, which the title does not include."""
    before = paragraphs[place - 1] if place else None
    if before is None or place < 2:
        return place
    plain = before.key.strip()
    heading = (
        _is_styled_heading(paragraphs, place - 1)
        or (before.heading or 0) > 1
        or (
            len(plain) <= 30
            and not re.search(r"[。;:,)]", plain)
            and re.search(r"[。;:]\s*$", paragraphs[place - 2].key)
        )
    )
    return place - 1 if heading else place


def _body_end(paragraphs: Sequence[Paragraph], start: int) -> int:
    """After the last item or unit group, a footer or a signature ends the body; so does 附件."""
    last = start
    for place in range(start, len(paragraphs)):
        if _numeral(paragraphs[place]) or has_group(paragraphs[place]):
            if _FOOTER.match(paragraphs[place].key):
                continue
            last = place
    for place in range(last + 1, len(paragraphs)):
        plain = paragraphs[place].key.strip()
        if _FOOTER.match(plain) or is_signature(plain):
            return place
    return len(paragraphs)
