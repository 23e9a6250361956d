"""The items below a heading → tasks: which text belongs to which units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from yangguang.rules.plan_table.drafts import AREA, NOTE, TASK, UNIT, DraftTask, Work
from yangguang.rules.plan_table.groups import Segment
from yangguang.rules.plan_table.outline import Node
from yangguang.rules.plan_table.responsibility import read_answerable
from yangguang.rules.unit_names import is_certain_unit, is_unit, split_units

_SUBJECT = re.compile(
    r"^(?:由)?(?P<units>[^。;:]{2,60}?)(?::|要|应|须|负责|牵头|按月|按季|每月|每季|每年|每日|及时|定期|主动|公开|于)"
)


@dataclass
class Item:
    """Text segments of one task, the keys of its unit groups, and whether these stand on their own line."""

    number: int | None
    texts: list[Segment] = field(default_factory=list)
    groups: list[Segment] = field(default_factory=list)

    @property
    def own_line(self) -> bool:
        return bool(self.groups) and all(group.alone for group in self.groups)


class ItemReader:
    """Turns nodes into items and items into tasks. `by_subject`: the plan has no unit groups anywhere."""

    def __init__(self, work: Work, *, by_subject: bool) -> None:
        self.work = work
        self.by_subject = by_subject

    def area_items(self, node: Node, *, has_inline: bool, name_length: int) -> list[Item]:
        """The items of an area: the rest of its heading's paragraph, its unnumbered paragraphs, its children."""
        segments = list(node.body)
        if has_inline:
            first = node.first[0]
            start = max(first.start, name_length)
            inline = Segment(first.paragraph, start, max(start, first.end), first.group, first.printed)
            segments = [_trimmed(inline), *node.first[1:], *segments]
        if not node.children:
            return self._items_of(segments, None)
        grouped = [segment for segment in segments if segment.group is not None and not segment.alone]
        if not grouped:
            self._note(segment for segment in segments)
        own = self._items_of(segments, None) if grouped else []
        return own + self._children_items(node.children)

    def items(self, node: Node) -> list[Item]:
        """The items of a numbered paragraph and of what is below it."""
        if not node.children:
            return self.leaf_items(node)
        own = [segment for segment in (*node.first, *node.body) if segment.group is not None]
        below = self._children_items(node.children)
        if node.is_bare_heading or not own:
            return self._below_heading(node, own, below)
        if not any(item.groups for item in below):
            whole = self.leaf_items(node)
            whole[-1].texts.extend(segment for item in below for segment in item.texts)
            return whole
        return self.leaf_items(node) + below

    def leaf_items(self, node: Node) -> list[Item]:
        """The items of a numbered paragraph with nothing below: one, or one for each unit group in it."""
        items = self._items_of([*node.first, *node.body], node.value)
        grouped = [item for item in items if item.groups]
        if len(grouped) > 1 and node.is_bare_heading and len(grouped[0].texts) > 1:
            heading = grouped[0].texts.pop(0)
            self.work.put(heading.paragraph.lines, AREA)
            grouped[0].number = None
        if grouped and not items[-1].groups and len(items) > 1:
            self._note(items.pop().texts)
        return items

    def _below_heading(self, node: Node, own: Sequence[Segment], below: list[Item]) -> list[Item]:
        """A subheading: its units hold for the items below that have none; its own text is no task."""
        self.work.put(node.paragraphs[0].lines, AREA)
        if own:
            for item in below:
                item.groups = item.groups or list(own)
            return below
        self._note(node.body)
        return below

    def _children_items(self, children: Sequence[Node]) -> list[Item]:
        items = [item for child in children for item in self.items(child)]
        self._cover(items, children)
        return items

    def _cover(self, items: list[Item], children: Sequence[Node]) -> None:
        """A unit line below several items is for all that have none; so is the bracket after the last of ⑴⑵⑶."""
        waiting: list[Item] = []
        minor = bool(children) and children[0].style in ("digit-bracket", "circle")
        for place, item in enumerate(items):
            if not item.groups:
                waiting.append(item)
                continue
            last = place == len(items) - 1 and len(waiting) == place
            if waiting and (item.own_line or (minor and last)):
                for other in waiting:
                    other.groups = list(item.groups)
                text = f"单位写在第{len(waiting) + 1}项之后，按{len(waiting) + 1}项共用读：{item.groups[0].printed}"
                self.work.notice("shared", text, item.groups[0].paragraph.place)
            waiting = []

    def _items_of(self, segments: Sequence[Segment], number: int | None) -> list[Item]:
        items = [Item(number)]
        for segment in segments:
            if segment.key.strip(" 。;"):
                if items[-1].groups:
                    items.append(Item(None))
                items[-1].texts.append(segment)
            if segment.group is not None:
                items[-1].groups.append(segment)
        return [item for item in items if item.texts]

    def drafts(self, items: Sequence[Item]) -> list[DraftTask]:
        """Items → draft tasks, each line given its role."""
        return [self._draft(item) for item in items]

    def _draft(self, item: Item) -> DraftTask:
        text, key = _joined_texts(item.texts)
        task = DraftTask(text, key, item.texts[0].paragraph.place, item.number)
        for segment in item.texts:
            self.work.put(segment.paragraph.lines, TASK)
        for segment in item.groups:
            self.work.put(segment.paragraph.lines, UNIT if segment.alone else TASK)
        if item.groups:
            group = ";".join(segment.group or "" for segment in item.groups)
            answerable = read_answerable(group, first_leads=self.work.first_leads)
            task.leads, task.others, task.when = answerable.leads, answerable.others, answerable.when
            task.leads_printed = "；".join(segment.printed for segment in item.groups)
        elif self.by_subject:
            self._read_subject(task)
        return task

    def _read_subject(self, task: DraftTask) -> None:
        """1.市财政局要按月公开…: the plan names units only as subjects."""
        found = _SUBJECT.match(task.key)
        names = split_units(found.group("units")) if found else []
        if found and names and all(is_unit(name) and is_certain_unit(name) for name in names):
            task.leads = tuple(names)
            task.leads_printed = task.text[found.start("units") : found.end("units")]

    def _note(self, segments: Iterable[Segment]) -> None:
        for segment in segments:
            self.work.put(segment.paragraph.lines, NOTE)


def _trimmed(segment: Segment) -> Segment:
    """Without the full stop that ended the heading."""
    key = segment.paragraph.key
    start = segment.start
    while start < segment.end and key[start] in "。: ":
        start += 1
    return Segment(segment.paragraph, start, segment.end, segment.group, segment.printed, segment.alone)


def _joined_texts(segments: Sequence[Segment]) -> tuple[str, str]:
    return "\n".join(segment.text for segment in segments), "\n".join(segment.key for segment in segments)
