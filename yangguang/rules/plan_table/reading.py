"""Blocks of a source file → the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yangguang.rules.plan_table.drafts import AREA, HEADER, NOTE, DraftArea, DraftTask, Work
from yangguang.rules.plan_table.finish import finish_areas, finish_task
from yangguang.rules.plan_table.grid import AREA_STYLES, GridReader, Shape, fit
from yangguang.rules.plan_table.head import Head, is_signature, read_head
from yangguang.rules.plan_table.numerals import leading_numeral
from yangguang.rules.plan_table.outside import read_outside
from yangguang.rules.plan_table.prose import read_prose
from yangguang.rules.plan_table.responsibility import states_first_leads
from yangguang.rules.plan_table.source import Block, Grid, Paragraph, SourceLine, Unreadable
from yangguang.rules.plan_table.values import Placed, PlanReading
from yangguang.rules.unit_names import AliasTable, Names

NO_PLAN = "没有读到分工方案：找不到带责任单位的任务；请确认文件含任务表（任务、责任单位两栏）或在任务后括注责任单位的正文"


_PAGE_NUMBER = re.compile(r"[-—–]+\s*\d{1,4}\s*[-—–]+|\d{1,3}|第\s*\d+\s*页(?:[,/]?\s*共\s*\d+\s*页)?")


@dataclass(frozen=True)
class Drafted:
    """What the body gave, and the paragraphs that stand before and after it."""

    areas: list[DraftArea]
    before: list[Paragraph]
    after: list[Paragraph]
    fallback_title: str | None = None


def read_plan(blocks: Sequence[Block], aliases: AliasTable, name: str = "") -> PlanReading:
    """Read a plan from a source's paragraphs and grids, in their order.

    A source with a plan's table is read by its tables, any other as prose. Raises `Unreadable` when no
    task with a unit is found. `name` is the title of last resort, for a source that prints none.
    """
    work = Work()
    body = _without_page_numbers(blocks, work)
    _read_rule(blocks, work)
    drafted = _read_tables(body, work) or read_prose_blocks(body, work)
    if not any(task.leads for area in drafted.areas for task in area.tasks):
        raise Unreadable(NO_PLAN)
    head = read_head(drafted.before, drafted.after, drafted.fallback_title or name or None)
    outside = read_outside([*drafted.before, *drafted.after], work)
    _place_the_rest(drafted, work)
    return _finish(blocks, drafted, head, outside, aliases, work)


def _without_page_numbers(blocks: Sequence[Block], work: Work) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and _PAGE_NUMBER.fullmatch(block.key.strip()):
            work.put(block.lines, NOTE)
        else:
            kept.append(block)
    return kept


def _read_rule(blocks: Sequence[Block], work: Work) -> None:
    """列第一位者为牵头单位 may stand anywhere, once, for the whole plan."""
    for block in blocks:
        stated = [block] if isinstance(block, Paragraph) else [cell for cell in block.cells if cell.lines]
        for text in stated:
            if states_first_leads(text.key):
                work.first_leads = True
                work.notice("first_leads", "按文中规则，列第一位的单位为牵头单位", text.lines[0].place)
                return


def read_prose_blocks(blocks: Sequence[Block], work: Work) -> Drafted:
    """Prose; a table that is no plan's (a layout table, a signature table) counts as its lines."""
    before, areas, after = read_prose(_as_paragraphs(blocks), work)
    return Drafted(areas, before, after)


def _read_tables(blocks: Sequence[Block], work: Work) -> Drafted | None:
    areas: list[DraftArea] = []
    before: list[Paragraph] = []
    after: list[Paragraph] = []
    reader = GridReader(work, areas)
    shape: Shape | None = None
    sheets = [block.sheet for block in blocks if isinstance(block, Grid) and block.sheet]
    for block in blocks:
        if isinstance(block, Paragraph):
            if shape is not None and _opens_area(block):
                _open_heading(block, reader, work)
            else:
                (before if shape is None else after).append(block)
            continue
        found = fit(block, shape)
        if found is None:
            (before if shape is None else after).extend(_as_paragraphs([block]))
            continue
        if shape is None:
            _open_last_heading(before, reader, work)
        if len(set(sheets)) > 1 and found.shape.layout.area is None and block.sheet:
            reader.open_area(block.sheet, None, block.places[0])
        shape = found.shape
        reader.read(block, found)
        before.extend(row for row in _title_rows(block, found.header_row) if work.role(row.lines[0]) != AREA)
    if shape is None:
        return None
    fallback = sheets[0] if len(set(sheets)) == 1 else None
    return Drafted(areas, before, after, fallback)


def _title_rows(grid: Grid, header_row: int) -> list[Paragraph]:
    """The rows above the header, as paragraphs: the title and number of a sheet stand there."""
    cells = [
        cell for cell in grid.cells if cell.row < header_row and any(line.text.strip() for line in cell.lines)
    ]
    wide = [cell for cell in cells if sum(other.row == cell.row for other in cells) <= 2]
    return [Paragraph((line,)) for cell in wide for line in cell.lines if line.text.strip()]


def _opens_area(paragraph: Paragraph) -> bool:
    """A heading line between tables: 二、推进……公开."""
    numeral = leading_numeral(paragraph.key)
    short = len(paragraph.key) <= 60 and not paragraph.key.rstrip().endswith(("。", ";"))
    numbered = numeral is not None and numeral.style in AREA_STYLES
    return short and (numbered or (paragraph.heading or 0) >= 2)


def _open_last_heading(before: list[Paragraph], reader: GridReader, work: Work) -> None:
    """A heading right before the first table is that table's area."""
    if before and _opens_area(before[-1]):
        _open_heading(before.pop(), reader, work)


def _open_heading(paragraph: Paragraph, reader: GridReader, work: Work) -> None:
    numeral = leading_numeral(paragraph.key)
    start = numeral.length if numeral else 0
    work.put(paragraph.lines, AREA)
    reader.open_area(paragraph.text[start:].strip(), numeral.value if numeral else None, paragraph.place)


def _as_paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        else:
            cells = sorted(block.cells, key=lambda cell: (cell.row, cell.column))
            lines = [line for cell in cells for line in cell.lines]
            paragraphs.extend(Paragraph((line,)) for line in lines if line.text.strip())
    return paragraphs


def _place_the_rest(drafted: Drafted, work: Work) -> None:
    for paragraph in drafted.before:
        work.put(paragraph.lines, HEADER)
    for paragraph in drafted.after:
        work.put(paragraph.lines, HEADER if is_signature(paragraph.key) else NOTE)


def _finish(
    blocks: Sequence[Block],
    drafted: Drafted,
    head: Head,
    outside: Sequence[DraftTask],
    aliases: AliasTable,
    work: Work,
) -> PlanReading:
    title = head.title or "（无标题）"
    printed = frozenset(
        name for area in drafted.areas for task in area.tasks for name in (*task.leads, *task.others)
    )
    names = Names(aliases, aliases.for_city(f"{title}{head.issuer}"), printed)
    areas = finish_areas(drafted.areas, names, work, title)
    duties = tuple(finish_task(duty, f"0.{number}", names, work) for number, duty in enumerate(outside, 1))
    return PlanReading(
        title=title,
        number=head.number,
        issuer=head.issuer,
        issued_on=head.issued_on,
        areas=areas,
        outside_table=duties,
        notices=tuple(work.notices),
        placed=tuple(Placed(line.place, work.role(line), line.text) for line in _lines(blocks)),
    )


def _lines(blocks: Sequence[Block]) -> list[SourceLine]:
    """Every non-blank line of the source once, in its order."""
    lines: list[SourceLine] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.extend(block.lines)
        else:
            cells = sorted(block.cells, key=lambda cell: (cell.row, cell.column))
            lines.extend(line for cell in cells for line in cell.lines)
    return [line for line in lines if line.text.strip()]
