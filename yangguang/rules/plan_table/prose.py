"""A plan in running text → areas (the headings) and tasks (the items that name units)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yangguang.rules.plan_table.drafts import AREA, NOTE, TASK, UNIT, DraftArea, Work
from yangguang.rules.plan_table.items import ItemReader
from yangguang.rules.plan_table.outline import Node, Outline, outline
from yangguang.rules.plan_table.responsibility import read_answerable
from yangguang.rules.plan_table.source import Paragraph
from yangguang.rules.unit_names import is_certain_unit, is_unit, split_units

# A chapter that only says "tasks": its headings below are the areas.
_GENERIC = re.compile(
    r"(?:20\d\d年)?(?:度)?(?:政务公开)?(?:主要|重点|具体|工作|目标|年度)*(?:任务|工作|内容|事项|措施|要点|举措)(?:及|和|与)?"
    r"(?:责任|任务)?(?:分工|安排|清单|要求|措施|分解)?"
)
# Chapters around the tasks. They are areas only if they put units on something.
_FRAME = re.compile(
    r"总体(?:要求|思路|目标)|指导思想|基本原则|工作目标|目标(?:任务|要求)|组织(?:实施|领导|保障)|保障措施|工作要求|有关要求|相关要求"
    r"|(?:加强|强化)?(?:组织|监督|实施)(?:领导|保障)|监督(?:考核|检查)|考核评估|几点要求|实施步骤|工作步骤|附则|工作保障|要求"
)


def read_prose(
    paragraphs: Sequence[Paragraph], work: Work
) -> tuple[list[Paragraph], list[DraftArea], list[Paragraph]]:
    """(paragraphs before the body, areas, paragraphs after the body)."""
    tree = outline(paragraphs)
    reader = ItemReader(work, by_subject=not _names_units(tree))
    areas: list[DraftArea] = []
    if tree.loose:
        loose = Node("", None, 0, [tree.loose[0], *tree.loose[1:]])
        if loose.bears or not tree.nodes:
            areas.append(DraftArea("", tasks=reader.drafts(reader.leaf_items(loose))))
        else:
            _note(tree.loose, work)
    if _is_flat(tree.nodes):
        items = [item for node in tree.nodes for item in reader.items(node)]
        areas.append(DraftArea("", tasks=reader.drafts(items)))
    else:
        for node in _area_nodes(tree.nodes, work):
            _read_area(node, reader, work, areas)
    return tree.before, areas, tree.after


def _names_units(tree: Outline) -> bool:
    return any(node.bears for node in tree.nodes) or any(
        segment.group is not None
        for paragraph in tree.loose
        for segment in Node("", None, 0, [paragraph]).first
    )


def _is_flat(nodes: Sequence[Node]) -> bool:
    """No heading at all: every top item is a task by itself."""
    if not nodes or any(node.children for node in nodes):
        return False
    headings = sum(node.is_bare_heading and bool(node.body) for node in nodes)
    styles_of_headings = {"chapter", "han", "han-bracket", "bare"}
    as_headings = headings and all(node.style in styles_of_headings or node.style[0] == "h" for node in nodes)
    return not (as_headings and headings * 2 >= len(nodes))


def _area_nodes(nodes: Sequence[Node], work: Work) -> list[Node]:
    """The nodes that are areas: the top ones, or the ones below a chapter that only says "tasks"."""
    areas: list[Node] = []
    for node in nodes:
        name = _name(node)
        below = [child for child in node.children if child.children]
        several_chapters = len(nodes) > 1 and all(
            _GENERIC.fullmatch(_name(n)) or _FRAME.search(_name(n)) for n in nodes
        )
        generic = (
            _GENERIC.fullmatch(name) is not None
            or node.style == "chapter"
            or len(nodes) == 1
            or several_chapters
        )
        if generic and not _FRAME.fullmatch(name) and len(below) * 2 > len(node.children):
            work.put(node.paragraphs[0].lines, AREA)
            _note(node.paragraphs[1:], work)
            areas.extend(node.children)
        else:
            areas.append(node)
    return areas


def _read_area(node: Node, reader: ItemReader, work: Work, areas: list[DraftArea]) -> None:
    name = _name(node)
    if _FRAME.search(name) and len(name) <= 20 and not node.bears:
        _note_all(node, work)
        work.notice("frame", f"“{name}”部分没有责任单位，作说明读", node.paragraphs[0].place)
        return
    work.put(node.paragraphs[0].lines, TASK if _inline(node) else AREA)
    area = DraftArea(name, node.value)
    _read_own_leads(node, area, work, reader)
    items = reader.area_items(node, has_inline=_inline(node), name_length=_name_end(node))
    area.tasks = reader.drafts(items)
    for task in area.tasks:
        if not task.leads and area.leads:
            task.leads, task.leads_printed, task.lead_inherited = area.leads, area.leads_printed, True
            work.notice("inherited", f"单位写在标题“{name}”上：{'、'.join(area.leads)}", task.place)
    areas.append(area)


def _read_own_leads(node: Node, area: DraftArea, work: Work, reader: ItemReader) -> None:
    """Units that the heading itself names: （市财政局牵头） after it, a line below it, or the heading is a unit."""
    heading = [segment for segment in node.first if segment.group is not None] if not _inline(node) else []
    if node.children:
        lines = [segment for segment in node.body if segment.alone]
        heading += lines
        work.put((line for segment in lines for line in segment.paragraph.lines), UNIT)
    if heading:
        key = ";".join(segment.group or "" for segment in heading)
        area.leads = read_answerable(key, first_leads=work.first_leads).leads
        area.leads_printed = "；".join(segment.printed for segment in heading)
        return
    names = split_units(area.name)
    if reader.by_subject and names and all(is_unit(name) and is_certain_unit(name) for name in names):
        area.leads, area.leads_printed = tuple(names), area.name


def _inline(node: Node) -> bool:
    """The heading's paragraph goes on with the task: 三、推进重大项目建设公开。按月公开…（市发展改革委负责）."""
    rest = node.paragraphs[0].key[_name_end(node) :].strip("。 ")
    group = any(segment.group is not None for segment in node.first)
    return bool(rest) and not (group and node.is_bare_heading)


def _name_end(node: Node) -> int:
    """Where the heading ends: at its first full stop, or at its first unit group."""
    key = node.paragraphs[0].key
    stop = re.compile(r"[。:]").search(key, node.start)
    first = node.first[0]
    end = first.end if first.group is not None and not first.alone else len(key)
    return min(stop.start() if stop else len(key), end)


def _name(node: Node) -> str:
    return " ".join(node.paragraphs[0].text[node.start : _name_end(node)].split()).strip("。：: ")


def _note(paragraphs: Sequence[Paragraph], work: Work) -> None:
    for paragraph in paragraphs:
        work.put(paragraph.lines, NOTE)


def _note_all(node: Node, work: Work) -> None:
    _note(node.paragraphs, work)
    for child in node.children:
        _note_all(child, work)
